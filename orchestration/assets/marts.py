"""The dbt project as assets, its tests as asset checks.

dagster-dbt reads the assets off dbt's manifest; the body runs dbt in this process (see `transformation`) and
reports node by node. A failing test of error severity fails the step, which skips everything after it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from expectations.catalogue import load_rules
from orchestration import holding, inputs, progress, transformation, unmapped, validation
from orchestration.assets import raw
from orchestration.outcomes import Node, Transformation
from orchestration.paths import Paths
from orchestration.resources import Warehouse

# where dagster-dbt keeps dbt's own name of a node
_UNIQUE_ID = "dagster_dbt/unique_id"


class Translator(DagsterDbtTranslator):
    """Ties dbt's sources to the raw assets: a table, its totals and its cells are one family there."""

    def __init__(self, families: set[dg.AssetKey]) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))
        self.families = families

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The raw family for a source, schema and name for everything else."""
        if dbt_resource_props["resource_type"] != "source":
            return super().get_asset_key(dbt_resource_props)
        source, table = dbt_resource_props["source_name"], dbt_resource_props["name"]
        for name in (table, table.removesuffix("_totals"), table.removesuffix("_cells")):
            for key in (raw.table_key(source, name), dg.AssetKey([raw.LAYER, name])):
                if key in self.families:
                    return key
        raise dg.DagsterInvalidDefinitionError(
            f"dbt reads the source {source}.{table}, but no layout writes such a raw table: "
            "name the dbt source after the layout's source_id and its tables after the layout's."
        )


def mart_assets(paths: Paths, families: set[dg.AssetKey]) -> dg.AssetsDefinition:
    """Every model and seed of the dbt project, as one step."""
    transformation.prepare_manifest(paths)

    @dbt_assets(manifest=paths.dbt_manifest, dagster_dbt_translator=Translator(families), name="dbt_build")
    def assets(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        names = {spec.key: spec.metadata[_UNIQUE_ID] for spec in context.assets_def.specs}
        checks = {spec.metadata[_UNIQUE_ID]: spec.key for spec in context.assets_def.check_specs}
        select = None
        if context.is_subset:
            select = [names[key].split(".")[-1] for key in sorted(context.selected_asset_keys)]

        def on_node(done: int, total: int, name: str) -> None:
            progress.report(progress.Advance(progress.Stage.TRANSFORM, done, total, name))

        # ready by the time dbt is done
        validation.prepare(warehouse.paths)
        # what the marts are made from is what is loaded at this moment
        fingerprint = inputs.examine(warehouse.paths).fingerprint
        built = transformation.build(warehouse.paths, fingerprint, select=select, anew=warehouse.force, on_node=on_node)
        keys = {unique_id: key for key, unique_id in names.items()}
        for node in built.nodes:
            if node.status == "success" and node.unique_id in keys:
                yield dg.MaterializeResult(keys[node.unique_id], metadata={"seconds": node.seconds})
            elif node.unique_id in checks and node.status != "skipped":
                yield _check_result(node, checks[node.unique_id])
        missing = unmapped.export(warehouse.paths, keep=holding.holds_any(warehouse.paths))
        if built.failed:
            raise dg.Failure(" ".join([_sentence(built), *missing]), allow_retries=False)

    return assets


def _check_result(node: Node, check: dg.AssetCheckKey) -> dg.AssetCheckResult:
    warning = node.status == "warn"
    return dg.AssetCheckResult(
        passed=node.status in ("pass", "success"),
        asset_key=check.asset_key,
        check_name=check.name,
        severity=dg.AssetCheckSeverity.WARN if warning else dg.AssetCheckSeverity.ERROR,
        metadata={"failing rows": node.failures or 0, "message": node.message or "", "seconds": node.seconds},
    )


def _sentence(built: Transformation) -> str:
    said = {rule.id: rule.sentence_en.removesuffix(".") for rule in load_rules()}
    failed = "; ".join(f"{node.name} ({said[node.name]})" if node.name in said else node.name for node in built.failed)
    return (
        f"{len(built.failed)} of {len(built.nodes)} dbt nodes failed: {failed}. The rows are in the audit tables of "
        'the working database (contraste dbt show --inline "select * from audit.<table>"); mend the mapping, seed or '
        "model, or take the document out with contraste withdraw."
    )
