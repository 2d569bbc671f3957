"""Facts around the tables: each is found by its first way that finds something, and never with two values."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.errors import LayoutMismatch
from extractors.metadata import DocumentMetadata, capture, read_metadata
from extractors.spec import Capture
from tests.extractors.small_source import HEADING, Change, spec

FROM_TO = (
    r"^del (?P<start_day>\d+) de (?P<start_month>\w+)(?: (?:de )?(?P<start_year>\d{4}))? "
    r"al (?P<end_day>\d+) de (?P<end_month>\w+) (?P<end_year>\d{4})$"
)


def patterns(*ways: str) -> Change:
    return lambda content: content["metadata"]["period"].update(patterns=list(ways))


def read(*lines: str, change: Change | None = None) -> DocumentMetadata:
    return read_metadata([lines], spec(change))


def period(*lines: str, ways: tuple[str, ...]) -> tuple[str, str, str]:
    found = read(*HEADING[:2], *lines, change=patterns(*ways))
    return found.period_raw, found.period_start_date, found.period_end_date


def test_the_heading_of_the_report() -> None:
    assert read(*HEADING) == DocumentMetadata(
        title="INFORME DE GASTO",
        institution_name_raw="Museo de Cera",
        institution_is_inferred=False,
        report_code_raw=None,
        period_raw="Año: 2021",
        period_start_date="2021-01-01",
        period_end_date="2021-12-31",
    )


class TestPeriods:
    def test_a_month_in_words_and_a_year_on_other_lines_in_any_order(self) -> None:
        ways = (r"\bPERIODO:\s*(?P<month>[a-z]+)", r"\bGESTION:\s*(?P<year>\d{4})")
        raw, start, end = period("REP:R1 GESTION:2021 05/02/2021", "PERIODO: ENERO", ways=ways)
        assert (raw, start, end) == ("PERIODO: ENERO GESTION:2021", "2021-01-01", "2021-01-31")

    @pytest.mark.parametrize(
        ("printed", "start", "end"),
        [
            ("Del 1 de enero al 31 de diciembre 2020", "2020-01-01", "2020-12-31"),
            ("DEL 1 DE ENERO AL 29 DE FEBRERO 2020", "2020-01-01", "2020-02-29"),
            ("Del 1 de octubre 2019 al 31 de marzo 2020", "2019-10-01", "2020-03-31"),
            ("Del 1 de setiembre al 30 de septiembre 2020", "2020-09-01", "2020-09-30"),
        ],
    )
    def test_from_to(self, printed: str, start: str, end: str) -> None:
        assert period(printed, ways=(FROM_TO,)) == (printed, start, end)

    def test_a_quarter(self) -> None:
        ways = (r"^entrega: (?P<quarter>[1-4])° trimestre$", r"^al \d+ de [a-z]+ de (?P<year>\d{4})$")
        said = period("ENTREGA: 3° TRIMESTRE", "AL 30 DE SEPTIEMBRE DE 2024", ways=ways)
        assert said[1:] == ("2024-07-01", "2024-09-30")

    def test_a_quarter_beside_days_that_are_not_its_own(self) -> None:
        to = r"al (?P<end_day>\d+) de (?P<end_month>\w+) de (?P<end_year>\d{4})$"
        ways = (r"^entrega: (?P<quarter>[1-4])° trimestre$", rf"^del (?P<start_day>\d+) de (?P<start_month>\w+) {to}")
        days = "DEL 1 DE ENERO AL 31 DE MARZO DE 2024"
        assert period(days, "ENTREGA: 1° TRIMESTRE", ways=ways)[1:] == ("2024-01-01", "2024-03-31")
        with pytest.raises(LayoutMismatch, match="its days are not those of quarter 2"):
            period(days, "ENTREGA: 2° TRIMESTRE", ways=ways)

    @pytest.mark.parametrize(
        ("printed", "said"),
        [
            ("Del 1 de enero al 31 de diciembre 2019", "it ends before it starts"),
            ("Del 1 de enero al 31 de juño 2020", "'juño' is no month"),
            ("Del 1 de enero al 31 de febrero 2020", "day is out of range"),
        ],
    )
    def test_what_is_no_period(self, printed: str, said: str) -> None:
        if said.startswith("it ends"):
            printed = printed.replace("enero al", "enero 2020 al")
        with pytest.raises(LayoutMismatch, match=said):
            period(printed, ways=(FROM_TO,))

    @pytest.mark.parametrize(
        ("printed", "start", "end"),
        [
            ("comprende de enero, febrero y marzo 2024", "2024-01-01", "2024-03-31"),
            ("comprende de enero y febrero de 2024", "2024-01-01", "2024-02-29"),
            ("comprende de noviembre de 2023 y enero de 2024", "2023-11-01", "2024-01-31"),
        ],
    )
    def test_from_a_month_to_a_month(self, printed: str, start: str, end: str) -> None:
        ways = (
            r"^comprende de (?P<start_month>[a-z]+)(?: de (?P<start_year>\d{4}))?(?:, [a-z]+)* "
            r"y (?P<end_month>[a-z]+)(?: de)? (?P<end_year>\d{4})$",
        )
        assert period(printed, ways=ways) == (printed, start, end)

    def test_months_that_end_before_they_start(self) -> None:
        ways = (r"de (?P<start_month>[a-z]+) a (?P<end_month>[a-z]+) (?P<end_year>\d{4})$",)
        with pytest.raises(LayoutMismatch, match="it ends before it starts"):
            period("de marzo a enero 2024", ways=ways)

    @pytest.mark.parametrize("printed", ["Plan 2020-2024", "PLAN 2020 - 2024", "Plan 2020–2024"])
    def test_whole_years(self, printed: str) -> None:
        ways = (r"^plan (?P<start_year>\d{4})\s*[-–]\s*(?P<end_year>\d{4})$",)
        assert period(printed, ways=ways) == (printed, "2020-01-01", "2024-12-31")

    def test_whole_years_in_the_wrong_order(self) -> None:
        ways = (r"^plan (?P<start_year>\d{4})-(?P<end_year>\d{4})$",)
        assert period("Plan 2024-2024", ways=ways)[1:] == ("2024-01-01", "2024-12-31")
        with pytest.raises(LayoutMismatch, match=r"the period 'Plan 2024-2020' is not a period .*: it ends before"):
            period("Plan 2024-2020", ways=ways)

    def test_two_plans_are_two_publications(self) -> None:
        ways = (r"^plan (?P<start_year>\d{4})-(?P<end_year>\d{4})$",)
        with pytest.raises(LayoutMismatch, match="the period is printed with two values, '2024' and '2030'"):
            period("Plan 2020-2024", "Plan 2020-2030", ways=ways)

    @pytest.mark.parametrize(
        ("printed", "way"),
        [
            ("hasta 2024", r"^hasta (?P<end_year>\d{4})$"),
            ("de enero a 2024", r"^de (?P<start_month>\w+) a (?P<end_year>\d{4})$"),
        ],
    )
    def test_a_part_of_it_missing(self, printed: str, way: str) -> None:
        with pytest.raises(LayoutMismatch, match=f"the period '{printed}' is not a period of days, months or years"):
            period(printed, ways=(way,))

    def test_february_has_the_days_of_its_year(self) -> None:
        ways = (r"^(?P<month>[a-z]+) de (?P<year>\d{4})$",)
        assert [period(text, ways=ways)[2] for text in ("Febrero de 2020", "Febrero de 2021")] == [
            "2020-02-29",
            "2021-02-28",
        ]

    def test_portuguese_months(self) -> None:
        def portuguese(content: dict[str, Any]) -> None:
            content["language"] = "pt"
            patterns(r"^(?P<month>\w+) de (?P<year>\d{4})$")(content)

        assert read(*HEADING[:2], "Março de 2018", change=portuguese).period_start_date == "2018-03-01"

    def test_the_same_period_on_every_page_is_one(self) -> None:
        assert read_metadata([HEADING, HEADING], spec()).period_raw == "Año: 2021"

    def test_two_periods_are_two_publications(self) -> None:
        with pytest.raises(
            LayoutMismatch, match=r"the period is printed with two values, '2021' and '2020'; .* split it"
        ):
            read_metadata([HEADING, ["Año: 2020"]], spec())

    def test_none_at_all(self) -> None:
        with pytest.raises(LayoutMismatch, match=r"the period covered is not printed where .* \(metadata\.period\)"):
            read(*HEADING[:2])

    def test_a_pattern_that_gives_too_little(self) -> None:
        with pytest.raises(LayoutMismatch, match="the period 'mes: 3' is not a period of days, months or years"):
            period("mes: 3", ways=(r"^mes: (?P<month>\d)$",))


class TestInstitution:
    def test_missing_and_without_a_stand_in(self) -> None:
        with pytest.raises(LayoutMismatch, match=r"the institution is not printed .* \(metadata\.institution\)"):
            read(HEADING[0], HEADING[2])

    def test_a_stand_in_is_marked(self) -> None:
        found = read(
            HEADING[0],
            HEADING[2],
            change=lambda content: content["publisher"].update(institution_name="Museos de la ciudad"),
        )
        assert (found.institution_name_raw, found.institution_is_inferred) == ("Museos de la ciudad", True)

    def test_two_institutions_are_two_publications(self) -> None:
        with pytest.raises(LayoutMismatch, match="the institution is printed as 'Museo de Cera' and 'Archivo'"):
            read(*HEADING, "Oficina: Archivo")

    def test_one_institution_in_two_spellings_is_one(self) -> None:
        assert read(*HEADING, "OFICINA: MUSEO DE  CERA").institution_name_raw == "Museo de Cera"


class TestCapture:
    def test_the_line_before(self) -> None:
        way = Capture(line_before="^informe de gasto$")
        assert capture([["Museo  de Cera", "INFORME DE GASTO"]], [way], "institution") == "Museo de Cera"
        assert capture([["INFORME DE GASTO", "Museo de Cera"]], [way], "institution") is None
        # a line in another block is not the line before
        assert capture([["Museo de Cera"], ["INFORME DE GASTO"]], [way], "institution") is None

    def test_the_first_way_that_finds_something_counts(self) -> None:
        ways = [Capture(pattern="^ente: (?P<value>.+)$"), Capture(pattern="^oficina: (?P<value>.+)$")]
        assert capture([["oficina: A", "ente: B"]], ways, "institution") == "B"
        assert capture([["oficina: A"]], ways, "institution") == "A"

    def test_a_hostile_line_is_cut_before_a_pattern_sees_it(self) -> None:
        slow = Capture(pattern=r"(?P<value>(?:\w+\s?)*)!$")
        assert capture([["palabra " * 100_000 + "!"]], [Capture(pattern="(?P<value>!)")], "title") is None
        assert capture([["a" * 20 + "!"]], [slow], "title") == "a" * 20


def test_a_missing_title_is_another_family() -> None:
    with pytest.raises(
        LayoutMismatch, match="the title of the form is not printed anywhere; is this document of another"
    ):
        read(*HEADING[1:])


def test_look_alike_letters_in_the_title() -> None:
    assert read("INFОRME DE GASTО", *HEADING[1:]).title == "INFORME DE GASTO"
