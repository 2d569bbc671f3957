"""Compliance, activities and findings of the follow-up of an operating plan, worked out from the document by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.built_warehouse import Warehouse

SV = "source_id = 'sv_insafocoop_poa'"
WITHOUT_REPORT = ["AUDITORIA", "GENERO", "MEDIOAMBIENTE", "UGDA"]


def quarter(sound: Warehouse, unit: str, columns: str) -> tuple[Any, ...]:
    """The row of a unit in the quarter."""
    (row,) = sound.query(f"""
        select {columns} from marts.mart_unit_compliance where org_unit_code = '{unit}' and period_type = 'quarter'
    """)
    return row


def test_every_unit_has_three_months_and_a_quarter_under_one_key(sound: Warehouse) -> None:
    # The months print EDUCACION and the quarter UNIDAD DE EDUCACION.
    assert sound.query("""
        select period_type, count(*), count(distinct org_unit_key) from marts.fct_unit_compliance
        group by period_type order by period_type
    """) == [("month", 72, 24), ("quarter", 24, 24)]
    assert sound.query("""
        select count(*), count(distinct org_unit_key) from marts.fct_unit_compliance
        where org_unit_name_raw like '%EDUCACION%'
    """) == [(4, 1)]


def test_months_and_quarter_have_their_dates(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct cast(period_start_date as varchar), cast(period_end_date as varchar)
        from marts.fct_unit_compliance order by 1, 2
    """) == [
        ("2024-01-01", "2024-01-31"),
        ("2024-01-01", "2024-03-31"),
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "2024-03-31"),
    ]


def test_a_unit_that_did_not_report_is_not_zero(sound: Warehouse) -> None:
    # Four units, each with three months and the quarter; the zeros stay as printed.
    assert sound.query("""
        select org_unit_code, count(*), min(compliance_pct_printed), max(compliance_pct_printed)
        from marts.mart_unit_compliance where report_status = 'not_reported'
        group by org_unit_code order by org_unit_code
    """) == [(unit, 4, 0, 0) for unit in WITHOUT_REPORT]
    columns = "status, is_met_as_printed, is_met_before_rounding, yearly_progress_pct, justification_status"
    assert quarter(sound, "UGDA", columns) == ("not_reported", None, None, None, "no_report")
    # what was never reported has no mean, although zeros are printed for it
    assert quarter(sound, "UGDA", "compliance_pct_recomputed, status_if_rounded") == (None, "not_reported")
    # Supervision prints 0 % in February because its one person was away: it reported.
    assert sound.query("""
        select compliance_pct_printed, report_status from marts.mart_unit_compliance
        where org_unit_code = 'SUPERVISION' and period_start_date = '2024-02-01'
    """) == [(0, "reported")]


def test_the_quarter_is_the_mean_of_its_months(sound: Warehouse) -> None:
    columns = "compliance_pct_printed, compliance_pct_recomputed"
    # (47 + 70 + 90) / 3, (84 + 87 + 91) / 3 and (100 + 81 + 88) / 3
    assert quarter(sound, "FOMENTO", columns) == (69, 69)
    assert quarter(sound, "UFI", columns) == (88, Decimal("87.333333"))
    assert quarter(sound, "UCP", columns) == (90, Decimal("89.666667"))


def test_a_threshold_reached_by_rounding_says_so(sound: Warehouse) -> None:
    assert sound.query("""
        select org_unit_code, threshold_pct, is_met_as_printed, is_met_before_rounding, status, status_if_rounded
        from marts.mart_unit_compliance where is_flipped_by_rounding
    """) == [("UCP", 90, True, False, "immediate_attention", "met")]
    # 24 units less 4 without a report; 69, 76, 87.33, 82, 64.33, 89.67, 89, 81, 87 and 86 are below 90.
    assert sound.query("""
        select status, count(*) from marts.mart_unit_compliance where period_type = 'quarter'
        group by status order by status
    """) == [("immediate_attention", 10), ("met", 10), ("not_reported", 4)]


def test_yearly_progress_is_a_quarter_of_the_quarter(sound: Warehouse) -> None:
    # 69 / 4 against 90 / 4
    columns = "yearly_progress_pct, yearly_progress_expected_pct, yearly_progress_method_code"
    assert quarter(sound, "FOMENTO", columns) == (Decimal("17.25"), Decimal("22.5"), "ytd_calendarised")


