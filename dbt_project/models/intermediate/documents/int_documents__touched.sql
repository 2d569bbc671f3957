-- The documents whose rows are built in this run. In a run over what changed (see `is_touched_run`): those that came,
-- went or are held otherwise than when the working database was last built, and with them every document of the same
-- institutions, because vintages, restatements and the newest description of a programme depend on one another within
-- an institution. Where documents of a source speak of several institutions row by row, all of that source.
{{ config(materialized='table') }}
with documents as (
    select
        documents.document_sha256,
        documents.source_id,
        identified.institution_key,
        {{ surrogate_key([
            'documents.status', 'documents.file_path', 'documents.publication', 'documents.format',
            'documents.institution_name_raw', 'documents.period_start_date', 'documents.period_end_date',
            'documents.first_seen', 'documents.extractor_version', 'documents.spec_sha256'
        ]) }} as state_hash
    from {{ ref('stg_contraste__documents') }} as documents
    inner join {{ ref('int_documents__identify') }} as identified
        on documents.document_sha256 = identified.document_sha256
)

{% if is_touched_run() %}
{% set speaking_row_by_row = api.Relation.create(
    database=target.database, schema='intermediate', identifier='int_row_institutions__identify'
) %}
,

built as (
    select * from {{ built_documents() }}
),

compared as (
    select
        coalesce(documents.document_sha256, built.document_sha256) as document_sha256,
        coalesce(documents.source_id, built.source_id) as source_id,
        documents.institution_key,
        built.institution_key as institution_key_before,
        documents.state_hash,
        coalesce(documents.state_hash, '') <> coalesce(built.state_hash, '') as is_changed
    from documents
    full outer join built on documents.document_sha256 = built.document_sha256
),

changed as (
    select * from compared
    where is_changed
)

select
    document_sha256,
    source_id,
    institution_key,
    state_hash,
    is_changed
from compared
where
    is_changed
    or institution_key in (select institution_key from changed where institution_key is not null)
    or institution_key in (select institution_key_before from changed where institution_key_before is not null)
    or source_id in (
        select source_id from changed
        where source_id in (select source_id from {{ speaking_row_by_row }})
    )
{% else %}
select
    *,
    true as is_changed
from documents
{% endif %}
