-- Each printed total of projects or works of the documents that speak for a vintage, with what its rows add up to.
{% set added = project_money() + goal_measures() %}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

totals as (
    select
        printed.*,
        case
            when printed.total_kind <> 'total' then printed.total_kind || ' ' || {{ as_text('printed.total_no') }}
            when printed.total_no > 1 then 'total ' || {{ as_text('printed.total_no') }}
            else 'total'
        end as scope
    from {{ ref('int_project_totals__unite') }} as printed
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
        {% for measure in added %}
        cast(sum(projects.{{ measure }}) as decimal(24, 6)) as rows_{{ measure }},
        {% if measure in project_money() %}
        sum({{ rounding_half_printed(measure, 'projects.') }}) as rows_{{ measure }}_half,
        {% else %}
        cast(0 as decimal(24, 6)) as rows_{{ measure }}_half,
        {% endif %}
        {% endfor %}
        count(projects.row_seq) as covered_rows
    from totals
    left join {{ ref('int_project_lines__select') }} as projects
        on
            totals.document_sha256 = projects.document_sha256
            and totals.table_name = projects.table_name
            and projects.row_seq between totals.first_row_seq and totals.last_row_seq
    group by totals.document_sha256, totals.table_name, totals.row_seq
)

select
    totals.*,
    {% for measure in added %}
    sums.rows_{{ measure }},
    sums.rows_{{ measure }}_half,
    {% endfor %}
    sums.covered_rows
from totals
inner join sums
    on
        totals.document_sha256 = sums.document_sha256
        and totals.table_name = sums.table_name
        and totals.row_seq = sums.row_seq