def test_activities_of_a_unit_stand_capped_uncapped_and_additional(sound: Warehouse) -> None:
    columns = "activity_count, activities_capped_pct, activities_uncapped_pct, activities_additional_pct"
    # 200 / 127 = 157.480315 and 109 / 77 = 141.558442; their mean is 149.519379
    assert quarter(sound, "VIGILANCIA", columns) == (2, 100, Decimal("149.519379"), Decimal("49.519379"))
    # 132.15 / 90 = 146.833333 and 20.52 / 90 = 22.8: (100 + 22.8) / 2 and (46.833333 + 0) / 2
    assert quarter(sound, "UFI", columns) == (2, Decimal("61.4"), Decimal("84.816667"), Decimal("23.416667"))
    # Internal audit prints 0 reports and sent no report: nothing to take a mean of.
    assert quarter(sound, "AUDITORIA", columns) == (None, None, None, None)


def test_the_institution_under_every_rule_of_the_denominator(sound: Warehouse) -> None:
    # Sums of the 24 units: 1803, 1689, 1820 and 1771; four of them did not report.
    assert sound.query("""
        select scope, denominator_rule, denominator_count, unit_sum, compliance_pct_recomputed, compliance_pct_rounded,
            compliance_pct_printed, agrees_with_print
        from marts.mart_institution_compliance order by scope, denominator_rule
    """) == [
        ("institution month 2024-01", "all_units", 24, 1803, Decimal("75.125"), 75, 78, False),
        ("institution month 2024-01", "implied_base", 23, 1803, Decimal("78.391304"), 78, 78, True),
        ("institution month 2024-01", "reporting_units", 20, 1803, Decimal("90.15"), 90, 78, False),
        ("institution month 2024-02", "all_units", 24, 1689, Decimal("70.375"), 70, 73, False),
        ("institution month 2024-02", "implied_base", 23, 1689, Decimal("73.434783"), 73, 73, True),
        ("institution month 2024-02", "reporting_units", 20, 1689, Decimal("84.45"), 84, 73, False),
        ("institution month 2024-03", "all_units", 24, 1820, Decimal("75.833333"), 76, 79, False),
        ("institution month 2024-03", "implied_base", 23, 1820, Decimal("79.130435"), 79, 79, True),
        ("institution month 2024-03", "reporting_units", 20, 1820, Decimal("91"), 91, 79, False),
        ("institution quarter 2024-T1", "all_units", 24, 1771, Decimal("73.791667"), 74, 77, False),
        ("institution quarter 2024-T1", "implied_base", 23, 1771, Decimal("77"), 77, 77, True),
        ("institution quarter 2024-T1", "reporting_units", 20, 1771, Decimal("88.55"), 89, 77, False),
    ]


def test_every_method_named_is_in_the_catalogue_of_methods(sound: Warehouse) -> None:
    assert (
        sound.query("""
        select method_code from marts.mart_institution_compliance
        where method_code not in (select method_code from marts.dim_achievement_methods)
    """)
        == []
    )
    assert sound.query("""
        select cap_pct, rounding from marts.dim_achievement_methods
        where method_code in ('capped', 'mean_of_months') order by method_code
    """) == [(100, "none"), (None, "half_up_0")]


def goals(sound: Warehouse, row_seq: int, columns: str) -> list[tuple[Any, ...]]:
    """The measures of an activity, in order."""
    return sound.query(f"""
        select {columns} from marts.fct_indicator_goals where {SV} and row_seq = {row_seq} order by scope
    """)


def test_every_activity_is_a_goal_with_one_row_per_measure(sound: Warehouse) -> None:
    # 19 activities; 4.1 a) has two results, 4.3 two goals and 4.4 three: 19 + 1 + 1 + 2
    assert sound.query(f"""
        select count(*), count(distinct row_seq), count(distinct indicator_key), max(program_key)
        from marts.fct_indicator_goals where {SV} and report_level = 'plan_activity'
    """) == [(23, 19, 23, -2)]


def test_goals_and_results_carry_their_unit(sound: Warehouse) -> None:
    columns = "programmed_value, achieved_value, unit_code, achievement_programmed_pct_recomputed"
    # 995 / 547 = 181.901280; neither number has a unit
    assert goals(sound, 3, columns) == [(547, 995, "not_stated", Decimal("181.901280"))]
    # "101 Credenciales" and a bare 101
    assert goals(sound, 5, columns) == [(101, 101, "certificate", 100)]
    # "Ejecutar el 90% de lo programado": 132.15 / 90 and 20.52 / 90
    assert goals(sound, 13, columns) == [
        (90, Decimal("132.15"), "percent", Decimal("146.833333")),
        (90, Decimal("20.52"), "percent", Decimal("22.8")),
    ]


