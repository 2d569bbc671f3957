"""What the lines around the tables suggest for a draft: title, institution, period. Suggestions, never readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.labels import fold, latin

_MONTH = r"(?:ene|feb|mar|abr|may|mai|jun|jul|ago|set|sep|oct|out|nov|dic|dez|jan|fev)[a-zç]*"
_YEAR = r"(?:19|20)\d{2}"
_PERIODS = [
    rf"del? \d{{1,2}} de {_MONTH}(?: del? {_YEAR})? al \d{{1,2}} de {_MONTH} (?:del? )?{_YEAR}",
    rf"\d{{1,2}}/\d{{1,2}}/{_YEAR} al? \d{{1,2}}/\d{{1,2}}/{_YEAR}",
    rf"{_MONTH} (?:a|al|-|y) {_MONTH} (?:del? )?{_YEAR}",
    rf"{_YEAR} ?[-–] ?{_YEAR}",
    rf"{_MONTH} (?:del? |/ ?)?{_YEAR}",
    _YEAR,
]
"""Ways to print a period, the most exact first."""
_GROUPS = [
    r"del? (?P<start_day>\d{1,2}) de (?P<start_month>[a-z]+)(?: del? (?P<start_year>\d{4}))? "
    r"al (?P<end_day>\d{1,2}) de (?P<end_month>[a-z]+) (?:del? )?(?P<end_year>\d{4})",
    r"(?P<start_day>\d{1,2})/(?P<start_month>\d{1,2})/(?P<start_year>\d{4}) "
    r"al? (?P<end_day>\d{1,2})/(?P<end_month>\d{1,2})/(?P<end_year>\d{4})",
    r"(?P<start_month>[a-zç]+) (?:a|al|-|y) (?P<end_month>[a-zç]+) (?:del? )?(?P<end_year>\d{4})",
    r"(?P<start_year>\d{4}) ?[-–] ?(?P<end_year>\d{4})",
    r"(?P<month>[a-zç]+) (?:del? |/ ?)?(?P<year>\d{4})",
    r"(?P<year>\d{4})",
]
"""The pattern of `source.yml` for each of them."""
_NAMED = re.compile(
    r"^(?P<key>ente p[uú]blico|entidad|dependencia|instituci[oó]n|sujeto obligado|ente|[oó]rg[aã]o|unidade gestora)"
    r" ?: ?\S",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:instituto|secretar[ií]a|ministerio|minist[eé]rio|municipio|munic[ií]pio|municipalidad|gobierno|governo|comisi[oó]n|"
    r"direcci[oó]n|tribunal|universidad|universidade|ayuntamiento|alcald[ií]a|prefeitura|c[aâ]mara|fundo|agencia|servicio)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 1_000
_SHOWN_OF_A_LINE = 60
"""A longer line goes on with what changes from document to document."""

TITLE_TO_COMPLETE = "^(?P<value>complete: the title line)$"
INSTITUTION_TO_COMPLETE = "^complete: (?P<value>.+)$"
PERIOD_TO_COMPLETE = r"complete: (?P<year>\d{4})"


def literal(text: str) -> str:
    """A pattern for this text, as a person would write it: only what means something to a pattern is escaped."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)


def title_pattern(lines: Sequence[str]) -> str:
    """A pattern for the line that looks most like a title: the first one in words that says nothing else."""
    for line in lines:
        # A date or number in the line changes from document to document.
        words = re.split(r"\s+\S*\d", line)[0]
        if len(re.findall(r"[^\W\d_]{3,}", words)) < 2 or _NAMED.match(line) or _BODY.match(line) or _period_in(line):
            continue
        return f"^(?P<value>{beginning(words)})"
    return TITLE_TO_COMPLETE


def institution_pattern(lines: Iterable[str]) -> str:
    """A pattern for the line that names who filed the document, after a word such as `Ente Público:` or by itself."""
    lines = list(lines)
    for line in lines:
        if match := _NAMED.match(line):
            return rf"^{literal(match['key'])} ?: ?(?P<value>\S.*)$"
    for line in lines:
        if match := _BODY.match(line):
            return rf"^(?P<value>{match[0].lower()}\b.*)$"
    return INSTITUTION_TO_COMPLETE


def period_pattern(lines: Iterable[str]) -> str:
    """A pattern for the most exact period that the lines print in one way only."""
    lines = [latin(line)[:_LONGEST_LINE] for line in lines]
    for period, groups in zip(_PERIODS, _GROUPS, strict=True):
        found = [match for line in lines if (match := re.search(rf"\b{period}\b", line, re.IGNORECASE))]
        if len({fold(match[0]) for match in found}) == 1:
            before = found[0].string[: found[0].start()]
            words = re.search(r"(?:^|\b)(?:[^\W\d_]+[ :.,]*){0,2}$", before)
            return rf"\b{literal(words[0])}{groups}\b" if words and words[0] else rf"\b{groups}\b"
    return PERIOD_TO_COMPLETE


def _period_in(line: str) -> bool:
    return any(re.search(rf"\b{period}\b", latin(line)[:_LONGEST_LINE], re.IGNORECASE) for period in _PERIODS[:3])


def beginning(line: str) -> str:
    """A pattern for a line, or for its first words where it is long."""
    if len(line) <= _SHOWN_OF_A_LINE:
        return literal(line)
    return literal(line[: line.rfind(" ", 0, _SHOWN_OF_A_LINE)])
