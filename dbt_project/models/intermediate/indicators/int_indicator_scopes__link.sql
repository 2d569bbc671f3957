-- Where an indicator is measured: each region and area that its sheet lists, of the documents that speak for a vintage.
select
    scopes.document_sha256,
    scopes.source_id,
    scopes.table_name,
    scopes.page_no,
    scopes.table_no,
    scopes.row_no,
    scopes.row_seq,
    records.indicator_key,
    scopes.region_code,
    scopes.region_name,
    scopes.area_code,
    scopes.area_name,
    vintages.institution_key,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }}
from {{ ref('int_indicator_scopes__name') }} as scopes
inner join {{ ref('int_indicator_definitions__records') }} as records
    on
        scopes.document_sha256 = records.document_sha256
        and scopes.record_no = records.record_no
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        scopes.document_sha256 = vintages.document_sha256
        and scopes.table_name = vintages.table_name
        and vintages.is_representative
