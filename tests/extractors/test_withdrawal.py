"""A document that a person withdraws is out for good, with the reason, and can be told from one in quarantine."""

from __future__ import annotations

import pytest

from extractors.errors import UnknownDocument
from extractors.extraction import withdraw
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
