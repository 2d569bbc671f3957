-- Every document ever received. `source`: facts are read from it; `rendition`: it says the same as the one named in
-- represented_by_sha256; `quarantined`: it could not be read in full; `withdrawn`: a person took
-- it out. Nothing is taken from these two.
{{ config(materialized='table') }}
with tables as (
    select
        document_sha256,
        max(case when is_representative then 1 else 0 end) as is_source,
        min(representative_document_sha256) as representative_document_sha256,
        max(vintage_seq) as vintage_seq,
        max(case when is_latest then 1 else 0 end) as is_latest,
        sum(row_count) as row_count,
        sum(total_count) as total_count,
        min(reported_at) as reported_at
    from {{ ref('int_document_tables__rank_vintages') }}
    group by document_sha256
)

select
    {{ whole_number_of('documents.document_sha256') }} as document_key,
    documents.document_sha256,
    documents.source_id,
    documents.file_path,
    documents.publication,
    documents.format,
    documents.file_bytes,
    documents.page_count,
    documents.title,
    documents.publisher_name,
    documents.country_code,
    documents.currency_code,
    documents.language_code,
    documents.report_code_raw,
    documents.institution_name_raw,
    documents.institution_is_inferred,
    identified.institution_key,
    documents.period_raw,
    documents.period_start_date,
    documents.period_end_date,
    identified.fiscal_year,
    tables.reported_at,
    documents.first_seen,
    documents.status,
    documents.reason,
    {{ as_text("""case
        when documents.status <> 'loaded' then documents.status
        when tables.is_source = 1 then 'source'
        else 'rendition'
    end""") }} as role,
    case when tables.is_source = 0 then tables.representative_document_sha256 end as represented_by_sha256,
    tables.vintage_seq,
    coalesce(tables.is_latest = 1, false) as is_latest,
    cast(coalesce(tables.row_count, 0) as integer) as row_count,
    cast(coalesce(tables.total_count, 0) as integer) as total_count,
    documents.extractor_version,
    documents.spec_sha256
from {{ ref('stg_contraste__documents') }} as documents
inner join {{ ref('int_documents__identify') }} as identified
    on documents.document_sha256 = identified.document_sha256
left join tables on documents.document_sha256 = tables.document_sha256
