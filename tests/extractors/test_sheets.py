"""Record sheets: labels find their values on any grid and without one, and nothing printed is left unread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.accounting import account_for_sheets
from extractors.errors import LayoutMismatch, UnaccountedCells
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.readers.docx import read_docx
from extractors.spec import SourceSpec
from extractors.table import Page
from tests.extractors.small_sheets import (
    CARD,
    Change,
    Rows,
    heading,
    in_bars,
    in_lines,
    on_a_grid,
    read,
    replaced,
    rows_of,
    sheet_declaration,
    tables_of,
)
from tests.extractors.small_source import DECLARATION, HEADER, HEADING, ROWS, TOTAL, table
from tests.publications.table_cells import Cell
from tests.publications.word_document import Document, Paragraph, Table, write

Form = Callable[..., list[Page]]
both_forms = pytest.mark.parametrize("form", [on_a_grid, in_bars])

READ = {
    "cards": [
        {
            "code": "I-1",
            "unit": "Casos",
            "name": "Visitas al museo",
            "base_value": "7",
            "base_note": "Parte de siete",
            "target_year": "2024",
            "target_value": "10",
            "target_note": "Diez al año",
        }
    ],
    "variables": [
        {"variable_no": "1", "variable_name": "Visitas", "variable_value": "0"},
        {"variable_no": "2", "variable_name": "Días", "variable_value": None},
    ],
    "years": [
        {"year": "2021", "value": "5"},
        {"year": "2022", "value": ""},
        {"year": "2023", "value": "ND"},
    ],
}


def key(**keys: Any) -> Change:
    """Keys of the card."""
    return lambda card: card.update(keys)


def field(table: str, name: str, **keys: Any) -> Change:
    """Keys of a field of the card, which is new where it is not declared."""
    return lambda card: card["tables"][table]["fields"].setdefault(name, {}).update(keys)


def stopped(pages: list[Page], change: Change | None = None) -> str:
    """The sentence that stops the reading."""
    with pytest.raises(LayoutMismatch) as found:
        read(pages, change)
    return str(found.value)


def left_over(pages: list[Page], change: Change | None = None) -> str:
    """The sentence that stops the document once it is read."""
    (kind,) = read(pages, change).sheets
    with pytest.raises(UnaccountedCells) as found:
        account_for_sheets(kind)
    return str(found.value)


def card(number: int, rows: Rows = CARD) -> list[list[str | None]]:
    """The same card under another code."""
    return replaced(rows, 1, ["Clave", f"I-{number}", "Unidad", "Casos"])


class TestValues:
    @both_forms
    def test_right_below_captured_and_repeated(self, form: Form) -> None:
        assert rows_of(read(form(CARD))) == READ

    @both_forms
    def test_a_sheet_goes_over_several_tables_of_different_grids(self, form: Form) -> None:
        values = [[text for cell in row for text in (cell, None)] for row in CARD[5:]]
        assert rows_of(read(form(CARD[:5], values))) == READ

    @both_forms
    def test_rows_are_numbered_by_sheet(self, form: Form) -> None:
        cards, variables, years = tables_of(read(form(CARD, card(2))))
        assert [(row.record_no, row.values["code"]) for row in cards.rows] == [(1, "I-1"), (2, "I-2")]
        assert [row.record_no for row in variables.rows] == [1, 1, 2, 2]
        assert [row.record_no for row in years.rows] == [1, 1, 1, 2, 2, 2]

    @both_forms
    def test_labels_are_compared_without_case_accents_and_spaces(self, form: Form) -> None:
        printed = replaced(CARD, 1, ["CLAVE :", "I-1", "unidad  de\nmedida", "Casos"])
        assert rows_of(read(form(printed)))["cards"] == READ["cards"]

    @both_forms
    def test_a_label_that_may_be_absent(self, form: Form) -> None:
        (row,) = rows_of(read(form(replaced(CARD, 1, ["Clave", "I-1", None, None]))))["cards"]
        assert row == READ["cards"][0] | {"unit": None}

    @both_forms
    def test_a_value_may_look_like_a_label_that_is_a_pattern(self, form: Form) -> None:
        rows = rows_of(read(form(replaced(CARD, 12, ["2031", "2032", "2033", None]))))["years"]
        assert [(row["year"], row["value"]) for row in rows] == [("2021", "2031"), ("2022", "2032"), ("2023", "2033")]

    @both_forms
    def test_the_section_tells_equal_labels_apart(self, form: Form) -> None:
        change = field("cards", "series_code", labels=["Clave"], section="series")
        printed = [*CARD, ["Clave", "S", None, None]]
        (row,) = rows_of(read(form(printed), change))["cards"]
        assert (row["code"], row["series_code"]) == ("I-1", "S")

    def test_blank_and_no_cell_are_two_things(self) -> None:
        blank = replaced(CARD, 2, ["Nombre", ""])
        assert rows_of(read(in_bars(blank)))["cards"][0]["name"] == ""
        none = replaced(CARD, 2, ["Nombre"])
        assert rows_of(read(in_bars(none), field("cards", "name", optional=True)))["cards"][0]["name"] is None
        assert "no cell stands where the value of 'Nombre' was expected; if the form may leave it out, declare" in (
            stopped(in_bars(none))
        )

    def test_values_that_are_all_blank_are_printed_blanks(self) -> None:
        rows = rows_of(read(on_a_grid(replaced(CARD, 12, ["", "", "", None]))))["years"]
        assert [row["value"] for row in rows] == ["", "", ""]

    def test_a_row_of_values_that_ends_early_has_no_cell_for_the_rest(self) -> None:
        pages = in_bars(replaced(CARD, 12, ["5", ""]))
        rows = rows_of(read(pages, field("years", "value", optional=True)))["years"]
        assert [row["value"] for row in rows] == ["5", "", None]
        assert "year '2023': no cell stands where the value of" in stopped(pages)

    def test_in_flat_text_a_value_moves_right_past_a_label_and_its_value(self) -> None:
        assert rows_of(read(in_bars(CARD)))["cards"][0]["base_note"] == "Parte de siete"
        # but not into the column of the next label, and not out of its row
        notes = replaced(CARD, 6, ["Nota", "Línea base", "Nota de 2024"])
        assert "nothing stands below 'Nota'" in stopped(in_bars(notes))
        assert "nothing stands below 'Nota'" in stopped(in_bars(replaced(CARD, 7, ["Valor", "Parte de siete"])))

    def test_grids_drawn_by_eye_meet_only_nearly(self) -> None:
        values = [["2021", None, "2022", None], ["5", "6", None, None]]
        rows = rows_of(read(on_a_grid([*CARD[:11], *values])))["years"]
        assert [(row["year"], row["value"]) for row in rows] == [("2021", "5"), ("2022", "6")]


MERGED = {
    "code": {"labels": ["Clave"], "required": True},
    "unit": {"labels": ["Unidad"]},
    "note": {"labels": ["Nota"], "value": "below", "optional": True},
}


class TestMergedDown:
    def word(self, folder: Path, *rows: list[Cell]) -> Interpretation:
        body = [*map(Paragraph, HEADING), Table([1000] * 4, [[Cell("FICHA DE INDICADOR", columns=4)], *rows])]
        file = folder / "x.docx"
        file.write_bytes(write(Document("Ficha", None, body)))
        pages = list(read_docx(file, Budget(Limits())))
        return read(pages, key(tables={"cards": {"title": "One row per card", "fields": MERGED}}))

    def test_a_value_over_two_rows_holds_for_the_label_of_each(self, tmp_path: Path) -> None:
        found = self.word(
            tmp_path,
            [Cell("Clave"), Cell("I-1", columns=2, rows=2), Cell("Línea base")],
            [Cell("Unidad"), Cell("")],
        )
        assert rows_of(found)["cards"] == [{"code": "I-1", "unit": "I-1", "note": None}]

    def test_the_value_of_a_label_over_two_rows_stands_below_both(self, tmp_path: Path) -> None:
        found = self.word(
            tmp_path,
            [Cell("Clave"), Cell("I-1"), Cell("Nota", columns=2, rows=2)],
            [Cell("Unidad"), Cell("Casos")],
            [Cell("Línea base", columns=2), Cell("Una nota", columns=2)],
        )
        assert rows_of(found)["cards"] == [{"code": "I-1", "unit": "Casos", "note": "Una nota"}]

    def test_a_note_over_two_rows_is_read_once(self, tmp_path: Path) -> None:
        found = self.word(
            tmp_path,
            [Cell("Línea base", columns=2), Cell("Nota", columns=2)],
            [Cell("Clave"), Cell("I-1"), Cell("Una nota", columns=2, rows=2)],
            [Cell("Unidad"), Cell("Casos")],
        )
        (cards, *_) = tables_of(found)
        assert [row.values for row in cards.rows] == [{"code": "I-1", "unit": "Casos", "note": "Una nota"}]
        assert [name for _, name in cards.rows[0].read] == ["code", "note", "unit"]


class TestWhereASheetBeginsAndEnds:
    @both_forms
    def test_text_before_and_after_it_is_text(self, form: Form) -> None:
        box, end = [["Una caja de siglas"]], [["Fin de las fichas"], ["Anexo"]]
        (kind,) = read(form(box, CARD, card(2), end)).sheets
        assert (kind.count, kind.left_over) == (2, [])

    def test_without_its_end_the_rest_is_left_over(self) -> None:
        assert left_over(on_a_grid(CARD, [["Anexo", "Uno"]])).startswith(
            "card 1, page 1, table 2, row 1: 'Anexo' stands beside no declared label; card 1, page 1, table 2, row 1: "
            "'Uno' stands beside no declared label; say in source.yml what it is: a label of a field, a section, a "
            "caption, ignore_cells or end."
        )

    def test_it_begins_with_a_row_that_prints_nothing_else(self) -> None:
        said = stopped(on_a_grid([["FICHA DE INDICADOR", "Clave"], ["I-1", "x"]]))
        assert said.startswith("no table of xx_office_report was found on 1 page")

    def test_facts_are_read_from_the_text_around_it(self) -> None:
        found = read(on_a_grid([["Oficina: Museo de Cera", None], ["Otra", "caja"]], CARD))
        assert found.metadata.institution_name_raw == "Museo de Cera"

    def test_lines_between_its_tables_are_no_part_of_it(self) -> None:
        items = (*heading(), table(CARD[:5]), *heading(), table(CARD[5:], table_no=2))
        assert rows_of(read([Page(1, items)])) == READ

    @pytest.mark.parametrize("count", [1, 6])
    def test_how_many_are_plausible(self, count: int) -> None:
        said = stopped(on_a_grid(*(card(number) for number in range(count))), key(count={"min": 2, "max": 5}))
        assert said == (
            f"{count} sheets begin with 'FICHA DE INDICADOR'; between 2 and 5 were expected "
            "(sheets.card.count in source.yml)."
        )

    @pytest.mark.parametrize("bounds", [{"max": 2}, {"min": 4, "max": 9}])
    def test_how_many_rows_of_each_are_plausible(self, bounds: dict[str, int]) -> None:
        said = stopped(on_a_grid(CARD, card(2)), lambda card: card["tables"]["years"].update(rows=bounds))
        assert said == (
            f"card 1, page 1, table 1, row 1: the sheet gives years 3 rows; between {bounds.get('min', 1)} and "
            f"{bounds['max']} were expected (sheets.card.tables.years.rows in source.yml)."
        )

    @both_forms
    def test_one_that_gives_no_row_where_each_gives_some(self, form: Form) -> None:
        assert "card 2" in stopped(form(CARD, card(2)[:11]))
        rows = rows_of(read(form(CARD, card(2)[:11]), lambda card: card["tables"]["years"].update(rows={"min": 0})))
        assert [row["year"] for row in rows["years"]] == ["2021", "2022", "2023"]


class TestDeclaredTablesBesideSheets:
    source = SourceSpec.model_validate(sheet_declaration() | {"tables": DECLARATION["tables"]})

    def data_rows(self, found: Interpretation) -> list[int]:
        return [len(segment.data) for each in found.tables for segment in each.segments]

    def test_one_may_stand_inside_a_sheet(self) -> None:
        items = (*heading(), table(CARD[:5]), table([HEADER, *ROWS, TOTAL], table_no=2), table(CARD[5:], table_no=3))
        found = interpret([Page(1, items)], self.source)
        assert rows_of(found) == READ
        assert self.data_rows(found) == [2]

    def test_a_sheet_ends_the_one_it_touches(self) -> None:
        found = interpret(in_bars([HEADER, *ROWS], CARD), self.source)
        assert rows_of(found) == READ
        assert self.data_rows(found) == [2]


class TestGuards:
    @both_forms
    def test_a_missing_label(self, form: Form) -> None:
        assert stopped(form(replaced(CARD, 2))).endswith(
            "the label 'Nombre' of name is not printed; add the label printed instead of it to source.yml, or declare "
            "the field optional."
        )

    def test_a_missing_label_of_a_repeated_row_names_the_row(self) -> None:
        said = stopped(on_a_grid(replaced(CARD, 3, ["Valor 1", "0", None, None])))
        assert "card 1, page 1, table 1, row 4, variable_no '1': the label 'Variable" in said

    @both_forms
    def test_a_required_value_that_is_blank(self, form: Form) -> None:
        assert stopped(form(replaced(CARD, 1, ["Clave", "", None, None]))).endswith(
            "'Clave' has no value, but code is required."
        )

    @both_forms
    def test_a_value_that_is_not_what_its_field_declares(self, form: Form) -> None:
        assert "code is 'Casos', where 'I-\\\\d' by source.yml was expected" in stopped(
            form(replaced(CARD, 1, ["Clave", "Casos", None, None]))
        )

    @both_forms
    def test_a_label_where_a_value_was_expected(self, form: Form) -> None:
        assert "'Unidad' is printed where the value of 'Clave' was expected" in stopped(
            form(replaced(CARD, 1, ["Clave", "Unidad", "Casos", None]))
        )

    @both_forms
    def test_a_label_that_is_printed_twice(self, form: Form) -> None:
        assert "the label 'Nombre' stands twice, where once was expected" in stopped(
            form(replaced(CARD, 2, CARD[2], CARD[2]))
        )
        assert "the label '2021' stands twice" in stopped(form([*CARD, *CARD[11:]]))

    @both_forms
    def test_labels_that_contradict_each_other(self, form: Form) -> None:
        assert "target_year is '2025' after '2024', where the same for the whole row was expected" in stopped(
            form(replaced(CARD, 8, ["Meta 2024", None, "Nota de 2025", None]))
        )

    @both_forms
    def test_a_heading_where_values_were_expected(self, form: Form) -> None:
        assert "nothing stands below 'Meta 2024', where its value was expected" in stopped(form(replaced(CARD, 9)))

    @both_forms
    def test_values_missing_at_the_end(self, form: Form) -> None:
        assert "nothing stands below '2021', where its value was expected" in stopped(form(CARD[:-1]))

    def test_values_in_another_table(self) -> None:
        assert "nothing stands below '2021'" in stopped(on_a_grid(CARD[:-1], CARD[-1:]))

    def test_one_value_under_two_labels(self) -> None:
        assert "'5' stands where the value of '2022' was expected" in stopped(
            on_a_grid(replaced(CARD, 12, ["5", None, "6", None]))
        )

    @both_forms
    def test_a_value_too_many(self, form: Form) -> None:
        assert left_over(form(replaced(CARD, 2, ["Nombre", "Visitas", "al museo", None]))).startswith("card 1, ")
        assert "'7' stands beside no declared label" in left_over(form(replaced(CARD, 12, ["5", "6", "ND", "7"])))

    @both_forms
    def test_a_label_outside_its_section(self, form: Form) -> None:
        said = left_over(form(replaced(CARD, 4, CARD[4], ["Valor", "8", None, None])))
        assert "'Valor' stands beside no declared label" in said

    @both_forms
    def test_a_label_that_nobody_declared(self, form: Form) -> None:
        said = left_over(form([*CARD, ["Elaboró", "La dirección", None, None]]))
        assert "'Elaboró' stands beside no declared label" in said and "'La dirección'" in said

    def test_what_is_left_over_is_shown_in_part(self) -> None:
        said = left_over(in_bars([*CARD, *([["a"], ["b"], ["c"], ["d"]])]))
        # four lines of heading and a blank one, thirteen of the card: it goes on in line 18
        assert "card 1, line 18: 'a'" in said and "'d'" not in said and "(and 1 more)" in said

    def test_one_label_of_two_fields(self) -> None:
        change = field("cards", "other", labels=[{"pattern": "Clav."}])
        assert "'Clave' is the label of cards.code and cards.other, where one field was expected" in stopped(
            on_a_grid(CARD), change
        )


class TestIgnoredAndCaptions:
    @both_forms
    def test_cells_ignored_by_name_are_told_with_their_reason(self, form: Form) -> None:
        # the page number stands between the years and their values
        (kind,) = read(form(replaced(CARD, 11, CARD[11], ["Página 3", None, None, None]))).sheets
        assert [table.rows[-1].values["value"] for table in kind.tables[2:]] == ["ND"]
        account = account_for_sheets(kind)[0][1]
        assert account.ignored_rows == 1
        assert account.notes.endswith("'Página 3': page number")

    @both_forms
    def test_the_account(self, form: Form) -> None:
        (kind,) = read(form(CARD, card(2))).sheets
        # of each card: its beginning, VALORES and the caption Línea base; nothing of its own; SERIE
        accounts = {table.name: account for table, account in account_for_sheets(kind)}
        assert {name: (a.segment_count, a.data_rows, a.header_rows) for name, a in accounts.items()} == {
            "cards": (2, 2, 6),
            "variables": (2, 4, 0),
            "years": (2, 6, 2),
        }
        assert {name: a.mapped_columns for name, a in accounts.items()} == {"cards": 8, "variables": 3, "years": 2}
        assert {(a.total_rows, a.blank_rows, a.ignored_rows, a.notes) for a in accounts.values()} == {(0, 0, 0, "")}


LINES = [
    "FICHA DE INDICADOR",
    "CLAVE : I-1 VISITAS",
    "AL MUSEO",
    "Unidad",
    "Casos",
    "Método",
    "Se cuentan las visitas",
    "de todos los días.",
    "SERIE",
    "2021 5",
    "2022 ND",
]


def as_lines(card: dict[str, Any]) -> None:
    """The card as a form prints it whose boxes are not ruled: every label and value is a line of text."""
    card |= {"lines": True, "record": r"^clave : \S+", "end": []}
    card["tables"] = {
        "cards": {
            "title": "One row per card",
            "fields": {
                "name": {
                    "labels": [{"pattern": r"Clave : (?P<code>\S+) (?P<value>.+)"}],
                    "value": "inside",
                    "runs_on": True,
                },
                "unit": {"labels": ["Unidad"], "value": "below"},
                "steps": {"labels": ["Método"], "value": "below", "runs_on": True},
            },
        },
        "years": {
            "title": "One row per year",
            "one_row_per": "year",
            "fields": {
                "value": {
                    "labels": [{"pattern": r"(?P<year>20\d\d) (?P<value>\S+)"}],
                    "section": "series",
                    "value": "inside",
                }
            },
        },
    }


LINES_READ = {
    "code": "I-1",
    "name": "VISITAS AL MUSEO",
    "unit": "Casos",
    "steps": "Se cuentan las visitas de todos los días.",
}


class TestLines:
    def test_labels_and_values_in_one_line_below_and_running_on(self) -> None:
        found = read(in_lines(*LINES), as_lines)
        assert rows_of(found) == {
            "cards": [LINES_READ],
            "years": [{"year": "2021", "value": "5"}, {"year": "2022", "value": "ND"}],
        }
        # the heading of the document takes up three lines
        (cards, years) = tables_of(found)
        assert [(placed.place, name) for placed, name in cards.rows[0].read] == [
            ("page 1, line 5", "name"),
            ("page 1, line 6", "name"),
            ("page 1, line 8", "unit"),
            ("page 1, line 10", "steps"),
            ("page 1, line 11", "steps"),
        ]
        assert years.rows[1].place.place == "page 1, line 14"

    def test_they_belong_to_a_sheet_only_where_it_says_so(self) -> None:
        def tables_only(card: dict[str, Any]) -> None:
            as_lines(card)
            card["lines"] = False

        assert "no table of xx_office_report was found" in stopped(in_lines(*LINES), tables_only)

    def test_a_value_may_begin_with_its_own_label(self) -> None:
        (row,) = rows_of(read(in_lines(*LINES[:6], "MÉTODO", *LINES[6:]), as_lines))["cards"]
        assert row == LINES_READ | {"steps": "MÉTODO Se cuentan las visitas de todos los días."}

    def test_a_page_that_begins_again_goes_on_with_the_same_record(self) -> None:
        first, *_ = in_lines(*LINES[:-1])
        _, *items = in_lines("Página 2", *LINES[:3], LINES[-1])[0].items
        second = Page(2, tuple(items[2:]))
        found = read([first, second], as_lines)
        assert rows_of(found) == {
            "cards": [LINES_READ],
            "years": [{"year": "2021", "value": "5"}, {"year": "2022", "value": "ND"}],
        }
        (kind,) = found.sheets
        assert kind.count == 1
        again = ["printed again where the sheet goes on"] * 3
        assert [text.rpartition(": ")[2] for text in kind.ignored] == [*again, "page number"]

    def test_another_record_is_another_sheet(self) -> None:
        other = [LINES[0], "CLAVE : I-2 DÍAS", *LINES[3:]]
        (cards, years) = tables_of(read(in_lines(*LINES, *other), as_lines))
        assert [(row.record_no, row.values["code"], row.values["name"]) for row in cards.rows] == [
            (1, "I-1", "VISITAS AL MUSEO"),
            (2, "I-2", "DÍAS"),
        ]
        assert [row.record_no for row in years.rows] == [1, 1, 2, 2]

    def test_a_line_that_nobody_declared(self) -> None:
        said = left_over(in_lines(*LINES, "Elaboró: la dirección"), as_lines)
        assert said.startswith("card 1, page 1, line 15: 'Elaboró: la dirección' stands beside no declared label; say")
