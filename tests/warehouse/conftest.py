"""Warehouses that several tests of the marts read, each built once."""

from __future__ import annotations

import shutil

import pytest

from tests.built_warehouse import Warehouse
from tests.extractors.beside import filings


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Eleven consecutive quarters of one institution, each as PDF and workbook; for tests that `needs_filings`."""
    inbox = tmp_path_factory.mktemp("quarters")
    (inbox / "mx_gto_cuenta_publica").mkdir()
    for pdf, workbook in filings(2018, 2019, 2020):
        for file in (pdf, workbook):
            shutil.copy(file, inbox / "mx_gto_cuenta_publica" / f"{pdf.parent.parent.name}{file.suffix}")
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("quarters_home"))
    assert warehouse.failing_dbt_tests() == set()
    return warehouse
