-- Every printed value of an indicator with the year it is of and the place that gives it its role, of every document.
with history as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'history' as label_key,
        year_raw as period_label_raw,
        value_year,
        {{ carry('indicator_value') }}
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_history') }}
),

yearly_targets as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'yearly_targets' as label_key,
        year_raw as period_label_raw,
        value_year,
        {{ carry('indicator_value') }}
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_targets') }}
),

{% for box in ['baseline', 'final_target'] %}
{{ box }}s as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        '{{ box }}' as label_key,
        {{ box }}_year_raw as period_label_raw,
        {{ box }}_year as value_year,
        {{ box }}_value_raw as indicator_value_raw,
        {{ box }}_value as indicator_value,
        {{ box }}_value_null_kind as indicator_value_null_kind
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }}
),

{% endfor %}
-- a year without a word is a result only while it lies before the budget year
year_columns as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'year_column ' || case
            when {{ fold_name('period_words') }} <> '' then {{ fold_name('period_words') }}
            when value_year < budget_year then 'BEFORE BUDGET YEAR'
            when value_year = budget_year then 'BUDGET YEAR'
            else 'AFTER BUDGET YEAR'
        end as label_key,
        period_label_raw,
        value_year,
        {{ carry('indicator_value') }},
        row_role,
        row_label
    from {{ ref('stg_cl_dipres_indicadores__indicator_values') }}
)

{% for part in ['history', 'yearly_targets', 'baselines', 'final_targets'] %}
select
    *,
    'indicator' as row_role,
    {{ as_text('null') }} as row_label
from {{ part }}
union all
{% endfor %}
select * from year_columns
