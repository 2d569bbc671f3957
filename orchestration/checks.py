"""The rules of the catalogue as asset checks, and the gate they make.

All rules run in one step: what costs is starting Great Expectations, not the rules.
"""

from collections.abc import Iterator

import dagster as dg

from expectations.catalogue import load_rules
from expectations.runner import RuleResult
from orchestration import progress
from orchestration.contents import sha256_of
from orchestration.outcomes import Gate, Rule, Transformation
from orchestration.paths import Paths
from orchestration.resources import Warehouse
from orchestration.validation import validate

# what the catalogue calls the rules that the suites state; the others are kept by dbt tests and by the
# extractors
HOME = "expectations"
# rows of a failing rule that a check shows and a record keeps; the whole list is a query on the marts
ROWS_SHOWN = 100
SEVERITIES = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "info": dg.AssetCheckSeverity.WARN,
}


def rule_checks(tables: dict[str, dg.AssetKey]) -> dg.AssetChecksDefinition:
    """One asset check per rule that a suite states, on the table it is about.

    `tables` are the assets by table name. A rule of error severity holds back everything downstream of its
    table.
    """
    rules = {rule.id: rule for rule in load_rules() if rule.home == HOME}
    specs = [
        dg.AssetCheckSpec(
            rule.id,
            asset=tables[rule.subject],
            description=f"{rule.sentence_en}\n\n{rule.sentence_es}",
            blocking=rule.severity == "error",
            additional_deps=[key for key in tables.values() if key != tables[rule.subject]],
        )
        for rule in rules.values()
    ]

    @dg.multi_asset_check(name="rules", specs=specs)
    def checks(warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        for rule in judge(warehouse.paths).rules:
            yield dg.AssetCheckResult(
                passed=rule.passed,
                asset_key=tables[rules[rule.rule_id].subject],
                check_name=rule.rule_id,
                severity=SEVERITIES[rule.severity],
                metadata={"failing rows": rule.failing_count, "rows": _table(rule)},
            )

    return checks


def judge(paths: Paths) -> Gate:
    """Check every rule on the working database and record whether it may be published."""
    Gate.discard(paths)
    transformation = Transformation.load(paths)
    if transformation is None:
        raise RuntimeError("There is no finished dbt build to check: run a complete refresh.")
    total = sum(rule.home == HOME for rule in load_rules())
    done = 0
    progress.report(progress.Advance(progress.Stage.CHECK, done, total))

    def on_rule(result: RuleResult) -> None:
        nonlocal done
        done += 1
        progress.report(progress.Advance(progress.Stage.CHECK, done, max(total, done), result.rule_id))

    report = validate(paths, on_rule)
    gate = Gate(
        database_sha256=sha256_of(paths.build_database),
        fingerprint=transformation.fingerprint,
        transformation_complete=transformation.complete,
        transformation_succeeded=transformation.succeeded,
        transformation_counts=transformation.counts(),
        invocation_id=transformation.invocation_id,
        rules=[
            Rule(
                result.rule_id,
                result.severity,
                result.subject,
                result.passed,
                result.failing_count,
                result.sentence_en,
                result.sentence_es,
                [{name: _plain(value) for name, value in row.items()} for row in result.failing_rows[:ROWS_SHOWN]],
            )
            for result in report.results
        ],
    )
    gate.save(paths)
    return gate


def _plain(value: object) -> str | int | bool | None:
    """As JSON and Dagster take it; a decimal stays exact as text."""
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _table(rule: Rule) -> dg.TableMetadataValue:
    columns = list(rule.failing_rows[0]) if rule.failing_rows else ["no failing row"]
    return dg.MetadataValue.table(
        [dg.TableRecord({name: _plain(row.get(name)) for name in columns}) for row in rule.failing_rows],
        schema=dg.TableSchema([dg.TableColumn(name) for name in columns]),
    )
