-- The programmes that a consolidated sheet counts: of a line against its product indicators, of all against the lines.
-- Counts are whole: no tolerance.
with figures as (
    select * from {{ ref('int_printed_figures__plan_lines') }}
    where measure = 'program_count'
),

listed as (
    select
        lines.document_sha256,
        lines.row_seq,
        count(distinct indicators.program_code || '|' || indicators.product_code || '|' || indicators.indicator_name)
            as indicator_count
    from {{ ref('stg_co_municipios_plan__strategic_lines') }} as lines
    inner join {{ ref('stg_co_municipios_plan__product_indicators') }} as indicators
        on
            lines.document_sha256 = indicators.document_sha256
            and {{ fold_name('lines.line_name') }} = {{ fold_name('indicators.line_name') }}
    group by lines.document_sha256, lines.row_seq
),

added as (
    select
        totals.document_sha256,
        totals.row_seq,
        sum(lines.program_count) as program_count
    from {{ ref('stg_co_municipios_plan__strategic_lines_totals') }} as totals
    inner join {{ ref('stg_co_municipios_plan__strategic_lines') }} as lines
        on
            totals.document_sha256 = lines.document_sha256
            and lines.row_seq between totals.first_row_seq and totals.last_row_seq
    group by totals.document_sha256, totals.row_seq
),

compared as (
    select
        figures.*,
        cast(coalesce(listed.indicator_count, added.program_count) as decimal(24, 6)) as recomputed
    from figures
    left join listed
        on
            figures.document_sha256 = listed.document_sha256
            and figures.row_seq = listed.row_seq
            and figures.figure_level = 'row'
    left join added
        on
            figures.document_sha256 = added.document_sha256
            and figures.row_seq = added.row_seq
            and figures.figure_level = 'total'
)

select
    'total_equals_rows' as rule_id,
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
