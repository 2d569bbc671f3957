"""Lets the mappings of a copied dbt project know who files the generated documents.

Nothing is weakened by it: without these rows the build would stop and name the institutions.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.benchmark.plan import COUNTRIES, FORM_YEARS, FORMS, REPORT_YEAR, REPORTS, Institution, Plan

SOURCE = "Made up by the benchmark"
Rows = Iterator[Mapping[str, str]]
# who filed the documents that are copied as they are
_COPIED = {
    "sv_insafocoop_poa": "INSAFOCOOP",
    "mx_ipab_programa_institucional": "IPAB",
    "cl_dipres_indicadores": "DIPRES",
}
_SUBJECTS = "GORE-"


def extend(seeds: Path, planned: Plan) -> None:
    """Append the rows of the plan's institutions to the mappings in this folder."""
    additions: dict[str, Callable[[list[dict[str, str]], Plan], Rows]] = {
        "institutions": _institutions,
        "org_units": _org_units,
        "known_discrepancies": _known_discrepancies,
        "report_expectations": _report_expectations,
    }
    for name, rows in additions.items():
        file = seeds / f"{name}.csv"
        with file.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            columns, known = list(reader.fieldnames or ()), list(reader)
        with file.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, columns, lineterminator="\n").writerows(rows(known, planned))


def _institutions(known: list[dict[str, str]], planned: Plan) -> Rows:
    for institution in planned.institutions:
        yield _institution(institution, institution.name, institution.code, institution.name)
        if institution.source_id == "cl_dipres_indicadores":
            # the slides are about other institutions than the one that made them
            for row in known:
                if row["institution_code"].startswith(_SUBJECTS):
                    of_it = f"{row['printed_name']} {institution.code}"
                    yield _institution(institution, of_it, f"{row['institution_code']}-{institution.code}", of_it)


def _institution(institution: Institution, printed: str, code: str, name: str) -> Mapping[str, str]:
    return {
        "printed_name": printed,
        "institution_code": code,
        "institution_name": name,
        "country_code": COUNTRIES[institution.source_id],
        "government_level": "state",
        "valid_from": "2000-01-01",
        "valid_to": "",
        "source": SOURCE,
    }


def _org_units(known: list[dict[str, str]], planned: Plan) -> Rows:
    return _copies_of_rows(known, planned)


def _known_discrepancies(known: list[dict[str, str]], planned: Plan) -> Rows:
    return _copies_of_rows(known, planned)


def _copies_of_rows(known: list[dict[str, str]], planned: Plan) -> Rows:
    """What the mapping says of the institution whose document is copied, of those who file the copies."""
    for institution in planned.institutions:
        for row in known:
            if row["institution_code"] == _COPIED.get(institution.source_id):
                yield {**row, "institution_code": institution.code}


def _report_expectations(known: list[dict[str, str]], planned: Plan) -> Rows:
    dates = {
        FORMS: ("year", f"{FORM_YEARS[0]}-01-01", f"{FORM_YEARS[-1]}-12-31"),
        REPORTS: ("month", f"{REPORT_YEAR}-01-01", f"{REPORT_YEAR}-12-31"),
    }
    models = {row["source_id"]: row for row in known}
    for institution in planned.institutions:
        model = models[institution.source_id]
        frequency, first, last = dates.get(
            institution.source_id, (model["frequency"], model["first_date"], model["last_date"])
        )
        yield {
            **model,
            "institution_code": institution.code,
            "frequency": frequency,
            "first_date": first,
            "last_date": last,
            "source": SOURCE,
        }
