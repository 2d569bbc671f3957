-- The role of every printed value, by the place it is printed in. A place that the mapping does not know has no row
-- here and stops the build as an unmapped key.
with labels as (
    select
        label_key,
        value_role,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('value_role_labels') }}
)

select
    printed.*,
    labels.value_role
from {{ ref('int_indicator_values__unite') }} as printed
inner join {{ ref('int_documents__identify') }} as documents on printed.document_sha256 = documents.document_sha256
inner join labels
    on
        printed.label_key = labels.label_key
        and documents.period_end_date between labels.valid_from and labels.valid_to
