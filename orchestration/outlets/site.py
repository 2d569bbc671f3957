"""The site of a release: the portal is given what it asks for, and knows nothing of orchestration."""

import json
from datetime import UTC, datetime
from typing import Any

from orchestration.copying import DATABASE, ReleaseError
from orchestration.paths import Paths
from orchestration.release import MANIFEST, Draft, Outlet

SITE = "site"
SITE_PAGE = f"{SITE}/index.html"
SITE_REPORT = f"{SITE}/site.json"
"""What was made: pages, pictures drawn and taken over, pages of documents that could not be drawn."""


def site(paths: Paths) -> Outlet:
    """The outlet that makes the site; what lies in the release by then is listed on its page of downloads.

    A site that cannot be made is a ReleaseError: nothing is switched.
    """

    def write(draft: Draft) -> None:
        from extractors.readers.page_image import page_image
        from portal.build import Sources, build
        from portal.errors import PortalError
        from portal.material import Release

        release = Release(
            version=draft.version,
            made_on=datetime.now(UTC).date().isoformat(),
            commit=draft.provenance.git_commit,
            rules=draft.provenance.gate.get("rules"),
            files=_files(draft),
        )
        sources = Sources(
            archive=paths.archive,
            rules=paths.rules,
            glossary=paths.glossary,
            before=draft.served.folder / SITE if draft.served else None,
            draw=page_image,
        )
        try:
            built = build(draft.folder / DATABASE, draft.folder / SITE, release, sources)
        except PortalError as error:
            raise ReleaseError(str(error)) from error
        about = {"pages": built.pages, "drawn": built.drawn, "reused": built.reused, "not_drawn": built.not_drawn}
        (draft.folder / SITE_REPORT).write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", "utf-8")

    return write


def _files(draft: Draft) -> dict[str, dict[str, Any]]:
    """The files of the release as the page of downloads lists them."""
    known = {table["parquet"]: table for table in draft.tables.values()}
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(draft.folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(draft.folder).as_posix()
            table = known.get(name)
            files[name] = {"bytes": path.stat().st_size}
            if table:
                files[name] |= {"rows": table["rows"], "sha256": table["sha256"]}
    # written last, with the checksums of the site in it
    files[MANIFEST] = {}
    return files
