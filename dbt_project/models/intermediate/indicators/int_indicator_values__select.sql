-- The values of indicators (not of their variables) of the documents that speak for a vintage.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
)

select
    printed.*,
    records.indicator_key,
    records.institution_key as row_institution_key,
    records.indicator_name,
    coalesce(units.unit_code, 'not_stated') as unit_code,
    coalesce(units.unit_kind, 'not_stated') as unit_kind,
    records.unit_name_raw,
    {{ has_percent_sign('printed.indicator_value_raw') }} as has_percent_sign,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    vintages.institution_key,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    'indicator ' || {{ as_text('printed.record_no') }} || ' ' || printed.value_role || ' '
    || coalesce({{ as_text('printed.value_year') }}, '?') as scope
from {{ ref('int_value_roles__match') }} as printed
inner join vintages
    on
        printed.document_sha256 = vintages.document_sha256
        and printed.table_name = vintages.table_name
inner join {{ ref('int_indicator_definitions__records') }} as records
    on
        printed.document_sha256 = records.document_sha256
        and printed.record_no = records.record_no
left join {{ ref('int_units__match') }} as units on {{ fold_unit('records.unit_name_raw') }} = units.unit_folded
where printed.row_role = 'indicator'
