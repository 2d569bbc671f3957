"""A form that a source almost reads: what is new in it comes as a table ready to be pasted into its source.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.accounting import account_for
from extractors.adding import draft_variants
from extractors.adding.draft_variants import draft_tables, draft_variant
from extractors.errors import LayoutMismatch, SourceError
from extractors.layout import interpret
from extractors.spec import SourceSpec
from extractors.table import Page
from tests.extractors.beside import DOCUMENTS
from tests.extractors.small_source import HEADER, HEADING, ROWS, declaration, page, table

NEW = ["Clave", "Programa", "Planeado (a)", "Reservado", "Gastado"]
FORM = page(*HEADING, table([NEW, ["A001", "Salas", "1.00", "2.00", "3.00"], ["A002", "Cera", "4.00", "5.00", "6.00"]]))


def block(*pages: Page) -> tuple[str, dict[str, Any]]:
    (text,) = draft_tables(pages, SourceSpec.model_validate(declaration()))
    return text, yaml.safe_load(text)


def test_the_form_is_told_what_is_new() -> None:
    with pytest.raises(LayoutMismatch, match=r"lacks 'Planeado'.*nearest declared table is spending"):
        interpret([FORM], SourceSpec.model_validate(declaration()))


def test_the_block_bears_the_names_of_the_nearest_table() -> None:
    text, drafted = block(FORM)
    (name,) = drafted
    assert name == "complete_spending"
    assert list(drafted[name]["columns"]) == [
        *("program_code", "program_name", "planned_amount", "reservado", "spent_amount")
    ]
    assert drafted[name]["columns"]["planned_amount"] == {"headers": ["Planeado (a)"], "kind": "number"}
    assert drafted[name]["columns"]["program_code"]["required"] is True
    assert "3 of its 4 columns are there; 'Planeado (a)' may be planned_amount" in text
    assert "spending.columns.planned_amount: 'Planeado (a)'" in text


def test_pasted_into_the_declaration_it_reads_the_form() -> None:
    text, drafted = block(FORM)
    before = yaml.safe_dump(declaration(), allow_unicode=True, sort_keys=False)  # its tables stand last
    content = yaml.safe_load(f"{before}{text}")
    assert content["tables"].keys() == {"spending", *drafted}
    found = interpret([FORM], SourceSpec.model_validate(content))
    (read,) = found.tables
    account_for(read)
    assert (read.name, sum(len(segment.data) for segment in read.segments)) == ("complete_spending", 2)
    assert text.startswith("  # Complete, then paste under `tables:` of xx_office_report/source.yml.")


def test_what_is_read_already_is_not_drafted() -> None:
    known = page(*HEADING, table([HEADER, *ROWS]))
    assert draft_tables([known], SourceSpec.model_validate(declaration())) == []


def test_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = DOCUMENTS / "mx_gto_cuenta_publica" / "isseg_2020_indicadores_de_resultados.xlsx"
    with pytest.raises(SourceError, match="every header in it is declared"):
        draft_variant(read, "mx_gto_cuenta_publica")
    with pytest.raises(SourceError, match="there is no source 'mx_a_b'"):
        draft_variant(read, "mx_a_b")
    letter = tmp_path / "x.txt"
    letter.write_text("Una carta\n")
    with pytest.raises(SourceError, match="no table was found in it"):
        draft_variant(letter, "mx_gto_cuenta_publica")
    assert draft_variants.reads_a_header([FORM], SourceSpec.model_validate(declaration()))
