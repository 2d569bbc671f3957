-- Each printed subtotal and total of the documents that speak for a vintage, with what its rows add up to.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

totals as (
    select
        printed.*,
        vintages.content_fingerprint,
        vintages.institution_key,
        vintages.period_start_date,
        vintages.period_end_date,
        case
            when printed.total_kind = 'subtotal' then 'subtotal ' || {{ as_text('printed.total_no') }}
            when printed.total_no > 1 then 'total ' || {{ as_text('printed.total_no') }}
            else 'total'
        end as scope
    from {{ ref('int_report_totals__unite') }} as printed
    inner join vintages
        on
            printed.document_sha256 = vintages.document_sha256
            and printed.table_name = vintages.table_name
),

sums as (
    select
        totals.document_sha256,
        totals.table_name,
        totals.row_seq,
        {% for measure in goal_measures() + ['physical_difference'] %}
        cast(sum(report.{{ measure }}) as decimal(24, 6)) as rows_{{ measure }},
        {% endfor %}
        {% for measure in amount_measures() + ['budget_difference'] %}
        cast(sum(report.{{ measure }}) as decimal(18, 2)) as rows_{{ measure }},
        {% endfor %}
        count(report.row_seq) as covered_rows
    from totals
    left join {{ ref('int_report_rows__select') }} as report
        on
            totals.document_sha256 = report.document_sha256
            and totals.table_name = report.table_name
            and report.row_seq between totals.first_row_seq and totals.last_row_seq
    group by totals.document_sha256, totals.table_name, totals.row_seq
)

select
    totals.*,
    {% for measure in goal_measures() + amount_measures() + difference_measures() %}
    sums.rows_{{ measure }},
    {% endfor %}
    sums.covered_rows
from totals
inner join sums
    on
        totals.document_sha256 = sums.document_sha256
        and totals.table_name = sums.table_name
        and totals.row_seq = sums.row_seq
