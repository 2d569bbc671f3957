-- The documents whose rows are built in this run. In a run over what changed (see `is_touched_run`): those that came,
-- went or are held otherwise than when the working database was last built, and with them every document of the same
-- institutions, because vintages, restatements and the newest description of a programme depend on one another within
-- an institution. Where documents of a source speak of several institutions row by row, all of that source.
{{ config(meta={'sees': 'everything'}) }}
{% set speaking_row_by_row = relation_if_there('int_row_institutions__identify') if is_touched_run() %}
with changed as (
    select * from {{ ref('int_documents__compare') }}
    where is_changed and part_no = 1
),

changed_institutions as (
    select institution_key from changed
    where institution_key is not null
    union
    select institution_key_before from changed
    where institution_key_before is not null
),

changed_row_by_row as (
    select source_id from changed
    {% if speaking_row_by_row %}
    where source_id in (select source_id from {{ speaking_row_by_row }})
    {% else %}
    where false
    {% endif %}
)

select
    compared.document_sha256,
    compared.source_id,
    compared.institution_key,
    compared.state_hash,
    compared.is_changed
from {{ ref('int_documents__compare') }} as compared
where
    compared.document_sha256 in (select document_sha256 from changed)
    or compared.institution_key in (select institution_key from changed_institutions)
    or compared.source_id in (select source_id from changed_row_by_row)
