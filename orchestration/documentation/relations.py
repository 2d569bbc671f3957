"""Pictures of how the published tables relate: one per fact, as Mermaid."""

from collections.abc import Iterator, Mapping

from orchestration.documentation.glossary import Glossary, Language
from orchestration.documentation.published import Column, Table

_DIMENSIONS = ("dim_", "bridge_")
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "wide": "Las tablas anchas",
        "wide_lead": "Ya traen los nombres; las claves sirven para llegar a lo demás.",
        "wide_header": "Tabla ancha | Clave → tabla",
        "dims": "Las dimensiones entre sí",
        "dictionary": "diccionario-de-datos.md",
    },
    "en": {
        "wide": "The wide tables",
        "wide_lead": "They hold the names already; the keys lead to the rest.",
        "wide_header": "Wide table | Key → table",
        "dims": "The dimensions among themselves",
        "dictionary": "data-dictionary.md",
    },
}


def relations(tables: Mapping[str, Table], glossary: Glossary, language: Language) -> str:
    """A picture of every fact and its dimensions, a list of the wide tables, the dimensions subject by subject."""
    words = _WORDS[language]
    lines: list[str] = []
    ordered = [tables[name] for name in glossary.tables if name in tables]
    for fact in (table for table in ordered if table.name.startswith("fct_")):
        grain = glossary.tables[fact.name].grain if language == "es" else fact.meta["grain"]
        lines += [f"### {fact.name}", "", f"{fact.meta['label_es']}. {grain}", "", *_picture([fact]), ""]
    lines += [f"### {words['wide']}", "", words["wide_lead"], "", f"| {words['wide_header']} |", "|---|---|"]
    for wide in (table for table in ordered if table.name.startswith("mart_")):
        keys = "; ".join(f"{_columns(columns, ', ')} → {target}" for target, columns in wide.references.items())
        lines.append(f"| [{wide.name}]({words['dictionary']}#{wide.name}) | {keys} |")
    lines += ["", f"### {words['dims']}"]
    for subject, title in glossary.subjects.items():
        dimensions = [
            table
            for table in ordered
            if table.name.startswith(_DIMENSIONS) and glossary.tables[table.name].subject == subject
        ]
        if any(table.references for table in dimensions):
            lines += ["", title.of(language), "", *_picture(dimensions)]
    return "\n".join(lines)


def _picture(tables: list[Table]) -> Iterator[str]:
    yield from ("```mermaid", "erDiagram")
    for table in tables:
        for target, columns in table.references.items():
            # beside a dimension of its own, what refers to every document would hide what the picture is to show
            if table.name.startswith("dim_") and target == "dim_documents":
                continue
            one = "||" if all(column.is_required for column in columns) else "o|"
            yield f'    {table.name} }}o--{one} {target} : "{_columns(columns, " / ")}"'
    yield "```"


def _columns(columns: list[Column], between: str) -> str:
    return between.join(column.name for column in columns)
