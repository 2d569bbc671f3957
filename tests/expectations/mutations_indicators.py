"""Damage to the sheets of a programme and to indicators by year, one for each rule that must see it."""

from __future__ import annotations

from tests.expectations.damage import MX, Edit

_IPAB = "mx_ipab_programa_institucional"
_DIPRES = "cl_dipres_indicadores"


def sheet(record_no: int, **values: str) -> Edit:
    return Edit(f"{_IPAB}/indicator_sheets", {"record_no": record_no}, values)


def variable(record_no: int, variable_no: str, **values: str) -> Edit:
    return Edit(f"{_IPAB}/indicator_variables", {"record_no": record_no, "variable_no": variable_no}, values)


def target(record_no: int, year: str, value: str) -> Edit:
    return Edit(f"{_IPAB}/indicator_targets", {"record_no": record_no, "year": year}, {"value": value})


def slide(record_no: int, row_role: str, period_label: str, value: str) -> Edit:
    where = {"record_no": record_no, "row_role": row_role, "period_label": period_label}
    return Edit(f"{_DIPRES}/indicator_values", where, {"value": value})


def product(product_no: str, **values: str) -> Edit:
    return Edit(f"{_DIPRES}/product_counts", {"product_no": product_no}, values)


def program(code: str, **values: str) -> Edit:
    return Edit(MX, {"program_code": code}, values)


RECONCILIATION: dict[str, tuple[list[Edit], set[str]]] = {
    # One indicator wanders from product 2 to product 1: 6 + 1 + 0 + 1 is still 8, but 3 + 2 is not 6, nor 2 + 0 one.
    "count_total_equals_areas": ([product("1", total_count="6"), product("2", total_count="1")], set()),
    # 6 of 8 is 75 %.
    "count_share": (
        [Edit(f"{_DIPRES}/product_counts_totals", {"total_kind": "share"}, {"output_count": "74%"})],
        set(),
    ),
    # 152 of 214 is 71.03 %.
    "indicator_ratio": ([slide(1, "indicator", "2008", "72 %")], set()),
    "substitution_arithmetic": ([sheet(1, substitution="(0/100)*100=1")], set()),
    "baseline_from_substitution": ([sheet(1, baseline_value="1")], set()),
    "substitution_operands": ([variable(1, "2", variable_value="90%")], {"denominator_contradicts_variable"}),
    "final_target_last_year": ([sheet(1, final_target_value="90%")], set()),
    # 5 x 24 is 120.
    "final_target_sum_of_years": ([sheet(8, final_target_value="100")], set()),
}

FINDINGS: dict[str, tuple[list[Edit], set[str]]] = {
    # 20 + 22 + 24 + 26 + 28 is still 120.
    "accumulation_contradicts_values": (
        [target(8, "2020", "20"), target(8, "2021", "22"), target(8, "2023", "26"), target(8, "2024", "28")],
        set(),
    ),
    # The one sheet without a history gets a year of it.
    "baseline_contradicts_history": (
        [Edit(f"{_IPAB}/indicator_history", {"record_no": 6, "year": "2018"}, {"value": "100%"})],
        set(),
    ),
    # Product 4 is another region's: now two have no indicator of results.
    "counts_without_result_indicators": ([product("4", institution_name="Gobierno Regional Coquimbo")], set()),
    "denominator_contradicts_variable": ([sheet(7, substitution="(0/100)*100=0")], {"substitution_operands"}),
    "formula_names_unknown_variable": ([variable(4, "1", variable_name="Planes de liquidación realizados")], set()),
    "formula_not_computable": ([variable(6, "2", variable_value="Por definir")], set()),
    # A product's name on the scan is read with a doubt.
    "scan_awaits_review": (
        [
            Edit(
                "scanned_cells",
                {"source_id": "hn_siafi_productos", "page_no": 1, "row_no": 2, "column_name": "product_name"},
                {"status": "doubtful", "needs_review": True},
            )
        ],
        set(),
    ),
    "objective_not_in_plan": ([sheet(1, objective_name="Fortalecer la banca")], set()),
    # 60 of 27 is 222.2 %.
    "over_achievement": (
        [program("G1336", goal_achieved="60", achievement_programmed_pct="222%", achievement_adjusted_pct="222%")],
        set(),
    ),
    # The first target is 20 %. The sheet stays true to its own arithmetic.
    "target_below_baseline": (
        [sheet(1, baseline_value="30%", substitution="(30/100)*100=30"), variable(1, "1", variable_value="30%")],
        set(),
    ),
    # 244 of 262 is 93.1 %, below the 94 % estimated for 2011.
    "target_below_last_estimate": (
        [slide(1, "indicator", "2012 Meta", "93 %"), slide(1, "numerator", "2012 Meta", "244")],
        set(),
    ),
    # 6035 of 4000 is 150.9 %.
    "target_changed_during_year": ([program("G1290", goal_adjusted="4000", achievement_adjusted_pct="151%")], set()),
    "target_contradicts_note": ([sheet(1, final_target_note="Concluir el 80 % de los reportes programados")], set()),
    "unit_contradicts_values": (
        [program("G1290", goal_programmed="4324%", goal_adjusted="4324%")],
        {"units_agree_with_values"},
    ),
}

INDICATORS = RECONCILIATION | FINDINGS

# A mapping without the term that a document prints stops the build.
UNMAPPED: dict[str, Edit] = {
    "indicator_dimensions": sheet(1, dimension_name="Pertinencia"),
    "frequencies": sheet(1, frequency_name="Quincenal"),
    "indicator_types": sheet(1, type_name="Operativo"),
    "directions": sheet(1, trend_name="Regular"),
    "accumulation_types": sheet(1, accumulation_name="Stock"),
    "results_chain_levels": Edit(f"{_DIPRES}/indicator_values", {"record_no": 1}, {"area_name": "Calidad/Impacto"}),
    "value_role_labels": Edit(
        f"{_DIPRES}/indicator_values", {"period_label": "2012 Meta"}, {"period_label": "2012 Proyectado"}
    ),
    "institutions": product("1", institution_name="Gobierno Regional Ñuble"),
    "unit_patterns": sheet(1, unit_name="Zapatos"),
}