def test_a_goal_without_its_result_was_not_reported(sound: Warehouse) -> None:
    measured = "programmed_value, achieved_value, achieved_value_null_kind"
    columns = f"{measured}, achievement_programmed_pct_recomputed, report_status"
    # "1 Informe de seguimiento": "No se recibió Informe de Seguimiento"
    assert goals(sound, 12, columns) == [(1, None, "not_reported", None, "not_reported")]
    # "2 Informes y avance del 50% de otra auditoria": "0 Informes", and the synthesis says that no report came
    assert goals(sound, 16, columns) == [
        (2, None, "not_reported", None, "not_reported"),
        (50, None, "not_reported", None, "not_reported"),
    ]
    assert goals(sound, 16, "achieved_value_raw") == [("0",), ("0 Informes",)]
    # "0 Eventos" of 2: the synthesis says that the plan was not met; what did not come is the report on another plan
    assert goals(sound, 17, columns) == [
        (2, 0, None, 0, "reported"),
        (90, None, "not_reported", None, "not_reported"),
        (100, None, "not_reported", None, "not_reported"),
    ]
    # "0% Ejecutado" was reported
    assert goals(sound, 14, columns) == [(90, 0, None, 0, "reported")]


def test_a_result_of_another_thing_is_no_achievement(sound: Warehouse) -> None:
    # "101 Asambleas Ordinarias celebradas" and "185 Nombramiento de Delegados"
    columns = "programmed_value, achieved_value, achievement_programmed_pct_recomputed, not_comparable_reason"
    reason = 'the goal is of "Asambleas Ordinarias celebradas" and the result of "Nombramiento de Delegados"'
    assert goals(sound, 4, columns) == [(101, 185, None, reason)]
    assert sound.query("select row_seq from marts.fct_indicator_goals where not is_comparable") == [(4,)]
    # what is left of the unit are its credentials, 101 of 101
    columns = "activity_count, activities_capped_pct, activities_uncapped_pct"
    assert quarter(sound, "REGISTRO", columns) == (1, 100, 100)
    assert [subject[:3] for subject in subjects(sound, "goal_and_result_differ")] == ["1.3"]
    # 995 / 547, 14 / 7 and 200 / 127 are above 150 %; 185 / 101 would be, too
    assert [subject[:3] for subject in subjects(sound, "over_achievement")] == ["1.2", "1.4", "2.3"]


def test_activities_are_answered_for_by_the_units_of_the_tables(sound: Warehouse) -> None:
    # "Oficial de Información OIR", "Unidad Financiera Institucional UFI" and the row without line and unit
    assert sound.query(f"""
        select g.row_seq, g.program_code, u.org_unit_code, u.has_compliance from marts.fct_indicator_goals as g
        left join marts.dim_org_units as u using (org_unit_key)
        where g.{SV} and g.row_seq in (9, 12, 13, 15) order by g.row_seq, g.scope
    """) == [
        (9, None, "-3", False),
        (12, "3.1", "FIDECOSAL", False),
        (13, "4.1 a)", "UFI", True),
        (13, "4.1 a)", "UFI", True),
        (15, "4.2", "UAIP_OIR", True),
    ]


def reconciliation(sound: Warehouse, rule_id: str) -> dict[str, tuple[Any, ...]]:
    """Printed, recomputed, status and detected cause of a rule by scope and measure."""
    rows = sound.query(f"""
        select scope, measure, printed_value, recomputed_value, status, detected_cause from marts.mart_reconciliation
        where {SV} and rule_id = '{rule_id}'
    """)
    return {f"{scope} {measure}": tuple(rest) for scope, measure, *rest in rows}


def test_quarters_are_held_against_their_months(sound: Warehouse) -> None:
    checks = reconciliation(sound, "unit_quarter_equals_months")
    assert len(checks) == 24
    # 262 / 3 = 87.33 prints as 88
    assert checks.pop("unit UFI quarter 2024-T1 compliance_pct") == (88, 87, "explained", "rounded_up")
    # 269 / 3 = 89.67
    assert checks["unit UCP quarter 2024-T1 compliance_pct"] == (90, 90, "reconciled", None)
    for unit in WITHOUT_REPORT:
        assert checks.pop(f"unit {unit} quarter 2024-T1 compliance_pct") == (0, 0, "nothing_to_compare", None)
    assert {status for _, _, status, _ in checks.values()} == {"reconciled"}


