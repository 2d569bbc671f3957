"""The documents that are scored: those of the repository and, where they are at hand, real publications beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = REPOSITORY / "documents"
BESIDE = REPOSITORY.parent / "shared" / "documents"

READABLE = frozenset({".pdf", ".xlsx", ".docx", ".txt"})

_BESIDE = {
    "ar-carmen-de-areco/borndigital": "ar_carmen_de_areco_rafam",
    "ar-carmen-de-areco/scans": "ar_carmen_de_areco_rafam",
    "br-es-cachoeiro": "br_cachoeiro_balanco",
    "co-municipios": "co_municipios_plan",
    "mx-gto-inaeba/pairs": "mx_gto_cuenta_publica",
    "mx-hgo-sipot": "mx_sipot_indicadores",
    "mx-mich-itsch": "mx_mich_cuenta_publica",
    "mx-oax-loxicha": "mx_oax_loxicha",
    "pe-mef-resulta": "pe_mef_fichas",
}
"""Which source reads the folders of real publications."""


@dataclass(frozen=True, slots=True)
class Family:
    """The documents of one source from one place: `own` ones of the repository, or real ones beside it, whose scans
    are a family of their own where their folder says so."""

    source_id: str
    place: str
    files: tuple[Path, ...]


def families(known: frozenset[str]) -> list[Family]:
    """Every family with documents whose source is known, those of the repository first."""
    found = [Family(folder.name, "own", _files(folder)) for folder in sorted(DOCUMENTS.iterdir()) if folder.is_dir()]
    found += [
        Family(source_id, "real, scans" if folder.endswith("/scans") else "real", _files(BESIDE / folder))
        for folder, source_id in _BESIDE.items()
        if (BESIDE / folder).is_dir()
    ]
    return [family for family in found if family.source_id in known and family.files]


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(file for file in folder.rglob("*") if file.suffix.lower() in READABLE))
