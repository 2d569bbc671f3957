"""Indicators by year, their variables and counts: figures worked out from the programme and the slides by hand."""

from __future__ import annotations

from decimal import Decimal

from tests.built_warehouse import Warehouse

IPAB = "mx_ipab_programa_institucional"
DIPRES = "cl_dipres_indicadores"


def test_every_value_of_the_sheets_has_its_role(sound: Warehouse) -> None:
    # Historical: sheets 1, 3, 5, 7 and 9 print 7 x 100%, sheets 2 and 4 print 4 x 100% after 3 blanks, sheet 6 seven
    # ND, sheet 8 seven 24: 35 + 8 = 43 x 100 and 7 x 24 are 4468. Yearly targets: eight sheets with
    # 20 + 40 + 60 + 80 + 100 = 300 and one with 5 x 24 = 120. Final targets: eight of 100 and one of 120.
    assert sound.query(f"""
        select value_role, count(*), count(value_numeric), sum(value_numeric), min(value_year), max(value_year)
        from marts.fct_indicator_values where source_id = '{IPAB}' group by value_role order by value_role
    """) == [
        ("baseline", 9, 9, 0, 2019, 2019),
        ("historical", 63, 50, 4468, 2012, 2018),
        ("target_final", 9, 9, 920, 2024, 2024),
        ("target_intermediate", 45, 45, 2520, 2020, 2024),
    ]


def test_blank_and_not_available_are_neither_zero_nor_each_other(sound: Warehouse) -> None:
    assert sound.query(f"""
        select value_null_kind, count(*), min(value_raw), max(value_raw) from marts.fct_indicator_values
        where source_id = '{IPAB}' and value_numeric is null group by value_null_kind order by value_null_kind
    """) == [("blank", 6, "", ""), ("not_available", 7, "ND", "ND")]


def test_the_years_of_the_slides_are_results_an_estimate_and_a_target(sound: Warehouse) -> None:
    assert sound.query(f"""
        select i.institution_code, v.value_year, v.value_role, v.value_numeric, v.unit_code
        from marts.fct_indicator_values v join marts.dim_institutions i using (institution_key)
        where v.source_id = '{DIPRES}' order by i.institution_code desc, v.value_year
    """) == [
        (institution, year, role, value, "percent")
        for institution, values in (
            ("GORE-COQUIMBO", (71, 92, 93, 94, 95)),
            ("GORE-BIOBIO", (82, 94, 95, 100, 96)),
        )
        for year, role, value in zip(
            range(2008, 2013), ("actual", "actual", "actual", "estimated", "target"), values, strict=True
        )
    ]


def test_numerators_and_denominators_add_up_over_years(sound: Warehouse) -> None:
    # Coquimbo 152 + 242 + 262 of 214 + 263 + 281; Bio Bio 761 + 1078 + 1045 of 928 + 1142 + 1095.
    assert sound.query(f"""
        select i.institution_code,
            sum(v.value_numeric) filter (where v.variable_role = 'numerator'),
            sum(v.value_numeric) filter (where v.variable_role = 'denominator'), count(*)
        from marts.fct_indicator_variables v join marts.dim_institutions i using (institution_key)
        where v.source_id = '{DIPRES}' and v.value_role = 'actual' group by 1 order by 1
    """) == [("GORE-BIOBIO", 2884, 3165, 6), ("GORE-COQUIMBO", 656, 758, 6)]


def test_a_variable_given_in_words_has_no_number(sound: Warehouse) -> None:
    # Eight methods divide: 100% on sheets 1, 2, 4 and 5, words on 3, then 5, 95% and 90%; sheet 8 counts.
    assert sound.query(f"""
        select variable_role, count(*), count(value_numeric), sum(value_numeric), max(value_year)
        from marts.fct_indicator_variables where source_id = '{IPAB}' group by variable_role order by variable_role
    """) == [("denominator", 8, 7, 590, 2019), ("numerator", 8, 8, 0, 2019), ("variable", 1, 1, 0, 2019)]
    assert sound.query(f"""
        select value_raw, value_null_kind, variable_name from marts.fct_indicator_variables
        where source_id = '{IPAB}' and value_numeric is null
    """) == [("Se define anualmente", "words", "Visitas de inspección programadas")]


