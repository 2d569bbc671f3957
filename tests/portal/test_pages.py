"""What holds of every page: links, languages, security, tables that need no script, size."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from PIL import Image, ImageDraw

from extractors.readers.page_image import page_image
from orchestration import release
from orchestration.copying import ReleaseError
from orchestration.paths import Paths
from orchestration.release import Provenance, Release
from orchestration.site import SiteMaker
from portal.build import Sources, build
from portal.errors import PortalError
from portal.material import Release as SiteRelease
from portal.page_images import PageImages, in_few_colours
from portal.writing import Page, Writer
from tests.portal.publishing import changed, publish
from tests.portal.reading_pages import Element, pages, read

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3) {{ 7*7 }} ñ'


def addresses(page: Element) -> list[str]:
    return [
        element.attributes[name]
        for element in page.all()
        for name in ("href", "src", "action", "data", "poster", "srcset")
        if name in element.attributes
    ]


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Links that lead nowhere, by page."""
    anchors = {page: {e.attributes["id"] for e in read(page).all() if "id" in e.attributes} for page in pages(site)}
    broken = []
    for page in pages(site):
        for address in addresses(read(page)):
            path, _, anchor = address.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page.resolve()
            if not target.exists() or (anchor and anchor not in anchors.get(target, set())):
                broken.append((page.relative_to(site).as_posix(), address))
    return broken


def test_every_link_leads_to_something_that_is_there(site: Path) -> None:
    assert broken_links(site.resolve()) == []


def test_search_leads_to_pages_of_both_languages(site: Path) -> None:
    text = (site / "assets" / "search.js").read_text("utf-8")
    index = json.loads(text.removeprefix("window.CONTRASTE_INDEX=").rstrip(";\n"))
    assert len(index) > 100
    for _, _, _, address, _ in index:
        assert (site / address).is_file() and (site / "en" / address).is_file()


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    for page in pages(site):
        for address in addresses(read(page)):
            assert not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE), (page, address)
    style = (site / "assets" / "site.css").read_text("utf-8")
    assert "url(" not in style and "@import" not in style


def test_every_page_has_a_strict_policy_and_keeps_it(site: Path) -> None:
    for page in pages(site):
        root = read(page)
        policies = [
            meta.attributes["content"]
            for meta in root.all("meta")
            if meta.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY], page
        assert not root.all("style"), page
        for element in root.all():
            assert "style" not in element.attributes, (page, element)
            assert not [name for name in element.attributes if name.startswith("on")], (page, element)
        for script in root.all("script"):
            assert "src" in script.attributes or script.attributes == {"type": "application/json"}, page
            if "src" not in script.attributes:
                json.loads(script.text)


def test_every_page_exists_in_both_languages_and_says_which(site: Path) -> None:
    spanish = {page.relative_to(site) for page in pages(site) if "en" not in page.relative_to(site).parts[:1]}
    english = {page.relative_to(site / "en") for page in pages(site / "en")}
    assert spanish == english and len(spanish) > 200
    for page in spanish:
        for file, language, other in ((site / page, "es", "en"), (site / "en" / page, "en", "es")):
            root = read(file)
            assert root.all("html")[0].attributes["lang"] == language
            [switch] = [link for link in root.all("a") if link.attributes.get("class") == "other"]
            assert switch.attributes["hreflang"] == other
            assert (file.parent / switch.attributes["href"]).resolve() == (
                site / "en" / page if other == "en" else site / page
            ).resolve()


def test_every_page_has_landmarks_one_heading_and_tables_that_say_what_they_are(site: Path) -> None:
    for page in pages(site):
        root = read(page)
        for tag in ("header", "main", "footer", "h1"):
            assert len(root.all(tag)) == 1, (page, tag)
        [skip] = [link for link in root.all("a") if link.attributes.get("class") == "skip"]
        assert skip.attributes["href"] == f"#{root.all('main')[0].attributes['id']}"
        ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
        assert len(ids) == len(set(ids)), page
        for table in root.all("table"):
            assert [caption.text.strip() for caption in table.all("caption")] != [""], page
            assert all("scope" in head.attributes for head in table.all("th")), page
            widths = {len(row.children) for row in table.all("tr")}
            assert len(widths) == 1, (page, widths)
        for picture in root.all("img"):
            assert picture.attributes["alt"]


