-- Each unit a document names, folded, with the unit of its institution that goes by that name in the document's
-- period. A name that no mapping knows keeps a null code here and stops the build as an unmapped key.
with printed as (
    select distinct
        names.document_sha256,
        names.name_folded,
        documents.country_code,
        documents.institution_code,
        documents.institution_key,
        documents.period_end_date
    from {{ ref('int_org_unit_names__collect') }} as names
    inner join {{ ref('int_documents__identify') }} as documents on names.document_sha256 = documents.document_sha256
),

known as (
    select
        {{ fold('printed_name') }} as name_folded,
        country_code,
        institution_code,
        org_unit_code,
        name_role,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('org_units') }}
),

candidates as (
    select
        printed.*,
        known.org_unit_code,
        known.name_role,
        row_number() over (
            partition by printed.document_sha256, printed.name_folded
            order by known.valid_from desc, known.org_unit_code asc
        ) as candidate_no
    from printed
    left join known
        on
            printed.name_folded = known.name_folded
            and printed.country_code = known.country_code
            and printed.institution_code = known.institution_code
            and printed.period_end_date between known.valid_from and known.valid_to
)

select
    document_sha256,
    name_folded,
    country_code,
    institution_code,
    institution_key,
    org_unit_code,
    name_role,
    case
        when org_unit_code is not null then {{ entity_key(['institution_key', 'org_unit_code']) }}
    end as org_unit_key
from candidates
where candidate_no = 1
