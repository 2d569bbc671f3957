"""What OCR confuses is repaired where it can mean nothing else, and left alone where it could."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from extractors.labels import fold
from extractors.layout import interpret
from extractors.near_labels import nearest_label
from extractors.readers.scan.picture import Upright
from extractors.readers.scan.routing import route, text_layer_is_good
from extractors.readers.scan.scanned_page import Run, ScannedPage
from extractors.scanned.arithmetic import vouching
from extractors.scanned.characters import code_repaired, number_repaired
from extractors.spec import Numbers
from tests.extractors.small_source import HEADER, HEADING, page, spec, spending, table

LATIN = Numbers(thousands=",", decimal=".")
IBERIAN = Numbers(thousands=".", decimal=",")


class TestNumbers:
    @pytest.mark.parametrize(
        ("read", "numbers", "becomes"),
        [
            ("16.716.417.00", LATIN, "16,716,417.00"),
            ("$14'646,753.09", LATIN, "$14,646,753.09"),
            ("2.745.00", LATIN, "2,745.00"),
            ("1,5OO.00", LATIN, "1,500.00"),
            ("l2.00", LATIN, "12.00"),
            ("S0.00", LATIN, "$0.00"),
            ("89, 181.00", LATIN, "89,181.00"),
            ("(1.234.00)", LATIN, "(1,234.00)"),
            ("1,149.498.358,59", IBERIAN, "1.149.498.358,59"),
        ],
    )
    def test_what_can_mean_nothing_else(self, read: str, numbers: Numbers, becomes: str) -> None:
        repaired = number_repaired(read, numbers, has_decimals=True)
        assert repaired and (repaired.text, repaired.is_certain) == (becomes, True)
        assert repaired.reason

    @pytest.mark.parametrize(("read", "becomes"), [("100", "1.00"), ("7.912.34862", "7,912,348.62")])
    def test_lost_separators_are_restored_only_where_the_column_has_decimals(self, read: str, becomes: str) -> None:
        repaired = number_repaired(read, LATIN, has_decimals=True)
        assert repaired and (repaired.text, repaired.is_certain) == (becomes, False)
        without = number_repaired(read, LATIN, has_decimals=False)
        assert without is None or without.text == read

    @pytest.mark.parametrize("read", ["1,234.56", "-828.93", "0.00"])
    def test_a_number_as_declared_is_left_alone(self, read: str) -> None:
        repaired = number_repaired(read, LATIN, has_decimals=True)
        assert repaired and (repaired.text, repaired.reason) == (read, None)

    @pytest.mark.parametrize("read", ["$4,839.92 $850.00", "26,390.00 0.00", "18.33 % 0.00%"])
    def test_two_figures_do_not_become_one(self, read: str) -> None:
        assert number_repaired(read, LATIN, has_decimals=True) is None

    @pytest.mark.parametrize("read", ["abc", "12", "", "Se define anualmente"])
    def test_what_is_no_amount_does_not_become_one(self, read: str) -> None:
        assert number_repaired(read, LATIN, has_decimals=True) is None


class TestCodesAndLabels:
    def test_a_code_is_repaired_to_its_pattern_or_not_at_all(self) -> None:
        pattern = r"\d{2}-\d{2}-\d{3}-\d{3}"
        assert (found := code_repaired("11-O1-000-0OO", pattern)) and found.text == "11-01-000-000"
        assert (found := code_repaired("11 -01-000-000", pattern)) and found.text == "11-01-000-000"
        assert code_repaired("11-01-000-00", pattern) is None

    def test_a_label_is_put_right_only_when_one_is_near(self) -> None:
        labels = {
            fold(label): label for label in ("Presupuesto asignado", "Presupuesto vigente", "Meta 2020", "Meta 2021")
        }
        assert nearest_label("Presupuest0 asignado", labels) is None, "a digit is no letter: the digits differ"
        assert nearest_label("Presupuesto asiqnado", labels) == "Presupuesto asignado"
        assert nearest_label("Meta 2022", labels) is None
        assert nearest_label("Presupuesto", labels) is None


class TestRouting:
    @pytest.mark.parametrize(
        ("layer", "image_share", "way"),
        [
            ("", 1.0, "scan"),
            ("Hoja 3 de 8", 0.9, "scan"),
            ("", 0.1, "text"),
            ("a page of a workbook with its text" * 3, 0.0, "text"),
            ("a page of a workbook with its text" * 3, 0.95, "compare"),
            ("\ufffd\ufffd\ufffd of a font without a map" * 3, 0.0, "scan"),
            ("(cid:12)(cid:7) of a font without a map" * 3, 0.0, "scan"),
            ("one \ufffd among many letters that are well and good" * 3, 0.0, "text"),
        ],
    )
    def test_a_page_is_read_by_its_text_where_it_has_one(self, layer: str, image_share: float, way: str) -> None:
        assert route(layer.replace(" ", ""), image_share) == way

    def test_a_text_layer_that_says_something_else_than_the_picture_is_not_used(self) -> None:
        shown = "Estado analítico del ejercicio del presupuesto de egresos, clasificación administrativa 50,237,039.33"
        run = Run((0, 0, 100, 10), shown, (0.99,) * len(shown), tuple(float(i) for i in range(len(shown))))
        scanned = ScannedPage(1, Upright(0, 0.0, (600.0, 800.0)), (run,), (), (), ())
        assert text_layer_is_good(shown.replace(" ", ""), scanned)
        assert not text_layer_is_good("Estodo onolitico dei ejercicio 50.287,O39 38".replace(" ", ""), scanned)


class TestUpright:
    @pytest.mark.parametrize(
        ("turn", "displayed"),
        [(0, (10, 20, 30, 40)), (90, (20, 170, 40, 190)), (180, (170, 260, 190, 280)), (270, (260, 10, 280, 30))],
    )
    def test_boxes_lie_on_the_page_as_shown(self, turn: int, displayed: tuple[float, ...]) -> None:
        # The upright page is 200 wide and 300 high; shown on its side it is 300 wide.
        size = (200.0, 300.0) if turn % 180 == 0 else (300.0, 200.0)
        assert Upright(turn, 0.0, size).to_displayed((10, 20, 30, 40)) == pytest.approx(displayed)

    def test_a_skew_moves_what_lies_far_from_the_middle(self) -> None:
        x0, top, x1, bottom = Upright(0, 1.0, (200.0, 300.0)).to_displayed((100, 150, 100, 150))
        assert (x0, top, x1, bottom) == pytest.approx((100, 150, 100, 150))
        moved = Upright(0, 1.0, (200.0, 300.0)).to_displayed((200, 150, 200, 150))
        assert moved[1] == pytest.approx(150 + 100 * 0.01745, abs=0.01)


class TestArithmetic:
    CERA: ClassVar = ["A002", "Cera", "250.00", "250.00", "0.00"]

    def declared(self, content: dict[str, Any]) -> None:
        spending(content)["identities"] = ["left = planned_amount - spent_amount"]
        spending(content)["sums"] = ["planned_amount"]
        spending(content)["columns"]["left"] = {"headers": ["Resta"], "kind": "number"}

    def vouched(self, *rows: list[str]) -> dict[str, str]:
        source = spec(self.declared)
        pages = [page(*HEADING, table([[*HEADER, "Resta"], *rows, ["Total", "", "1,250.00", "", ""]]))]
        (read,) = interpret(pages, source).tables
        found = vouching(read, source.numbers)
        said = {}
        for segment in read.segments:
            for row in segment.rows:
                for name, cell in row.values.items():
                    verdict = "yes" if id(cell) in found.confirmed else "no" if id(cell) in found.contradicted else "-"
                    said[f"{row.row_no}.{name}"] = verdict
        return said

    def test_rows_and_totals_vouch_for_each_other(self) -> None:
        said = self.vouched(
            ["A001", "Salas", "1,000.00", "900.50", "99.50"], ["A002", "Cera", "250.00", "250.00", "0.00"]
        )
        assert {said[f"{row}.{name}"] for row in (2, 3) for name in ("planned_amount", "spent_amount", "left")} == {
            "yes"
        }
        assert said["4.planned_amount"] == "yes"
        assert said["2.program_code"] == "-"

    def test_the_cell_that_no_equation_speaks_for_is_the_odd_one(self) -> None:
        said = self.vouched(
            ["A001", "Salas", "1,000.00", "900.60", "99.50"], ["A002", "Cera", "250.00", "250.00", "0.00"]
        )
        assert (said["2.planned_amount"], said["2.spent_amount"], said["2.left"]) == ("yes", "no", "no")

    def test_an_equation_with_a_blank_says_nothing(self) -> None:
        said = self.vouched(["A001", "Salas", "1,000.00", "", "99.50"], self.CERA)
        assert (said["2.left"], said["2.spent_amount"]) == ("-", "-")

    def test_a_ratio_holds_as_it_is_rounded_or_cut_off(self) -> None:
        def percent(content: dict[str, Any]) -> None:
            spending(content)["identities"] = ["share = spent_amount / planned_amount"]
            spending(content)["columns"]["share"] = {"headers": ["Avance"], "kind": "number"}

        source = spec(percent)
        # 900.50 of 1,000.00 is 90.05 %, printed 90 %; 250 of 333 is 75.08 %, not 76; 2 of 3 is 66.7 %, cut off 66.
        rows = [
            ["A001", "Salas", "1,000.00", "900.50", "90%"],
            ["A002", "Cera", "333.00", "250.00", "76%"],
            ["A003", "Luz", "3.00", "2.00", "66%"],
        ]
        (read,) = interpret([page(*HEADING, table([[*HEADER, "Avance"], *rows]))], source).tables
        found = vouching(read, source.numbers)
        shares = [row.values["share"] for segment in read.segments for row in segment.data]
        assert [id(cell) in found.confirmed for cell in shares] == [True, False, True]
        assert id(shares[1]) in found.contradicted

    @pytest.mark.parametrize("identity", ["a ~ b", "a = b * c", "left = nothing - spent_amount"])
    def test_an_identity_that_cannot_be_checked_is_refused(self, identity: str) -> None:
        def odd(content: dict[str, Any]) -> None:
            spending(content)["identities"] = [identity]

        with pytest.raises(ValidationError, match=r"is no identity|not declared"):
            spec(odd)
