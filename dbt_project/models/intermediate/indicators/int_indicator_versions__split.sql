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
with tellings as (
    select
        indicator_key,
        row_key,
        definition_hash,
        period_end_date,
        row_number() over ({{ telling }}) as telling_no,
        lag(definition_hash) over ({{ telling }}) as hash_before
    from {{ ref('int_indicator_definitions__unite') }}
),

numbered as (
    select
        *,
        sum(case when hash_before = definition_hash then 0 else 1 end) over (
            partition by indicator_key order by telling_no rows between unbounded preceding and current row
        ) as version_no
    from tellings
),

counted as (
    select
        *,
        row_number() over (partition by indicator_key, version_no order by telling_no) as filing_no,
        count(*) over (partition by indicator_key, version_no) as filing_count
    from numbered
),

versions as (
    select
        row_key,
        version_no,
        filing_count,
        lead(period_end_date) over (partition by indicator_key order by version_no) as next_period_end_date
    from counted
    where filing_no = 1
),

-- only what has an earlier version is compared with it
changed_indicators as (
    select distinct indicator_key from numbered
    where version_no > 1
),

folded as (
    select
        {% for attribute, expression in folded.items() %}
        coalesce({{ expression }}, '_null_') as {{ attribute }}_folded,
        {% endfor %}
        definitions.indicator_key,
        definitions.row_key,
        versions.version_no
    from {{ ref('int_indicator_definitions__unite') }} as definitions
    inner join versions on definitions.row_key = versions.row_key
    inner join changed_indicators on definitions.indicator_key = changed_indicators.indicator_key
),

compared as (
    select
        {% for attribute in folded %}
        lag({{ attribute }}_folded) over (partition by indicator_key order by version_no) as {{ attribute }}_before,
        {% endfor %}
        *
    from folded
),

{% set changes = [] %}
{% for attribute in folded %}
{% do changes.append(
    "case when " ~ attribute ~ "_folded <> " ~ attribute ~ "_before then '" ~ attribute ~ ", ' else '' end"
) %}
{% endfor %}
listed as (
    select
        row_key,
        {{ changes | join('\n        || ') }} as changes
    from compared
)

select
    definitions.*,
    cast(versions.version_no as integer) as version_no,
    cast(versions.filing_count as integer) as filing_count,
    versions.next_period_end_date,
    nullif({{ replace_all('listed.changes', ', $', '') }}, '') as changed_attributes
from versions
inner join {{ ref('int_indicator_definitions__unite') }} as definitions on versions.row_key = definitions.row_key
left join listed on versions.row_key = listed.row_key
