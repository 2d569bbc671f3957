-- Indicators printed as a record of their own, of the documents that speak for a vintage.
select
    records.indicator_key,
    records.indicator_id,
    records.source_id,
    records.institution_key,
    records.program_code,
    records.indicator_code,
    records.indicator_name,
    'indicator' as indicator_kind,
    records.definition_text,
    records.unit_name_raw,
    records.level_name,
    records.type_name,
    records.dimension_name,
    records.frequency_name,
    records.direction_name,
    records.accumulation_name,
    records.formula,
    records.responsible_unit_name,
    vintages.period_start_date,
    vintages.period_end_date,
    vintages.vintage_seq,
    {{ surrogate_key(['records.document_sha256', 'records.table_name', 'records.row_seq']) }} as row_key,
    records.document_sha256,
    records.table_name,
    records.row_seq
from {{ ref('int_indicator_definitions__records') }} as records
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        records.document_sha256 = vintages.document_sha256
        and records.table_name = vintages.table_name
        and vintages.is_representative
