"""Phases, units, periods and inferred codes of the latest vintages against what the trade knows to be possible."""

from __future__ import annotations

from expectations.suites.check import Check

_BUDGET = """
select
    b.document_sha256, d.file_path, b.page_no, b.table_no, b.row_no, b.scope, b.report_level, b.approved_amount,
    b.adjusted_amount, b.committed_amount, b.accrued_amount, b.paid_amount, b.money_row_count
from marts.fct_budget_execution as b
inner join marts.dim_documents as d on b.document_sha256 = d.document_sha256
where b.is_latest
"""

_GOALS = """
select
    g.document_sha256, d.file_path, g.page_no, g.table_no, g.row_no, g.scope, g.unit_kind, g.unit_name_raw,
    g.programmed_value, g.programmed_value_raw, g.adjusted_value, g.adjusted_value_raw, g.achieved_value,
    g.achieved_value_raw, g.achievement_programmed_pct_recomputed, g.achievement_adjusted_pct_recomputed
from marts.fct_indicator_goals as g
inner join marts.dim_documents as d on g.document_sha256 = d.document_sha256
where g.is_latest
"""

_VALUES = ("programmed_value", "adjusted_value", "achieved_value")
_PERCENT_SIGN_ON_ANOTHER_UNIT = " or ".join(
    f"({value}_raw like '%\\%%' escape '\\' and unit_kind not in ('percent', 'not_stated'))" for value in _VALUES
)
_BROKEN_COUNT = " or ".join(f"(unit_kind = 'count' and {value} <> floor({value}))" for value in _VALUES)

PLAUSIBILITY = (
    Check(
        "phases_in_order",
        _BUDGET,
        "accrued_amount > adjusted_amount or accrued_amount > committed_amount or paid_amount > accrued_amount",
    ),
    Check(
        "amounts_not_negative",
        _BUDGET,
        "least(approved_amount, adjusted_amount, committed_amount, accrued_amount, paid_amount) < 0",
    ),
    Check("category_money_once", _BUDGET + "and b.report_level <> 'program_line'", "money_row_count > 1"),
    Check(
        "category_codes_ascending",
        """
        select
            document_sha256, table_name, page_no, table_no, row_no, scope, program_code, is_inferred,
            lag(program_code) over (partition by document_sha256, table_name order by row_seq) as code_above
        from marts.fct_indicator_goals
        where is_latest and report_level in ('product_category', 'activity_category')
        """,
        "program_code < code_above",
    ),
    Check(
        "period_plausible",
        """
        select
            document_sha256, file_path, period_raw, period_start_date, period_end_date, fiscal_year, reported_at,
            first_seen,
            -- a plan of several years is whole years, and the document prints the first and the last of them
            coalesce(
                extract(year from period_start_date) < extract(year from period_end_date)
                and extract(month from period_start_date) = 1 and extract(day from period_start_date) = 1
                and extract(month from period_end_date) = 12 and extract(day from period_end_date) = 31
                and period_raw like '%' || cast(extract(year from period_start_date) as varchar) || '%'
                and period_raw like '%' || cast(extract(year from period_end_date) as varchar) || '%',
                false
            ) as is_plan
        from marts.dim_documents
        where status = 'loaded'
        """,
        """
        period_start_date > period_end_date
        or (extract(year from period_start_date) <> fiscal_year and not is_plan)
        or extract(year from period_start_date) < 1990
        or (case when is_plan then period_start_date else period_end_date end)
        > cast(coalesce(reported_at, first_seen) as date)
        """,
    ),
    Check("units_agree_with_values", _GOALS, f"{_PERCENT_SIGN_ON_ANOTHER_UNIT} or {_BROKEN_COUNT}"),
    Check(
        "unit_belongs_to_institution",
        """
        select
            b.document_sha256, d.file_path, b.page_no, b.table_no, b.row_no, b.scope, b.responsible_unit_code,
            i.institution_code, i.institution_name
        from marts.fct_budget_execution as b
        inner join marts.dim_documents as d on b.document_sha256 = d.document_sha256
        inner join marts.dim_institutions as i on b.institution_key = i.institution_key
        where b.is_latest and b.report_level = 'program_line'
        """,
        "responsible_unit_code <> institution_code",
    ),
    Check(
        "achievement_plausible",
        _GOALS,
        "achievement_programmed_pct_recomputed > 400 or achievement_adjusted_pct_recomputed > 400",
    ),
)
