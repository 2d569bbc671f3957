"""A form whose subtotal does not add up is held back until somebody records why, and the others are published."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration import release
from orchestration.paths import Paths
from orchestration.refresh import Refreshed, refresh
from tests.publications import indicator_results_pdf
from tests.publications.another_year import in_another_year
from tests.publications.build import ISSEG_2020
from tests.publications.printed_figures import load_indicator_results

REPOSITORY = Path(__file__).resolve().parents[2]
FORM = f"mx_gto_cuenta_publica/{ISSEG_2020}.pdf"
YEAR_AFTER = "mx_gto_cuenta_publica/isseg_2021_indicadores_de_resultados.pdf"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The code, with mappings that may be changed, and an inbox with two forms.

    The form of 2021 says what that of 2020 says. Its first subtotal prints 30.00 more than its rows, too, which is
    recorded for 2020 alone.
    """
    folder = tmp_path_factory.mktemp("held_back")
    for name in ("dbt_project", "expectations", "portal", "docs"):
        ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
        shutil.copytree(REPOSITORY / name, folder / "code" / name, ignore=ignored)
    for name in ("profiles.yml", "requirements.lock"):
        shutil.copy(REPOSITORY / name, folder / "code" / name)
    paths = Paths(folder / "code", folder / "documents", folder / "warehouse")
    form, after = paths.documents / FORM, paths.documents / YEAR_AFTER
    form.parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / "documents" / FORM, form)
    after.write_bytes(indicator_results_pdf.render(in_another_year(load_indicator_results(ISSEG_2020), "2020", "2021")))
    return paths


@pytest.fixture(scope="module")
def first(paths: Paths) -> Refreshed:
    return refresh(paths)


def years(paths: Paths) -> list[tuple[int, int]]:
    served = release.current(paths.published)
    assert served
    with duckdb.connect(str(served.database), read_only=True) as connection:
        return connection.execute(
            "select fiscal_year, count(*) from marts.fct_budget_execution group by fiscal_year order by fiscal_year"
        ).fetchall()


def test_the_other_form_is_published(paths: Paths, first: Refreshed) -> None:
    assert (first.outcome, first.exit_code, first.problems) == ("published", 1, [])
    assert years(paths) == [(2020, 15)]


def test_the_reason_names_the_printed_subtotal_and_what_its_rows_give(first: Refreshed) -> None:
    """3,570,750,461.33 is printed; the eleven rows above it give 3,570,750,431.33."""
    [(held, reason)] = first.quarantined
    assert held == YEAR_AFTER
    assert reason.startswith("held back by the rule subtotal_equals_rows: ")
    assert "page 1" in reason
    assert "accrued_amount prints 3,570,750,461.33 and is 3570750431.33 recomputed" in reason
    assert "say why in Spanish and English in" in reason and "known_discrepancies.csv" in reason


def test_once_it_is_explained_it_is_published(paths: Paths, first: Refreshed) -> None:
    with paths.unexplained.open(encoding="utf-8", newline="") as file:
        [row] = list(csv.DictReader(file))
    assert (row["rule_id"], row["scope"], row["measure"]) == ("subtotal_equals_rows", "subtotal 1", "accrued_amount")
    assert (row["period_end_date"], row["difference"]) == ("2021-12-31", "30.00")
    assert (row["reason_es"], row["reason_en"]) == ("", "")
    seed = paths.seeds / "known_discrepancies.csv"
    assert list(row) == seed.read_text("utf-8").splitlines()[0].split(",")
    row |= {"reason_es": "se imprime como el año anterior", "reason_en": "printed as in the year before"}
    with seed.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(row), lineterminator="\n").writerow(row)
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code, refreshed.problems) == ("published", 0, [])
    assert years(paths) == [(2020, 15), (2021, 15)]
    assert not paths.unexplained.exists()
