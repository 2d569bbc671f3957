"""Damage to the follow-up of an operating plan, by the rule that must see it and the rules that may see it too."""

from __future__ import annotations

from tests.expectations.damage import Edit

SV = "sv_insafocoop_poa"


def quarter(unit: str, **values: str) -> Edit:
    """The row of a unit in the table of the quarter."""
    return Edit(f"{SV}/quarterly_compliance", {"org_unit_name": unit}, values)


def month(unit: str, label: str, compliance: str) -> Edit:
    """The compliance of a unit in a month."""
    return Edit(f"{SV}/monthly_compliance", {"org_unit_name": unit, "month_label": label}, {"compliance": compliance})


def institution(label: str, compliance: str) -> Edit:
    """The institution's own compliance in a month."""
    return Edit(f"{SV}/monthly_compliance_totals", {"month_label": label}, {"compliance": compliance})


def activity(row_seq: int, **values: str) -> Edit:
    """An activity by its order in the table."""
    return Edit(f"{SV}/activities", {"row_seq": row_seq}, values)


def statement(name: str, figure: str, value: str) -> Edit:
    """A figure printed in a sentence."""
    return Edit(f"{SV}/statements", {"statement": name, "figure": figure}, {"value": value})


COMPLIANCE: dict[str, tuple[list[Edit], set[str]]] = {
    # (100 + 87 + 96) / 3 = 94.33; the 24 units then add up to 1772, which is still 74 of 24.
    "unit_quarter_equals_months": ([quarter("REGISTRO COOPERATIVO", compliance="95%")], set()),
    # (79 + 73 + 79) / 3 is still 77.
    "institution_equals_mean_of_units": ([institution("ENE", "79%")], set()),
    # 1803 / 24 = 75.125 and 1689 / 24 = 70.375, but (75 + 70 + 79) / 3 = 74.67 and not 77.
    "institution_quarter_equals_months": ([institution("ENE", "75%"), institution("FEB", "70%")], set()),
    # 5 of 4 is 25 % more.
    "additional_percentage": (
        [activity(1, synthesis="Se ejecutó el 100% de lo proyectado, obteniendo un cumplimiento adicional de 26%")],
        set(),
    ),
    # 185 - 101 = 84
    "additional_quantity": (
        [activity(4, synthesis="Se efectuó el 100% de lo planificado, adicional se realizaron 85 nombramientos.")],
        set(),
    ),
    # 2 of 3 is 66.67 %.
    "told_achievement": ([activity(15, synthesis="obteniendo un porcentaje de 66% de cumplimiento.")], set()),
    # 278 + 222 = 500
    "told_total": (
        [activity(6, synthesis="Hubo 501 participantes, de los cuales 278 son hombres y 222 mujeres.")],
        set(),
    ),
    # 90 - 77 = 13
    "statement_agrees": ([statement("follow_up", "points_below", "14")], set()),
    # findings
    "unit_without_report": (
        [quarter("REGISTRO COOPERATIVO", notes="No se recibió informe de seguimiento al POA")],
        set(),
    ),
    # (83 + 88 + 98) / 3 = 89.67 still prints as 90; March then adds up to 1818, which is still 76 of 24.
    "threshold_flips_on_rounding": ([month("OFICINA REGIONAL ORIENTAL", "MAR", "98%")], set()),
    # 94 % is March; the quarter is 87 %.
    "month_quoted_for_quarter": (
        [quarter("OFICINA REGIONAL OCCIDENTAL", notes="El cumplimiento fue del 94% por comisiones.")],
        set(),
    ),
    "incompliance_without_justification": ([quarter("OFICINA REGIONAL OCCIDENTAL", notes="")], set()),
    "plan_changed_during_year": (
        [
            statement("plan_changes", "changed_count", "seis"),
            statement(
                "plan_changes",
                "changed_units",
                "El departamento Jurídico, Oficina Regional Occidente, Servicios Generales, UFI, UCP e Informática",
            ),
        ],
        set(),
    ),
    "missing_line_number": ([activity(3, line_of_action="1.5 Asistencia técnica")], set()),
    "zero_printed_for_missing_report": (
        [activity(18, progress="0 coordinaciones", synthesis="No se recibió informe de seguimiento.")],
        set(),
    ),
    "unplanned_work": ([activity(8, goal="0 Informes")], set()),
    # 50 of 101 credentials are 49.50 %, and 94 % is printed for the unit; its other activity is of two things.
    "unit_contradicts_activities": ([activity(5, progress="50", synthesis="Sin novedad.")], set()),
    "goal_and_result_differ": ([activity(18, progress="51 vehículos")], set()),
}

# The report as received fails these rules wherever they look, so that no damage could add to them: mended, it must not.
# 1803 / 24 = 75.13, 1689 / 24 = 70.38 and 1820 / 24 = 75.83; no whole base makes 90 of 1771 (1771 / 20 = 88.55).
MENDED: dict[str, list[Edit]] = {
    "institution_below_threshold": [
        Edit(f"{SV}/quarterly_compliance_totals", {"source_id": SV}, {"compliance": "90%"}),
    ],
    "unit_left_out_of_base": [
        *(institution("ENE", "75%"), institution("FEB", "70%"), institution("MAR", "76%")),
        Edit(f"{SV}/quarterly_compliance_totals", {"source_id": SV}, {"compliance": "90%"}),
    ],
}
