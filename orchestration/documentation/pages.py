"""The pages under docs/ that are made of the models: what they should say, and writing them."""

import re
from collections.abc import Iterable
from pathlib import Path

from orchestration.documentation import DocumentationError
from orchestration.documentation.dictionary import dictionary
from orchestration.documentation.glossary import Glossary, Language, departures
from orchestration.documentation.published import published_tables
from orchestration.documentation.relations import relations
from orchestration.paths import Paths

DICTIONARIES: dict[Language, str] = {"es": "diccionario-de-datos.md", "en": "data-dictionary.md"}
RELATIONS: dict[Language, str] = {"es": "como-se-relacionan-las-tablas.md", "en": "how-the-tables-relate.md"}
_TABLE = re.compile(r"\b(?:dim|fct|mart|bridge|audit)_[a-z_]*[a-z]\b")
# What stands between these two is made; the words around them are written.
_BEGIN, _END = "<!-- relations: begin (make docs) -->", "<!-- relations: end -->"


def pages(paths: Paths) -> dict[Path, str]:
    """What every page should say, from the manifest there is and the glossary.

    Raises DocumentationError with a sentence for everything the two do not agree in.
    """
    tables = published_tables(paths.dbt_manifest)
    glossary = Glossary.load(paths.glossary)
    if found := departures(glossary, tables):
        raise DocumentationError(f"{paths.glossary.name} and the models do not agree:\n" + "\n".join(found))
    made = {paths.docs / name: dictionary(tables, glossary, language) for language, name in DICTIONARIES.items()}
    for language, name in RELATIONS.items():
        made[paths.docs / name] = _filled(paths.docs / name, relations(tables, glossary, language))
        if gone := unpublished(made[paths.docs / name], tables):
            raise DocumentationError(f"{name} speaks of tables that are not published: {', '.join(gone)}")
    return made


def unpublished(text: str, tables: Iterable[str]) -> list[str]:
    """The tables that a text names and no release publishes."""
    return sorted(set(_TABLE.findall(text)) - set(tables))


def write(paths: Paths) -> list[Path]:
    """Bring every page up to date; the pages that were not."""
    stale = {path: text for path, text in pages(paths).items() if not path.is_file() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")
    return list(stale)


def _filled(page: Path, made: str) -> str:
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise DocumentationError(f"{page.name} has no place for the pictures: it needs the lines {_BEGIN} and {_END}")
    return f"{before}{_BEGIN}\n\n{made}\n\n{_END}{after}"
