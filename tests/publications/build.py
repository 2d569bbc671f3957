"""Builds the repository's own publications under `documents/` from the figures.

    python -m tests.publications.build           write them
    python -m tests.publications.build --check   write nothing; fail when a committed file differs

The bytes depend on the figures and the builder alone, so building twice gives the same files.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.publications import (
    followup_docx,
    indicator_results_pdf,
    indicator_results_xlsx,
    programme_docx,
    siafi_pdf,
    slides_pdf,
    statements_xlsx,
)
from tests.publications.followup_figures import load_followup
from tests.publications.printed_figures import load_indicator_results, load_siafi, load_slides
from tests.publications.programme_figures import load_programme
from tests.publications.reissue import PRELIMINARY, load_reissue
from tests.publications.scan import Scanner, scan

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"

ISSEG_2020 = "isseg_2020_indicadores_de_resultados"
ADUANAS_2021_01 = "aduanas_2021_01"
IPAB_2020_2024 = "ipab_2020_2024"
INSAFOCOOP_2024_T1 = "insafocoop_2024_t1"
DIPRES_2011 = "dipres_2011_gobiernos_regionales"
EJEMPLO_2020 = "ejemplo_2020_estados_presupuestarios"

SCANNER = Scanner(skew=0.5, noise=4.0, blur=0.6, quality=35)
"""An office scanner whose paper lies a little askew."""

PUBLICATIONS: dict[str, Callable[[], bytes]] = {
    f"mx_gto_cuenta_publica/{ISSEG_2020}.pdf": lambda: indicator_results_pdf.render(load_indicator_results(ISSEG_2020)),
    f"mx_gto_cuenta_publica/{ISSEG_2020}.xlsx": lambda: indicator_results_xlsx.render(
        load_indicator_results(ISSEG_2020)
    ),
    f"mx_gto_cuenta_publica/{EJEMPLO_2020}.xlsx": lambda: statements_xlsx.render(EJEMPLO_2020),
    f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984.pdf": lambda: siafi_pdf.render(load_siafi(ADUANAS_2021_01)),
    f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984_ejemplo_preliminar.pdf": lambda: siafi_pdf.render(
        load_reissue(PRELIMINARY)
    ),
    f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984_escaneado.pdf": lambda: scan(
        siafi_pdf.render(load_siafi(ADUANAS_2021_01)), SCANNER, load_siafi(ADUANAS_2021_01).title
    ),
    f"cl_dipres_indicadores/{DIPRES_2011}.pdf": lambda: slides_pdf.render(load_slides(DIPRES_2011)),
    f"sv_insafocoop_poa/{INSAFOCOOP_2024_T1}_seguimiento_poa.docx": lambda: followup_docx.render(
        load_followup(INSAFOCOOP_2024_T1)
    ),
    f"mx_ipab_programa_institucional/{IPAB_2020_2024}_programa_institucional.docx": lambda: programme_docx.render(
        load_programme(IPAB_2020_2024)
    ),
}


def build(documents: Path) -> list[Path]:
    """Write every publication below `documents` and return the files."""
    written = []
    for name, render in PUBLICATIONS.items():
        target = documents / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render())
        written.append(target)
    return written


def differences(documents: Path) -> list[str]:
    """The publications below `documents` that are missing or not what the builder makes."""
    return [
        name
        for name, render in PUBLICATIONS.items()
        if not (documents / name).is_file() or (documents / name).read_bytes() != render()
    ]


def main(arguments: list[str] | None = None) -> int:
    """The command; 1 when `--check` finds a difference, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.publications.build", description="Build documents/.")
    parser.add_argument("--check", action="store_true", help="fail when a committed file differs; write nothing")
    if not parser.parse_args(arguments).check:
        for target in build(DOCUMENTS):
            print(f"wrote {target.relative_to(DOCUMENTS.parent).as_posix()}")
        return 0
    differing = differences(DOCUMENTS)
    if differing:
        files = ", ".join(f"documents/{name}" for name in differing)
        print(f"Not what the builder makes: {files}; run python -m tests.publications.build.", file=sys.stderr)
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
