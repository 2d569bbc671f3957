"""The data dictionary: every published table and column, in one language."""

from collections.abc import Iterator, Mapping

from orchestration.documentation.glossary import Glossary, Language
from orchestration.documentation.published import Column, Table

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "title": "Diccionario de datos",
        "other": "[In English](data-dictionary.md)",
        "made": "Lo escribe `make docs` a partir de los modelos y de [glosario.yml](glosario.yml); no se edita a mano.",
        "lead": (
            "Todas las tablas que publica una versión, con lo que es una fila de cada una. Qué tabla sirve para qué "
            "pregunta y cómo se unen: [Cómo se relacionan las tablas](como-se-relacionan-las-tablas.md)."
        ),
        "additivity": (
            "**Suma**: *sí*, se suma sobre todo; *no*, nunca (porcentajes, diferencias, cifras de unidades "
            "distintas); *sobre …*, solo sobre esas columnas y con el filtro de la tabla. **Impreso como**: título "
            "de la columna en los formatos; la barra separa un formato de otro."
        ),
        "row": "Grano",
        "key": "Clave",
        "filter": "Se suma con",
        "never": "Nunca se suma a través de",
        "header": "Columna | Nombre | Tipo | Unidad | Suma | Impreso como | Clave | Descripción",
        "additive": "sí",
        "semi_additive": "sobre {over}",
        "not_over": "; nunca a través de {never}",
        "non_additive": "no",
        "primary": "clave",
    },
    "en": {
        "title": "Data dictionary",
        "other": "[En español](diccionario-de-datos.md)",
        "made": "Written by `make docs` from the models and [glosario.yml](glosario.yml); not edited by hand.",
        "lead": (
            "Every table that a release publishes, with what one row of it is. Which table answers which question, "
            "and how they join: [How the tables relate](how-the-tables-relate.md)."
        ),
        "additivity": (
            "**Adds up**: *yes*, over everything; *no*, never (percentages, differences, figures of different "
            "units); *over …*, only over those columns and under the filter of the table. **Name** is the Spanish "
            "term; **printed as** the heading of the column in the forms, a bar between one form and another."
        ),
        "row": "Grain",
        "key": "Key",
        "filter": "Adds up where",
        "never": "Never adds up over",
        "header": "Column | Name | Type | Unit | Adds up | Printed as | Key | Description",
        "additive": "yes",
        "semi_additive": "over {over}",
        "not_over": "; never over {never}",
        "non_additive": "no",
        "primary": "key",
    },
}


def dictionary(tables: Mapping[str, Table], glossary: Glossary, language: Language) -> str:
    """The whole page, as Markdown."""
    words = _WORDS[language]
    subjects = [
        (title.of(language), [tables[name] for name, entry in glossary.tables.items() if entry.subject == subject])
        for subject, title in glossary.subjects.items()
    ]
    lines = [f"# {words['title']}", "", f"{words['made']} {words['other']}.", "", words["lead"], ""]
    for title, of_subject in subjects:
        lines += [f"**{title}**", ""]
        lines += [f"- [{table.name}](#{table.name}): {_label(table, glossary, language)}" for table in of_subject]
        lines.append("")
    lines += [words["additivity"], ""]
    for title, of_subject in subjects:
        lines += [f"## {title}", ""]
        for table in of_subject:
            lines += [*_table(table, glossary, language), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _label(table: Table, glossary: Glossary, language: Language) -> str:
    return str(table.meta["label_es"]) if language == "es" else _grain(table, glossary, language)


def _grain(table: Table, glossary: Glossary, language: Language) -> str:
    return glossary.tables[table.name].grain if language == "es" else str(table.meta["grain"])


def _table(table: Table, glossary: Glossary, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    description = glossary.tables[table.name].description if language == "es" else table.description
    yield from (f"### {table.name}", "", f"**{table.meta['label_es']}.** {description}", "")
    yield f"- {words['row']}: {_grain(table, glossary, language)}"
    keys = [column.name for column in table.columns.values() if column.is_key]
    if keys:
        yield f"- {words['key']}: {_names(keys)}"
    if where := table.meta.get("additive_where"):
        yield f"- {words['filter']}: `{where}`"
    if never := table.meta.get("never_additive_over"):
        yield f"- {words['never']}: {_names(never)}"
    yield from ("", f"| {words['header']} |", "|" + "---|" * (words["header"].count("|") + 1))
    for column in table.columns.values():
        yield "| " + " | ".join(_cell(text) for text in _row(table, column, glossary, language)) + " |"


def _row(table: Table, column: Column, glossary: Glossary, language: Language) -> tuple[str, ...]:
    words, meta = _WORDS[language], column.meta
    unit = glossary.units[meta["unit"]].of(language) if "unit" in meta else ""
    additivity = words[meta["additivity"]].format(over=_names(meta.get("additive_over", []))) if unit else ""
    if never := meta.get("never_additive_over"):
        additivity += words["not_over"].format(never=_names(never))
    keys = [words["primary"]] if column.is_key else []
    if column.refers_to:
        keys.append(f"[{column.refers_to}](#{column.refers_to})")
    description = glossary.column(table.name, column.name) if language == "es" else column.description
    return (
        f"`{column.name}`",
        str(meta["label_es"]),
        column.data_type,
        unit,
        additivity,
        str(meta.get("source_label", "")),
        ", ".join(keys),
        description or "",
    )


def _names(columns: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _cell(text: str) -> str:
    """Text that cannot end its cell, nor be taken for a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;")
