"""A withdrawn document is out for good, one that is held back until what it is measured against changes."""

from __future__ import annotations

import pytest

from extractors.errors import UnknownDocument
from extractors.taking_out import hold_back, let_back, withdraw
from tests.extractors.beside import DOCUMENTS
from tests.extractors.conftest import Place

NAME = "mx_gto_cuenta_publica/isseg.xlsx"
OTHER = "hn_siafi_productos/aduanas.pdf"


@pytest.fixture
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("withdrawal"))
    place.put(NAME, DOCUMENTS / "mx_gto_cuenta_publica" / "isseg_2020_indicadores_de_resultados.xlsx")
    place.put(OTHER, DOCUMENTS / "hn_siafi_productos" / "aduanas_2021_01_r00824984.pdf")
    assert set(place.actions().values()) == {"loaded"}
    return place


def test_its_rows_are_gone_and_nothing_puts_them_back(loaded: Place) -> None:
    before = loaded.pending().fingerprint
    assert withdraw(loaded.raw, NAME, "damaged download") == NAME
    assert loaded.rows("mx_gto_cuenta_publica/indicator_results") == []
    assert len(loaded.rows("hn_siafi_productos/products")) == 22
    assert loaded.pending().fingerprint != before
    for force in (False, True):
        outcome = loaded.outcomes(force=force)[NAME]
        assert (outcome.action, outcome.reason) == ("skipped", "damaged download")
    assert loaded.rows("mx_gto_cuenta_publica/indicator_results") == []
    assert loaded.pending().quarantined == []


def test_the_beginning_of_its_hash_names_it(loaded: Place) -> None:
    (row,) = (row for row in loaded.rows("documents") if row["file_path"] == OTHER)
    assert withdraw(loaded.raw, row["document_sha256"][:8], "again") == OTHER


@pytest.mark.parametrize("what", ["nothing.pdf", "a", ""])
def test_what_names_no_document_is_refused(loaded: Place, what: str) -> None:
    with pytest.raises(UnknownDocument, match="no document of the warehouse is"):
        withdraw(loaded.raw, what, "because")


def test_what_is_held_back_lies_in_quarantine_until_it_is_let_back(loaded: Place) -> None:
    (held,) = (row["document_sha256"] for row in loaded.rows("documents") if row["file_path"] == NAME)
    hold_back(loaded.raw, held, "the total is 30.00 too much", "the rules of today")
    for _ in range(2):
        assert loaded.rows("mx_gto_cuenta_publica/indicator_results") == []
        assert loaded.pending().quarantined == [(NAME, "the total is 30.00 too much")]
        assert loaded.pending().new == []
        assert loaded.outcomes()[NAME].action == "quarantined"
        assert let_back(loaded.raw, "the rules of today") == []
    assert let_back(loaded.raw, "the rules of tomorrow") == [NAME]
    assert loaded.pending().new == [NAME]
    assert loaded.outcomes()[NAME].action == "loaded"
    assert len(loaded.rows("mx_gto_cuenta_publica/indicator_results")) == 15
    assert let_back(loaded.raw, "the rules of the day after") == []


def test_one_that_is_withdrawn_while_it_is_held_back_waits_for_nothing_any_more(loaded: Place) -> None:
    (held,) = (row["document_sha256"] for row in loaded.rows("documents") if row["file_path"] == NAME)
    hold_back(loaded.raw, held, "the total is 30.00 too much", "the rules of today")
    withdraw(loaded.raw, NAME, "damaged download")
    assert [row["held_under"] for row in loaded.rows("documents") if row["file_path"] == NAME] == [None]
    assert let_back(loaded.raw, "the rules of tomorrow") == []
    assert loaded.outcomes()[NAME].reason == "damaged download"


def test_only_a_loaded_document_can_be_held_back(loaded: Place) -> None:
    withdraw(loaded.raw, NAME, "damaged download")
    (gone,) = (row["document_sha256"] for row in loaded.rows("documents") if row["file_path"] == NAME)
    for sha in (gone, "0" * 64):
        with pytest.raises(UnknownDocument, match="cannot be held back"):
            hold_back(loaded.raw, sha, "because", "the rules")
