-- Each indicator (or product of a category) of every vintage, as the newest filing that carries it describes it.
with report_rows as (
    select
        *,
        {{ surrogate_key([
            'indicator_name_folded', fold('unit_name_raw'), fold_name('formula'), fold('level_name'), fold('type_name'),
            fold('dimension_name'), fold('frequency_name')
        ]) }} as definition_hash
    from {{ ref('int_report_rows__select') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by indicator_key
            order by period_end_date desc, period_start_date asc, vintage_seq desc, row_key asc
        ) as recency
    from report_rows
),

history as (
    select
        indicator_key,
        count(distinct definition_hash) as definition_count,
        min(period_end_date) as first_period_end_date,
        max(period_end_date) as last_period_end_date
    from report_rows
    group by indicator_key
)

select
    ranked.indicator_key,
    ranked.source_id,
    ranked.institution_key,
    ranked.program_code,
    ranked.indicator_code,
    ranked.indicator_name,
    ranked.definition_hash,
    cast(history.definition_count as integer) as definition_count,
    {{ as_text("case when ranked.report_level = 'program_line' then 'indicator' else 'product' end") }}
        as indicator_kind,
    ranked.unit_code,
    {{ as_text('ranked.unit_kind') }} as unit_kind,
    ranked.unit_name_raw,
    ranked.level_name,
    ranked.type_name,
    ranked.dimension_name,
    ranked.frequency_name,
    ranked.formula,
    history.first_period_end_date,
    history.last_period_end_date
from ranked
inner join history on ranked.indicator_key = history.indicator_key
where ranked.recency = 1
