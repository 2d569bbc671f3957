-- Who filed the document: the printed name, folded, against the institutions mapping of the document's period.
{{ config(meta={'sees': 'everything'}) }}
with documents as (
    select
        *,
        {{ fold('institution_name_raw') }} as institution_name_folded
    from {{ ref('stg_contraste__documents') }}
),

institutions as (
    select
        {{ fold('printed_name') }} as printed_name_folded,
        institution_code,
        institution_name,
        country_code,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('institutions') }}
),

identified as (
    select
        documents.*,
        institutions.institution_code,
        institutions.institution_name,
        row_number() over (
            partition by documents.document_sha256
            order by institutions.valid_from desc, institutions.institution_code asc
        ) as candidate_no
    from documents
    left join institutions
        on
            documents.institution_name_folded = institutions.printed_name_folded
            and documents.country_code = institutions.country_code
            and documents.period_end_date between institutions.valid_from and institutions.valid_to
)

select
    document_sha256,
    source_id,
    file_path,
    publication,
    format,
    status,
    first_seen,
    country_code,
    currency_code,
    institution_name_raw,
    institution_name_folded,
    institution_is_inferred,
    -- of two reports of one form and period, each under its own code, none is a version of the other
    coalesce({{ fold('report_code_raw') }}, '') as report_code_folded,
    institution_code,
    institution_name,
    case
        when institution_code is not null
            then {{ entity_key(['country_code', 'institution_code']) }}
    end as institution_key,
    period_start_date,
    period_end_date,
    cast(extract(year from period_end_date) as integer) as fiscal_year
from identified
where candidate_no = 1
