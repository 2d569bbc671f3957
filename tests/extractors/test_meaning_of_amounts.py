"""A form whose amounts mean something else than its family's is refused: no ratio or total would ever show it."""

from __future__ import annotations

import pytest

from tests.extractors.conftest import Place
from tests.publications.build import ISSEG_2020
from tests.publications.printed_figures import load_indicator_results
from tests.publications.received_text import indicator_results_text

NAME = "mx_gto_cuenta_publica/filing.txt"


def text() -> str:
    return indicator_results_text(load_indicator_results(ISSEG_2020))


@pytest.mark.parametrize(
    ("printed", "instead", "said"),
    [
        ("PRESUPUESTO (PESOS)", "PRESUPUESTO (MILES DE PESOS)", "above the column labels it prints"),
        ("PRESUPUESTO (PESOS)", "PRESUPUESTO (USD)", "'PRESUPUESTO (USD)'"),
        ("Bajo protesta", "Cifras en miles de pesos.\nBajo protesta", "are declared in units"),
        ("Bajo protesta", "Cifras en dólares.\nBajo protesta", "declared in the national currency"),
    ],
)
def test_another_scale_or_currency_is_refused(
    tmp_path_factory: pytest.TempPathFactory, printed: str, instead: str, said: str
) -> None:
    place = Place(tmp_path_factory.mktemp("meaning"))
    assert printed in text()
    place.put(NAME, text().replace(printed, instead))
    outcome = place.outcomes()[NAME]
    assert outcome.action == "quarantined"
    assert said in (outcome.reason or "")


def test_the_same_form_as_published_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = Place(tmp_path_factory.mktemp("meaning"))
    place.put(NAME, text())
    assert place.actions() == {NAME: "loaded"}
