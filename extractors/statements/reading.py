"""Figures printed in sentences: what the lines around the tables state, one figure for each named group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.errors import LayoutMismatch
from extractors.labels import latin
from extractors.spec import Statement
from extractors.table import TextLine

_LONGEST_LINE = 2_000
"""Patterns see at most this many characters of a line: a hostile line must not keep a pattern busy."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as printed, the sentence that states it, and the characters of the sentence that it takes up."""

    statement: str
    name: str
    value: str
    sentence: TextLine
    offset: int
    length: int


def read_statements(lines: Iterable[TextLine], statements: Iterable[Statement]) -> list[Figure]:
    """The figures that the lines state, in reading order; one that is stated again with the same value counts once.

    Raises LayoutMismatch when one figure is stated with two values, and when one may be cut off because its line is
    longer than patterns see.
    """
    declared = list(statements)
    found: dict[tuple[str, str], Figure] = {}
    for line in lines:
        for statement in declared:
            for figure in _stated(line, statement):
                known = found.setdefault((figure.statement, figure.name), figure)
                if known.value != figure.value:
                    raise LayoutMismatch(
                        f"the figure {figure.name} of the statement {figure.statement} is printed as {known.value!r}"
                        f"{_at(known)} and {figure.value!r}{_at(figure)}; check the document, or tell the sentences "
                        "apart under statements."
                    )
    return list(found.values())


def _stated(line: TextLine, statement: Statement) -> Iterable[Figure]:
    for match in re.finditer(statement.pattern, latin(line.text)[:_LONGEST_LINE], re.IGNORECASE):
        for name in match.re.groupindex:
            # Letters that look alike were replaced one for one, so the place is that of the printed text.
            start, end = match.span(name)
            if end == _LONGEST_LINE < len(line.text):
                raise LayoutMismatch(
                    f"the figure {name} of the statement {statement.name} is printed in a line of {len(line.text):,} "
                    f"characters, after the first {_LONGEST_LINE:,}; break the line, or shorten the pattern."
                )
            value = " ".join(line.text[start:end].split())
            if value:
                yield Figure(statement.name, name, value, line, start, end - start)


def _at(figure: Figure) -> str:
    place = figure.sentence.line_no
    return f" in line {place}" if place is not None else ""
