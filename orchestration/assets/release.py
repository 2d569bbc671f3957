"""The published release, behind the gate."""

import subprocess
from collections.abc import Sequence

import dagster as dg

from orchestration import figures, progress, release
from orchestration.copying import sha256_of
from orchestration.outcomes import Gate
from orchestration.paths import Paths
from orchestration.resources import Warehouse
from orchestration.site import SITE, SiteMaker

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
        return dg.MaterializeResult(
            metadata={
                "version": made.version,
                "is_new": is_new,
                "folder": dg.MetadataValue.path(str(made.folder)),
                "database_sha256": made.manifest["database"]["sha256"],
                "input_fingerprint": made.manifest["input_fingerprint"],
                "site": dg.MetadataValue.path(str(made.folder / SITE / "index.html")),
                "rows": sum(table["rows"] for table in made.manifest["tables"].values()),
            }
        )

    return published_release


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
