-- The activities of the documents that speak for a vintage in the columns of fct_indicator_goals: one row per activity
-- and measure. Achievement that the synthesis tells is a printed figure of its own and not repeated here.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

measures as (
    select
        measures.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.country_code,
        vintages.fiscal_year,
        vintages.period_start_date,
        vintages.period_end_date,
        org_units.org_unit_key,
        org_units.org_unit_code,
        units.unit_code as printed_unit_code,
        units.unit_kind as printed_unit_kind,
        {{ fold_name('measures.activity_name') }} as activity_name_folded
    from {{ ref('int_activity_measures__pair') }} as measures
    inner join vintages
        on
            measures.document_sha256 = vintages.document_sha256
            and measures.table_name = vintages.table_name
    left join {{ ref('int_org_unit_names__match') }} as org_units
        on
            measures.document_sha256 = org_units.document_sha256
            and {{ fold('measures.responsible_name') }} = org_units.name_folded
    left join {{ ref('int_units__match') }} as units on {{ fold_unit('measures.unit_name_raw') }} = units.unit_folded
)

select
    *,
    'plan_activity' as report_level,
    'sv-insafocoop-poa' as plan_scheme,
    coalesce(printed_unit_code, 'not_stated') as unit_code,
    coalesce(printed_unit_kind, 'not_stated') as unit_kind,
    activity_name || case when measure_count > 1 then ': ' || measure_name else '' end as indicator_name,
    {{ percent_of('achieved_value', 'programmed_value') }} as achievement_exact,
    case
        when synthesis_says_no_report or achieved_value_null_kind = 'not_reported' then 'not_reported'
        else 'reported'
    end as report_status,
    'activity ' || {{ as_text('row_seq') }}
    || case when measure_count > 1 then ' measure ' || {{ as_text('measure_no') }} else '' end as scope,
    {{ vintage_scoped_key(['row_seq', 'measure_no']) }} as row_key,
    {{ entity_key([
        "'sv-insafocoop-poa'", 'institution_key', 'axis_code', 'line_code', 'activity_name_folded', 'measure_no'
    ]) }} as indicator_key,
    {{ surrogate_key([
        "'sv-insafocoop-poa'", 'institution_key', 'axis_code', 'line_code', 'activity_name_folded', 'measure_no'
    ]) }} as indicator_id
from measures