def test_the_base_of_the_institution_is_found_by_its_arithmetic(sound: Warehouse) -> None:
    assert reconciliation(sound, "institution_equals_mean_of_units") == {
        "institution month 2024-01 compliance_pct": (78, 75, "explained", "base_of_23_units"),
        "institution month 2024-02 compliance_pct": (73, 70, "explained", "base_of_23_units"),
        "institution month 2024-03 compliance_pct": (79, 76, "explained", "base_of_23_units"),
        "institution quarter 2024-T1 compliance_pct": (77, 74, "explained", "base_of_23_units"),
    }
    # (78 + 73 + 79) / 3 = 76.67
    assert reconciliation(sound, "institution_quarter_equals_months") == {
        "institution quarter 2024-T1 compliance_pct": (77, 77, "reconciled", None)
    }


def test_what_the_synthesis_tells_follows_from_goal_and_progress(sound: Warehouse) -> None:
    def printed(rule_id: str) -> dict[int, list[Decimal]]:
        figures: dict[int, list[Decimal]] = {}
        for scope, (value, recomputed, status, _) in sorted(reconciliation(sound, rule_id).items()):
            assert status == "reconciled" and value == recomputed, scope
            figures.setdefault(int(scope.split()[1]), []).append(value)
        return figures

    # 1 of 4, 448 of 547 (81.90), 84 of 101 (83.17), 7 of 7, 7 of 109 (6.42), 73 of 127 (57.48), 32 of 77 (41.56)
    assert printed("additional_percentage") == {1: [25], 3: [82], 4: [83], 6: [100], 9: [6], 10: [57], 11: [42]}
    # 5 - 4, 995 - 547, 185 - 101, 14 - 7, 116 - 109, 200 - 127, 109 - 77
    assert printed("additional_quantity") == {1: [1], 3: [448], 4: [84], 6: [7], 9: [7], 10: [73], 11: [32]}
    # 2 of 3 (66.67), 51 of 75, 30 of 30; what was exceeded is told as 100 %
    assert printed("told_achievement") == {
        **{row_seq: [100] for row_seq in (1, 2, 3, 4, 5, 6, 9, 10, 11, 19)},
        13: [Decimal("132.15"), Decimal("20.52")],
        15: [67],
        18: [68],
    }
    # 14 events on demand and 2 of the 3 planned; 278 men and 222 women
    assert printed("told_total") == {6: [16, 500]}


def test_sentences_follow_from_the_tables_and_each_other(sound: Warehouse) -> None:
    assert reconciliation(sound, "statement_agrees") == {
        "statement acceptance_rule threshold": (90, None, "nothing_to_compare", None),
        "statement additional additional": (38, 38, "reconciled", None),  # 33 + 5
        "statement additional more_of_planned": (33, None, "nothing_to_compare", None),
        "statement additional unplanned": (5, None, "nothing_to_compare", None),
        "statement additional_conclusion additional": (38, 38, "reconciled", None),  # 33 + 5
        "statement conclusion compliance": (77, 77, "reconciled", None),
        "statement conclusion progress": (19, 19, "reconciled", None),  # 77 / 4 = 19.25
        "statement expected_progress acceptable": (90, 90, "reconciled", None),
        "statement expected_progress progress": (Decimal("22.5"), Decimal("22.5"), "reconciled", None),  # 90 / 4
        "statement follow_up activity_count": (6873, None, "nothing_to_compare", None),
        "statement follow_up compliance": (77, 77, "reconciled", None),
        "statement follow_up points_below": (13, 13, "reconciled", None),  # 90 - 77
        "statement follow_up points_missing": (23, 23, "reconciled", None),  # 100 - 77
        "statement plan_changes changed_count": (5, 5, "reconciled", None),  # "cinco" and five names
    }


def subjects(sound: Warehouse, rule_id: str) -> list[str]:
    """What the findings of a rule are about."""
    rows = sound.query(f"select subject from marts.mart_findings where {SV} and rule_id = '{rule_id}' order by 1")
    return [row[0] for row in rows]


def test_findings_about_units(sound: Warehouse) -> None:
    assert subjects(sound, "unit_without_report") == [
        *("Auditoría Interna", "UGDA", "Unidad de Género", "Unidad de Medioambiente")
    ]
    assert subjects(sound, "threshold_flips_on_rounding") == ["Unidad de Compras Públicas"]
    assert subjects(sound, "month_quoted_for_quarter") == ["Educación Cooperativa", "Fomento y Asistencia Técnica"]
    assert subjects(sound, "incompliance_without_justification") == [
        *("Oficialía de Cumplimiento", "Recursos Humanos", "Unidad Financiera Institucional"),
        "Vigilancia y Fiscalización",
    ]
    assert subjects(sound, "plan_changed_during_year") == [
        *("Informática", "Jurídico", "Oficina Regional Occidental", "Servicios Generales"),
        "Unidad de Compras Públicas",
    ]


