"""Rows that a person has read beside the document, kept with the source as what is expected of it from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

from extractors.adding.checking import CheckedDocument, CheckedTable
from extractors.spec import SOURCES

_FACTS = "document_facts"
"""The file that keeps what the document says of itself: title, institution, period."""


def expected_folder(document: CheckedDocument, sources: Path | None = None) -> Path:
    """Where the rows of a document are kept once a person has read them beside the page."""
    return (sources or SOURCES) / (document.source_id or "") / "expected" / document.file.name


def freeze(document: CheckedDocument, sources: Path | None = None) -> list[Path]:
    """Write the facts and the rows of every table of a loaded document as what is expected of it from now on."""
    folder = expected_folder(document, sources)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written = []
    for table in _tables(document):
        file = folder / f"{table.name}.tsv"
        lines = [table.columns, *([_written(row[name]) for name in table.columns] for row in table.rows)]
        file.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
        written.append(file)
    return written


def departures(document: CheckedDocument, sources: Path | None = None) -> list[str] | None:
    """What differs from the frozen rows, a sentence each; None when no rows are frozen."""
    folder = expected_folder(document, sources)
    if not folder.is_dir():
        return None
    found: list[str] = []
    tables = {table.name: table for table in _tables(document)}
    frozen = {file.stem: file.read_text("utf-8").split("\n")[:-1] for file in sorted(folder.glob("*.tsv"))}
    for name in [*frozen, *(set(tables) - set(frozen))]:
        if name not in tables or name not in frozen:
            found.append(f"{name}: {'expected and not read' if name not in tables else 'read and not expected'}")
            continue
        table, (header, *lines) = tables[name], [line.split("\t") for line in frozen[name]]
        if header != table.columns:
            found.append(f"{name}: the columns were {', '.join(header)}, and are {', '.join(table.columns)}")
            continue
        if len(lines) != len(table.rows):
            found.append(f"{name}: {len(lines)} rows were expected, {len(table.rows)} are read")
        for number, (line, row) in enumerate(zip(lines, table.rows, strict=False), 1):
            found += [
                f"{name}, row {number}, {column}: expected {was!r}, read {_written(row[column])!r}"
                for column, was in zip(header, line, strict=True)
                if was != _written(row[column])
            ]
    return found


def _tables(document: CheckedDocument) -> list[CheckedTable]:
    return [CheckedTable(_FACTS, list(document.facts), [dict(document.facts)]), *document.tables]


def _written(text: str | None) -> str:
    """One field of a line: `\\N` is a cell that is not on the page, as PostgreSQL's COPY writes it."""
    return "\\N" if text is None else text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
