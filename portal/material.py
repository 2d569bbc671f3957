"""What every page is made of: the marts, where their figures were printed, and the addresses of the other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.addresses import Addresses
from portal.amounts import Figure, missing, money, number, percent
from portal.limits import Limits
from portal.marts import Marts, Row
from portal.origins import Origins
from portal.page_images import PageImages
from portal.words import LANGUAGES, Text, word

PHASES = ("approved_amount", "adjusted_amount", "committed_amount", "accrued_amount", "paid_amount")


@dataclass(frozen=True)
class Release:
    """What the pages say of the release they belong to; sizes in bytes by file name."""

    version: str
    made_on: str | None = None
    commit: str | None = None
    rules: Mapping[str, Mapping[str, Any]] | None = None
    files: Mapping[str, Mapping[str, Any]] | None = None


@dataclass
class Material:
    """The material of one site."""

    marts: Marts
    origins: Origins
    addresses: Addresses
    images: PageImages
    release: Release
    archive: Path | None = None
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    glossary_file: Path | None = None
    limits: Limits = field(default_factory=Limits)
    left_out_institutions: set[Any] = field(default_factory=set)
    _kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Text:
        """What a rule asks, in a sentence; its id where the catalogue does not know it."""
        known = self.rules.get(rule_id)
        return (known["sentence_es"], known["sentence_en"]) if known else word("rule", rule_id)

    def once(self, what: str, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, kept until the same is asked of another key: pages come institution by institution."""
        kept = self._kept.get(what)
        if kept is None or kept[0] != key:
            kept = self._kept[what] = (key, make())
        return kept[1]

    def share(self, fewest: int, most: int) -> int:
        """How many rows of one kind the pages of an institution are made of, within these bounds."""
        return max(fewest, min(most, self.limits.rows // max(1, len(self.addresses.given("institucion")))))

    def by_institution(
        self, table: str, key: str, order: str, most: int, *, beside: str = "", joined: str = ""
    ) -> Callable[[Any], list[Row]]:
        """Reads the latest rows (`t`) of an institution, `most` of them in this order and with their `place` in it, and
        what is said `beside` them in the tables `joined` to them.

        They are looked up for all institutions with a page at once: one by one the table would be read through again.
        """
        keys = ", ".join(str(key) for key in self.addresses.given("institucion")) or "null"
        first = self.marts.keep(
            f"first_{table}",
            f"select t.*, first.place{beside} from marts.{table} t join (select {key}, row_number() over "
            f"(partition by institution_key order by {order}) as place from marts.{table} where is_latest "
            f"and institution_key in ({keys})) first using ({key}) {joined} where first.place <= {most} "
            "order by t.institution_key, first.place",
        )
        return lambda institution: self.marts.rows(
            f"select * from {first} where institution_key = ? order by place", [institution]
        )

    def bounds_said(self) -> Text | None:
        """Of how many documents the site has pages, in a sentence; None when it has them of all."""
        if not self.origins.left_out:
            return None
        shown, there_are = len(self.origins.shown), len(self.origins.shown) + len(self.origins.left_out)
        return (
            f"Este sitio muestra {shown:,} de {there_are:,} documentos, primero los que tienen diferencias y después "
            "los más recientes; el resto está en warehouse.duckdb y parquet/ de la misma publicación.",
            f"This site shows {shown:,} of {there_are:,} documents, those with differences first and then the latest; "
            "the rest is in warehouse.duckdb and parquet/ of the same release.",
        )

    def country(self, code: Any, name: Any) -> Text:
        """A country in both languages; as it is given where it is not known."""
        found = self.once("countries", None, self._countries).get(code)
        return found or (str(name or ""), str(name or ""))

    def _countries(self) -> dict[Any, Text]:
        if not self.marts.has("dim_countries", "country_code", "country_name", "country_name_en"):
            return {}
        rows = self.marts.rows("select country_code, country_name, country_name_en from marts.dim_countries")
        return {row["country_code"]: (row["country_name"], row["country_name_en"]) for row in rows}

    def language(self, institution_key: Any) -> str:
        """The language an institution writes in: that of the documents of its country, Spanish where there are none."""
        return self.once("languages", None, self._languages).get(institution_key, LANGUAGES[0])

    def _languages(self) -> dict[Any, str]:
        if not self.marts.has("dim_documents", "country_code", "language_code"):
            return {}
        if not self.marts.has("dim_institutions", "institution_key", "country_code"):
            return {}
        rows = self.marts.rows(
            "select i.institution_key, min(d.language_code) as language_code from marts.dim_institutions i "
            "join marts.dim_documents d using (country_code) where d.language_code is not null group by all"
        )
        return {row["institution_key"]: row["language_code"] for row in rows}

    def programme(self, institution_key: Any, code: Any) -> str | None:
        """The page of a programme."""
        return self.addresses.of("programa", (institution_key, code))

    def institution(self, key: Any) -> str | None:
        """The page of an institution."""
        return self.addresses.of("institucion", key)

    def indicator(self, key: Any) -> str | None:
        """The page of an indicator."""
        return self.addresses.of("indicador", key)

    # figures with the place they come from ---------------------------------------------------------------------

    def printed_money(self, table: str, row: Row, key: str, column: str) -> Figure:
        """An amount of a fact that leads to its cell."""
        return money(row[column], self.origins.of(table, row[key], column, row.get("document_sha256")))

    def printed_number(self, table: str, row: Row, key: str, column: str) -> Figure:
        """A quantity of a fact that leads to its cell; why there is none when there is none."""
        href = self.origins.of(table, row[key], column, row.get("document_sha256"))
        if row[column] is not None:
            return number(row[column], href)
        if href is None and row.get("document_sha256"):
            # no number was read from it, so nothing but its row is known
            place = (row.get(each) for each in ("page_no", "table_no", "row_no"))
            href = self.origins.at(row["document_sha256"], *place)
        raw, why = row.get(f"{column}_raw"), row.get(f"{column}_null_kind")
        if raw and str(raw).strip() and why in (None, "words"):
            return Figure(str(raw), str(raw), href, "printed")
        return missing(word("no_value", why) if why else None, href)

    def printed_percent(self, table: str, row: Row, key: str, column: str) -> Figure:
        """A percentage as it was printed."""
        return percent(row[column], self.origins.of(table, row[key], column, row.get("document_sha256")), "printed")


def derived(table: str, column: str) -> str:
    """Where a derived column of a fact is explained."""
    return f"metodo.html#{table}.{column}"


def period(row: Row) -> Text:
    """The period of a row as a person says it."""
    label = row.get("period_label")
    if label:
        return (str(label), _english(str(label)))
    start, end = row.get("period_start_date"), row.get("period_end_date")
    if start is None or end is None:
        return (str(row.get("fiscal_year") or ""),) * 2  # type: ignore[return-value]
    return span(start, end)


_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre")
_MONTHS += ("noviembre", "diciembre")
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTHS_EN += ("November", "December")


def month(day: date) -> Text:
    """A month of a year."""
    return (f"{_MONTHS[day.month - 1]} {day.year}", f"{_MONTHS_EN[day.month - 1]} {day.year}")


def span(start: date, end: date) -> Text:
    """A span of months: a year, years, a month, or from month to month."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return (years, years)
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    if start.year == end.year:
        return (
            f"{_MONTHS[start.month - 1]}–{_MONTHS[end.month - 1]} {end.year}",
            f"{_MONTHS_EN[start.month - 1]}–{_MONTHS_EN[end.month - 1]} {end.year}",
        )
    return (f"{month(start)[0]}–{month(end)[0]}", f"{month(start)[1]}–{month(end)[1]}")


def _english(label: str) -> str:
    for spanish, english in zip(_MONTHS, _MONTHS_EN, strict=True):
        label = label.replace(spanish, english)
    # T1 2020 and S1 2020: trimestre and semestre
    return re.sub(r"\b([TS])(?=[1-4]\b)", lambda found: {"T": "Q", "S": "H"}[found[1]], label)
