"""A miniature project: the real extractors and orchestration around three models and two rules made up here.

Run as `python -m tests.orchestration.miniature FOLDER [--force] [--kill-at STAGE]` it refreshes the miniature
in FOLDER in a process of its own, and kills that process where it is told to.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from expectations.catalogue import Rule
from expectations.runner import RuleResult, ValidationReport
from orchestration import release
from orchestration.paths import Paths
from orchestration.progress import Advance, heard_by

FILES = {
    "profiles.yml": """
contraste:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: "{{ env_var('CONTRASTE_BUILD') }}"
      attach: [{path: "{{ env_var('CONTRASTE_WORK') }}", alias: work}]
      threads: 2
      config_options: {storage_compatibility_version: v1.2.0}
""",
    "dbt_project/dbt_project.yml": """
name: contraste
version: "1.0"
profile: contraste
flags: {send_anonymous_usage_stats: false}
models:
  contraste:
    +persist_docs: {relation: true, columns: true}
    staging: {+schema: staging, +database: work, +materialized: view}
    marts: {+schema: marts, +materialized: table}
    audit: {+schema: audit, +materialized: table}
seeds:
  contraste: {+database: work}
""",
    "dbt_project/macros/generate_schema_name.sql": """
{% macro generate_schema_name(custom, node) %}{{ custom or target.schema }}{% endmacro %}
""",
    "dbt_project/models/models.yml": """
sources:
  - name: hn_siafi_productos
    config:
      external_location: "read_parquet('{{ env_var('CONTRASTE_RAW') }}/hn_siafi_productos/{name}/*.parquet')"
    tables: [{name: products}, {name: products_totals}, {name: products_cells}]
  - name: contraste
    config:
      external_location: "read_parquet('{{ env_var('CONTRASTE_RAW') }}/{name}/*.parquet')"
    tables: [{name: documents}]
models:
  - name: fct_lines
    description: One row per product line.
    columns:
      - {name: document_sha256, data_tests: [not_null]}
      - {name: product_name, data_tests: [{unique: {config: {severity: warn}}}]}
  - name: audit_unmapped_keys
    data_tests: [{nothing_in: {name: no_unmapped_keys}}]
unit_tests:
  - name: one_line_each
    model: fct_lines
    given:
      - {input: ref('stg_lines'), format: sql, rows: "select 'a' as document_sha256, 'b' as product_name"}
    expect: {rows: [{product_name: b}]}
""",
    "dbt_project/macros/nothing_in.sql": """
{% test nothing_in(model) %}select * from {{ model }}{% endtest %}
""",
    "dbt_project/models/staging/stg_lines.sql": """
select document_sha256, product_name
from {{ source('hn_siafi_productos', 'products') }}
where 0 = (select count(*) from {{ source('hn_siafi_productos', 'products_totals') }} where row_no < 0)
  and 0 = (select count(*) from {{ source('hn_siafi_productos', 'products_cells') }} where row_no < 0)
""",
    "dbt_project/models/marts/fct_lines.sql": """
select document_sha256, product_name, cast(1.5 as decimal(18, 2)) as amount from {{ ref('stg_lines') }}
""",
    "dbt_project/models/marts/dim_documents.sql": """
select
    document_sha256, source_id, file_path, status, 'source' as role, 1 as vintage_seq, true as is_latest,
    'Una oficina' as publisher_name, 'Informe' as title, 'HN' as country_code
from {{ source('contraste', 'documents') }} where status = 'loaded'
""",
    "dbt_project/models/marts/mart_reconciliation.sql": """
select
    'discrepant' as status, 'total_equals_rows' as rule_id, '[bold]informe.pdf' as file_path, document_sha256,
    2 as page_no, 1 as table_no, 9 as row_no, 'total' as scope, 'assigned_amount' as measure,
    'assigned_amount' as column_name, '1,000.00' as printed_raw,
    cast(1000 as decimal(18, 2)) as printed_value, cast(999.5 as decimal(18, 2)) as recomputed_value,
    cast(0.5 as decimal(18, 2)) as difference, 'una [causa]' as cause_es, 'a [cause]' as cause_en,
    true as is_latest
from {{ ref('fct_lines') }} limit 1
""",
    "dbt_project/models/marts/mart_findings.sql": """
select
    'f' as finding_id, 'over_achievement' as rule_id, 'warning' as severity, 'Se hizo [de más].' as evidence,
    '[bold]informe.pdf' as file_path, true as is_latest
from {{ ref('fct_lines') }} limit 1
""",
    "dbt_project/models/audit/audit_unmapped_keys.sql": """
select distinct
    'units' as mapping, 'printed_name' as seed_column, product_name as seed_value, product_name as key_printed,
    product_name as key_folded, document_sha256, 'page 1' as example
from {{ ref('stg_lines') }}
where product_name = 'none of them'
""",
    "dbt_project/seeds/units.csv": "printed_name,unit_code,source\n",
}

RULES = [
    Rule(
        id="it_adds_up",
        sentence_es="Todo cuadra.",
        sentence_en="Everything adds up.",
        severity="error",
        subject="mart_reconciliation",
        home="expectations",
    ),
    Rule(
        id="it_is_plausible",
        sentence_es="Es plausible.",
        sentence_en="It is plausible.",
        severity="warning",
        subject="fct_lines",
        home="expectations",
    ),
    Rule(
        id="kept_elsewhere",
        sentence_es="En otra parte.",
        sentence_en="Somewhere else.",
        severity="error",
        subject="documents",
        home="dbt",
    ),
]


def make(folder: Path, documents: Sequence[Path]) -> Paths:
    """Write the miniature into `folder`, with these documents in the inbox of their source."""
    for name, content in FILES.items():
        path = folder / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    paths = Paths(folder / "project", folder / "documents", folder / "warehouse")
    for document in documents:
        target = paths.documents / "hn_siafi_productos" / document.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document.read_bytes())
    return paths


def validate_with(failing: Sequence[str]) -> Callable[..., ValidationReport]:
    """A stand-in for the suites under which these rules fail."""

    def validate(paths: Paths, on_rule: Callable[[RuleResult], None]) -> ValidationReport:
        report = ValidationReport()
        for rule in RULES[:2]:
            failed = rule.id in failing
            result = RuleResult(
                rule_id=rule.id,
                severity=rule.severity,
                passed=not failed,
                failing_rows=[{"file_path": "[bold]informe.pdf", "difference": "0.50"}] if failed else [],
                failing_count=int(failed),
                checked_count=1,
                sentence_en=rule.sentence_en,
                sentence_es=rule.sentence_es,
                subject=rule.subject,
            )
            report.results.append(result)
            on_rule(result)
        return report

    return validate


def main() -> int:
    """Refresh, in this process, and perhaps die on the way."""
    from orchestration import checks, validation
    from orchestration.refresh import refresh

    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--kill-at")
    arguments = parser.parse_args()
    checks.load_rules = lambda *_: RULES
    checks.validate = validate_with([])
    validation.prepare = lambda _: None

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def on_advance(at: Advance) -> None:
        if at.stage.name == arguments.kill_at and at.done:
            die()

    if arguments.kill_at == "RENAME":
        # the new release lies there whole, under its hidden name
        release._sync_tree = lambda _: die()
    folder = arguments.folder
    with heard_by(on_advance):
        done = refresh(Paths(folder / "project", folder / "documents", folder / "warehouse"), force=arguments.force)
    print(done.outcome, *done.problems)
    return done.exit_code


if __name__ == "__main__":
    sys.exit(main())