def test_counts_by_product_and_area_and_the_totals_the_page_prints(sound: Warehouse) -> None:
    assert sound.query(f"""
        select c.control_area, c.results_chain_level, count(*), sum(c.indicator_count), min(i.institution_code)
        from marts.fct_indicator_counts c join marts.dim_institutions i using (institution_key)
        where c.source_id = '{DIPRES}' group by 1, 2 order by 1
    """) == [
        ("output", "output", 4, 6, "GORE-ANTOFAGASTA"),
        ("process", "activity", 4, 2, "GORE-ANTOFAGASTA"),
        ("result", "outcome", 4, 0, "GORE-ANTOFAGASTA"),
    ]
    # four product totals, and one total and one share for each of four columns
    assert sound.query(f"""
        select figure_kind, count(*), sum(printed_value) from marts.fct_printed_totals
        where source_id = '{DIPRES}' group by figure_kind order by figure_kind
    """) == [("percentage", 4, 200), ("total", 8, 5 + 2 + 0 + 1 + 8 + 0 + 6 + 2)]


def test_attributes_are_conformed_beside_what_is_printed(sound: Warehouse) -> None:
    assert sound.query(f"""
        select frequency_name, frequency_code, dimension_code, type_code, direction_code, accumulation_type, unit_code,
            results_chain_level, count(*)
        from marts.dim_indicators where source_id = '{IPAB}' group by all order by frequency_name
    """) == [
        ("Anual", "yearly", *("effectiveness", "management", "constant", "periodic", "percent", "not_stated"), 5),
        ("Mensual", "monthly", *("effectiveness", "management", "constant", "periodic", "percent", "not_stated"), 4),
    ]
    assert sound.query(f"""
        select distinct level_name, results_chain_level, dimension_name, dimension_code from marts.dim_indicators
        where source_id = '{DIPRES}'
    """) == [("Productivo", "output", "Calidad", "quality")]
    assert sound.query("""
        select results_chain_level, dimension_code, type_code, frequency_code, count(*) from marts.dim_indicators
        where source_id = 'mx_gto_cuenta_publica' group by all
    """) == [("activity", "efficiency", "management", "monthly", 15)]
    assert sound.query("""
        select level_name, results_chain_level, count(*) from marts.dim_indicators
        where source_id = 'hn_siafi_productos' group by all order by level_name
    """) == [("Producto final", "output", 22), ("Producto intermedio", "activity", 51)]


def test_the_plan_of_the_programme_and_its_hierarchy(sound: Warehouse) -> None:
    # Twelve actions in the strategies 1.1, 1.2, 1.3, 2.1, 2.2, 2.3 and 3.1, which the form does not print.
    assert sound.query(f"""
        select element_level, count(*), count(*) filter (where is_inferred), count(parent_plan_element_key)
        from marts.dim_plan_elements where source_id = '{IPAB}' group by element_level order by element_level
    """) == [
        ("action", 12, 0, 12),
        ("national_objective", 1, 0, 0),
        ("objective", 3, 0, 0),
        ("strategy", 7, 7, 7),
    ]
    assert sound.query(f"""
        with recursive up as (
            select element_code, element_name, parent_plan_element_key, 1 as step from marts.dim_plan_elements
            where source_id = '{IPAB}' and element_code = '3.1.2'
            union all
            select p.element_code, p.element_name, p.parent_plan_element_key, up.step + 1
            from marts.dim_plan_elements p join up on p.plan_element_key = up.parent_plan_element_key
        )
        select element_code from up order by step
    """) == [("3.1.2",), ("3.1",), ("3",)]


def test_every_sheet_serves_an_objective_and_every_objective_the_nation(sound: Warehouse) -> None:
    assert sound.query("""
        select b.alignment_kind, served.element_level, served.element_code, count(*)
        from marts.bridge_plan_alignment b
        join marts.dim_plan_elements served on b.aligned_plan_element_key = served.plan_element_key
        where b.is_latest group by 1, 2, 3 order by 1, 2, 3
    """) == [
        ("indicator_to_objective", "objective", "1", 3),
        ("indicator_to_objective", "objective", "2", 3),
        ("indicator_to_objective", "objective", "3", 3),
        ("objective_to_national_objective", "national_objective", "5", 3),
    ]


