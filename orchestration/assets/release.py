"""The published release, behind the gate."""

import subprocess
from collections import Counter
from collections.abc import Sequence
from typing import Any

import dagster as dg

from orchestration import figures, progress, release
from orchestration.contents import sha256_of
from orchestration.outcomes import Extraction, Gate
from orchestration.outlets.changes import CHANGELOG
from orchestration.outlets.datapackage import DATA_PACKAGE
from orchestration.outlets.model_pages import MODEL_PAGES
from orchestration.outlets.of_release import outlets
from orchestration.paths import Paths
from orchestration.resources import Warehouse
from orchestration.site import SiteMaker

KEY = dg.AssetKey("published_release")


class GateClosedError(RuntimeError):
    """The working database may not be published; the sentence says why.

    The release served before is served still.
    """


def release_asset(marts: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The release made of these marts. The blocking checks on them hold it back."""

    @dg.asset(
        key=KEY,
        deps=marts,
        description="The current release: what BI tools read.",
        group_name="release",
        kinds={"duckdb", "parquet"},
    )
    def published_release(warehouse: Warehouse) -> dg.MaterializeResult:
        made, is_new = publish(warehouse.paths, even_if_same=warehouse.force)
        return dg.MaterializeResult(metadata=_metadata(warehouse.paths, made, is_new))

    return published_release


# what a person opens of a release, by the name it has in Dagster; what a release does not hold is left out
_PAGES = {
    "site": "site/index.html",
    "what changed": CHANGELOG,
    "quality": "site/reglas.html",
    "data dictionary (es)": "docs/diccionario-de-datos.md",
    "data dictionary (en)": "docs/data-dictionary.md",
    "models": MODEL_PAGES,
    "open data package": DATA_PACKAGE,
}


def _metadata(paths: Paths, made: release.Release, is_new: bool) -> dict[str, Any]:
    """What the asset page shows of a release: what it is, what was read for it, what adds up, where to look."""
    extraction = Extraction.load(paths)
    actions = Counter(document.action for document in extraction.documents) if extraction else Counter()
    counts = figures.reconciliation_counts(made.database)
    rules = made.manifest["gate"].get("rules", {}).values()
    pages = {name: made.folder / page for name, page in _PAGES.items() if (made.folder / page).is_file()}
    return {
        "version": made.version,
        "is_new": is_new,
        "documents loaded": actions["loaded"],
        "documents skipped": actions["skipped"],
        "documents quarantined": actions["quarantined"],
        "printed figures reconciled": counts["reconciled"],
        "discrepancies explained": counts["explained"],
        "discrepancies unexplained": counts["discrepant"],
        "rules that hold": f"{sum(rule['outcome'] == 'passed' for rule in rules)} of {len(rules)}",
        "rows": sum(table["rows"] for table in made.manifest["tables"].values()),
        "folder": dg.MetadataValue.path(str(made.folder)),
        "database_sha256": made.manifest["database"]["sha256"],
        "input_fingerprint": made.manifest["input_fingerprint"],
        **{name: dg.MetadataValue.url(page.as_uri()) for name, page in pages.items()},
    }


def publish(paths: Paths, *, even_if_same: bool = False) -> tuple[release.Release, bool]:
    """Publish the working database if the gate says so of this very file; GateClosedError otherwise."""
    gate = Gate.load(paths)
    if gate is None or not paths.build_database.is_file():
        raise GateClosedError("The rules were not checked on the working database: run a complete refresh.")
    if gate.database_sha256 != sha256_of(paths.build_database):
        raise GateClosedError(
            "The working database changed after the rules were checked on it: run a complete refresh."
        )
    if not gate.transformation_complete:
        raise GateClosedError("Only some models were built; a release needs all of them: run a complete refresh.")
    if not gate.passed:
        rules = "; ".join(f"{rule.rule_id}: {rule.sentence_en}" for rule in gate.failing)
        raise GateClosedError(f"The gate is closed. {rules or 'dbt did not succeed.'}")
    progress.report(progress.Advance(progress.Stage.PUBLISH, 0, 1))
    provenance = release.Provenance(
        input_fingerprint=gate.fingerprint,
        git_commit=_git_commit(paths),
        documents=figures.documents(paths.build_database),
        gate=gate.summary(),
    )
    made = release.publish(
        paths.build_database,
        paths.published,
        paths.writer_lock,
        provenance,
        docs=paths.docs,
        outlets=outlets(paths),
        site=SiteMaker(paths),
        even_if_same=even_if_same,
    )
    progress.report(progress.Advance(progress.Stage.PUBLISH, 1, 1))
    return made


def _git_commit(paths: Paths) -> str | None:
    """The commit the code stands at, with `-dirty` when it was changed since; None outside a checkout."""
    command = [
        "git",
        "-C",
        str(paths.repository),
        "describe",
        "--always",
        "--dirty",
        "--abbrev=40",
        "--exclude=*",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None
