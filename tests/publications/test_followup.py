"""The follow-up of the plan: every cell against the text as received, every percentage worked out again."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from tests.publications.build import DOCUMENTS, INSAFOCOOP_2024_T1
from tests.publications.followup_figures import MERGED, FollowUpTable, Sentence, load_followup
from tests.publications.printed_figures import Row
from tests.publications.received_text import followup_text
from tests.publications.texts_as_received import received
from tests.publications.word_reading import WordTable, read_word, tables_of

FOLLOWUP = load_followup(INSAFOCOOP_2024_T1)
MONTHLY, QUARTERLY, *AXES = FOLLOWUP.tables
FILE = DOCUMENTS / f"sv_insafocoop_poa/{INSAFOCOOP_2024_T1}_seguimiento_poa.docx"
MONTHS = ("month_1", "month_2", "month_3")
NOT_REPORTING = ["AUDITORIA INTERNA", "UNIDAD DE GÉNERO", "UNIDAD DE MEDIOAMBIENTE", "UGDA"]
# where the run of the text that is kept whole begins and ends
FIRST_KEPT, LAST_KEPT = "CONSIDERACIONES GENERALES", "el logro de los objetivos Institucionales."


def rows_of(table: FollowUpTable, kind: str = "data") -> list[Row]:
    return [row for row in table.rows if row.kind == kind]


def percent(text: str) -> Decimal:
    assert re.fullmatch(r"\d+%", text), text
    return Decimal(text[:-1])


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def sentences(pattern: str) -> list[str]:
    """What a pattern finds in the sentences between the tables."""
    text = "\n".join(block.text for block in FOLLOWUP.blocks if isinstance(block, Sentence))
    return re.findall(pattern, text)


class TestAgainstTheTextAsReceived:
    def test_everything_from_the_considerations_to_the_conclusion_to_the_letter(self) -> None:
        shown, text = followup_text(FOLLOWUP), received("002")
        kept = slice(text.index(FIRST_KEPT), text.index(LAST_KEPT) + len(LAST_KEPT))
        assert shown[shown.index(FIRST_KEPT) : shown.index(LAST_KEPT) + len(LAST_KEPT)] == text[kept]
        left_out = text[: kept.start] + text[kept.stop :]
        assert "\t" not in left_out
        assert "%" not in left_out

    def test_title_and_date_are_words_of_the_parts_left_out(self) -> None:
        before, after = received("002").split(FIRST_KEPT)[0], received("002").split(LAST_KEPT)[1]
        texts = [block.text for block in FOLLOWUP.blocks if isinstance(block, Sentence)]
        assert all(text in before for text in texts[: texts.index(FIRST_KEPT)])
        assert texts[-1] == "San Salvador, 25 de abril de 2024"
        assert texts[-1] in after
        assert FOLLOWUP.dated.isoformat() == "2024-04-25"


class TestCountedByHand:
    def test_rows(self) -> None:
        kinds = {table.name: [row.kind for row in table.rows] for table in (MONTHLY, QUARTERLY)}
        assert kinds["monthly"] == ["header", "blank", *["data"] * 24, "total"]
        assert kinds["quarterly"] == ["header", *["data"] * 24, "total"]
        assert [[row.kind for row in table.rows] for table in AXES] == [
            ["header", *["data"] * 6],
            ["header", "data", "data", "blank", "data", "data", "data"],
            ["header", "data"],
            ["header", *["data"] * 4, "header", *["data"] * 3],
        ]

    def test_percentages(self) -> None:
        months = [row.cells[key] for row in MONTHLY.rows if row.kind in ("data", "total") for key in MONTHS]
        quarter = [row.cells["quarter_1"] for row in QUARTERLY.rows if row.kind in ("data", "total")]
        assert (len(months), len(quarter)) == (24 * 3 + 3, 24 + 1)
        assert all(percent(text) <= 100 for text in months + quarter)
        assert (months.count("0%"), quarter.count("0%")) == (4 * 3 + 1, 4)

    def test_notes(self) -> None:
        notes = {row.cells["unit_name"]: row.cells["note"] for row in rows_of(QUARTERLY) if row.cells["note"]}
        assert len(notes) == 13
        assert [name for name, note in notes.items() if note.startswith("No se recibió informe")] == NOT_REPORTING
        assert [name for name, note in notes.items() if note.startswith("No se recibió justificación")] == [
            "VIGILANCIA Y FISCALIZACIÓN",
            "UFI",
            "RECURSOS HUMANOS",
            "OFICIALIA DE CUMPLIMIENTO",
        ]
        assert {name: len(numbers(note)) for name, note in notes.items() if numbers(note)} == {
            "FOMENTO Y ASISTENCIA TÉCNICA": 7,
            "AUDITORIA INTERNA": 2,
            "SUPERVISIÓN": 1,
            "UNIDAD DE EDUCACION ": 1,
            "UNIDAD DE GÉNERO": 2,
            "UNIDAD DE MEDIOAMBIENTE": 2,
            "UGDA": 2,
        }

    def test_figures_in_goals_progress_and_syntheses(self) -> None:
        counts = [
            {key: [len(numbers(row.cells[key])) for row in rows_of(table)] for key in ("goal", "progress", "synthesis")}
            for table in AXES
        ]
        assert counts == [
            {"goal": [1] * 6, "progress": [1] * 6, "synthesis": [2, 1, 4, 3, 1, 11]},
            {"goal": [1] * 5, "progress": [1] * 5, "synthesis": [1, 1, 3, 3, 4]},
            {"goal": [1], "progress": [0], "synthesis": [1]},
            {
                "goal": [1, 1, 1, 2, 3, 1, 1],
                "progress": [2, 1, 1, 1, 1, 1, 1],
                "synthesis": [3, 1, 3, 1, 0, 2, 2],
            },
        ]

    def test_lines_of_action(self) -> None:
        lines = [[row.cells["line"].strip().partition("\n")[0][:6] for row in rows_of(table)] for table in AXES]
        assert lines == [
            ["1.1", MERGED, "1.2", "1.3 Re", MERGED, "1.4 fo"],
            ["2.1", MERGED, "", "2.3", MERGED],
            ["3.1"],
            ["4.1 a)", "4.1 b)", "4.2", "4.3", "4.4", "4.5", "4.6"],
        ]

    def test_merged_cells_are_blank_in_the_text_and_of_three_columns(self) -> None:
        merged = {
            key: [row.cells["activity"].strip()[:12] for row in rows if row.cells[key] == MERGED]
            for rows in [[row for table in AXES for row in table.rows]]
            for key in rows[0].cells
        }
        assert merged == {
            "line": ["Promover la ", "Acreditar  a", "Informes de ", "Asesorías fi"],
            "objective": ["Asesorías fi"],
            "activity": [],
            "goal": [],
            "progress": [],
            "responsible": ["Promover la ", "Asistencia t", "Acreditar  a", "Asesorías fi"],
            "synthesis": [],
        }


class TestInstitution:
    def sums(self) -> list[Decimal]:
        return [sum((percent(row.cells[key]) for row in rows_of(MONTHLY)), Decimal(0)) for key in MONTHS]

    def test_monthly_means_tie_over_23_units_and_not_over_24(self) -> None:
        (total,) = rows_of(MONTHLY, "total")
        printed = [percent(total.cells[key]) for key in MONTHS]
        assert self.sums() == [1803, 1689, 1820]
        assert [half_up(value / 23) for value in self.sums()] == printed == [78, 73, 79]
        assert [half_up(value / 24) for value in self.sums()] == [75, 70, 76]
        # nor over the 20 units that report
        assert [half_up(value / 20) for value in self.sums()] == [90, 84, 91]

    def test_quarterly_mean_ties_over_23_units_by_every_way(self) -> None:
        (total,) = rows_of(QUARTERLY, "total")
        units = sum((percent(row.cells["quarter_1"]) for row in rows_of(QUARTERLY)), Decimal(0))
        assert units == 1771
        assert units / 23 == percent(total.cells["quarter_1"]) == 77
        assert half_up(units / 24) == 74
        assert half_up(sum(self.sums(), Decimal(0)) / 3 / 23) == 77
        assert half_up(Decimal(78 + 73 + 79) / 3) == 77

    def test_units_that_did_not_report_print_zero_in_every_month(self) -> None:
        zeros = [row.cells["unit_name"] for row in rows_of(MONTHLY) if {row.cells[key] for key in MONTHS} == {"0%"}]
        assert zeros == NOT_REPORTING
        # one month of no work is another thing, and is explained
        february = [row.cells["unit_name"] for row in rows_of(MONTHLY) if row.cells["month_2"] == "0%"]
        assert set(february) - set(zeros) == {"SUPERVISIÓN"}


class TestQuarterFromMonths:
    def means(self) -> dict[str, tuple[Decimal, Decimal]]:
        """By unit of the quarterly table: mean of the months and printed quarter."""
        return {
            quarter.cells["unit_name"]: (
                sum((percent(month.cells[key]) for key in MONTHS), Decimal(0)) / 3,
                percent(quarter.cells["quarter_1"]),
            )
            for month, quarter in zip(rows_of(MONTHLY), rows_of(QUARTERLY), strict=True)
        }

    def test_units_stand_in_one_order_and_one_is_named_otherwise(self) -> None:
        names = [
            (month.cells["unit_name"].strip(), quarter.cells["unit_name"].strip())
            for month, quarter in zip(rows_of(MONTHLY), rows_of(QUARTERLY), strict=True)
        ]
        assert [pair for pair in names if pair[0] != pair[1]] == [("EDUCACION", "UNIDAD DE EDUCACION")]

    def test_23_of_24_quarters_are_the_rounded_mean(self) -> None:
        differing = {name: pair for name, pair in self.means().items() if half_up(pair[0]) != pair[1]}
        assert {name: (mean.quantize(Decimal("0.01")), printed) for name, (mean, printed) in differing.items()} == {
            "UFI": (Decimal("87.33"), 88)
        }

    def test_the_rule_of_ninety_turns_for_one_unit_when_rounded(self) -> None:
        turned = {name: pair for name, pair in self.means().items() if (pair[0] >= 90) != (pair[1] >= 90)}
        assert {name: (mean.quantize(Decimal("0.01")), printed) for name, (mean, printed) in turned.items()} == {
            "UCP": (Decimal("89.67"), 90)
        }

    def test_all_units_printed_below_ninety_bear_a_note_and_no_other(self) -> None:
        below = [row.cells["unit_name"] for row in rows_of(QUARTERLY) if percent(row.cells["quarter_1"]) < 90]
        assert below == [row.cells["unit_name"] for row in rows_of(QUARTERLY) if row.cells["note"]]
        assert len(below) == 13

    def test_two_notes_on_the_quarter_speak_of_a_month(self) -> None:
        by_name = {row.cells["unit_name"]: row.cells for row in rows_of(QUARTERLY)}
        months = {row.cells["unit_name"]: row.cells for row in rows_of(MONTHLY)}
        first, education = by_name["FOMENTO Y ASISTENCIA TÉCNICA"], by_name["UNIDAD DE EDUCACION "]
        assert ("47%" in first["note"], first["quarter_1"]) == (True, "69%")
        assert months["FOMENTO Y ASISTENCIA TÉCNICA"]["month_1"] == "47%"
        assert ("67%" in education["note"], education["quarter_1"]) == (True, "89%")
        assert months["EDUCACION "]["month_3"] == "67%"


class TestSentences:
    def test_what_follows_from_77(self) -> None:
        assert sentences(r"a nivel Institucional de (\d+)%") == sentences(r"los tres meses el (\d+)%") == ["77"]
        assert sentences(r"quedando (\d+) puntos") == [str(90 - 77)]
        assert sentences(r"a (\d+)% de alcanzar") == [str(100 - 77)]
        assert sentences(r"el (\d+)% de avance anual") == [str(half_up(Decimal(77) / 4))] == ["19"]
        assert sentences(r"un avance de ([\d.]+)%") == [str(Decimal(90) / 4)] == ["22.5"]

    def test_what_was_done_beyond_the_plan_is_the_sum_of_its_two_parts(self) -> None:
        assert sentences(r"adicional se ejecutó (\d+)%") == sentences(r"cumplimiento adicional de (\d+)%") == ["38"]
        parts = sentences(r"los cuales (\d+)% .* y (\d+)% representa")
        assert [int(a) + int(b) for a, b in parts] == [38]

    def test_neither_the_activities_followed_nor_the_38_percent_follow_from_the_tables(self) -> None:
        assert sentences(r"seguimiento a ([\d,]+) actividades") == ["6,873"]
        pairs = [
            (Decimal(numbers(row.cells["goal"])[0]), Decimal(numbers(row.cells["progress"])[0]))
            for table in AXES
            for row in rows_of(table)
            if re.match(r"\s*(Dar trámite a\n)?\d+\b(?!%)", row.cells["goal"]) and numbers(row.cells["progress"])
        ]
        # the goals that are counts: 14 and the training events, which were not held
        assert len(pairs) == 15
        assert sum(goal for goal, _ in pairs) == 1191
        beyond = sum(max(done - goal, Decimal(0)) for goal, done in pairs)
        assert beyond == 652
        assert half_up(beyond * 100 / 1191) == 55

    def test_five_units_asked_for_a_change(self) -> None:
        (units,) = sentences(r"siendo estos: (.*)\.")
        assert len(re.split(", | e ", units)) == 5


class TestSyntheses:
    """Goal and progress against the percentage and the count that the synthesis of the same row tells."""

    def test_additional_compliance(self) -> None:
        told = {
            "Atención a grupos pre cooperativos": (4, 5, None, 25),
            "Asistencia técnica administrativa, legal y educativa": (547, 995, 448, 82),
            "Autorización de asambleas generales y de constitución.": (101, 185, 84, 83),
            "Ejecución del Plan Anual de capacitación cooperativa": (7, 14, 7, 100),
            "Seguimiento y mantenimiento del sistema de información cooperativo": (109, 116, 7, 6),
            "Inspecciones parciales financieras, administrativas y legales": (127, 200, 73, 57),
            "Asesorías financieras, administrativas y legales": (77, 109, 32, 42),
        }
        rows = {row.cells["activity"].strip(): row.cells for table in AXES for row in rows_of(table)}
        for activity, (goal, done, beyond, additional) in told.items():
            cells = rows[activity]
            assert (numbers(cells["goal"])[0], numbers(cells["progress"])[0]) == (str(goal), str(done))
            assert beyond is None or re.search(rf"\b{beyond} ", cells["synthesis"])
            assert beyond in (None, done - goal)
            assert half_up(Decimal(done - goal) * 100 / goal) == additional
            assert f"{additional}%" in cells["synthesis"]
        exceeded = [
            name
            for name, cells in rows.items()
            if re.match(r"\s*\d+\b(?!%)", cells["goal"])
            and int(numbers(cells["progress"] + " 0")[0]) > int(numbers(cells["goal"])[0])
        ]
        assert exceeded == list(told)

    def test_compliance_below_the_plan(self) -> None:
        rows = {row.cells["activity"].strip()[:20]: row.cells for table in AXES for row in rows_of(table)}
        requests, transport = rows["Divulgar y actualiza"], rows["Coordinar los servic"]
        assert half_up(Decimal(2) * 100 / 3) == 67
        assert "67%" in requests["synthesis"]
        assert Decimal(51) * 100 / 75 == 68
        assert "68%" in transport["synthesis"]
        # two of three reports: no percentage is told
        assert numbers(rows["Informes de Supervis"]["synthesis"]) == ["100"]

    def test_training_of_cooperatives(self) -> None:
        synthesis = rows_of(AXES[0])[-1].cells["synthesis"]
        assert "se realizaron 2 de 3" in synthesis
        assert "En total se realizaron 16 eventos" in synthesis  # the 14 on demand and these 2
        assert "500 participantes, de los cuales 278 son hombres y 222 mujeres" in synthesis
        assert 278 + 222 == 500

    def test_several_values_or_none_in_one_cell(self) -> None:
        finance, purchases, _, audit, training, *_ = rows_of(AXES[3])
        assert re.findall(r"[\d.]+%", finance.cells["progress"]) == ["132.15%", "20.52%"]
        assert re.findall(r"[\d.]+ ?%", finance.cells["synthesis"]) == ["132.15%", "100%", "20.52 %"]
        assert purchases.cells["progress"] == "0%\nEjecutado"
        assert numbers(audit.cells["goal"]) == ["2", "50"]
        assert numbers(training.cells["goal"]) == ["2", "90", "100"]
        (fund,) = rows_of(AXES[2])
        assert fund.cells["progress"] == "No se recibió Informe de Seguimiento"
        # no report was received and yet a 0 is printed
        assert [numbers(row.cells["progress"]) for row in (audit, training)] == [["0"], ["0"]]
        assert all("recibió informe" in row.cells["synthesis"] for row in (audit, training))


class TestWrittenDocx:
    def test_paragraphs_and_tables_stand_in_the_order_of_the_document(self) -> None:
        blocks = [block if isinstance(block, str) else None for block in read_word(FILE.read_bytes())]
        assert blocks == [block.text if isinstance(block, Sentence) else None for block in FOLLOWUP.blocks]

    def test_every_cell_of_every_table(self) -> None:
        for written, table in zip(tables_of(FILE.read_bytes()), FOLLOWUP.tables, strict=True):
            assert all(cell.columns == 1 for row in written.rows for cell in row)
            texts = [[None if c.merge == "continue" else c.text for c in row] for row in written.rows]
            assert texts == [[None if text == MERGED else text for text in row.cells.values()] for row in table.rows]

    def test_cells_begin_a_merge_where_the_next_row_goes_on(self) -> None:
        for table in tables_of(FILE.read_bytes()):
            for above, below in pairwise(table.rows):
                for upper, lower in zip(above, below, strict=True):
                    assert bool(upper.merge) or lower.merge != "continue"

    def test_the_blank_row_and_the_line_without_its_number_are_blank_and_not_merged(self) -> None:
        second = [block for block in read_word(FILE.read_bytes()) if isinstance(block, WordTable)][3]
        blank, unnumbered = second.rows[3], second.rows[4]
        assert [(cell.text, cell.merge) for cell in blank] == [("", "")] * 7
        assert [(unnumbered[n].text, unnumbered[n].merge) for n in (0, 5)] == [("", ""), ("", "")]

    def test_the_header_is_repeated_in_the_middle_of_the_last_table(self) -> None:
        last = tables_of(FILE.read_bytes())[-1].texts
        assert [place for place, texts in enumerate(last) if texts[0] == "LINEA DE ACCIÓN"] == [0, 5]
        assert last[0] == last[5]