def test_charts_have_a_table_that_needs_no_script(site: Path) -> None:
    drawn = [page for page in pages(site) if any("data-chart" in each.attributes for each in read(page).all("div"))]
    assert len(drawn) > 50
    for page in drawn:
        assert read(page).all("table"), page


def test_no_page_is_larger_than_150_kilobytes(site: Path) -> None:
    sizes = {page.relative_to(site).as_posix(): page.stat().st_size for page in pages(site)}
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}


def test_what_a_source_says_stays_text(warehouse: Paths, tmp_path: Path) -> None:
    database = tmp_path / "warehouse.duckdb"
    shutil.copyfile(warehouse.build_database, database)
    with duckdb.connect(str(database)) as connection:
        texts = connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns c "
            "join information_schema.tables t using (table_catalog, table_schema, table_name) "
            "where t.table_type = 'BASE TABLE' and table_schema = 'marts' and data_type = 'VARCHAR' and column_name in "
            "('institution_name', 'institution_code', 'indicator_name', 'program_name', 'program_code', 'text_raw', "
            "'evidence', 'evidence_en', 'title', 'org_unit_name', 'justification', 'scope', 'printed_raw', "
            "'unit_name_raw', 'definition_text', 'country_name', 'file_path', 'value_raw', 'report_title')"
        ).fetchall()
        assert len(texts) > 30
        for schema, table, column in texts:
            connection.execute(f'update {schema}."{table}" set "{column}" = ? where "{column}" is not null', [HOSTILE])
    built = build(database, tmp_path / "site", SiteRelease(HOSTILE), Sources(archive=warehouse.archive))
    assert built.pages > 200
    seen = 0
    for page in pages(tmp_path / "site"):
        root = read(page)
        for script in root.all("script"):
            assert "src" in script.attributes or script.attributes == {"type": "application/json"}, page
        for element in root.all():
            assert not [name for name in element.attributes if name.startswith("on")], (page, element.tag)
            assert element.attributes.get("src") != "x", page
        seen += "alert(1)" in root.text and "{{ 7*7 }}" in root.text
    assert seen > 200
    index = (tmp_path / "site" / "assets" / "search.js").read_text("utf-8")
    json.loads(index.removeprefix("window.CONTRASTE_INDEX=").rstrip(";\n"))


def test_the_manifest_knows_the_site_and_a_changed_page_is_not_served_again(
    warehouse: Paths, published: Release, site: Path
) -> None:
    about = published.manifest["site"]
    assert about["pages"] == len(pages(site)) and about["not_drawn"] == []
    assert about["files"] == sum(path.is_file() for path in site.rglob("*"))
    release.verify(published)
    page = site / "index.html"
    content = page.read_bytes()
    try:
        page.chmod(0o644)
        page.write_bytes(content.replace(b"Contraste", b"Contrasta"))
        with pytest.raises(ReleaseError, match="site/ is not what was published"):
            release.verify(published)
    finally:
        page.write_bytes(content)
        page.chmod(0o444)


