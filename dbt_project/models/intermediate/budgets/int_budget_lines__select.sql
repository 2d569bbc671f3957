-- The lines of the documents that speak for a vintage, parents and leaves, with the scope by which a reader finds a
-- line again in any form of the publication. A line that repeats for each month or year is of that period.
{{ config(materialized='incremental') }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

filed as (
    select
        budget_lines.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_code,
        vintages.country_code,
        vintages.currency_code,
        vintages.period_start_date as filing_start_date,
        vintages.period_end_date as filing_end_date,
        vintages.fiscal_year as filing_year,
        case budget_lines.series_kind
            when 'month'
                then cast(
                    {{ as_text('vintages.fiscal_year') }} || '-'
                    || lpad({{ as_text('budget_lines.series_no') }}, 2, '0') || '-01' as date
                )
            when 'year' then {{ day_of_year('budget_lines.series_no', '01-01') }}
            else vintages.period_start_date
        end as own_start_date
    from {{ ref('int_budget_lines__classify') }} as budget_lines
    inner join vintages
        on
            budget_lines.document_sha256 = vintages.document_sha256
            and budget_lines.table_name = vintages.table_name
),

dated as (
    select
        filed.*,
        case filed.series_kind
            when 'month'
                then cast({{ dbt.last_day('filed.own_start_date', 'month') }} as date)
            when 'year' then {{ day_of_year('filed.series_no', '12-31') }}
            else filed.filing_end_date
        end as own_end_date
    from filed
)

select
    {% for column in [
        'document_sha256', 'source_id', 'table_name', 'segment_no', 'page_no', 'sheet_name', 'table_no', 'row_no', 'row_seq',
        'flow', 'classification', 'class_scheme', 'is_printed_member', 'term_raw', 'term_folded', 'class_code_raw',
        'level_no', 'series_no', 'decimal_mark'
    ] %}
    dated.{{ column }},
    {% endfor %}
    {% for measure in budget_line_measures() %}
    {{ carry(measure, 'dated') }},
    {% endfor %}
    dated.institution_key,
    dated.class_code,
    dated.parent_row_seq,
    dated.is_leaf,
    dated.occurrence_no,
    dated.budget_class_key,
    dated.content_fingerprint,
    {{ vintage_columns('dated') }},
    dated.institution_code,
    dated.country_code,
    dated.currency_code,
    dated.filing_start_date,
    dated.filing_end_date,
    dated.filing_year,
    dated.own_start_date as period_start_date,
    dated.own_end_date as period_end_date,
    case
        when dated.series_kind is null then dated.filing_year
        else cast(extract(year from dated.own_end_date) as integer)
    end as fiscal_year,
    dated.classification || ' ' || lower(dated.class_code)
    || case
        when dated.series_no > 0 then ' ' || dated.series_kind || ' ' || {{ as_text('dated.series_no') }}
        else ''
    end
    || case
        when dated.occurrence_no > 1 then ' line ' || {{ as_text('dated.occurrence_no') }}
        else ''
    end as scope
from dated
