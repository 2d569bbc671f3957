"""What a row of a fact is about, in the words of the document, and the page of the site that shows it."""

from __future__ import annotations

from typing import Any

from portal.material import Material
from portal.words import scope

Subject = tuple[str, str | None]
"""Its name and its page."""

_NAMED = {
    "fct_budget_execution": (
        "select budget_line_key as key, institution_key, program_code, any_value(program_code || ' ' || program_name) "
        "as name from marts.mart_program_performance group by all",
        ("mart_program_performance", "budget_line_key", "program_name", "program_code", "institution_key"),
    ),
    "fct_indicator_goals": (
        "select g.goal_key as key, g.indicator_key, i.indicator_name as name from marts.fct_indicator_goals g "
        "left join marts.dim_indicators i using (indicator_key)",
        ("fct_indicator_goals", "goal_key", "indicator_key"),
    ),
    "fct_indicator_values": (
        "select v.indicator_value_key as key, v.indicator_key, i.indicator_name || ' · ' || v.value_year as name "
        "from marts.fct_indicator_values v left join marts.dim_indicators i using (indicator_key)",
        ("fct_indicator_values", "indicator_value_key", "indicator_key", "value_year"),
    ),
    "fct_indicator_variables": (
        "select v.indicator_variable_key as key, v.indicator_key, v.variable_name || ' · ' || v.value_year as name "
        "from marts.fct_indicator_variables v",
        ("fct_indicator_variables", "indicator_variable_key", "indicator_key", "variable_name", "value_year"),
    ),
    "fct_unit_compliance": (
        "select c.compliance_key as key, u.org_unit_name as name from marts.fct_unit_compliance c "
        "left join marts.dim_org_units u using (org_unit_key)",
        ("fct_unit_compliance", "compliance_key", "org_unit_key"),
    ),
    "fct_indicator_counts": (
        "select indicator_count_key as key, coalesce(strategic_product_name, '') as name, institution_key "
        "from marts.fct_indicator_counts",
        ("fct_indicator_counts", "indicator_count_key", "strategic_product_name"),
    ),
    "fct_printed_totals": (
        "select printed_total_key as key, coalesce(nullif(trim(label_raw), ''), scope) as name "
        "from marts.fct_printed_totals",
        ("fct_printed_totals", "printed_total_key", "label_raw", "scope"),
    ),
}


def subjects(material: Material) -> dict[tuple[str, str], Subject]:
    """The subject of every row of the facts the site knows, by table and key."""
    found: dict[tuple[str, str], Subject] = {}
    documents = sorted({page.document for page in material.origins.pages})
    for table, (query, (mart, *columns)) in _NAMED.items():
        if material.marts.has(mart, *columns):
            # only of the cells that the site shows
            shown = (
                f"select * from ({query}) where key in (select fact_key from marts.mart_cell_lineage "
                "where fact_table = ? and document_sha256 in (select unnest(?)))"
            )
            for row in material.marts.rows(shown, [table, documents]):
                name = str(row["name"] or "").strip()
                # a total that prints no name is called by its place
                name = scope(name)[0] if table == "fct_printed_totals" else name
                found[table, str(row["key"])] = (name, _page(material, table, row))
    return found


def _page(material: Material, table: str, row: dict[str, Any]) -> str | None:
    if "indicator_key" in row:
        return material.indicator(row["indicator_key"])
    if "program_code" in row:
        return material.programme(row["institution_key"], row["program_code"])
    if "institution_key" in row:
        return material.institution(row["institution_key"])
    return {"fct_unit_compliance": "cumplimiento.html", "fct_printed_totals": "conciliacion.html"}.get(table)
