"""Two things that hold of everything a reader sees: a number leads somewhere, and words are in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.portal.reading_pages import Element, pages, read

# what a number needs no link for: it names, dates or counts what stands right there ------------------------------

_MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_MONTHS += "|January|February|March|April|May|June|July|August|September|October|November|December"
IS_A_DATE = re.compile(rf"\b\d{{4}}-\d\d-\d\d\b|\b(?:(?:{_MONTHS}|[TSQH][1-4])\W*)*(?:19|20)\d\d(?:–(?:19|20)\d\d)?\b")
IS_A_NAME = re.compile(r"SHA-256|\bn\.º \d+|\bno\. \d+")
"""Names of things that hold digits, and which of several vintages one is."""
IS_A_PLACE = re.compile(
    r"\b(?:p\.|página|page|hoja|sheet|tabla|tablas|table|tables|fila|row|columna|column) [\w.()/-]*\d[\w.()/-]*"
)
NO_NUMBER_IN = {"a", "code", "h1", "h2", "h3", "title", "script", "style", "svg", "caption", "footer"}
"""A link leads somewhere; a heading and a caption speak of what stands below them, and the foot of the release."""
NO_NUMBER_OF = {"legend", "count", "evidence", "scope"}
"""The scale of a chart; how many a list has, above the list; the sentence of a finding, beside the place it is at; the
name of a place in a publication."""
EXPLAINS = ("diccionario", "documento", "metodo.html", "reglas.html")
"""Pages that are where a number comes from: what it means, the cell it stands in, how it is made, what is asked."""


@dataclass(frozen=True)
class Said:
    """Some text of a page, with the elements it stands in, the outermost first."""

    text: str
    within: tuple[Element, ...]

    @property
    def tags(self) -> set[str]:
        return {element.tag for element in self.within}

    @property
    def classes(self) -> set[str]:
        return {name for element in self.within for name in element.attributes.get("class", "").split()}

    @property
    def language(self) -> str:
        return next(element.attributes["lang"] for element in reversed(self.within) if "lang" in element.attributes)


def said(page: Path) -> Iterator[Said]:
    """Every text of a page, with the words of its attributes."""

    def within(element: Element, above: tuple[Element, ...]) -> Iterator[Said]:
        for name in ("aria-label", "placeholder", "alt", "data-found"):
            if element.attributes.get(name):
                yield Said(element.attributes[name], (*above, element))
        if own := " ".join(" ".join(element.own).split()):
            yield Said(own, (*above, element))
        for child in element.children:
            yield from within(child, (*above, element))

    yield from within(read(page), ())


def numbers_without_origin(site: Path) -> list[tuple[str, str]]:
    found = []
    for page in pages(site):
        place = page.relative_to(site).as_posix().removeprefix("en/")
        if place.startswith(EXPLAINS):
            continue
        for each in said(page):
            # what a document says is quoted, and its numbers are its own
            is_quoted = any("lang" in element.attributes for element in each.within[2:])
            if is_quoted or each.tags & NO_NUMBER_IN or each.classes & NO_NUMBER_OF or _is_derivation(each):
                continue
            rest = IS_A_PLACE.sub("", IS_A_DATE.sub("", IS_A_NAME.sub("", each.text)))
            # of nothing there is no list
            if any(number.strip(".,") != "0" for number in re.findall(r"\d[\d.,]*", rest)):
                found.append((place, each.text))
    return found


def _is_derivation(each: Said) -> bool:
    """The result of a derivation, which names both of its figures with a link each."""
    rows = [element for element in each.within if element.tag == "tr"]
    links = [link for row in rows for link in row.all("a")]
    return "sums" in each.classes and len(links) >= 2


def test_every_number_leads_to_where_it_comes_from(site: Path) -> None:
    assert numbers_without_origin(site) == []


def test_a_number_without_a_link_is_found(tmp_path: Path) -> None:
    body = (
        '<html lang="es"><body><table><tr><td>{}</td></tr></table><p>enero–marzo 2024, p. 3, tabla 1</p></body></html>'
    )
    (tmp_path / "uno.html").write_text(body.format("1,234.56"), "utf-8")
    (tmp_path / "dos.html").write_text(body.format('<a href="x">1,234.56</a>'), "utf-8")
    assert numbers_without_origin(tmp_path) == [("uno.html", "1,234.56")]


def test_a_count_leads_to_as_many_rows_as_it_says(site: Path) -> None:
    """Every count of a rule and status, of the summary: so many rows of the list begin where it leads."""
    page = site / "conciliacion.html"
    [summary] = [each for each in read(page).all("table") if each.all("caption")[0].text.strip() == "Por regla"]
    checked = 0
    for row in summary.all("tbody")[0].children:
        rule = row.attributes["id"].removeprefix("regla-")
        for link in [cell for cell in row.all("a") if "computed" in cell.attributes.get("class", "")]:
            path, _, anchor = link.attributes["href"].partition("#")
            assert _rows_from(site, path or page.name, anchor) == int(link.text.replace(",", "")), (rule, anchor)
            checked += 1
    assert checked > 30


def _rows_from(site: Path, path: str, anchor: str) -> int:
    """Rows from the one with the anchor to the one where another rule begins, over as many pages as it takes."""
    page, count, has_begun = site / path, 0, False
    stem, _, number = page.stem.rpartition("-")
    stem, at = (stem, int(number)) if number.isdigit() else (page.stem, 1)
    while page.is_file():
        for body in read(page).all("tbody"):
            for row in body.children:
                begins = {each.attributes.get("id", "") for each in row.all("span")}
                if has_begun and any(name.count("-") == 2 for name in begins if name.startswith("g-")):
                    return count
                has_begun = has_begun or anchor in begins
                # the lines that say how a difference comes about carry no place of their own
                count += has_begun and row.attributes.get("id") is None
        at += 1
        page = site / f"{stem}-{at}.html"
    return count


# words ------------------------------------------------------------------------------------------------------------

SAME_IN_BOTH = {
    *(
        "Contraste",
        "Parquet",
        "Bytes",
        "SHA-256",
        "Base",
        "Total",
        "total",
        "Variable",
        "Variables",
        "error",
        "regional",
    ),
    *(
        "marts",
        "audit",
        "pdf",
        "docx",
        "xlsx",
        "text",
        "scan",
        "Argentina",
        "Chile",
        "Colombia",
        "Honduras",
        "Guatemala",
    ),
    *("El Salvador", "subtotal", "municipal", "English", "Español"),
}
IS_A_CURRENCY = re.compile(r"\b[A-Z]{3}\b")


def words_of_one_language(site: Path) -> list[tuple[str, str]]:
    """What stands on a page and its twin in the same words, though neither marks it as quoted."""
    found = []
    for page in pages(site):
        place = page.relative_to(site)
        if place.parts[0] == "en":
            continue
        spanish, english = (
            {
                each.text
                for each in said(site / folder / place)
                if each.language == language and not each.tags & {"code", "script", "title"}
            }
            for folder, language in (("", "es"), ("en", "en"))
        )
        for text in spanish & english:
            rest = IS_A_CURRENCY.sub("", text)
            for word in sorted(SAME_IN_BOTH, key=len, reverse=True):
                rest = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", rest)
            if re.search(r"[^\W\d_]{2}", rest):
                found.append((place.as_posix(), text))
    return found


def test_every_word_of_a_page_is_in_both_languages(site: Path) -> None:
    assert words_of_one_language(site) == []


def test_a_word_of_one_language_is_found(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for folder, language in (("", "es"), ("en", "en")):
        text = f'<html lang="{language}"><body><p>Amount in MXN</p><p lang="es">Obra <b>pública</b></p></body></html>'
        (tmp_path / folder / "uno.html").write_text(text, "utf-8")
    assert words_of_one_language(tmp_path) == [("uno.html", "Amount in MXN")]
