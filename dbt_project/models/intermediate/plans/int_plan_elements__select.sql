-- The elements of the documents that speak for a vintage; a parent that no row of the plan prints or implies is null.
{{ config(meta={'sees': 'everything'}) }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

selected as (
    select
        elements.*,
        vintages.content_fingerprint,
        vintages.vintage_seq,
        vintages.is_latest,
        vintages.fiscal_year
    from {{ ref('int_plan_elements__unite') }} as elements
    inner join vintages
        on
            elements.document_sha256 = vintages.document_sha256
            and elements.table_name = vintages.table_name
)

select
    *,
    row_number() over (
        partition by plan_element_key
        order by vintage_seq desc, case when is_inferred then 1 else 0 end asc, document_sha256 asc, row_seq asc
    ) as recency
from selected
