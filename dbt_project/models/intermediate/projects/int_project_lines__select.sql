-- The projects and works of the documents that speak for a vintage, with the scope by which a reader finds a row again
-- in any form of the publication. A row without a code goes by its name. Of a quarter that lies after the period that a
-- document covers no result is reported yet, whatever is printed there.
{{ config(materialized='incremental') }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

dated as (
    select
        projects.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.institution_code,
        vintages.country_code,
        vintages.currency_code,
        vintages.fiscal_year,
        vintages.period_start_date as filing_start_date,
        vintages.period_end_date as filing_end_date,
        case projects.quarter_no
            {% for day in ['01-01', '04-01', '07-01', '10-01'] %}
            when {{ loop.index }} then {{ day_of_year('vintages.fiscal_year', day) }}
            {% endfor %}
            else vintages.period_start_date
        end as period_start_date,
        case projects.quarter_no
            {% for day in ['03-31', '06-30', '09-30', '12-31'] %}
            when {{ loop.index }} then {{ day_of_year('vintages.fiscal_year', day) }}
            {% endfor %}
            else vintages.period_end_date
        end as period_end_date,
        coalesce(nullif(projects.project_code, ''), lower({{ fold('projects.project_name') }}), '') as project_label
    from {{ ref('int_project_lines__unite') }} as projects
    inner join vintages
        on
            projects.document_sha256 = vintages.document_sha256
            and projects.table_name = vintages.table_name
),

numbered as (
    select
        *,
        coalesce(period_start_date > filing_end_date, false) as lies_ahead,
        row_number() over (
            partition by document_sha256, table_name, project_label, quarter_no order by row_seq
        ) as occurrence_no
    from dated
)

{% set not_yet = ['achieved_value', 'achievement_programmed_pct'] %}
select
    {% for column in [
        'document_sha256', 'source_id', 'table_name', 'segment_no', 'page_no', 'sheet_name', 'table_no', 'row_no', 'row_seq',
        'project_kind'
    ] + project_texts() %}
    {{ column }},
    {% endfor %}
    {% for measure in project_measures() %}
    {% if measure in not_yet %}
    {{ measure }}_raw,
    case when not lies_ahead then {{ measure }} end as {{ measure }},
    case when lies_ahead then 'not_reported' else {{ measure }}_null_kind end as {{ measure }}_null_kind,
    {% else %}
    {{ carry(measure) }},
    {% endif %}
    {% endfor %}
    method,
    confidence,
    quarter_no,
    project_label,
    occurrence_no,
    content_fingerprint,
    {{ vintage_columns() }},
    institution_key,
    institution_code,
    country_code,
    currency_code,
    filing_start_date,
    filing_end_date,
    period_start_date,
    period_end_date,
    fiscal_year,
    'project ' || project_label
    || case when quarter_no is not null then ' quarter ' || {{ as_text('quarter_no') }} else '' end
    || case when occurrence_no > 1 then ' line ' || {{ as_text('occurrence_no') }} else '' end as scope
from numbered
