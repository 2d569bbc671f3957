"""Making the site of a release from its built database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from portal.addresses import Addresses
from portal.errors import PortalError, one_line
from portal.limits import Limits
from portal.marts import Marts
from portal.material import Material, Release
from portal.origins import Origins
from portal.page_images import Draw, PageImages, take_over
from portal.pages import (
    budget,
    catalogues,
    compliance,
    coverage,
    documents,
    findings,
    indicators,
    institutions,
    overview,
    programmes,
    quadrant,
    reconciliation,
    restatements,
    search,
)
from portal.words import Text
from portal.writing import Entry, Page, Writer

_MAIN = {
    "institutions",
    "programmes",
    "indicators",
    "budget",
    "quadrant",
    "compliance",
    "reconciliation",
    "findings",
    "documents",
}
_ASSETS = Path(__file__).with_name("assets")


@dataclass(frozen=True)
class Sources:
    """What a site is made of besides the database; everything is optional.

    `archive` keeps the documents by checksum, `rules` is the catalogue of rules, `glossary` the Spanish descriptions of
    tables and columns, `before` the site of the release before, `draw` draws a page of a PDF, `limits` bounds the site.
    """

    archive: Path | None = None
    rules: Path | None = None
    glossary: Path | None = None
    before: Path | None = None
    draw: Draw | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Built:
    """What was made: pages in both languages, bytes of them, the largest page, pictures drawn and taken over, pages
    taken over from the site before.

    `not_drawn` has one sentence for every page of a document that shows its text only.
    """

    pages: int
    bytes: int
    largest: tuple[str, int]
    drawn: int
    reused: int
    not_drawn: list[str] = field(default_factory=list)
    taken_over: int = 0


def build(database: Path, site: Path, release: Release, sources: Sources | None = None) -> Built:
    """Write the site of `database` into the folder `site`, which must not exist or be empty.

    Raises PortalError, one sentence, when it cannot be made whole; what was written until then is of no use.
    """
    sources = sources or Sources()
    try:
        site.mkdir(parents=True, exist_ok=True)
        images = PageImages(site, sources.before, sources.draw)
        with Marts(database) as marts:
            material = Material(
                marts,
                Origins(marts, sources.limits),
                Addresses(),
                images,
                release,
                sources.archive,
                catalogues.catalogue(sources.rules),
                sources.glossary,
                sources.limits,
            )
            # the chart library is made beside the pages: it takes as long as they do
            with ThreadPoolExecutor(1) as beside:
                assets = beside.submit(_assets, site, sources.before)
                writer = _write(material, site, sources.before)
                assets.result()
    except PortalError:
        raise
    except Exception as error:
        # whatever a database or a disk comes to, who publishes reads one sentence and the release before is served
        what = f"{type(error).__name__}: {one_line(error)}"
        raise PortalError(f"The site of the release cannot be made from {database.name}: {what}") from error
    return Built(
        writer.pages, writer.bytes, writer.largest, images.drawn, images.reused, images.failed, writer.taken_over
    )


def _write(material: Material, site: Path, before: Path | None) -> Writer:
    known = institutions.address(material)
    plans = programmes.address(material)
    measures = indicators.address(material)
    tables = budget.address(material)
    papers = documents.documents(material)
    chapters: list[tuple[str, Text, Callable[[], Iterator[Page]]]] = [
        ("institutions", institutions.HOME[0], lambda: institutions.pages(material, known, tables)),
        ("programmes", programmes.HOME[0], lambda: programmes.pages(material, plans)),
        ("indicators", indicators.HOME[0], lambda: indicators.pages(material, measures)),
        ("budget", budget.HOME[0], lambda: budget.pages(material, tables)),
        ("quadrant", quadrant.TITLE, lambda: quadrant.pages(material)),
        ("compliance", ("Cumplimiento", "Compliance"), lambda: compliance.pages(material)),
        ("reconciliation", reconciliation.TITLE, lambda: reconciliation.pages(material)),
        ("findings", findings.TITLE, lambda: findings.pages(material)),
        ("restatements", restatements.TITLE, lambda: restatements.pages(material)),
        ("coverage", coverage.TITLE, lambda: coverage.pages(material)),
        ("documents", documents.TITLE, lambda: documents.pages(material, papers)),
        ("dictionary", catalogues.DICTIONARY[0], lambda: catalogues.dictionary(material)),
        ("rules", catalogues.RULES, lambda: catalogues.rules(material)),
        ("downloads", catalogues.DOWNLOADS, lambda: catalogues.downloads(material)),
    ]
    entries = [Entry("overview", "index.html", ("Panorama", "Overview"))]
    begun: list[Iterator[Page]] = []
    for section, title, make in chapters:
        found = make()
        # the first page of a chapter says whether there is one at all, and so whether it is in the navigation
        first = next(found, None)
        if first is not None:
            entries.append(Entry(section, first.path, title, section in _MAIN))
            begun.append(chain([first], found))
    existing = {entry.section for entry in entries}
    entries.append(Entry("method", "metodo.html", catalogues.METHOD, False))
    writer = Writer(site, entries, _about(material.release, material.rules, existing), material.language, before)
    writer.write(overview.pages(material, known, papers, existing))
    writer.write(catalogues.method(material))
    lists = [
        (entry.title, entry.path) for entry in entries if entry.section in ("institutions", "programmes", "indicators")
    ]
    sizes = {"instituciones.html": len(known), "programas.html": len(plans), "indicadores.html": len(measures)}
    writer.write(search.pages([(title, path, sizes[path]) for title, path in lists]))
    for chapter in begun:
        writer.write(chapter)
    assets = site / "assets"
    assets.mkdir(exist_ok=True)
    writer.finish()
    (assets / "search.js").write_text(search.index(material, known, plans, measures), "utf-8")
    return writer


def _about(release: Release, rules: Mapping[str, Any], existing: set[str]) -> dict[str, Any]:
    # a finding speaks of what was published, not of the reading of it: its rules are counted with the findings
    findings_rules = {rule_id for rule_id, rule in rules.items() if rule.get("subject") == "mart_findings"}
    outcomes = [each.get("outcome") for rule_id, each in (release.rules or {}).items() if rule_id not in findings_rules]
    commit = release.commit
    return {
        "version": release.version,
        "made_on": release.made_on,
        "commit": commit[:10] + ("-dirty" if commit.endswith("-dirty") else "") if commit else None,
        "rules_total": len(outcomes) if "rules" in existing else 0,
        "rules_passed": outcomes.count("passed"),
    }


def _assets(site: Path, before: Path | None) -> None:
    """Style, scripts and the chart library; the library is taken over while its version stays."""
    assets = site / "assets"
    assets.mkdir(exist_ok=True)
    for name in ("site.css", "site.js", "icon.png"):
        shutil.copyfile(_ASSETS / name, assets / name)
    # importing the chart libraries takes longer than writing the pages, so what they made is kept as well
    stamp = f"altair {version('altair')} vl-convert {version('vl-convert-python')} {_digest()}\n"
    made = assets / "charts.txt"
    made.write_text(stamp, "utf-8")
    if before and (before / "assets" / "charts.txt").is_file():
        same = (before / "assets" / "charts.txt").read_text("utf-8") == stamp
        if same and all(take_over(before / "assets" / name, assets / name) for name in ("vega.js", "charts.js")):
            return
    for name in ("vega.js", "charts.js"):
        (assets / name).unlink(missing_ok=True)
    import vl_convert

    from portal import charts

    # without a snippet it is the whole library; the stub asks for one
    bundle = vl_convert.javascript_bundle()  # pyright: ignore[reportCallIssue]
    (assets / "vega.js").write_text(bundle, "utf-8")
    (assets / "charts.js").write_text(charts.script(), "utf-8")


def _digest() -> str:
    from hashlib import sha256

    return sha256(Path(__file__).with_name("charts.py").read_bytes()).hexdigest()[:16]
