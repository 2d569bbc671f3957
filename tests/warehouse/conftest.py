"""Warehouses that several tests of the marts read, each built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.paths import Paths
from tests.built_warehouse import ROOT, Warehouse
from tests.extractors.beside import filings
from tests.made_once import made_once


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Eleven consecutive quarters of one institution, each as PDF and workbook; for tests that `needs_filings`."""

    def make(folder: Path) -> None:
        inbox = folder / "inbox" / "mx_gto_cuenta_publica"
        inbox.mkdir(parents=True)
        for pdf, workbook in filings(2018, 2019, 2020):
            for file in (pdf, workbook):
                shutil.copy(file, inbox / f"{pdf.parent.parent.name}{file.suffix}")
        assert Warehouse.of(inbox.parent, folder / "home").failing_dbt_tests() == set()

    folder = made_once(tmp_path_factory, "quarters", make)
    return Warehouse(Paths(ROOT, folder / "inbox", folder / "home"))
