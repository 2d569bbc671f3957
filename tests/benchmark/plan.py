"""Which documents make a number of budget rows: how many of each family, of whom and of which period.

Everything follows from the number asked for, so the same number always gives the same documents.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from dataclasses import dataclass

VERSION = 3
"""Raised whenever the same number of rows gives other documents than before."""

ROWS_PER_FORM = 1_000
"""Budget rows of a generated form; a published one has some fifteen."""

COPIES_PER_REPORT = 50
"""How often the categories of the SIAFI report are repeated in a generated one, each time as other programmes."""

REPORT_SHARE = 10
"""Out of a hundred budget rows, those of SIAFI reports; each stands over seven printed products."""

FORMS_PER_COPY = 50
"""For so many forms there is one more copy of each publication that carries no budget."""

FOLDER = "referencia"
"""Where the generated documents of a source lie in the inbox."""

FORM_YEARS = range(2015, 2025)
REPORT_YEAR = 2021
FORMS, REPORTS = "mx_gto_cuenta_publica", "hn_siafi_productos"
COUNTRIES = {
    FORMS: "MX",
    REPORTS: "HN",
    "sv_insafocoop_poa": "SV",
    "mx_ipab_programa_institucional": "MX",
    "cl_dipres_indicadores": "CL",
}
_LETTERS = {
    FORMS: "F",
    REPORTS: "R",
    "sv_insafocoop_poa": "S",
    "mx_ipab_programa_institucional": "P",
    "cl_dipres_indicadores": "D",
}
_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".upper().split()


class ImpossibleSize(ValueError):
    """So few budget rows cannot be made of whole documents."""


@dataclass(frozen=True, slots=True)
class Institution:
    """Somebody made up who files documents of a family."""

    source_id: str
    number: int

    @property
    def code(self) -> str:
        return f"{_LETTERS[self.source_id]}{self.number:05d}"

    @property
    def name(self) -> str:
        return f"ENTIDAD DE REFERENCIA {self.code}"


@dataclass(frozen=True, slots=True)
class Filing:
    """One generated document. `size` is its budget rows (forms) or copies of the categories (reports)."""

    number: int
    institution: Institution
    size: int
    period: tuple[str, str, str] | None
    """First and last day and the period as printed; None where it is that of the document copied."""

    @property
    def source_id(self) -> str:
        return self.institution.source_id

    def file_path(self, suffix: str) -> str:
        """Its name in the inbox."""
        return f"{self.source_id}/{FOLDER}/{self.institution.code.lower()}_{self.number:06d}{suffix}"

    @property
    def reported_at(self) -> str | None:
        """The moment a report prints: five days after its period."""
        if self.period is None:
            return None
        day = dt.date.fromisoformat(self.period[1]) + dt.timedelta(days=5)
        return f"{day:%d/%m/%Y} 06:18:13 p.m."

    @property
    def content(self) -> bytes:
        """What lies in the inbox for it; never read, as it counts as loaded."""
        return f"Contraste, benchmark {VERSION}: document {self.number} of {self.institution.code}\n".encode()


@dataclass(frozen=True, slots=True)
class Plan:
    """All generated documents, those of one family together."""

    filings: tuple[Filing, ...]

    def of(self, source_id: str) -> list[Filing]:
        return [filing for filing in self.filings if filing.source_id == source_id]

    @property
    def institutions(self) -> list[Institution]:
        return list(dict.fromkeys(filing.institution for filing in self.filings))


def plan(rows: int, real_rows: int, rows_per_report_copy: int, rows_per_form: int = ROWS_PER_FORM) -> Plan:
    """The documents that bring `rows` budget rows about, of which the repository's own documents give `real_rows`.

    A copy of the categories of the report gives `rows_per_report_copy`. Raises ImpossibleSize where that leaves no
    row for a form.
    """
    wanted = rows - real_rows
    per_report = COPIES_PER_REPORT * rows_per_report_copy
    copies = max(1, wanted * REPORT_SHARE // 100 // rows_per_report_copy)
    form_rows = wanted - copies * rows_per_report_copy
    if form_rows < 2:
        raise ImpossibleSize(f"{rows:,} budget rows are too few to be generated; ask for {real_rows + per_report:,}.")
    filings = [
        *(
            (Institution(FORMS, number // len(FORM_YEARS) + 1), size, _year(FORM_YEARS[number % len(FORM_YEARS)]))
            for number, size in enumerate(_parts(form_rows, rows_per_form))
        ),
        *(
            (Institution(REPORTS, number // 12 + 1), size, _month(REPORT_YEAR, number % 12 + 1))
            for number, size in enumerate(_parts(copies, COPIES_PER_REPORT))
        ),
    ]
    forms = len(_parts(form_rows, rows_per_form))
    filings += [
        (Institution(source_id, number + 1), 0, None)
        for source_id in COUNTRIES
        if source_id not in (FORMS, REPORTS)
        for number in range(max(1, forms // FORMS_PER_COPY))
    ]
    return Plan(tuple(Filing(number, *filing) for number, filing in enumerate(filings, 1)))


def sha256(content: bytes, size: int) -> str:
    """The checksum of a file of `size` bytes that begins with `content` and goes on with zeros."""
    return hashlib.sha256(content.ljust(size, b"\0")).hexdigest()


def _parts(whole: int, part: int) -> list[int]:
    """`whole` in parts of `part`; a rest that is too small for a form of its own joins the last."""
    parts = [part] * (whole // part)
    rest = whole % part
    if rest >= 2 or not parts:
        parts.append(rest)
    elif rest:
        parts[-1] += rest
    return parts


def _year(year: int) -> tuple[str, str, str]:
    return f"{year}-01-01", f"{year}-12-31", f"Del 1 de enero al 31 de diciembre {year}"


def _month(year: int, month: int) -> tuple[str, str, str]:
    last = calendar.monthrange(year, month)[1]
    return (
        f"{year}-{month:02d}-01",
        f"{year}-{month:02d}-{last}",
        f"PERIODO: {_MONTHS[month - 1]} GESTION:{year}",
    )
