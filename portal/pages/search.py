"""Search: an index in a script for the browser, and lists that need none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from portal.marts import Row
from portal.material import Material
from portal.words import Text
from portal.writing import Page

TITLE: Text = ("Buscar", "Search")
MOST = 20_000


def index(material: Material, institutions: list[Row], programmes: list[Row], indicators: list[Row]) -> str:
    """The script with every thing that can be found: kind, name, what it belongs to, address, language."""
    things: list[tuple[str, str, str, str, str]] = []

    def add(kind: str, name: Any, about: str, href: str | None, institution_key: Any) -> None:
        if href and len(things) < MOST:
            things.append((kind, " ".join(str(name or "").split()), about, href, material.language(institution_key)))

    for row in institutions:
        about = " · ".join(filter(None, (row["institution_code"], row["country_name"], _also(row))))
        add("i", row["institution_name"], about, material.institution(row["institution_key"]), row["institution_key"])
    for row in programmes:
        name = row["program_name"] or row["program_code"]
        shown = name if name == row["program_code"] else f"{row['program_code']} {name}"
        key = row["institution_key"]
        add("p", shown, row["institution_name"], material.programme(key, row["program_code"]), key)
    for row in indicators:
        href = material.indicator(row["indicator_key"])
        add("k", row["indicator_name"], row["institution_name"] or "", href, row["institution_key"])
    text = json.dumps(things, ensure_ascii=False, separators=(",", ":"))
    # U+2028 and U+2029 end a line in scripts of old
    return f"window.CONTRASTE_INDEX={text};\n".replace("\u2028", " ").replace("\u2029", " ")


def pages(sections: list[tuple[Text, str, int]]) -> Iterator[Page]:
    """The page that searches; without a script it leads to the lists."""
    yield Page("buscar.html", "search.html", TITLE, "search", {"sections": sections})


def _also(row: Row) -> str:
    printed = " ".join((row.get("printed_names") or "").split())
    return printed if len(printed) < 200 else f"{printed[:199]}…"
