"""The institutional programme: every cell against the text as received, every figure against the others."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.publications import programme_docx
from tests.publications.build import DOCUMENTS, IPAB_2020_2024
from tests.publications.programme_figures import FormRow, FormTable, Sheet, load_programme
from tests.publications.received_text import programme_text
from tests.publications.texts_as_received import received
from tests.publications.word_reading import WordTable, read_word, tables_of

PROGRAMME = load_programme(IPAB_2020_2024)
SHEETS: list[Any] = [sheet.figures for sheet in PROGRAMME.sheets]
FILE = DOCUMENTS / f"mx_ipab_programa_institucional/{IPAB_2020_2024}_programa_institucional.docx"
# the tables before the first sheet: abbreviations, objectives, alignment, actions of seven strategies
OPENING = 3 + 7


def percent(text: str) -> Decimal | None:
    return Decimal(text[:-1]) if re.fullmatch(r"[\d.]+%", text) else None


def sheets_where(condition: Any) -> list[int]:
    """The numbers of the sheets, from 1, for which the condition holds."""
    return [number for number, sheet in enumerate(SHEETS, start=1) if condition(sheet)]


class TestAgainstTheTextAsReceived:
    def test_the_whole_text_to_the_letter(self) -> None:
        assert programme_text(PROGRAMME) == received("001")

    def test_the_heading_is_made_of_names_the_text_has(self) -> None:
        text = received("001")
        assert all(line in text for line in PROGRAMME.heading)
        assert PROGRAMME.title == " ".join(PROGRAMME.heading)


class TestCountedByHand:
    def test_objectives_and_actions(self) -> None:
        assert len(PROGRAMME.abbreviations) == 14
        assert len(PROGRAMME.objectives) == len(PROGRAMME.institutional_objectives) == 3
        assert [len(actions) for actions in PROGRAMME.actions] == [2, 2, 1, 1, 2, 1, 3]
        numbers = [re.split(r"\.-? ", action)[0] for actions in PROGRAMME.actions for action in actions]
        assert " ".join(numbers) == "1.1.1 1.1.2 1.2.1 1.2.2 1.3.1 2.1.1 2.2.1 2.2.2 2.3.1 3.1.1 3.1.2 3.1.3"

    def test_cells_of_the_sheets(self) -> None:
        assert len(SHEETS) == 9
        assert sum(len(sheet["history"]) for sheet in SHEETS) == 63
        assert sum(len(sheet["targets"]) for sheet in SHEETS) == 45
        assert [len(sheet["variables"]) for sheet in SHEETS] == [2, 2, 2, 2, 2, 2, 2, 1, 2]
        assert sum(len(sheet["variables"]) for sheet in SHEETS) == 17

    def test_history_keeps_blank_not_available_and_figures_apart(self) -> None:
        history = [text for sheet in SHEETS for text in sheet["history"]]
        assert {text: history.count(text) for text in history} == {"100%": 43, "": 6, "ND": 7, "24": 7}
        assert sheets_where(lambda sheet: "" in sheet["history"]) == [2, 4]
        assert sheets_where(lambda sheet: sheet["history"][:3] == [""] * 3) == [2, 4]
        assert sheets_where(lambda sheet: "ND" in sheet["history"]) == [6]
        # NA is explained on every sheet and printed as a value on none
        values = [sheet[key] for sheet in SHEETS for key in ("history", "targets")]
        assert not any("NA" in series for series in values)

    def test_values_of_variables_baselines_and_targets(self) -> None:
        assert [sheet["variables"][0]["value"] for sheet in SHEETS] == ["0"] * 9
        assert [sheet["variables"][1]["value"] for sheet in SHEETS if len(sheet["variables"]) == 2] == [
            "100%",
            "100%",
            "Se define anualmente",
            "100%",
            "100%",
            "5",
            "95%",
            "90%",
        ]
        assert [(sheet["baseline"]["value"], sheet["baseline"]["year"]) for sheet in SHEETS] == [("0", "2019")] * 9
        assert [sheet["target"]["value"] for sheet in SHEETS] == ["100%"] * 7 + ["120", "100%"]
        assert [sheet["targets"] for sheet in SHEETS] == [
            *[["20%", "40%", "60%", "80%", "100%"]] * 7,
            ["24"] * 5,
            ["20%", "40%", "60%", "80%", "100%"],
        ]
        assert [sheet["remarks"] for sheet in SHEETS] == [""] * 9

    def test_attributes(self) -> None:
        assert [sheet["frequency_name"] for sheet in SHEETS] == [
            *("Mensual", "Mensual", "Anual", "Anual", "Mensual", "Anual", "Anual", "Mensual", "Anual")
        ]
        assert {sheet[key] for sheet in SHEETS for key in ("type_name", "accumulation_name", "direction_name")} == {
            "Gestión",
            "Periódico",
            "Constante",
        }
        assert {sheet["unit_name"] for sheet in SHEETS} == {"Porcentaje"}


class TestWhatTies:
    def test_substitutions_give_the_baseline(self) -> None:
        for number, sheet in enumerate(SHEETS, start=1):
            found = re.fullmatch(r"\((\d+)/(\d+)\)\*100=(\d+)", sheet["substitution"])
            if number == 8:
                assert found is None
                assert sheet["substitution"] == sheet["variables"][0]["value"] == sheet["baseline"]["value"] == "0"
            else:
                assert found
                numerator, denominator, result = map(Decimal, found.groups())
                assert numerator / denominator * 100 == result == Decimal(sheet["baseline"]["value"])
                assert numerator == Decimal(sheet["variables"][0]["value"])

    def test_last_yearly_target_is_the_target_of_2024_save_for_the_count(self) -> None:
        assert sheets_where(lambda sheet: sheet["targets"][-1] != sheet["target"]["value"]) == [8]

    def test_the_count_is_five_years_of_24(self) -> None:
        count = SHEETS[7]
        assert sum(map(int, count["targets"])) == int(count["target"]["value"]) == 120
        assert count["target"]["note"].startswith("24 eventos")
        assert set(count["history"]) == {"24"}

    def test_one_simulation_a_year_out_of_five_is_twenty_percent_a_year(self) -> None:
        simulations = SHEETS[5]
        assert [f"{year * 100 // int(simulations['variables'][1]['value'])}%" for year in range(1, 6)] == (
            simulations["targets"]
        )

    def test_formulas_name_their_variables(self) -> None:
        def unlike(sheet: Any) -> bool:
            terms = re.split(r"\s*/\s*", re.sub(r"\)\s*\*100$", "", sheet["formula"]).lstrip("("))
            return terms != [variable["name"] for variable in sheet["variables"]]

        assert sheets_where(unlike) == [6]
        assert "Simularos programados" in SHEETS[5]["formula"]
        assert SHEETS[5]["variables"][1]["name"] == "Simulacros programados"

    def test_objectives_of_the_sheets_are_the_three_but_for_capitals(self) -> None:
        names = [re.sub(r"^Objetivo prioritario \d\.- |\.$", "", o) for o in PROGRAMME.institutional_objectives]
        assert [f"{n}. {name}." for n, name in enumerate(names, start=1)] == list(PROGRAMME.objectives)
        folded = [name.lower() for name in names]
        assert [folded.index(sheet["objective_name"].lower()) + 1 for sheet in SHEETS] == [
            1,
            1,
            1,
            2,
            2,
            2,
            3,
            3,
            3,
        ]
        assert sheets_where(lambda sheet: sheet["objective_name"] not in names) == [2, 3]


class TestWhatDoesNotTie:
    def test_denominators_that_are_not_the_value_of_their_variable(self) -> None:
        def contradicts(sheet: Any) -> bool:
            if len(sheet["variables"]) == 1:
                return False
            denominator = re.findall(r"/(\d+)\)", sheet["substitution"])[0]
            return denominator != sheet["variables"][1]["value"].rstrip("%")

        # 3: 'Se define anualmente' against 100; 9: 90% against 100
        assert sheets_where(contradicts) == [3, 9]

    def test_denominators_that_are_percentages_or_words(self) -> None:
        def is_count(sheet: Any) -> bool:
            return all(variable["value"].isdigit() for variable in sheet["variables"])

        assert sheets_where(lambda sheet: not is_count(sheet)) == [1, 2, 3, 4, 5, 7, 9]

    def test_targets_that_their_notes_contradict(self) -> None:
        noted = {
            number: re.findall(r"[\d.]+%", sheet["target"]["note"]) for number, sheet in enumerate(SHEETS, start=1)
        }
        assert {number: found for number, found in noted.items() if found} == {
            3: ["87.5%"],
            7: ["95%"],
            9: ["90%"],
        }
        assert all(SHEETS[number - 1]["target"]["value"] == "100%" for number in (3, 7, 9))

    def test_declared_constant_and_periodic_but_rising_by_equal_steps(self) -> None:
        def rises(sheet: Any) -> bool:
            values = [percent(text) for text in sheet["targets"]]
            steps = {b - a for a, b in pairwise(v for v in values if v is not None)}
            return steps == {Decimal(20)}

        assert sheets_where(rises) == [1, 2, 3, 4, 5, 6, 7, 9]

    def test_baselines_below_a_history_of_a_hundred(self) -> None:
        assert sheets_where(lambda sheet: sheet["history"][-1] == "100%" and sheet["baseline"]["value"] == "0") == [
            *(1, 2, 3, 4, 5, 7, 9)
        ]

    def test_first_targets_below_the_last_value(self) -> None:
        def falls(sheet: Any) -> bool:
            target, last = percent(sheet["targets"][0]), percent(sheet["history"][-1])
            return target is not None and last is not None and target < last

        assert sheets_where(falls) == [1, 2, 3, 4, 5, 7, 9]

    def test_one_percentage_is_a_count(self) -> None:
        assert sheets_where(lambda sheet: not any("%" in text for text in (*sheet["history"], *sheet["targets"]))) == [
            8
        ]
        assert SHEETS[7]["unit_name"] == "Porcentaje"


class TestWrittenDocx:
    def test_the_opening(self) -> None:
        blocks = read_word(FILE.read_bytes())
        assert blocks[:2] == list(PROGRAMME.heading)
        tables = [block for block in blocks if isinstance(block, WordTable)][:OPENING]
        abbreviations, objectives, alignment, *actions = tables
        assert abbreviations.texts == [list(pair) for pair in PROGRAMME.abbreviations.items()]
        assert objectives.texts == [[PROGRAMME.objectives_heading], ["\n".join(PROGRAMME.objectives)]]
        assert [table.texts for table in actions] == [
            [[PROGRAMME.actions_heading], *([action] for action in printed)] for printed in PROGRAMME.actions
        ]
        first, second, third = PROGRAMME.institutional_objectives
        assert [[(cell.text, cell.merge) for cell in row] for row in alignment.rows] == [
            [(heading, "") for heading in PROGRAMME.alignment_headings],
            [(first, ""), (PROGRAMME.national_objective, "restart")],
            [(second, ""), ("", "continue")],
            [(third, ""), ("", "continue")],
        ]

    def test_every_cell_of_every_sheet(self) -> None:
        tables = tables_of(FILE.read_bytes())[OPENING:]
        forms = [form for sheet in PROGRAMME.sheets for form in sheet.tables]
        assert len(tables) == len(forms) == 7 * 2 + 2 * 3
        for table, form in zip(tables, forms, strict=True):
            assert table.columns == form.columns
            assert table.texts == [list(row.texts) for row in form.rows]
            assert all(sum(cell.columns for cell in row) == table.columns for row in table.rows)

    def test_the_note_on_the_baseline_is_the_only_cell_merged_over_rows(self) -> None:
        tables = tables_of(FILE.read_bytes())[OPENING:]
        merged = [cell.text for table in tables for row in table.rows for cell in row if cell.merge == "restart"]
        assert merged == [sheet["baseline"]["note"] for sheet in SHEETS]

    def test_sheets_stand_on_different_grids(self) -> None:
        assert [sheet["grid"] for sheet in SHEETS] == [
            [6, 12],
            [6, 12],
            [7, 12],
            [6, 13],
            [7, 12],
            [6, 12],
            [7, 11],
            [1, 4, 16],
            [1, 4, 15],
        ]

    def test_divisions_that_make_another_grid_are_refused(self) -> None:
        sheet = Sheet({}, (FormTable(6, (FormRow("pair", ("a", "b")),)),))
        with pytest.raises(ValueError, match="A table of 6 grid columns is divided into 2"):
            programme_docx.render(replace(PROGRAMME, sheets=(sheet,)))
