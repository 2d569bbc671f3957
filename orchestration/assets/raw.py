"""Raw assets, generated from the layouts: one step per source, one asset per table family of it.

A family is a table with its printed totals and its cells; they are written together. What is *in* a source is
the layout's business: a new source needs nothing here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from extractors.spec import SourceSpec, load_sources
from orchestration.extraction import read_inbox
from orchestration.outcomes import Document, Extraction
from orchestration.resources import Warehouse

LAYER = "raw"
_DESCRIPTIONS = {
    "documents": "Every document ever seen: what it is, who published it, whether it was loaded.",
    "accounting": "Every table found, with each of its rows and columns accounted for.",
    "cells": "Every printed cell of every table of all families, with its place; kept beside each family's rows.",
    "readings": "What each document was read as, a row for every reading that says something else than the one before.",
    "scanned_cells": "Every cell that was read from a picture of a page, and what became of it.",
    "mended_values": "Every value that a mended extractor or layout reads otherwise than before.",
}
REGISTER = [dg.AssetKey([LAYER, name]) for name in _DESCRIPTIONS]


def table_key(source_id: str, table: str) -> dg.AssetKey:
    """The asset of one raw table family."""
    return dg.AssetKey([LAYER, source_id, table])


def raw_assets() -> list[dg.AssetsDefinition]:
    """Every raw asset that the layouts call for."""
    sources = [_source_assets(spec) for spec in load_sources().values()]
    return [*sources, _register_assets([key for assets in sources for key in assets.keys])]


def _source_assets(spec: SourceSpec) -> dg.AssetsDefinition:
    specs = [
        dg.AssetSpec(
            table_key(spec.source_id, table),
            description=f"{spec.title}: table `{table}` as printed, with its totals and its cells.",
            group_name=spec.source_id,
            kinds={"parquet"},
        )
        for table in spec.raw_tables
    ]

    @dg.multi_asset(name=f"extract_{spec.source_id}", specs=specs)
    def assets(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:
        extraction = _read(context, warehouse)
        mine = [document for document in extraction.documents if document.source_id == spec.source_id]
        for table in spec.raw_tables:
            folder = warehouse.paths.raw / spec.source_id / table
            yield dg.MaterializeResult(table_key(spec.source_id, table), metadata=_metadata(mine, folder))

    return assets


def _register_assets(upstream: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    documents = REGISTER[0]
    everything_loaded = dg.AssetCheckSpec(
        "every_document_is_loaded",
        asset=documents,
        description="No document of the inbox lies in quarantine.",
    )

    @dg.multi_asset(
        name="register_documents",
        specs=[
            dg.AssetSpec(key, deps=upstream, description=description, group_name=LAYER, kinds={"parquet"})
            for key, description in zip(REGISTER, _DESCRIPTIONS.values(), strict=True)
        ],
        check_specs=[everything_loaded],
    )
    def assets(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        extraction = _read(context, warehouse)
        for key in REGISTER:
            folder = warehouse.paths.raw / key.path[-1]
            yield dg.MaterializeResult(key, metadata=_metadata(extraction.documents, folder))
        quarantined = extraction.of("quarantined")
        yield dg.AssetCheckResult(
            passed=not quarantined,
            asset_key=documents,
            check_name=everything_loaded.name,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"quarantined": _table(quarantined)},
        )

    return assets


def _read(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Extraction:
    """Read the inbox for this step.

    The first step of a run reads for all sources that the run is about, over one set of workers, and the
    others find their documents read: starting workers for every source costs more than most documents.
    """
    selected = context.run.asset_selection or set()
    sources = None
    if selected and not set(REGISTER) <= set(selected):
        sources = sorted({key.path[1] for key in selected if key.path[0] == LAYER and len(key.path) == 3})
    return read_inbox(warehouse.paths, context.run.run_id, sources=sources, force=warehouse.force)


def _metadata(documents: Sequence[Document], folder: Path) -> dict[str, dg.MetadataValue | int]:
    counts = Counter(document.action for document in documents)
    return {
        "folder": dg.MetadataValue.path(str(folder)),
        "loaded": counts["loaded"],
        "skipped": counts["skipped"],
        "quarantined": counts["quarantined"],
        "rows loaded": sum(document.rows for document in documents if document.action == "loaded"),
    }


def _table(quarantined: Sequence[Document]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [dg.TableRecord({"document": each.file_path, "reason": each.reason or ""}) for each in quarantined],
        schema=dg.TableSchema([dg.TableColumn("document"), dg.TableColumn("reason")]),
    )
