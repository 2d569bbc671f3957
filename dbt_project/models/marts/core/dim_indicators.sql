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
        row_key,
        row_number() over (
            partition by indicator_key
            order by period_end_date desc, period_start_date asc, vintage_seq desc, row_key asc
        ) as recency
    from definitions
),

newest as (
    select definitions.*
    from definitions
    inner join ranked on definitions.row_key = ranked.row_key
    where ranked.recency = 1
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
    newest.indicator_key,
    newest.indicator_id,
    newest.source_id,
    newest.institution_key,
    newest.program_code,
    newest.indicator_code,
    newest.indicator_name,
    newest.definition_text,
    newest.definition_hash,
    cast(history.definition_count as integer) as definition_count,
    history.definition_count > 1 as has_changed_definition,
    {{ as_text('newest.indicator_kind') }} as indicator_kind,
    newest.unit_code,
    {{ as_text('newest.unit_kind') }} as unit_kind,
    newest.unit_name_raw,
    newest.level_name,
    newest.type_name,
    newest.dimension_name,
    newest.frequency_name,
    newest.direction_name,
    newest.accumulation_name,
    {% for attribute in indicator_attributes() %}
    {{ as_text('newest.' ~ attribute.conformed) }} as {{ attribute.conformed }},
    {% endfor %}
    newest.formula,
    newest.responsible_unit_name,
    history.first_period_end_date,
    history.last_period_end_date,
    newest.document_sha256
from newest
inner join history on newest.indicator_key = history.indicator_key
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