def test_findings_about_the_institution(sound: Warehouse) -> None:
    assert sound.query(f"""
        select evidence, row_no from marts.mart_findings where {SV} and rule_id = 'institution_below_threshold'
    """) == [
        (
            "El cumplimiento institucional impreso del trimestre es 77%, por debajo de 90 %, el umbral de la propia "
            "institución.",
            26,
        )
    ]
    # 1803 / 23 = 78.39, 1689 / 23 = 73.43, 1820 / 23 = 79.13 and 1771 / 23 = 77; the tables list 24 units
    assert sound.query(f"""
        select table_name, evidence_en from marts.mart_findings where {SV} and rule_id = 'unit_left_out_of_base'
        order by table_name
    """) == [
        (
            table,
            f"The printed compliance of the institution ({printed}) is the sum of the 24 units of the table over 23: "
            "the base is not the number of units, and the document does not say which of them count.",
        )
        for table, printed in (("monthly_compliance", "78%, 73%, 79%"), ("quarterly_compliance", "77%"))
    ]


def test_a_unit_reaches_the_threshold_and_its_activities_do_not(sound: Warehouse) -> None:
    # 2 of 3 requests (94 % printed), 51 of 75 (91 %), 0 % of 90 % (90 %); the others have none or reach it
    assert sound.query("""
        select units.org_unit_code, units.compliance_pct_printed, units.activities_capped_pct
        from marts.mart_findings as findings
        inner join marts.mart_unit_compliance as units
            on findings.subject_key = cast(units.org_unit_key as varchar) and units.period_type = 'quarter'
        where findings.rule_id = 'unit_contradicts_activities' order by 1
    """) == [
        ("SERVICIOS_GENERALES", 91, 68),
        ("UAIP_OIR", 94, Decimal("66.666667")),
        ("UCP", 90, 0),
    ]


def test_findings_about_the_plan(sound: Warehouse) -> None:
    # 2.1, an activity without line or unit, 2.3: one gap, told where the activity stands
    assert sound.query("""
        select subject, row_seq, evidence from marts.mart_findings where rule_id = 'missing_line_number'
    """) == [
        (
            *("línea 2.2", 9),
            "De la línea 2.1 se pasa a la 2.3: falta la 2.2; en su lugar se imprime la actividad «Seguimiento y "
            "mantenimiento del sistema de información cooperativo» sin línea de acción ni responsable.",
        )
    ]
    # 4.4 prints 0 events, says that the plan was not met and misses the report on the training plan
    assert [subject[:3] for subject in subjects(sound, "zero_printed_for_missing_report")] == ["4.3"]
    assert subjects(sound, "unplanned_work") == ["actividades no programadas"]


def test_a_finding_says_in_two_languages_what_is_printed_and_where(sound: Warehouse) -> None:
    assert sound.query("""
        select evidence, evidence_en, severity, institution_code, file_path, page_no, table_no, row_no
        from marts.mart_findings where rule_id = 'month_quoted_for_quarter' and subject like 'Fomento%'
    """) == [
        (
            "La nota del trimestre habla de 47%, que es el cumplimiento de ENE; el del trimestre es 69%.",
            "The note of the quarter speaks of 47%, which is the compliance of ENE; that of the quarter is 69%.",
            *("warning", "INSAFOCOOP", "sv_insafocoop_poa/insafocoop_2024_t1_seguimiento_poa.docx", 1, 2, 2),
        )
    ]


def test_the_lines_of_the_plan_hang_from_its_axes(sound: Warehouse) -> None:
    # Axes 1 to 4; 1.1 to 1.4, 2.1, 2.3, 3.1, 4.1 a), 4.1 b), 4.2 to 4.6
    assert sound.query("""
        select element_level, count(*), count(parent_code) from intermediate.int_plan_lines__parse
        group by element_level order by element_level
    """) == [("axis", 4, 0), ("line", 14, 14)]


def test_rows_read_are_those_counted_by_hand(sound: Warehouse) -> None:
    assert sound.query(f"""
        select table_name, row_count, total_count, status from audit.audit_row_counts where {SV} order by table_name
    """) == [
        ("activities", 19, 0, "matches"),
        ("monthly_compliance", 72, 3, "matches"),
        ("quarterly_compliance", 24, 1, "matches"),
        ("statements", 15, 0, "matches"),
    ]
