-- Two forms of one publication (same path, other suffix) must say the same. `printed` counts the forms, `recomputed`
-- those that say what the preferred form says. Of a form that was replaced in place only the last one received counts.
-- The check belongs to the last vintage among the forms, so that a newer form that departs from the rest is not hidden
-- in a superseded one.
with documents as (
    select
        document_sha256,
        source_id,
        publication,
        format,
        row_number() over (partition by publication, format order by first_seen desc, document_sha256 asc) as recency
    from {{ ref('int_documents__identify') }}
    where status = 'loaded'
),

forms as (
    select * from documents
    where recency = 1
),

vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
),

form_tables as (
    select
        forms.publication,
        forms.format,
        vintages.source_id,
        vintages.table_name,
        vintages.content_fingerprint,
        first_value(vintages.representative_document_sha256) over (
            partition by forms.publication, vintages.table_name
            order by vintages.vintage_seq desc, forms.document_sha256 asc
        ) as last_document_sha256,
        row_number() over (
            partition by forms.publication, vintages.table_name
            order by vintages.rendition_preference, forms.document_sha256
        ) as preference
    from forms
    inner join vintages on forms.document_sha256 = vintages.document_sha256
),

form_counts as (
    select
        publication,
        count(*) as form_count
    from forms
    group by publication
    having count(*) > 1
),

compared as (
    select
        preferred.source_id,
        preferred.table_name,
        preferred.last_document_sha256 as document_sha256,
        preferred.publication,
        form_counts.form_count,
        sum(case when others.content_fingerprint = preferred.content_fingerprint then 1 else 0 end) as agreeing_count
    from form_tables as preferred
    inner join form_counts on preferred.publication = form_counts.publication
    inner join form_tables as others
        on
            preferred.publication = others.publication
            and preferred.table_name = others.table_name
    where preferred.preference = 1
    group by
        preferred.source_id, preferred.table_name, preferred.last_document_sha256, preferred.publication,
        form_counts.form_count
)

select
    'renditions_agree' as rule_id,
    source_id,
    table_name,
    document_sha256,
    'forms of ' || publication as scope,
    'forms' as measure,
    'count' as figure_kind,
    {{ as_text('null') }} as printed_raw,
    cast(form_count as decimal(24, 6)) as printed_value,
    cast(agreeing_count as decimal(24, 6)) as recomputed_exact,
    cast(agreeing_count as decimal(24, 6)) as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    {{ as_text('null') }} as not_comparable_cause,
    case when form_count <> agreeing_count then 'forms_differ' end as detected_cause,
    {{ as_text('null') }} as printed_total_key,
    cast(null as integer) as page_no,
    cast(null as integer) as table_no,
    cast(null as integer) as row_no,
    {{ as_text('null') }} as column_name
from compared