def test_what_the_sheets_print_twice(sound: Warehouse) -> None:
    # Sheet 8 prints a lone 0 and no result; words stand for the second variable of sheet 3; sheet 9 divides by 100 and
    # gives its variable as 90%. A percentage is its last year's (100 on eight sheets), the count the sum of 5 x 24.
    assert sound.query(f"""
        select rule_id, status, cause, count(*) from marts.mart_reconciliation
        where source_id = '{IPAB}' and rule_id <> 'pages_complete' and status <> 'explained'
        group by all order by all
    """) == [
        ("baseline_from_substitution", "reconciled", None, 9),
        ("final_target_last_year", "nothing_to_compare", "counts_add_up", 1),
        ("final_target_last_year", "reconciled", None, 8),
        ("final_target_sum_of_years", "nothing_to_compare", "not_additive", 8),
        ("final_target_sum_of_years", "reconciled", None, 1),
        ("substitution_arithmetic", "nothing_to_compare", "not_printed", 1),
        ("substitution_arithmetic", "reconciled", None, 8),
        ("substitution_operands", "nothing_to_compare", "words", 1),
        ("substitution_operands", "reconciled", None, 15),
    ]
    assert sound.query(f"""
        select rule_id, scope, printed_value, recomputed_value, difference from marts.mart_reconciliation
        where source_id = '{IPAB}' and status = 'explained'
    """) == [("substitution_operands", "sheet 9 variable 2", 100, 90, 10)]
    assert sound.query("""
        select scope, printed_value, recomputed_value from marts.mart_reconciliation
        where rule_id = 'final_target_sum_of_years' and status = 'reconciled'
    """) == [("sheet 8", 120, 120)]


def test_every_printed_ratio_count_and_share_of_the_slides(sound: Warehouse) -> None:
    exact = {
        # 152/214, 242/263, 262/281, 247/263, 250/262
        **{("indicator 1", year): pct for year, pct in zip(range(2008, 2013), (71, 92, 93, 94, 95), strict=True)},
        # 761/928, 1078/1142, 1045/1095, 1020/1020, 960/1000
        **{("indicator 2", year): pct for year, pct in zip(range(2008, 2013), (82, 94, 95, 100, 96), strict=True)},
    }
    rows = sound.query("""
        select scope, printed_value, recomputed_value, status from marts.mart_reconciliation
        where rule_id = 'indicator_ratio'
    """)
    assert {(scope[:11], int(scope[-4:])): value for scope, value, *_ in rows} == exact
    assert [(printed, status) for _, printed, recomputed, status in rows if printed != recomputed] == []
    assert sound.query("""
        select recomputed_exact from marts.mart_reconciliation
        where rule_id = 'indicator_ratio' and scope = 'indicator 2 actual 2010'
    """) == [(Decimal("95.433790"),)]
    # four products and the total row; the four columns of the total row; 8/8, 0/8, 6/8, 2/8
    assert sound.query(f"""
        select rule_id, status, count(*), sum(recomputed_value) from marts.mart_reconciliation
        where source_id = '{DIPRES}' and rule_id not in ('indicator_ratio', 'pages_complete') group by all order by all
    """) == [
        ("count_share", "reconciled", 4, 200),
        ("count_total_equals_areas", "reconciled", 5, 16),
        ("total_equals_rows", "reconciled", 4, 16),
    ]


def test_what_is_loaded_is_covered(sound: Warehouse) -> None:
    # 3 + 12 + 9 + 17 + 63 + 45 rows; 4 + 30 rows, the total and the shares, 12 figures of them
    assert sound.query(f"""
        select institution_code, row_count, total_row_count, totals_expected_count, totals_printed_count,
            discrepant_count
        from audit.audit_coverage where source_id in ('{IPAB}', '{DIPRES}') order by institution_code
    """) == [("DIPRES", 34, 2, 8, 8, 0), ("IPAB", 149, 0, 0, 0, 0)]


def test_a_value_of_a_sheet_stands_where_its_cell_does(sound: Warehouse) -> None:
    # Of the first sheet the baseline is in row 3 and the final target in row 6 of the table below the one of its name.
    assert sound.query("""
        select value_role, table_no, row_no from marts.fct_indicator_values
        where table_name = 'indicator_sheets' and row_seq = 1 order by value_role
    """) == [("baseline", 12, 3), ("target_final", 12, 6)]
    assert sound.query("""
        select count(*) from marts.fct_indicator_values as v inner join marts.mart_cell_lineage as l
        on l.fact_table = 'fct_indicator_values' and l.fact_key = v.indicator_value_key
        where v.row_no <> l.row_no or v.table_no <> l.table_no
    """) == [(0,)]
