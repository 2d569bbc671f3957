"""Words for codes, in Spanish and English, from words.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

Text = tuple[str, str]
"""The same in Spanish and in English."""

LANGUAGES = ("es", "en")


@cache
def _all() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))


def word(group: str, code: object) -> Text:
    """The words for a code; a code nobody has words for yet is shown as it is, with spaces."""
    if code is None:
        return ("", "")
    found = _all().get(group, {}).get(str(code))
    if found is None:
        shown = str(code).replace("_", " ")
        return (shown, shown)
    return (found[0], found[1])


def scope(text: str | None) -> Text:
    """Where in a publication: its common words in both languages, its names and codes as they are."""
    said = [word("scope", part) if part in _all().get("scope", {}) else (part, part) for part in (text or "").split()]
    return (" ".join(part[0] for part in said), " ".join(part[1] for part in said))


def same(text: object) -> Text:
    """A text of a source: it has one language, whatever that of the page."""
    return (str(text), str(text))


def in_language(text: Text | str, language: str) -> str:
    """One of the two; a string is the same in both."""
    return text if isinstance(text, str) else text[LANGUAGES.index(language)]
