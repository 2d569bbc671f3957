-- Printed differences against what they subtract: programmed less evaluated, assigned less in force. No tolerance.
with figures as (
    select * from {{ ref('int_printed_figures__unpivot') }}
    where measure in ('physical_difference', 'budget_difference')
),

inputs as (
    select
        document_sha256,
        table_name,
        'row' as figure_level,
        row_seq,
        cast(programmed_value - achieved_value as decimal(24, 6)) as physical_difference,
        cast(approved_amount - adjusted_amount as decimal(24, 6)) as budget_difference
    from {{ ref('int_report_rows__select') }}
    union all
    select
        document_sha256,
        table_name,
        total_kind as figure_level,
        row_seq,
        cast(programmed_value - achieved_value as decimal(24, 6)) as physical_difference,
        cast(approved_amount - adjusted_amount as decimal(24, 6)) as budget_difference
    from {{ ref('int_report_totals__add_rows') }}
),

paired as (
    select
        figures.*,
        inputs.physical_difference,
        inputs.budget_difference
    from figures
    inner join inputs
        on
            figures.document_sha256 = inputs.document_sha256
            and figures.table_name = inputs.table_name
            and figures.figure_level = inputs.figure_level
            and figures.row_seq = inputs.row_seq
),

compared as (
    select
        'physical_difference' as rule_id,
        physical_difference as recomputed,
        *
    from paired
    where measure = 'physical_difference'
    union all
    select
        'budget_difference' as rule_id,
        budget_difference as recomputed,
        *
    from paired
    where measure = 'budget_difference'
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    measure,
    figure_kind,
    printed_raw,
    printed_value,
    recomputed as recomputed_exact,
    recomputed as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
