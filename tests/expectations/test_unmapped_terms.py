"""Each mapping stops the build at a term it does not know and leaves a file that only has to be completed."""

from __future__ import annotations

import csv
import shutil

import pytest

from orchestration import unmapped
from orchestration.paths import Paths
from tests.built_warehouse import ROOT, Warehouse
from tests.expectations.mutations_indicators import UNMAPPED

# the column that takes the key, and the key as it must stand there
_KEYS = {
    "indicator_dimensions": ("printed_name", "Pertinencia"),
    "frequencies": ("printed_name", "Quincenal"),
    "indicator_types": ("printed_name", "Operativo"),
    "directions": ("printed_name", "Regular"),
    "accumulation_types": ("printed_name", "Stock"),
    "results_chain_levels": ("printed_name", "Impacto"),
    "value_role_labels": ("label_key", "year_column PROYECTADO"),
    "institutions": ("printed_name", "Gobierno Regional Ñuble"),
    "unit_patterns": ("unit_pattern", "ZAPATOS"),
}


def test_every_mapping_of_terms_is_tried() -> None:
    assert set(UNMAPPED) == set(_KEYS)


@pytest.fixture(scope="module")
def stopped(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A build of documents that print one unknown term for each mapping."""
    paths = Paths(ROOT, ROOT / "documents", tmp_path_factory.mktemp("unmapped"))
    shutil.copytree(sound.raw, paths.raw)
    warehouse = Warehouse(paths)
    for edit in UNMAPPED.values():
        edit.apply(paths.raw)
    assert warehouse.failing_dbt_tests() == {"no_unmapped_keys"}
    assert len(unmapped.export(paths)) == len(UNMAPPED)
    return warehouse


@pytest.mark.parametrize("mapping", UNMAPPED)
def test_an_unknown_term_stops_the_build_and_is_written_to_complete(mapping: str, stopped: Warehouse) -> None:
    with (stopped.paths.unmapped / f"{mapping}.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    column, key = _KEYS[mapping]
    seed = next(stopped.paths.seeds.glob(f"{mapping}.csv"))
    assert list(row) == seed.read_text("utf-8").splitlines()[0].split(",")
    assert row[column] == key
