"""Tables without rules: columns from the white between words, rows from an anchor, and what stops a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import LayoutMismatch, UnaccountedCells
from extractors.limits import Budget, Limits
from extractors.readers.pdf import read_pdf
from extractors.table import Page
from tests.extractors.drawn_pdf import Box, draw
from tests.extractors.printed_columns import (
    AMOUNT,
    HEADING,
    LABELS,
    Change,
    amounts,
    classified,
    lines,
    read,
    rows,
    source,
    table,
)


def set_unruled(**keys: Any) -> Change:
    return lambda content: table(content)["unruled"].update(keys)


PLAIN = [
    *HEADING,
    *LABELS,
    amounts(100, "Sueldos", "1.500,00", "2.000,00", "1.750,50"),
    amounts(112, "Bienes", "300,00", "1.234.567,89", "0,00"),
    amounts(124, "Total", "1.800,00", "1.236.567,89", "1.750,50"),
    (280, [(40, "Hoja 1 de 1")]),
]


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_amounts_go_to_the_column_they_are_aligned_to(tmp_path: Path, rotation: int) -> None:
    found = read(tmp_path, lines(*PLAIN), rotation=rotation)
    assert rows(found) == [
        ["Sueldos", "1.500,00", "2.000,00", "1.750,50"],
        ["Bienes", "300,00", "1.234.567,89", "0,00"],
    ]
    assert rows(found, "total") == [["Total", "1.800,00", "1.236.567,89", "1.750,50"]]
    assert found.metadata.institution_name_raw == "Villa Cera"


def test_cells_have_their_place_on_the_page(tmp_path: Path) -> None:
    found = read(tmp_path, lines(*PLAIN))
    (piece,) = found.tables[0].segments
    assert (piece.table.page_no, piece.table.table_no, piece.table.page_width) == (1, 1, 420.0)
    first = classified(found)[0]
    assert first.row_no == 2  # below the row of labels
    amount = first.values["paid_amount"]
    assert amount.col_no == 4
    # 1.750,50 in Helvetica of 7 points: six digits of 3.892 and two signs of 1.946 are 27.2 points to the left of 370
    assert amount.bbox is not None
    assert Box((amount.bbox[0], 0, amount.bbox[2], 0)) == Box((342.8, 0, 370.0, 0))
    assert amount.bbox[1] < 100 < amount.bbox[3]  # around the baseline


def test_an_amount_missing_from_a_row_leaves_its_own_cell_blank(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Sueldos", "1.500,00", "2.000,00", "1.750,50"),
            amounts(112, "Bienes", "300,00", "", "0,00"),
        ),
    )
    assert rows(found)[1] == ["Bienes", "300,00", "", "0,00"]


def test_a_column_blank_on_every_row_keeps_its_place(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Sueldos", "1.500,00", "", "1.750,50"),
            amounts(112, "Bienes", "300,00", "", "0,00"),
        ),
    )
    assert rows(found) == [["Sueldos", "1.500,00", "", "1.750,50"], ["Bienes", "300,00", "", "0,00"]]


def test_text_broken_for_want_of_room_is_one_row_and_a_heading_is_its_own(tmp_path: Path) -> None:
    def outlined(content: dict[str, Any]) -> None:
        table(content)["outline"] = {"column": "concept", "path": "parent_path"}

    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            (100, [(40, "Servicios")]),
            amounts(112, "Mantenimiento de calles, plazas y", "1,00", "1,00", "1,00"),
            (120, [(40, "caminos rurales del partido")]),
            amounts(132, "Luz", "2,00", "2,00", "2,00"),
            amounts(144, "Total Servicios", "3,00", "3,00", "3,00"),
        ),
        change=outlined,
    )
    assert rows(found) == [
        ["Mantenimiento de calles, plazas y caminos rurales del partido", "1,00", "1,00", "1,00"],
        ["Luz", "2,00", "2,00", "2,00"],
    ]
    assert rows(found, "group") == [["Servicios", "", "", ""]]
    assert [row.beside["parent_path"] for row in classified(found)] == ["Servicios", "Servicios"]
    (total,) = classified(found, "subtotal")
    assert total.covers_from == 1


def test_a_declared_beginning_tells_rows_from_lines_that_go_on(tmp_path: Path) -> None:
    def coded(content: dict[str, Any]) -> None:
        table(content)["unruled"]["begins"] = r"\d\.\d "
        table(content)["group_rows"] = [{"name": "chapter", "pattern": r"\d\.0 .+"}]

    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            (100, [(40, "1.0 Obras")]),
            (108, [(48, "nuevas")]),
            amounts(120, "1.1 Puente", "1,00", "1,00", "1,00"),
            (128, [(48, "sobre el río")]),
        ),
        change=coded,
    )
    assert rows(found, "group") == [["1.0 Obras nuevas", "", "", ""]]
    assert rows(found) == [["1.1 Puente sobre el río", "1,00", "1,00", "1,00"]]


def test_a_label_a_little_below_its_amounts_stands_on_their_row(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Luz", "2,00", "2,00", "2,00"),
            (112, [(-230, "3,00"), (-300, "3,00"), (-370, "3,00")]),
            (115.5, [(40, "Agua")]),
        ),
    )
    assert rows(found) == [["Luz", "2,00", "2,00", "2,00"], ["Agua", "3,00", "3,00", "3,00"]]


def test_numbers_that_touch_are_cut_by_the_pattern_of_their_columns(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Luz", "2,00", "2,00", "2,00"),
            (112, [(40, "Agua"), (-300, "11.234.567.890,1222.345.678.901,23"), (-370, "3,00")]),
            (124, [(-230, "Construcción de viviendas en el barrio norte5,00"), (-300, "6,00"), (-370, "7,00")]),
        ),
    )
    assert rows(found) == [
        ["Luz", "2,00", "2,00", "2,00"],
        ["Agua", "11.234.567.890,12", "22.345.678.901,23", "3,00"],
        ["Construcción de viviendas en el barrio norte", "5,00", "6,00", "7,00"],
    ]


def test_a_word_that_could_be_cut_in_two_ways_is_left_whole(tmp_path: Path) -> None:
    """The digits 1112 are 1 and 112, or 11 and 12: nobody can say, so the document stops."""
    counts = r"\d{1,3}"

    def change(content: dict[str, Any]) -> None:
        for name in ("approved_amount", "adjusted_amount", "paid_amount"):
            table(content)["columns"][name]["pattern"] = counts

    with pytest.raises((LayoutMismatch, UnaccountedCells), match="into 5 columns"):
        read(
            tmp_path,
            lines(*HEADING, *LABELS, amounts(100, "Luz", "2", "2", "2"), amounts(112, "Agua", "", "1112", "3")),
            change=change,
        )


def test_a_text_that_runs_over_its_column_keeps_its_words(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Luz", "1.234.567,00", "2,00", "2,00"),
            amounts(112, "Construcción de viviendas en el barrio de la estación", "", "3,00", "3,00"),
        ),
        change=set_unruled(anchor="adjusted_amount"),
    )
    assert rows(found)[1] == ["Construcción de viviendas en el barrio de la estación", "", "3,00", "3,00"]


def test_pages_print_their_labels_anew_and_share_their_columns(tmp_path: Path) -> None:
    first = lines(*HEADING, *LABELS, amounts(100, "Luz", "1.234.567,00", "2,00", "2,00"), (280, [(40, "Hoja 1 de 2")]))
    # Nothing on the second page says where the first number column is.
    second = lines(*HEADING, *LABELS, amounts(100, "Agua", "", "3,00", "3,00"), (280, [(40, "Hoja 2 de 2")]))
    found = read(tmp_path, first, second, change=set_unruled(anchor="paid_amount"))
    assert rows(found) == [["Luz", "1.234.567,00", "2,00", "2,00"], ["Agua", "", "3,00", "3,00"]]
    assert [piece.table.page_no for piece in found.tables[0].segments] == [1, 2]


def test_a_page_without_labels_goes_on_where_that_is_declared(tmp_path: Path) -> None:
    pages = (
        lines(*HEADING, *LABELS, amounts(100, "Luz", "1,00", "2,00", "2,00"), (280, [(40, "Hoja 1 de 2")])),
        lines(*HEADING, amounts(60, "Agua", "1,00", "3,00", "3,00"), (280, [(40, "Hoja 2 de 2")])),
    )
    found = read(tmp_path, *pages, change=set_unruled(continues_after="^a.o 2023$"))
    assert rows(found) == [["Luz", "1,00", "2,00", "2,00"], ["Agua", "1,00", "3,00", "3,00"]]
    with pytest.raises(
        LayoutMismatch, match=r"page 2: the line 'Agua 1,00 3,00 3,00' prints numbers of table spending"
    ):
        read(tmp_path, *pages)


def test_a_document_stops_when_a_column_has_no_label(tmp_path: Path) -> None:
    extra = [(y, [*entries, (-410, "9,00")]) if y in (100, 112, 124) else (y, entries) for y, entries in PLAIN]
    with pytest.raises(LayoutMismatch) as refused:
        read(tmp_path, lines(*extra))
    assert str(refused.value) == (
        "page 1: the white between the printed words parts table spending into 5 columns ('Concepto', 'Crédito "
        "Aprobado', 'Crédito Vigente', 'Pagado', one without a label), but source.yml declares 4; check the page, or "
        "the columns and `unruled` of the table."
    )


def test_a_document_stops_when_a_label_is_missing(tmp_path: Path) -> None:
    fewer = [(y, entries[:-1]) if y == 80 else (y, entries) for y, entries in PLAIN]
    with pytest.raises(LayoutMismatch, match="the header lacks 'Pagado'"):
        read(tmp_path, lines(*fewer))


def test_a_declared_count_holds(tmp_path: Path) -> None:
    with pytest.raises(LayoutMismatch, match=r"into 4 columns .* declares 5"):
        read(tmp_path, lines(*PLAIN), change=set_unruled(column_count=5))


def test_a_word_in_the_place_of_a_number_is_left_over(tmp_path: Path) -> None:
    odd = [(y, [*entries[:-1], (-370, "s/d")]) if y == 112 else (y, entries) for y, entries in PLAIN]
    with pytest.raises(UnaccountedCells, match=r"paid_amount is 's/d'"):
        read(tmp_path, lines(*odd))


def test_two_text_columns_filled_to_the_edge(tmp_path: Path) -> None:
    def funded(content: dict[str, Any]) -> None:
        columns = table(content)["columns"]
        table(content)["columns"] = {"concept": columns.pop("concept"), "fund": {"headers": ["Fondo"]}, **columns}
        table(content)["unruled"]["last"] = "^concepto fondo aprobado"

    labels = [LABELS[0], (80, [(45, "Concepto"), (130, "Fondo"), *LABELS[1][1][1:]])]
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *labels,
            (100, [*amounts(100, "Alumbrado y limpieza de ca", "1,00", "2,00", "3,00")[1], (128.5, "11 - Propio")]),
            (112, [*amounts(112, "Agua corriente y desagües", "1,00", "2,00", "3,00")[1], (128.5, "21 - Provincia")]),
            (124, [*amounts(124, "Gas", "1,00", "2,00", "3,00")[1], (128.5, "11 - Propio")]),
        ),
        change=funded,
    )
    assert [row[:3] for row in rows(found)] == [
        ["Alumbrado y limpieza de ca", "11 - Propio", "1,00"],
        ["Agua corriente y desagües", "21 - Provincia", "1,00"],
        ["Gas", "11 - Propio", "1,00"],
    ]


def test_group_labels_are_no_part_of_the_labels_below_them(tmp_path: Path) -> None:
    grouped = [(60, [(230, "En pesos corrientes")]), *PLAIN]

    def change(content: dict[str, Any]) -> None:
        table(content)["header_groups"] = ["En pesos corrientes"]
        table(content)["unruled"]["first"] = "^en pesos"

    found = read(tmp_path, lines(*grouped), change=change)
    assert rows(found)[0] == ["Sueldos", "1.500,00", "2.000,00", "1.750,50"]


def test_boxed_tables_side_by_side_are_read_by_their_own_lines(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        number = {"kind": "number", "pattern": AMOUNT}
        content["tables"] = {
            name: {
                "title": name,
                "unruled": {"boxed": True, "first": f"^{label}", "last": "importe$", "anchor": "amount"},
                "columns": {
                    "concept": {"headers": [label], "required": True},
                    "amount": {"headers": ["Importe"], **number},
                },
            }
            for name, label in (("income", "Ingresos"), ("account", "Cuenta"))
        }

    printed = lines(
        *HEADING,
        (70, [(22, "Ingresos"), (150, "Importe"), (222, "Cuenta"), (350, "Importe")]),
        (90, [(22, "Tasa por servicios a la propiedad rural"), (-196, "1.000,00"), (222, "Ahorro"), (-396, "7,00")]),
        # A line of the left box stands between two lines of the right one.
        (97, [(22, "Multas"), (-196, "2,00")]),
        (104, [(222, "Inversión"), (-396, "8,00")]),
    )

    def page(canvas: Canvas) -> None:
        printed(canvas)
        for left in (20, 220):
            canvas.rect(left, 180, 180, 56)
            canvas.line(left, 222, left + 180, 222)
            canvas.line(left + 120, 180, left + 120, 236)

    found = read(tmp_path, page, change=change)
    assert [each.name for each in found.tables] == ["income", "account"]
    assert rows(found) == [
        ["Tasa por servicios a la propiedad rural", "1.000,00"],
        ["Multas", "2,00"],
        ["Ahorro", "7,00"],
        ["Inversión", "8,00"],
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda content: table(content)["columns"]["paid_amount"].pop("pattern"),
            r"unruled: the number columns paid_amount need a pattern",
        ),
        (set_unruled(anchor="other"), r"unruled.anchor names the column 'other', which is not declared"),
        (set_unruled(boxed=True, continues_after="^pagina"), r"has no continues_after"),
        (
            lambda content: table(content).update(outline={"column": "concept", "path": "p", "heading": ".+"}),
            r"heading needs a group named name",
        ),
        (
            lambda content: table(content).update(outline={"column": "other", "path": "p"}),
            r"outline names the column 'other', which is not declared",
        ),
        (
            lambda content: table(content).update(totals=[{"kind": "total"}]),
            r"the total under labels",
        ),
        (
            lambda content: content.update(repairs=[{"printed": "ab", "means": "a", "reason": "no"}]),
            r"repairs.0.printed",
        ),
    ],
)
def test_a_declaration_that_cannot_hold_is_refused(change: Change, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        source(change)


def test_totals_may_be_known_by_a_pattern(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        table(content)["totals"] = [{"kind": "subtotal", "labels": [{"pattern": r"total: \d\d - .+"}]}]

    found = read(
        tmp_path,
        lines(*HEADING, *LABELS, amounts(100, "Luz", *["2,00"] * 3), amounts(112, "Total: 12 - Propio", "2,00")),
        change=change,
    )
    assert rows(found, "subtotal") == [["Total: 12 - Propio", "2,00", "", ""]]


def test_a_refused_form_says_why_before_its_columns_are_counted(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["refuse"] = [{"pattern": "en miles", "reason": "amounts are declared in pesos"}]
        table(content)["unruled"]["column_count"] = 9

    with pytest.raises(LayoutMismatch, match="it prints 'En miles de pesos': amounts are declared in pesos"):
        read(tmp_path, lines((52, [(40, "En miles de pesos")]), *PLAIN), change=change)


def test_rows_of_text_alone_are_told_by_their_distance(tmp_path: Path) -> None:
    """Where the text itself is the anchor, a line close below a full one goes on, one further below is a row."""
    found = read(
        tmp_path,
        lines(
            *HEADING,
            *LABELS,
            amounts(100, "Servicios", "1,00", "2,00", "3,00"),
            (117, [(40, "Transporte y almacenaje de materiales y")]),
            (125, [(40, "suministros de todas las áreas")]),
            (142, [(40, "Suministros menores de la administración")]),
            (159, [(40, "Comunicaciones")]),
        ),
        change=set_unruled(anchor="concept"),
    )
    assert [row[0] for row in rows(found)] == [
        "Servicios",
        "Transporte y almacenaje de materiales y suministros de todas las áreas",
        "Suministros menores de la administración",
        "Comunicaciones",
    ]


def test_both_back_ends_give_the_same_words(tmp_path: Path) -> None:
    file = draw(tmp_path / "drawn.pdf", lines(*PLAIN), rotation=90)
    one, other = (list(read_pdf(file, Budget(Limits()), backend, words=True)) for backend in ("pdfium", "pdfplumber"))

    def seen(pages: list[Page]) -> list[list[tuple[str, Box]]]:
        return [
            [(w.text, Box((w.x0, w.baseline, w.x1, w.bottom))) for w in line] for page in pages for line in page.words
        ]

    assert seen(one) == seen(other)
    assert [word.text for word in one[0].words[3]] == ["Crédito", "Crédito"]
    assert all(
        word.x0 == word.starts[0] and len(word.starts) == len(word.text) for line in one[0].words for word in line
    )


def test_words_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    file = draw(tmp_path / "drawn.pdf", lines(*PLAIN))
    assert [page.words for page in read_pdf(file, Budget(Limits()))] == [()]
