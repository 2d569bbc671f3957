-- Every document against what the working database was last built from: those that came, went or are held otherwise are
-- changed. Where more changed than one run can take (see `rows_at_once`), they are taken in parts, whole institutions
-- after one another; this run takes part 1, and the next ones what is changed still.
{{ config(meta={'sees': 'everything'}) }}
{% set built = relation_if_there('documents_built') if is_touched_run() %}
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
),

compared as (
    {% if built %}
    select
        coalesce(documents.document_sha256, built.document_sha256) as document_sha256,
        coalesce(documents.source_id, built.source_id) as source_id,
        documents.institution_key,
        built.institution_key as institution_key_before,
        documents.state_hash,
        coalesce(documents.state_hash, '') <> coalesce(built.state_hash, '') as is_changed
    from documents
    full outer join {{ built }} as built on documents.document_sha256 = built.document_sha256
    {% else %}
    select
        document_sha256,
        source_id,
        institution_key,
        institution_key as institution_key_before,
        state_hash,
        true as is_changed
    from documents
    {% endif %}
),

filers as (
    select
        compared.*,
        {{ as_text('coalesce(' ~ as_text('compared.institution_key') ~ ', compared.document_sha256)') }} as filer
    from compared
),

sized as (
    select
        filers.filer,
        cast(sum(tables.data_rows + tables.total_rows) as bigint) as row_count
    from filers
    inner join {{ ref('stg_contraste__accounting') }} as tables on filers.document_sha256 = tables.document_sha256
    where filers.is_changed
    group by filers.filer
),

queued as (
    select
        filer,
        {% if is_touched_run() %}
        floor((sum(row_count) over (order by filer) - row_count) / {{ rows_at_once() }}) as turn
        {% else %}
        0 as turn
        {% endif %}
    from sized
),

parts as (
    select
        filer,
        cast(dense_rank() over (order by turn) as integer) as part_no
    from queued
)

select
    filers.document_sha256,
    filers.source_id,
    filers.institution_key,
    filers.institution_key_before,
    filers.state_hash,
    filers.is_changed,
    coalesce(parts.part_no, 1) as part_no
from filers
left join parts on filers.filer = parts.filer
