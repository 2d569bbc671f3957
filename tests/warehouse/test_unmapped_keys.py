"""A key that no mapping knows stops the build and lands in a file that only has to be completed."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from orchestration import unmapped
from tests.built_warehouse import Warehouse
from tests.publications import statements_xlsx
from tests.publications.build import EJEMPLO_2020, ISSEG_2020
from tests.publications.printed_figures import load_indicator_results
from tests.publications.received_text import indicator_results_text


def test_missing_keys_are_written_ready_to_complete(tmp_path: Path) -> None:
    text = indicator_results_text(load_indicator_results(ISSEG_2020))
    text = text.replace("INSTITUTO DE SEGURIDAD SOCIAL DEL ESTADO DE GUANAJUATO", "INSTITUTO NUEVO DEL ESTADO")
    text = text.replace("\t02\t06\t09\tP3118", "\t02\t06\t77\tP3118").replace("SOLICITUDES ATENDIDAS", "ZAPATOS")
    inbox = tmp_path / "inbox" / "mx_gto_cuenta_publica"
    inbox.mkdir(parents=True)
    (inbox / "filing.txt").write_text(text, "utf-8")
    statements = openpyxl.load_workbook(io.BytesIO(statements_xlsx.render(EJEMPLO_2020)))
    concept = next(row[0] for row in statements["6.6"].iter_rows() if row[0].value == "Servicios Personales")
    concept.value = "Servicios Interplanetarios"
    statements.save(inbox / "statements.xlsx")
    warehouse = Warehouse.of(tmp_path / "inbox", tmp_path / "home")

    assert warehouse.failing_dbt_tests() == {"no_unmapped_keys"}
    assert len(unmapped.export(warehouse.paths)) == 4

    # each key is named for every document that prints it
    by_document = {
        next(str(key["file_path"]) for key in keys): {str(key["mapping"]) for key in keys}
        for keys in unmapped.by_document(warehouse.paths).values()
    }
    assert by_document == {
        "mx_gto_cuenta_publica/filing.txt": {"institutions", "unit_patterns", "functional_classification_conac"},
        "mx_gto_cuenta_publica/statements.xlsx": {"budget_class_terms"},
    }

    def rows(mapping: str) -> list[str]:
        return (warehouse.paths.unmapped / f"{mapping}.csv").read_text("utf-8").splitlines()

    assert rows("institutions") == [
        "printed_name,institution_code,institution_name,country_code,government_level,valid_from,valid_to,source",
        "INSTITUTO NUEVO DEL ESTADO,,,MX,,,,",
    ]
    assert rows("budget_class_terms") == [
        "scheme,printed_term,class_code,valid_from,valid_to,source",
        "mx-conac-cog,Servicios Interplanetarios,,,,",
    ]
    assert rows("unit_patterns")[1:] == ["ZAPATOS,,,,"]
    assert rows("functional_classification_conac")[1:] == ["2.6.77,,,,,,"]
