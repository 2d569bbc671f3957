"""Pages as a browser without scripts takes them: elements, addresses and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"meta", "link", "img", "input", "br", "image", "rect", "hr"}


@dataclass
class Element:
    """One element with its attributes, the elements in it, all text below it, and the pieces that are its own."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""
    own: list[str] = field(default_factory=list)

    def all(self, tag: str | None = None) -> list[Element]:
        """Every element below this one, of a kind."""
        found = []
        for child in self.children:
            if tag in (None, child.tag):
                found.append(child)
            found += child.all(tag)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1:
            if self._open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
        self._open[-1].own.append(data)


@cache
def read(page: Path) -> Element:
    """The elements of a page."""
    reader = _Reader()
    reader.feed(page.read_text("utf-8"))
    return reader.root


def pages(site: Path) -> list[Path]:
    """Every page of a site."""
    return sorted(site.rglob("*.html"))


def table(page: Path, caption: str) -> list[list[str]]:
    """The rows of the body of a table by the beginning of its caption, cell for cell."""
    for element in read(page).all("table"):
        [title] = element.all("caption")
        if " ".join(title.text.split()).startswith(caption):
            [body] = element.all("tbody")
            return [[" ".join(cell.text.split()) for cell in row.children] for row in body.children]
    raise AssertionError(f"{page.name} has no table {caption!r}")


def table_under(page: Path, heading: str) -> list[list[str]]:
    """The rows of the body of the first table below a heading, by how the heading begins, cell for cell."""
    is_below = False
    for element in read(page).all():
        if element.tag in ("h2", "h3"):
            is_below = " ".join(element.text.split()).startswith(heading)
        elif is_below and element.tag == "tbody":
            return [[" ".join(cell.text.split()) for cell in row.children] for row in element.children]
    raise AssertionError(f"{page.name} has no table under {heading!r}")


def link(page: Path, text: str) -> str:
    """Where the first link with this text leads."""
    for element in read(page).all("a"):
        if " ".join(element.text.split()) == text:
            return element.attributes["href"]
    raise AssertionError(f"{page.name} has no link {text!r}")
