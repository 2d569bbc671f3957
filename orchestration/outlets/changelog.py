"""`CHANGES.md`: what changed since the release before, for people, in Spanish and English."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.documentation.glossary import Language

if TYPE_CHECKING:
    from orchestration.outlets.changes import Changes
    from orchestration.outlets.datapackage import Described

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "title": "Qué cambió",
        "first": "Es la primera versión publicada ({version}): no hay una anterior con la cual compararla.",
        "since": "Versión {version}, frente a la {since}.",
        "nothing": "Ninguna tabla cambió.",
        "not_compared": "Las tablas no se pudieron comparar: {reason}",
        "code": "El código cambió de {before} a {after}: algunas diferencias pueden deberse a una lectura corregida y "
        "no a los documentos (véase mart_restatements).",
        "documents": "Documentos",
        "added": "nuevo",
        "removed": "ya no está",
        "document_header": "Documento | Fuente | Qué pasó",
        "is_now": "{key}: antes {was}, ahora {now}",
        "amounts": "Importes que se suman",
        "amount_header": "Tabla | Fuente | Columna | Moneda | Antes | Ahora | Diferencia",
        "rows": "Filas",
        "row_header": "Tabla | Fuente | Antes | Ahora | Nuevas o distintas | Ya no están",
        "row_note": "Una fila en la que cambió una celda cuenta una vez como nueva y una como retirada. "
        "Tablas sin cambios: {unchanged}.",
        "table_added": "tabla nueva",
        "table_removed": "tabla retirada",
        "columns_added": "Columnas nuevas",
        "columns_removed": "Columnas retiradas",
        "no_source": "(sin fuente)",
    },
    "en": {
        "title": "What changed",
        "first": "This is the first published release ({version}): there is none before it to compare with.",
        "since": "Release {version}, against {since}.",
        "nothing": "No table changed.",
        "not_compared": "The tables could not be compared: {reason}",
        "code": "The code changed from {before} to {after}: some differences may be a mended reading, not the "
        "documents (see mart_restatements).",
        "documents": "Documents",
        "added": "new",
        "removed": "gone",
        "document_header": "Document | Source | What happened",
        "is_now": "{key}: was {was}, is {now}",
        "amounts": "Amounts that add up",
        "amount_header": "Table | Source | Column | Currency | Before | Now | Difference",
        "rows": "Rows",
        "row_header": "Table | Source | Before | Now | New or different | Gone",
        "row_note": "A row of which one cell changed counts once as new and once as gone. "
        "Unchanged tables: {unchanged}.",
        "table_added": "new table",
        "table_removed": "table is gone",
        "columns_added": "New columns",
        "columns_removed": "Columns gone",
        "no_source": "(no source)",
    },
}


def changelog(changes: "Changes", described: "Described") -> str:
    """The whole page: Spanish first, the same in English below."""
    languages: tuple[Language, ...] = ("es", "en")
    parts = ["\n".join(_page(changes, described, language)) for language in languages]
    return "\n\n---\n\n".join(parts) + "\n"


def _page(changes: "Changes", described: "Described", language: Language) -> Iterator[str]:
    words = _WORDS[language]
    yield from (f"# {words['title']}", "")
    if changes.since is None:
        yield words["first"].format(version=changes.version)
        return
    yield words["since"].format(version=changes.version, since=changes.since)
    if changes.code_before != changes.code_after:
        before, after = (f"`{(commit or '?')[:12]}`" for commit in (changes.code_before, changes.code_after))
        yield from ("", words["code"].format(before=before, after=after))
    if changes.not_compared:
        yield from ("", words["not_compared"].format(reason=_cell(changes.not_compared)))
    elif not changes.tables:
        yield from ("", words["nothing"])
    documents = list(_documents(changes, words))
    if documents:
        yield from ("", f"## {words['documents']}", "", *_table(words["document_header"], documents))
    amounts = list(_amounts(changes, described, words))
    if amounts:
        yield from ("", f"## {words['amounts']}", "", *_table(words["amount_header"], amounts))
    rows = list(_rows(changes, words))
    if rows:
        yield from ("", f"## {words['rows']}", "", words["row_note"].format(unchanged=changes.unchanged_tables), "")
        yield from _table(words["row_header"], rows)
    for heading in ("columns_added", "columns_removed"):
        columns = [
            f"{each.table}: {', '.join(getattr(each, heading))}" for each in changes.tables if getattr(each, heading)
        ]
        if columns:
            yield from ("", f"## {words[heading]}", "", *(f"- {line}" for line in columns))


def _documents(changes: "Changes", words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for heading, documents in (("added", changes.documents_added), ("removed", changes.documents_removed)):
        for document in documents:
            yield str(document["file_path"]), str(document["source_id"] or ""), words[heading]
    for document in changes.documents_changed:
        said = "; ".join(
            words["is_now"].format(key=key, was=was, now=document[key])
            for key, was in document["was"].items()
            if was != document[key]
        )
        yield str(document["file_path"]), str(document["source_id"] or ""), said


def _amounts(changes: "Changes", described: "Described", words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for table in changes.tables:
        about = described.tables.get(table.table)
        for source in table.sources:
            for amount in source.amounts:
                column = about.columns.get(amount.column) if about else None
                label = column.meta.get("label_es") if column else None
                yield (
                    table.table,
                    source.source_id or words["no_source"],
                    f"{label} ({amount.column})" if label else amount.column,
                    amount.currency_code or "",
                    _money(amount.before),
                    _money(amount.after),
                    _money(amount.difference),
                )


def _rows(changes: "Changes", words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for table in changes.tables:
        if table.change != "changed":
            said = words[f"table_{table.change}"]
            yield table.table, said, f"{table.rows_before:,}", f"{table.rows_after:,}", "", ""
        for source in table.sources:
            counts = (source.rows_before, source.rows_after, source.rows_added, source.rows_removed)
            yield table.table, source.source_id or words["no_source"], *(f"{count:,}" for count in counts)


def _table(header: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {header} |"
    yield "|" + "---|" * (header.count("|") + 1)
    for row in rows:
        yield "| " + " | ".join(_cell(text) for text in row) + " |"


def _money(amount: str | None) -> str:
    return "" if amount is None else f"{Decimal(amount):,.2f}"


def _cell(text: str) -> str:
    """Text of a document that cannot end its cell, nor be taken for a tag."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
