-- Each indicator (product of a category, activity of a plan) of every vintage, as the newest filing that carries it
-- describes it.
{% set columns = [
    'indicator_key', 'indicator_id', 'source_id', 'institution_key', 'program_code', 'indicator_code', 'indicator_name',
    'definition_text', 'definition_hash', 'definition_count', 'has_changed_definition', 'indicator_kind', 'unit_code',
    'unit_kind', 'unit_name_raw', 'level_name', 'type_name', 'dimension_name', 'frequency_name', 'direction_name',
    'accumulation_name', 'results_chain_level', 'type_code', 'dimension_code', 'frequency_code', 'direction_code',
    'accumulation_type', 'formula', 'responsible_unit_name', 'first_period_end_date', 'last_period_end_date',
    'document_sha256'
] %}
with definitions as (
    select * from {{ ref('int_indicator_definitions__unite') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by indicator_key
            order by period_end_date desc, period_start_date asc, vintage_seq desc, row_key asc
        ) as recency
    from definitions
),

history as (
    select
        indicator_key,
        count(distinct definition_hash) as definition_count,
        min(period_end_date) as first_period_end_date,
        max(period_end_date) as last_period_end_date
    from definitions
    group by indicator_key
)

select
    ranked.indicator_key,
    ranked.indicator_id,
    ranked.source_id,
    ranked.institution_key,
    ranked.program_code,
    ranked.indicator_code,
    ranked.indicator_name,
    ranked.definition_text,
    ranked.definition_hash,
    cast(history.definition_count as integer) as definition_count,
    history.definition_count > 1 as has_changed_definition,
    {{ as_text('ranked.indicator_kind') }} as indicator_kind,
    ranked.unit_code,
    {{ as_text('ranked.unit_kind') }} as unit_kind,
    ranked.unit_name_raw,
    ranked.level_name,
    ranked.type_name,
    ranked.dimension_name,
    ranked.frequency_name,
    ranked.direction_name,
    ranked.accumulation_name,
    {% for attribute in indicator_attributes() %}
    {{ as_text('ranked.' ~ attribute.conformed) }} as {{ attribute.conformed }},
    {% endfor %}
    ranked.formula,
    ranked.responsible_unit_name,
    history.first_period_end_date,
    history.last_period_end_date,
    ranked.document_sha256
from ranked
inner join history on ranked.indicator_key = history.indicator_key
where ranked.recency = 1
{{ append_unknown_members(columns, {
    'indicator_key': "{key}",
    'indicator_id': "'{key}'",
    'indicator_name': "'{name}'",
    'has_changed_definition': "false",
    'unit_code': "'not_stated'",
    'unit_kind': "'not_stated'",
    'results_chain_level': "'not_stated'",
    'type_code': "'not_stated'",
    'dimension_code': "'not_stated'",
    'frequency_code': "'not_stated'",
    'direction_code': "'not_stated'",
    'accumulation_type': "'not_stated'"
}) }}
