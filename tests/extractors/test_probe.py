"""Probing a file: what it holds, which source reads it, and a declaration to start from where none does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.adding.probe import ProbeMatch, ProbeReport, probe, save_draft
from extractors.errors import SourceError, UnreadableDocument
from extractors.layout import interpret
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.spec import SourceSpec, load_source
from tests.extractors.beside import DOCUMENTS
from tests.extractors.drawn_pdf import draw, line, ruled, together
from tests.extractors.small_source import HEADER, ROWS, SOURCE_ID, report, report_text
from tests.publications import damaged

MX = "mx_gto_cuenta_publica"
HN = "hn_siafi_productos"


def matches(found: ProbeReport) -> dict[str, ProbeMatch]:
    return {match.source_id: match for match in found.matches}


def test_the_source_that_reads_it_comes_first() -> None:
    found = probe(DOCUMENTS / MX / "isseg_2020_indicadores_de_resultados.pdf")
    assert (found.format, found.pages, found.draft_yaml) == ("pdf", 2, None)
    assert found.lines[:2] == ["CUENTA PÚBLICA", "INSTITUTO DE SEGURIDAD SOCIAL DEL ESTADO DE GUANAJUATO"]
    assert [(table.place, table.rows) for table in found.tables] == [
        ("page 1, table 1", 15),
        ("page 2, table 1", 9),
    ]
    first = found.matches[0]
    assert (first.source_id, first.fits) == (MX, True)
    assert first.sentence == (
        "15 data rows in indicator_results; INSTITUTO DE SEGURIDAD SOCIAL DEL ESTADO DE GUANAJUATO, "
        "2020-01-01 to 2020-12-31."
    )
    other = matches(found)[HN]
    assert not other.fits
    assert "a table with numbers has no header" in other.sentence


def test_two_tables_of_one_source() -> None:
    found = probe(DOCUMENTS / HN / "aduanas_2021_01_r00824984.pdf")
    assert found.matches[0].sentence == (
        "73 data rows in products, activities; ADMINISTRACIÓN ADUANERA DE HONDURAS, 2021-01-01 to 2021-01-31."
    )
    # the labels of ten columns, two of them equal
    assert (found.matches[0].labels_found, found.matches[0].labels_declared) == (9, 10)


def test_a_source_that_almost_fits_says_what_is_in_the_way(tmp_path: Path) -> None:
    found = probe(damaged.pdf_lacking_a_column(tmp_path / "x.pdf"))
    assert (found.matches[0].source_id, found.matches[0].fits) == (MX, False)
    assert "the header lacks 'Devengado'" in found.matches[0].sentence
    assert found.draft_yaml is not None


def test_nothing_is_written(tmp_path: Path) -> None:
    file = damaged.pdf_lacking_a_column(tmp_path / "x.pdf")
    probe(file)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("make", [damaged.encrypted_pdf, damaged.truncated_pdf, damaged.empty_file])
def test_a_file_that_cannot_be_opened(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(UnreadableDocument):
        probe(make(tmp_path / "x.pdf"))


def draft(file: Path) -> dict[str, Any]:
    text = probe(file).draft_yaml
    assert text is not None
    content = yaml.safe_load(text)
    # it is a declaration as it stands, but for what only a person knows
    assert SourceSpec.model_validate(content).source_id == "xx_issuer_document"
    return content


def columns(file: Path) -> dict[str, dict[str, Any]]:
    (table,) = draft(file)["tables"].values()
    return table["columns"]


def test_a_draft_names_the_columns_and_knows_numbers(tmp_path: Path) -> None:
    rows = [["Clave", "Año fiscal", "Monto (pesos)"], ["A1", "2020", "1,250.00"], ["A2", "2021", "-"]]
    file = draw(tmp_path / "x.pdf", together(line("Informe"), ruled(rows)))
    assert columns(file) == {
        "clave": {"headers": ["Clave"], "required": True},
        "ano_fiscal": {"headers": ["Año fiscal"], "kind": "code", "pattern": r"\d{4}"},
        "monto_pesos": {"headers": ["Monto (pesos)"], "kind": "number"},
    }


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["Mes", "Meta", "META", "meta."],
            {
                "mes": ["Mes"],
                "meta": ["Meta"],
                "meta_2": [{"label": "META", "nth": 2}],
                "meta_3": [{"label": "meta.", "nth": 3}],
            },
        ),
        (
            ["%", "$", "#", "1er mes"],
            {"column": ["%"], "column_2": ["$"], "column_3": ["#"], "column_1er_mes": ["1er mes"]},
        ),
        (
            ["F", "F.", "Ñ", "N"],
            {"f": ["F"], "f_2": [{"label": "F.", "nth": 2}], "n": ["Ñ"], "n_2": [{"label": "N", "nth": 2}]},
        ),
        (["<script>alert(1)</script>", "a: b", "'; drop --", "no"], {}),
        (["x" * 300, "y" * 300, "", "z"], {}),
    ],
)
def test_a_draft_has_every_column_whatever_its_label(
    tmp_path: Path, header: list[str], expected: dict[str, list[Any]]
) -> None:
    file = tmp_path / "x.txt"
    file.write_text("\t".join(header) + "\n" + "\t".join("1" for _ in header) + "\n")
    found = columns(file)
    assert len(found) == sum(bool(label) for label in header)
    for name, labels in expected.items():
        assert found[name]["headers"] == labels


def test_a_draft_with_its_blanks_filled_in_reads_the_document(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(report(*ROWS).replace("INFORME DE GASTO", "INFORME DE OBRA"))
    content = draft(file)
    content["source_id"] = SOURCE_ID
    content["metadata"] = {
        "title": [{"pattern": "^(?P<value>informe de obra)$"}],
        "institution": [{"pattern": "^oficina: (?P<value>.+)$"}],
        "period": {"patterns": [r"^año: (?P<year>\d{4})$"]},
    }
    (table,) = content["tables"].values()
    table["totals"] = [{"kind": "total", "labels": ["Total"]}]
    table["columns"]["clave"]["pattern"] = r"[A-Z]\d{3}"
    (tmp_path / SOURCE_ID).mkdir()
    (tmp_path / SOURCE_ID / "source.yml").write_text(yaml.safe_dump(content, allow_unicode=True))
    _, pages = open_document(file, Budget(Limits()))
    (found,) = interpret(pages, load_source(tmp_path / SOURCE_ID)).tables
    assert sum(len(segment.data) for segment in found.segments) == 2


def test_text_alone_gives_no_draft(tmp_path: Path) -> None:
    found = probe(draw(tmp_path / "x.pdf", line("Una carta")))
    assert (found.tables, found.draft_yaml, found.lines) == ([], None, ["Una carta"])
    assert [match.fits for match in found.matches] == [False] * len(found.matches)


def test_a_table_of_one_column(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Nota\t\nuno\t\n")
    assert columns(file) == {"nota": {"headers": ["Nota"], "required": True}}


class TestSavedDraft:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "x.txt"
        file.write_text("Clave\tMonto\nA1\t1\n")
        return file

    def test_begins_a_source(self, tmp_path: Path, file: Path) -> None:
        saved = save_draft(probe(file), "mx_office_list", tmp_path / "sources")
        assert saved == tmp_path / "sources" / "mx_office_list" / "source.yml"
        assert list(load_source(saved.parent).tables["complete_clave"].columns) == ["clave", "monto"]

    def test_never_over_one_that_is_there(self, tmp_path: Path, file: Path) -> None:
        save_draft(probe(file), "mx_office_list", tmp_path)
        with pytest.raises(SourceError, match="is there already"):
            save_draft(probe(file), "mx_office_list", tmp_path)

    @pytest.mark.parametrize("name", ["mx_office", "../mx_a_b", "MX_A_B", ""])
    def test_under_a_name_of_a_source_only(self, tmp_path: Path, file: Path, name: str) -> None:
        with pytest.raises(SourceError, match="is no name for a source"):
            save_draft(probe(file), name, tmp_path)

    def test_where_there_is_one(self, tmp_path: Path) -> None:
        read = probe(DOCUMENTS / MX / "isseg_2020_indicadores_de_resultados.xlsx")
        with pytest.raises(SourceError, match=f"there is no draft to write: {MX} reads the document"):
            save_draft(read, "mx_a_b", tmp_path)
        file = tmp_path / "x.txt"
        file.write_text("Una carta\n")
        with pytest.raises(SourceError, match="no table was found that could be declared"):
            save_draft(probe(file), "mx_a_b", tmp_path)


def test_limits_hold_for_probing_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRASTE_MAX_CELLS", "3")
    file = tmp_path / "x.txt"
    file.write_text(report_text(HEADER, *ROWS))
    with pytest.raises(UnreadableDocument, match="raise CONTRASTE_MAX_CELLS"):
        probe(file)
