-- Every line of a printed balance against what its formula makes of the lines it names. A line that is printed twice
-- counts once; a term left blank makes nothing to compare. Tolerance: one cent, and what amounts printed without their
-- cents may hide.
with figures as (
    select * from {{ ref('int_printed_figures__balances') }}
),

coded as (
    select
        figures.*,
        lines.line_code,
        row_number() over (
            partition by figures.document_sha256, figures.table_name, lines.line_code, figures.measure
            order by figures.row_seq
        ) as occurrence_no
    from figures
    inner join {{ ref('int_balance_lines__unite') }} as lines
        on
            figures.document_sha256 = lines.document_sha256
            and figures.table_name = lines.table_name
            and figures.row_seq = lines.row_seq
),

made as (
    select
        coded.document_sha256,
        coded.table_name,
        coded.row_seq,
        coded.measure,
        sum(cast(formulas.sign as integer) * terms.printed_value) as amount,
        sum({{ rounding_half('terms.printed_value', 'terms.printed_unit') }}) as halves,
        count(*) as term_count,
        count(terms.printed_value) as printed_count
    from coded
    inner join {{ ref('balance_formulas') }} as formulas
        on
            coded.source_id = formulas.source_id
            and coded.table_name = formulas.table_name
            and coded.line_code = formulas.line_code
    left join coded as terms
        on
            coded.document_sha256 = terms.document_sha256
            and coded.table_name = terms.table_name
            and formulas.term_code = terms.line_code
            and coded.measure = terms.measure
            and terms.occurrence_no = 1
    group by coded.document_sha256, coded.table_name, coded.row_seq, coded.measure
),

compared as (
    select
        figures.*,
        case when made.term_count = made.printed_count then cast(made.amount as decimal(24, 6)) end as recomputed,
        made.halves
    from figures
    inner join made
        on
            figures.document_sha256 = made.document_sha256
            and figures.table_name = made.table_name
            and figures.row_seq = made.row_seq
            and figures.measure = made.measure
)

select
    'parent_equals_children' as rule_id,
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
    {{ tolerance_of(rounding_half('printed_value', 'printed_unit') ~ ' + coalesce(halves, 0)') }} as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