def test_every_file_of_the_site_can_be_checked_with_sha256sum(published: Release, site: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=published.folder, check=True)
    subprocess.run(check, cwd=site, check=True)
    # the release covers the list of the site, and that covers the rest of it
    assert "  site/SHA256SUMS\n" in (published.folder / "SHA256SUMS").read_text("utf-8")
    listed = {line.split("  ", 1)[1] for line in (site / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"} and listed <= there


def test_a_page_put_beside_or_a_list_that_was_changed_is_not_served_again(published: Release, site: Path) -> None:
    site.chmod(0o755)
    (site / "otra.html").write_text("<p>", "utf-8")
    try:
        with pytest.raises(ReleaseError, match="site/ is not what was published"):
            release.verify(published)
    finally:
        (site / "otra.html").unlink()
    sums = site / "SHA256SUMS"
    content = sums.read_bytes()
    sums.chmod(0o644)
    sums.write_bytes(content.replace(b"index.html", b"andex.html"))
    try:
        with pytest.raises(ReleaseError, match=r"site/SHA256SUMS is not the file that was published"):
            release.verify(published)
        assert subprocess.run(
            ["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=published.folder, check=False
        ).returncode
    finally:
        sums.write_bytes(content)
        sums.chmod(0o444)
    release.verify(published)


def test_pictures_and_the_chart_library_are_taken_over_from_the_release_before(warehouse: Paths, site: Path) -> None:
    again = publish(warehouse).folder / "site"
    pictures = sorted(path.relative_to(site) for path in site.rglob("paginas/**/*.png"))
    # eight pages of each SIAFI report, two of the form, three of the slides
    assert len(pictures) == 21
    for name in (*pictures, Path("assets/vega.js"), Path("assets/charts.js")):
        assert os.path.samefile(site / name, again / name)
    # what is made again from the same database is the same, but for the release it names
    made = {page.relative_to(again): page.read_text("utf-8") for page in pages(again)}
    version = again.parent.name
    for page in pages(site):
        same = page.read_text("utf-8").replace(site.parent.name, version)
        assert made[page.relative_to(site)] == same, page


def test_a_site_that_cannot_be_made_publishes_nothing(warehouse: Paths, published: Release, tmp_path: Path) -> None:
    served = release.current(warehouse.published)
    broken = Paths(tmp_path, warehouse.documents, warehouse.home)
    broken.rules.parent.mkdir()
    broken.rules.write_text("rules: [{id: it_adds_up}]")
    with pytest.raises(ReleaseError, match=r"^rules\.yml is no catalogue of rules: 'sentence_es'$"):
        release.publish(
            warehouse.build_database,
            warehouse.published,
            warehouse.writer_lock,
            Provenance("other"),
            site=SiteMaker(broken),
        )
    assert release.current(warehouse.published) == served
    assert not [path for path in (warehouse.published / "releases").iterdir() if path.name.startswith(".")]


def test_a_page_that_cannot_be_drawn_keeps_its_text(warehouse: Paths, published: Release, tmp_path: Path) -> None:
    def draw(file: Path, page_no: int) -> None:
        raise ValueError(f"page {page_no} is torn")

    sources = Sources(archive=warehouse.archive, draw=draw)  # type: ignore[arg-type]
    built = build(published.database, tmp_path / "site", SiteRelease("v"), sources)
    assert len(built.not_drawn) == 21
    sentence = r"Page \d+ of [0-9a-f]{64}\.pdf is shown without its picture: page \d+ is torn\."
    assert all(re.fullmatch(sentence, each) for each in built.not_drawn)
    page = next((tmp_path / "site" / "documento").rglob("p1.html"))
    assert not read(page).all("image") and read(page).all("section")


def test_a_document_that_no_longer_opens_keeps_its_text(warehouse: Paths, published: Release, tmp_path: Path) -> None:
    shutil.copytree(warehouse.archive, tmp_path / "archive")
    [damaged] = (tmp_path / "archive").rglob("f337d384018d*.pdf")
    damaged.chmod(0o644)
    damaged.write_bytes(b"%PDF-1.7 and then nothing")
    built = build(
        published.database, tmp_path / "site", SiteRelease("v"), Sources(archive=tmp_path / "archive", draw=page_image)
    )
    assert built.not_drawn == [
        f"Page {page_no} of {damaged.name} is shown without its picture: {damaged.name} does not open as a PDF, "
        "so no page of it can be shown."
        for page_no in (1, 2)
    ]


def test_marts_that_do_not_hold_what_a_page_asks_for_stop_the_site_with_a_sentence(
    warehouse: Paths, tmp_path: Path
) -> None:
    database = changed(
        warehouse,
        tmp_path,
        "create or replace table marts.mart_coverage as select * exclude (coverage_key) from marts.mart_coverage",
    )
    sentence = (
        r"^The site of the release cannot be made from warehouse\.duckdb: BinderException: .*coverage_key.*[.!?]$"
    )
    with pytest.raises(PortalError, match=sentence) as raised:
        build(database, tmp_path / "site", SiteRelease("v"))
    assert "\n" not in str(raised.value)


def test_a_page_whose_template_asks_for_what_is_not_there_is_named(tmp_path: Path) -> None:
    writer = Writer(tmp_path, [], {"version": "v"}, lambda _: "es")
    with pytest.raises(PortalError, match=r"^The page a/b\.html of the site cannot be made: '\w+' is undefined\.$"):
        writer.write([Page("a/b.html", "programmes.html", ("Uno", "One"), "programmes")])


def test_a_coloured_page_keeps_its_colours_in_as_few_bytes(tmp_path: Path) -> None:
    page = Image.new("RGB", (600, 800), "white")
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((50, 50, 550, 90), fill=(0, 90, 160))
    drawing.rectangle((50, 120, 300, 160), fill=(200, 30, 45))
    for line in range(200, 780, 12):
        drawing.line((50, line, 520, line), fill=(60, 60, 60))
    shown = in_few_colours(page).convert("RGB")
    for place, colour in (((100, 70), (0, 90, 160)), ((100, 140), (200, 30, 45)), ((5, 5), (255, 255, 255))):
        found = shown.getpixel(place)
        assert isinstance(found, tuple) and all(abs(a - b) <= 6 for a, b in zip(found, colour, strict=True)), found
    # black on white stays grey, whatever the fringe of its letters
    drawing.rectangle((0, 0, 600, 195), fill="white")
    drawing.point((3, 3), fill=(255, 0, 0))
    greys = in_few_colours(page).convert("RGB").getcolors() or []
    assert all(red == green == blue for _, (red, green, blue) in greys)  # type: ignore[misc]


def test_pictures_made_in_another_way_are_drawn_again(warehouse: Paths, published: Release, tmp_path: Path) -> None:
    before = tmp_path / "before"
    (before / "paginas").mkdir(parents=True)
    (before / "paginas" / "como.txt").write_text("in sixteen greys\n", "utf-8")
    images = PageImages(tmp_path / "site", before, lambda file, page_no: Image.new("RGB", (9, 9), "white"))
    (before / "paginas" / "abc").mkdir()
    (before / "paginas" / "abc" / "p1.png").write_bytes(b"old")
    assert images.picture(tmp_path / "abc.pdf", "abc", 1) == "paginas/abc/p1.png"
    assert (images.drawn, images.reused) == (1, 0)


def test_a_programme_without_a_printed_budget_has_no_size_and_is_no_point(warehouse: Paths, tmp_path: Path) -> None:
    without = "update marts.mart_program_performance set approved_amount = null where program_code = 'P3118'"
    database = changed(warehouse, tmp_path, without)
    build(database, tmp_path / "site", SiteRelease("v"))
    page = read(tmp_path / "site" / "cuadrante.html")
    [points] = [json.loads(script.text) for script in page.all("script") if "src" not in script.attributes]
    assert len(points) == 14 and "P3118" not in {point["label"] for point in points}
    assert all(point["size"] > 0 for point in points)
    [note] = [each for each in page.all("p") if each.attributes.get("class") == "note"]
    assert " ".join(note.text.split()).startswith("1 de ellos sin presupuesto aprobado impreso")
    assert any("P3118" in row.children[0].text for row in page.all("tr"))


def test_a_database_with_other_tables_has_a_site_of_what_it_has(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create table marts.fct_lines as select 1 as line_no")
    built = build(database, tmp_path / "site", SiteRelease("v"))
    assert built.pages > 0
    entries = [link.text for link in read(tmp_path / "site" / "index.html").all("nav")[0].all("a")]
    assert "Instituciones" not in entries
    assert (tmp_path / "site" / "diccionario" / "fct_lines.html").is_file()
    assert broken_links((tmp_path / "site").resolve()) == []


def test_money_has_one_way_of_being_written() -> None:
    from decimal import Decimal

    from portal.amounts import money, number, percent

    assert money(Decimal("7322661467.96")).text == "7,322,661,467.96"
    assert money(Decimal("0.00")).text == "0.00"
    assert money(None).kind == "missing" and money(None).text == ""
    assert money(Decimal("-1234.5")).text == "−1,234.50" and money(Decimal("-1234.5")).exact == "-1234.50"
    # more digits than a double has
    assert money(Decimal("9007199254740993.01")).text == "9,007,199,254,740,993.01"
    assert number(Decimal("828.930000")).text == "828.93"
    # half up: 69.125 is 69.13
    assert percent(Decimal("69.125000")).text == "69.13 %" and percent(Decimal("69.125000")).exact == "69.125"


def test_the_charts_are_what_the_library_understands() -> None:
    import altair as alt

    from portal import charts

    for language, kinds in charts.specifications().items():
        for name, spec in kinds.items():
            assert alt.LayerChart.from_dict(spec).to_dict(), (language, name)
