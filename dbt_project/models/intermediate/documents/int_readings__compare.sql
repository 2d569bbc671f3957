-- What the mended reading of a document says otherwise than the reading before it, in the columns of mart_restatements.
-- A reading whose values were not kept (it was interrupted) still says that something changed.
{{ config(meta={'sees': 'everything'}) }}
select
    'extraction_fixed' as cause,
    'reading' as comparison,
    coalesce(mended.change_kind, 'changed') as change_kind,
    readings.table_name,
    cast(null as bigint) as institution_key,
    cast(null as bigint) as indicator_key,
    case
        when mended.row_kind is null then 'table'
        else mended.row_kind || ' ' || {{ as_text('mended.row_seq') }}
    end as scope,
    mended.column_name as measure,
    case when coalesce(mended.old_number, mended.new_number) is null then 'text' else 'number' end as figure_kind,
    mended.old_text as old_raw,
    mended.new_text as new_raw,
    mended.old_number as old_value,
    mended.new_number as new_value,
    readings.document_sha256 as from_document,
    readings.document_sha256 as to_document,
    readings_before.extractor_version as from_extractor_version,
    readings.extractor_version as to_extractor_version,
    readings.reading_no,
    cast(readings.read_at as date) as restated_on,
    mended.page_no,
    mended.table_no,
    mended.row_no
from {{ ref('stg_contraste__readings') }} as readings
inner join {{ ref('stg_contraste__readings') }} as readings_before
    on
        readings.document_sha256 = readings_before.document_sha256
        and readings.source_id = readings_before.source_id
        and readings.table_name = readings_before.table_name
        and readings.reading_no = readings_before.reading_no + 1
left join {{ ref('stg_contraste__mended_values') }} as mended
    on
        readings.document_sha256 = mended.document_sha256
        and readings.source_id = mended.source_id
        and readings.table_name = mended.table_name
        and readings.reading_no = mended.reading_no
