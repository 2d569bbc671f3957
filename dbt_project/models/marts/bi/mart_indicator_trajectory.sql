-- The way of an indicator over the years: every printed value with its role, beside the last value known when the
-- targets were set, the baseline and the final target. A target is less ambitious when it asks for less than the value
-- it starts from, in the direction that the document states; where it states none, more is taken to be better and
-- `is_direction_assumed` says so. Constant means to hold the value: yearly targets that differ all the same are shares
-- of a plan of several years, and nothing of one year is held against them.
with printed as (
    select
        facts.*,
        indicators.indicator_name,
        coalesce(indicators.direction_code, 'not_stated') as direction_code,
        indicators.accumulation_type,
        institutions.institution_code,
        institutions.institution_name,
        institutions.country_code,
        facts.value_role in ('target', 'target_intermediate', 'target_final') as is_target,
        facts.value_role in ('actual', 'historical', 'estimated') as is_observed,
        facts.value_numeric is not null as is_number
    from {{ ref('fct_indicator_values') }} as facts
    inner join {{ ref('dim_indicators') }} as indicators on facts.indicator_key = indicators.indicator_key
    inner join {{ ref('dim_institutions') }} as institutions on facts.institution_key = institutions.institution_key
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_sha256, indicator_key, is_observed, is_number
            order by value_year desc, row_seq desc
        ) as recency,
        row_number() over (
            partition by document_sha256, indicator_key, is_target, is_number
            order by value_year desc, case when value_role = 'target_final' then 0 else 1 end, row_seq desc
        ) as target_recency,
        row_number() over (
            partition by document_sha256, indicator_key, is_target, is_number
            order by value_year asc, row_seq asc
        ) as target_order
    from printed
),

summary as (
    select
        document_sha256,
        indicator_key,
        {% for column in ['value_numeric', 'value_year', 'value_role'] %}
        max(case when is_observed and is_number and recency = 1 then {{ column }} end) as latest_{{ column }},
        {% endfor %}
        max(case when value_role = 'baseline' then value_numeric end) as baseline_value,
        max(case when value_role = 'baseline' then value_year end) as baseline_year,
        max(case when is_target and is_number and target_order = 1 then value_numeric end)
            as first_target_value,
        max(case when is_target and is_number and target_order = 1 then value_year end)
            as first_target_year,
        max(case when is_target and is_number and target_recency = 1 then value_numeric end)
            as final_target_value,
        max(case when is_target and is_number and target_recency = 1 then value_year end)
            as final_target_year,
        not coalesce(
            max(direction_code) = 'constant'
            and min(case when is_target and value_role <> 'target_final' then value_numeric end)
            <> max(case when is_target and value_role <> 'target_final' then value_numeric end),
            false
        ) as has_comparable_targets
    from ranked
    group by document_sha256, indicator_key
)

select
    {{ surrogate_key(['printed.indicator_value_key']) }} as trajectory_key,
    printed.indicator_value_key,
    printed.institution_key,
    printed.institution_code,
    printed.institution_name,
    printed.country_code,
    printed.indicator_key,
    printed.indicator_name,
    {{ as_text('printed.direction_code') }} as direction_code,
    printed.direction_code = 'not_stated' as is_direction_assumed,
    printed.accumulation_type,
    printed.source_id,
    printed.unit_code,
    printed.unit_kind,
    printed.value_role,
    printed.value_year,
    printed.value_numeric,
    printed.value_raw,
    printed.value_null_kind,
    summary.latest_value_numeric as latest_value,
    summary.latest_value_year,
    {{ as_text('summary.latest_value_role') }} as latest_value_role,
    summary.baseline_value,
    summary.baseline_year,
    summary.first_target_value,
    summary.first_target_year,
    summary.final_target_value,
    summary.final_target_year,
    summary.has_comparable_targets,
    case
        when not summary.has_comparable_targets then null
        when printed.direction_code = 'constant' then summary.latest_value_numeric = summary.first_target_value
        when printed.direction_code = 'descending' then summary.latest_value_numeric <= summary.first_target_value
        else summary.latest_value_numeric >= summary.first_target_value
    end as is_on_track,
    {% for reference in ['latest_value_numeric', 'baseline_value'] %}
    case
        when not printed.is_target or not summary.has_comparable_targets then null
        when printed.direction_code = 'descending' then printed.value_numeric > summary.{{ reference }}
        else printed.value_numeric < summary.{{ reference }}
    end as is_below_{{ 'latest' if loop.first else 'baseline' }},
    {% endfor %}
    printed.fiscal_year,
    printed.document_sha256,
    {{ vintage_columns('printed') }},
    printed.table_name,
    printed.scope,
    printed.page_no,
    printed.table_no,
    printed.row_no
from printed
inner join summary
    on
        printed.document_sha256 = summary.document_sha256
        and printed.indicator_key = summary.indicator_key
