-- Whose row it is, where a document of one office speaks of others: the name printed beside the rows, folded, against
-- the institutions mapping of the document's country and period.
{{ config(materialized='incremental') }}
with printed as (
    select
        document_sha256,
        institution_name_raw,
        min(page_no) as page_no,
        min(table_no) as table_no,
        min(row_no) as row_no
    from {{ ref('stg_cl_dipres_indicadores__product_counts') }}
    group by document_sha256, institution_name_raw
    union all
    select
        document_sha256,
        institution_name_raw,
        min(page_no) as page_no,
        min(table_no) as table_no,
        min(row_no) as row_no
    from {{ ref('stg_cl_dipres_indicadores__indicator_values') }}
    group by document_sha256, institution_name_raw
),

folded as (
    select
        document_sha256,
        min(institution_name_raw) as institution_name_raw,
        {{ fold('institution_name_raw') }} as institution_name_folded,
        min(page_no) as page_no,
        min(table_no) as table_no,
        min(row_no) as row_no
    from printed
    group by document_sha256, {{ fold('institution_name_raw') }}
),

institutions as (
    select
        {{ fold('printed_name') }} as printed_name_folded,
        institution_code,
        country_code,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('institutions') }}
),

identified as (
    select
        folded.*,
        documents.source_id,
        documents.country_code,
        institutions.institution_code,
        row_number() over (
            partition by folded.document_sha256, folded.institution_name_folded
            order by institutions.valid_from desc, institutions.institution_code asc
        ) as candidate_no
    from folded
    inner join {{ ref('int_documents__identify') }} as documents on folded.document_sha256 = documents.document_sha256
    left join institutions
        on
            folded.institution_name_folded = institutions.printed_name_folded
            and documents.country_code = institutions.country_code
            and documents.period_end_date between institutions.valid_from and institutions.valid_to
)

select
    document_sha256,
    source_id,
    country_code,
    institution_name_raw,
    institution_name_folded,
    institution_code,
    case
        when institution_code is not null then {{ entity_key(['country_code', 'institution_code']) }}
    end as institution_key,
    page_no,
    table_no,
    row_no
from identified
where candidate_no = 1
