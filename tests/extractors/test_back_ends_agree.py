"""pdfium is the back end in use, pdfplumber the reference: on whole documents both give the same cells."""

from __future__ import annotations

import contextlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from extractors.errors import UnreadableDocument
from tests.extractors.beside import DOCUMENTS, FILINGS, REPOSITORY, needs_filings
from tests.extractors.drawn_pdf import read, seen


def born_digital(folder: Path) -> list[Path]:
    """The PDFs under a folder that print text: a scan is read by neither back end."""
    return [file for file in sorted(folder.rglob("*.pdf")) if _prints_text(file)]


def _prints_text(file: Path) -> bool:
    with contextlib.closing(pypdfium2.PdfDocument(file)) as document:
        return document[0].get_textpage().count_chars() > 0


OWN = born_digital(DOCUMENTS)


def difference(file: Path) -> str | None:
    """Where the two readings of a document part first, or None."""
    try:
        fast = seen(read(file))
    except UnreadableDocument as error:
        return f"{file}: {error}"
    for number, (one, other) in enumerate(zip(fast, seen(read(file, "pdfplumber")), strict=True), 1):
        if one != other:
            return f"{file}, page {number}"
    return None


@pytest.mark.parametrize("file", OWN, ids=[file.name for file in OWN])
def test_on_the_publications_of_the_repository(file: Path) -> None:
    assert difference(file) is None


def test_there_are_publications_to_compare() -> None:
    assert [file.relative_to(REPOSITORY).as_posix() for file in OWN] == [
        "documents/cl_dipres_indicadores/dipres_2011_gobiernos_regionales.pdf",
        "documents/hn_siafi_productos/aduanas_2021_01_r00824984.pdf",
        "documents/hn_siafi_productos/aduanas_2021_01_r00824984_ejemplo_preliminar.pdf",
        "documents/mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados.pdf",
    ]


@needs_filings
def test_on_every_filing_of_another_institute() -> None:
    files = born_digital(FILINGS)
    assert len(files) > 50
    # pdfplumber takes a quarter of a minute for all of them, so both cores help
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        assert [found for found in pool.map(difference, files, chunksize=4) if found] == []
