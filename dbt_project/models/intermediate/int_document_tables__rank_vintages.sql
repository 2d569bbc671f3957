-- depends_on: {{ ref('audit_unmapped_keys') }}
-- depends_on: {{ ref('audit_unparsed_values') }}
-- Forms of one filing that say the same are renditions of one vintage and one of them speaks for all; a filing that
-- says something else is a new vintage. Everything published comes through here, so a key that no mapping knows and a
-- value that does not parse (the two audits above, each with a test of its own) stop the build at this point.
with loaded as (
    select
        fingerprints.source_id,
        fingerprints.table_name,
        fingerprints.document_sha256,
        fingerprints.content_fingerprint,
        fingerprints.row_count,
        fingerprints.total_count,
        documents.institution_key,
        documents.institution_code,
        documents.country_code,
        documents.currency_code,
        documents.period_start_date,
        documents.period_end_date,
        documents.fiscal_year,
        documents.publication,
        documents.file_path,
        documents.format,
        documents.first_seen,
        accounting.reported_at,
        cast(coalesce(preferences.preference, '99') as integer) as rendition_preference
    from {{ ref('int_document_tables__fingerprint') }} as fingerprints
    inner join {{ ref('int_documents__identify') }} as documents
        on fingerprints.document_sha256 = documents.document_sha256
    left join {{ ref('stg_contraste__accounting') }} as accounting
        on
            fingerprints.document_sha256 = accounting.document_sha256
            and fingerprints.table_name = accounting.table_name
    left join {{ ref('rendition_preference') }} as preferences on documents.format = preferences.format
    where documents.status = 'loaded'
),

forms as (
    select
        *,
        row_number() over (
            partition by source_id, table_name, institution_key, period_start_date, period_end_date, content_fingerprint
            order by rendition_preference, first_seen, document_sha256
        ) as form_no,
        count(*) over (
            partition by source_id, table_name, institution_key, period_start_date, period_end_date, content_fingerprint
        ) as form_count,
        first_value(document_sha256) over (
            partition by source_id, table_name, institution_key, period_start_date, period_end_date, content_fingerprint
            order by rendition_preference, first_seen, document_sha256
        ) as representative_document_sha256
    from loaded
),

vintages as (
    select
        source_id,
        table_name,
        institution_key,
        period_start_date,
        period_end_date,
        content_fingerprint,
        row_number() over (
            partition by source_id, table_name, institution_key, period_start_date, period_end_date
            order by
                min(coalesce(reported_at, first_seen)), min(first_seen), min(file_path), content_fingerprint
        ) as vintage_seq,
        count(*) over (
            partition by source_id, table_name, institution_key, period_start_date, period_end_date
        ) as vintage_count
    from forms
    group by source_id, table_name, institution_key, period_start_date, period_end_date, content_fingerprint
)

select
    forms.source_id,
    forms.table_name,
    forms.document_sha256,
    forms.representative_document_sha256,
    forms.form_no = 1 as is_representative,
    cast(forms.form_count as integer) as form_count,
    forms.content_fingerprint,
    cast(vintages.vintage_seq as integer) as vintage_seq,
    vintages.vintage_seq = vintages.vintage_count as is_latest,
    forms.row_count,
    forms.total_count,
    forms.institution_key,
    forms.institution_code,
    forms.country_code,
    forms.currency_code,
    forms.period_start_date,
    forms.period_end_date,
    forms.fiscal_year,
    forms.publication,
    forms.file_path,
    forms.format,
    forms.rendition_preference,
    forms.first_seen,
    forms.reported_at
from forms
inner join vintages
    on
        forms.source_id = vintages.source_id
        and forms.table_name = vintages.table_name
        and forms.institution_key = vintages.institution_key
        and forms.period_start_date = vintages.period_start_date
        and forms.period_end_date = vintages.period_end_date
        and forms.content_fingerprint = vintages.content_fingerprint
