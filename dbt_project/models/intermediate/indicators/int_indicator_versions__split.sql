-- The definitions of each indicator in the order in which its filings tell them, one row from each change to the next.
-- The order is that by which dim_indicators finds the newest definition, so that the last version is the one it shows.
{% set folded = {
    'name': fold_name('indicator_name'),
    'unit': fold('unit_name_raw'),
    'formula': fold_name('formula'),
    'level': fold('level_name'),
    'type': fold('type_name'),
    'dimension': fold('dimension_name'),
    'frequency': fold('frequency_name'),
    'direction': fold('direction_name'),
    'accumulation': fold('accumulation_name'),
    'definition': fold_name('definition_text'),
} %}
{% set telling %}
partition by indicator_key order by period_end_date asc, period_start_date desc, vintage_seq asc, row_key desc
{% endset %}
with filings as (
    select
        *,
        {% for attribute, expression in folded.items() %}
        coalesce({{ expression }}, '_null_') as {{ attribute }}_folded,
        {% endfor %}
        row_number() over ({{ telling }}) as telling_no,
        lag(definition_hash) over ({{ telling }}) as hash_before
    from {{ ref('int_indicator_definitions__unite') }}
),

numbered as (
    select
        *,
        cast(sum(case when hash_before = definition_hash then 0 else 1 end) over (
            partition by indicator_key order by telling_no rows between unbounded preceding and current row
        ) as integer) as version_no
    from filings
),

counted as (
    select
        *,
        row_number() over (partition by indicator_key, version_no order by telling_no) as filing_no,
        count(*) over (partition by indicator_key, version_no) as filing_count
    from numbered
),

compared as (
    select
        *,
        {% for attribute in folded %}
        lag({{ attribute }}_folded) over (partition by indicator_key order by version_no) as {{ attribute }}_before,
        {% endfor %}
        lead(period_end_date) over (partition by indicator_key order by version_no) as next_period_end_date
    from counted
    where filing_no = 1
),

{% set changes = [] %}
{% for attribute in folded %}
{% do changes.append(
    "case when " ~ attribute ~ "_folded <> " ~ attribute ~ "_before then '" ~ attribute ~ ", ' else '' end"
) %}
{% endfor %}
listed as (
    select
        *,
        {{ changes | join('\n        || ') }} as changes
    from compared
)

select
    *,
    nullif({{ replace_all('changes', ', $', '') }}, '') as changed_attributes
from listed
