"""The marts hold the figures of the publications, worked out from the documents by hand."""

from __future__ import annotations

from decimal import Decimal

from tests.built_warehouse import Warehouse

ISSEG = "source_id = 'mx_gto_cuenta_publica' and is_latest and is_leaf"


def test_fifteen_programmes_and_their_money(sound: Warehouse) -> None:
    # 3,814,140,987.78 + 3,508,520,480.18; 3,826,892,924.31 + 3,543,379,404.21; 3,570,750,431.33 + 3,188,001,335.41
    assert sound.query(f"""
        select count(distinct program_key), sum(approved_amount), sum(adjusted_amount), sum(accrued_amount)
        from marts.fct_budget_execution where {ISSEG}
    """) == [(15, Decimal("7322661467.96"), Decimal("7370272328.52"), Decimal("6758751766.74"))]


def test_a_second_form_of_a_publication_doubles_nothing(sound: Warehouse) -> None:
    assert sound.query("""
        select role, format from marts.dim_documents
        where source_id = 'mx_gto_cuenta_publica' and file_path like '%isseg_2020%' order by format
    """) == [("source", "pdf"), ("rendition", "xlsx")]
    assert sound.query("select count(*) from marts.fct_indicator_goals where source_id = 'mx_gto_cuenta_publica'") == [
        (15,)
    ]


def test_both_levels_of_the_siafi_report(sound: Warehouse) -> None:
    assert sound.query("""
        select report_level, is_leaf, count(*), sum(approved_amount), sum(adjusted_amount)
        from marts.fct_budget_execution where source_id = 'hn_siafi_productos' and is_latest
        group by report_level, is_leaf order by report_level
    """) == [
        ("activity_category", True, 7, Decimal("49991864.00"), Decimal("49991864.00")),
        ("product_category", False, 3, Decimal("50773837.00"), Decimal("50773837.00")),
    ]
    assert sound.query("""
        select table_name, count(*) from marts.fct_indicator_goals
        where source_id = 'hn_siafi_productos' and is_latest group by table_name order by table_name
    """) == [("activities", 51), ("products", 22)]


def test_goals_keep_value_unit_and_blank_apart(sound: Warehouse) -> None:
    rows = sound.query("""
        select p.program_code, g.unit_kind, g.programmed_value, g.achieved_value,
            g.achievement_programmed_pct_printed, g.achievement_programmed_pct_recomputed
        from marts.fct_indicator_goals g join marts.dim_programs p using (program_key)
        where p.program_code in ('G1294', 'P3119', 'P3121') order by 1
    """)
    assert [(code, kind, programmed, achieved) for code, kind, programmed, achieved, *_ in rows] == [
        ("G1294", "count", Decimal(52), Decimal(218)),
        ("P3119", "money", Decimal("3015210000.00"), Decimal("3207719807.00")),
        ("P3121", "percent", Decimal(2), Decimal("3.15")),
    ]
    # 218 of 52; 3.15 of 2 is 157.5, which the form prints as 158
    assert [row[4] for row in rows] == [419, 106, 158]
    assert rows[2][5] == Decimal("157.5")


def test_the_functional_code_is_decoded(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct f.function_code, f.purpose_name, f.main_function_name, f.subfunction_name
        from marts.fct_budget_execution b join marts.dim_functions f using (function_key)
        where b.source_id = 'mx_gto_cuenta_publica'
    """) == [
        (
            "2.6.9",
            "Desarrollo Social",
            "Protección Social",
            "Otros de Seguridad Social y Asistencia Social",
        )
    ]


def test_programme_hierarchy_comes_from_the_category_code(sound: Warehouse) -> None:
    assert sound.query("""
        with recursive up as (
            select program_code, parent_program_key from marts.dim_programs where program_code = '11-02-000-003'
            union all
            select p.program_code, p.parent_program_key
            from marts.dim_programs p join up on p.program_key = up.parent_program_key
        )
        select program_code from up
    """) == [("11-02-000-003",), ("11-02-000-000",), ("11-00-000-000",)]


def test_the_discrepancies_of_the_publications_are_found_with_their_place(sound: Warehouse) -> None:
    assert sound.query("""
        select rule_id, scope, measure, printed_value, recomputed_value, difference, status, page_no
        from marts.mart_reconciliation
        where status in ('explained', 'discrepant') and source_id in ('mx_gto_cuenta_publica', 'hn_siafi_productos')
            and is_latest and institution_code <> 'EJEMPLO-GTO'
        order by rule_id, scope, measure
    """) == [
        (*("levels_agree", "programme 11-03", "adjusted_amount"), 5365498, 4583525, 781973, "explained", 2),
        (*("levels_agree", "programme 11-03", "approved_amount"), 5365498, 4583525, 781973, "explained", 2),
        (*("levels_agree", "total", "adjusted_amount"), 50773837, 49991864, 781973, "explained", 3),
        (*("levels_agree", "total", "approved_amount"), 50773837, 49991864, 781973, "explained", 3),
        (
            *("subtotal_equals_rows", "subtotal 1", "accrued_amount"),
            *(Decimal("3570750461.33"), Decimal("3570750431.33"), Decimal("30.00"), "explained", 1),
        ),
    ]


def test_a_total_that_was_not_printed_is_nothing_to_compare(sound: Warehouse) -> None:
    assert sound.query("""
        select measure, printed_value, recomputed_value, status, cause from marts.mart_reconciliation
        where rule_id = 'total_equals_rows' and table_name = 'indicator_results' order by measure
    """) == [
        ("accrued_amount", None, Decimal("6758751766.74"), "nothing_to_compare", "not_printed"),
        ("adjusted_amount", None, Decimal("7370272328.52"), "nothing_to_compare", "not_printed"),
        ("approved_amount", None, Decimal("7322661467.96"), "nothing_to_compare", "not_printed"),
    ]


def test_work_delivered_without_a_plan_has_no_percentage(sound: Warehouse) -> None:
    # Product 17 and seven activities were delivered with nothing programmed.
    assert sound.query("""
        select table_name, count(*), count(achievement_programmed_pct_recomputed) from marts.fct_indicator_goals
        where is_unplanned_delivery and is_latest group by table_name order by table_name
    """) == [("activities", 7, 0), ("products", 1, 0)]
