"""The site of a release: the portal is given what it asks for, and knows nothing of us."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from orchestration.contents import sha256_of
from orchestration.copying import DATABASE, ReleaseError
from orchestration.parquet import files_of
from orchestration.paths import Paths

SITE = "site"
DOCUMENTS_SHOWN_VARIABLE = "CONTRASTE_SITE_DOCUMENTS"
SITE_CHECKSUMS = "SHA256SUMS"
"""The checksums of the files of a site, inside it: they are checked where the site is copied to as well."""


class SiteMaker:
    """Makes the site of a release that is being made, beside its tables."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def __call__(self, folder: Path, about: Mapping[str, Any], before: Path | None) -> dict[str, Any]:
        """Write `folder/site`; what the manifest keeps of it.

        `about` is the manifest as far as it is known, `before` the folder of the release served now. Raises
        ReleaseError when the site cannot be made: then nothing is switched.
        """
        from extractors.readers.page_image import page_image
        from portal.build import Sources, build
        from portal.errors import PortalError
        from portal.limits import Limits
        from portal.material import Release

        site = folder / SITE
        gate = about.get("gate") or {}
        release = Release(
            version=about["version"],
            made_on=about["created_at"][:10],
            commit=about["git_commit"],
            rules=gate.get("rules"),
            files=_files(folder, about),
        )
        documents = _documents_shown()
        sources = Sources(
            archive=self._paths.archive,
            rules=self._paths.rules,
            glossary=self._paths.glossary,
            before=before / SITE if before else None,
            draw=page_image,
            limits=Limits() if documents is None else Limits.of_documents(documents),
        )
        try:
            built = build(folder / DATABASE, site, release, sources)
        except PortalError as error:
            raise ReleaseError(str(error)) from error
        sums = site / SITE_CHECKSUMS
        sums.write_text(checksums(site), encoding="utf-8")
        files = [path for path in site.rglob("*") if path.is_file()]
        for path in files:
            path.chmod(0o444)
        return {
            "pages": built.pages,
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
            "not_drawn": built.not_drawn,
            "taken_over": built.taken_over,
            "checksums": f"{SITE}/{SITE_CHECKSUMS}",
            "sha256": sha256_of(sums),
        }


def _documents_shown() -> int | None:
    """CONTRASTE_SITE_DOCUMENTS; None where nobody says how many. ReleaseError when it is no number."""
    wanted = os.environ.get(DOCUMENTS_SHOWN_VARIABLE, "").strip()
    if wanted and not wanted.isdigit():
        raise ReleaseError(
            f"{DOCUMENTS_SHOWN_VARIABLE} is {wanted!r}: write how many documents the site shows, such as 400."
        )
    return int(wanted) if wanted else None


def checksums(site: Path) -> str:
    """Every file of a site but this list itself, as `sha256sum --check` reads it."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path != site / SITE_CHECKSUMS)
    return "".join(f"{sha256_of(path)}  {path.relative_to(site).as_posix()}\n" for path in files)


def tree_sha256(folder: Path) -> str:
    """One checksum of every file of a site, by name and content: that of the list of them."""
    return sha256(checksums(folder).encode()).hexdigest()


def _files(folder: Path, about: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The files of the release as the page of downloads lists them."""
    files: dict[str, dict[str, Any]] = {
        # of a table in several files the folder that they lie in
        table["parquet"].removesuffix("*.parquet"): {
            "table": name,
            "rows": table["rows"],
            "bytes": sum((folder / file).stat().st_size for file in files_of(table)),
            "sha256": table["sha256"],
        }
        for name, table in about["tables"].items()
    }
    files[DATABASE] = {"bytes": (folder / DATABASE).stat().st_size}
    files |= {name: {"bytes": (folder / name).stat().st_size} for name in about["docs"]}
    # written last, with what is said of the site in them
    files |= {"manifest.json": {}, "SHA256SUMS": {}}
    return files
