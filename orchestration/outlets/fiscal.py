"""What the columns of the money tables are in the budget taxonomy of the Fiscal Data Package (1.0rc1).

The taxonomy has one amount per row; our tables set the phases of the budget side by side. Such columns say which
phase they hold (`normalize`), and the two fields they come down to are the `extraFields` of the table.
"""

from collections.abc import Mapping, Sequence
from typing import Any

COLUMN_TYPES: Mapping[str, str] = {
    "budget_line_key": "budget-line-id",
    "fiscal_year": "date:fiscal-year",
    "budget_year": "date:fiscal-year",
    "period_end_date": "date:generic",
    "currency_code": "value-currency:code",
    "currency_name": "value-currency:label",
    "country_code": "geo:generic:code",
    "country_name": "geo:generic:title",
    "institution_code": "administrative-classification:generic:level1:code",
    "institution_name": "administrative-classification:generic:level1:label",
    "responsible_unit_code": "administrative-classification:generic:level2:code",
    "responsible_unit_name": "administrative-classification:generic:level2:label",
    "function_code": "functional-classification:generic:code",
    "function_name": "functional-classification:generic:label",
    "cofog_code": "functional-classification:cofog:code",
    "cofog_name": "functional-classification:cofog:label",
    "cofog_division_code": "functional-classification:cofog:division:code",
    "cofog_division_name": "functional-classification:cofog:division:label",
    "program_code": "activity:generic:program:code",
    "program_name": "activity:generic:program:label",
    "project_code": "activity:generic:project:code",
    "project_name": "activity:generic:project:label",
    "flow": "direction",
    "phase_code": "phase:id",
    "phase_name": "phase:label",
    "budget_phase": "phase:id",
    "printed_amount": "value",
    "amount": "value",
}
_SUFFIX = "_amount"
AMOUNT, PHASE = "amount", "phase"


def phases_of(columns: Sequence[str]) -> dict[str, str]:
    """The columns that hold one amount in different phases of the budget, each with its phase.

    Empty where the phase is a column of its own or where there is only one such amount.
    """
    if "phase_code" in columns or "budget_phase" in columns:
        return {}
    phases = {column: column.removesuffix(_SUFFIX) for column in columns if column.endswith(_SUFFIX)}
    return phases if len(phases) > 1 else {}


def fiscal_field(column: str, phases: Mapping[str, str]) -> dict[str, Any]:
    """What the taxonomy says of a column; empty where it has no word for it."""
    if column in phases:
        return {"normalize": {PHASE: phases[column]}}
    return {"columnType": COLUMN_TYPES[column]} if column in COLUMN_TYPES else {}


def extra_fields(phases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The amount and the phase that the columns of `phases` come down to."""
    if not phases:
        return []
    return [
        {"name": AMOUNT, "type": "number", "columnType": "value", "normalizationTarget": True},
        {"name": PHASE, "type": "string", "columnType": "phase:id"},
    ]
