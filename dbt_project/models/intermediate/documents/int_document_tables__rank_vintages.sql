-- depends_on: {{ ref('audit_unmapped_keys') }}
-- depends_on: {{ ref('audit_unparsed_values') }}
-- Forms of one filing that say the same are renditions of one vintage and one of them speaks for all; a filing that
-- says something else is a new vintage. Labels are compared within one format only, because formats wrap, accent and
-- cut them differently: a second wording of the same figures is a vintage of its own, and forms of other formats
-- follow the form that lies beside them, or else the order in which wordings came. Everything published comes through
-- here, so a key that no mapping knows and a value that does not parse (the two audits above, each with a test of its
-- own) stop the build at this point.
{{ config(materialized='incremental') }}
{% set filing = 'source_id, table_name, institution_key, report_code_folded, period_start_date, period_end_date' %}
with loaded as (
    select
        fingerprints.source_id,
        fingerprints.table_name,
        fingerprints.document_sha256,
        fingerprints.content_fingerprint as figures_fingerprint,
        fingerprints.label_fingerprint,
        fingerprints.row_count,
        fingerprints.total_count,
        documents.institution_key,
        documents.report_code_folded,
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

wordings as (
    select
        {{ filing }},
        figures_fingerprint,
        format,
        label_fingerprint,
        row_number() over (
            partition by {{ filing }}, figures_fingerprint, format
            order by min(coalesce(reported_at, first_seen)), min(first_seen), min(file_path), label_fingerprint
        ) as format_wording_no
    from loaded
    group by {{ filing }}, figures_fingerprint, format, label_fingerprint
),

numbered as (
    select
        loaded.*,
        wordings.format_wording_no,
        count(*) over (
            partition by
                loaded.source_id, loaded.table_name, loaded.institution_key, loaded.report_code_folded,
                loaded.period_start_date, loaded.period_end_date, loaded.figures_fingerprint, loaded.publication,
                loaded.format
        ) as same_name_count,
        max(wordings.format_wording_no) over (
            partition by
                loaded.source_id, loaded.table_name, loaded.institution_key, loaded.report_code_folded,
                loaded.period_start_date, loaded.period_end_date, loaded.figures_fingerprint, loaded.publication
        ) as publication_wording_no
    from loaded
    inner join wordings
        on
            loaded.source_id = wordings.source_id
            and loaded.table_name = wordings.table_name
            and loaded.institution_key = wordings.institution_key
            and loaded.report_code_folded = wordings.report_code_folded
            and loaded.period_start_date = wordings.period_start_date
            and loaded.period_end_date = wordings.period_end_date
            and loaded.figures_fingerprint = wordings.figures_fingerprint
            and loaded.format = wordings.format
            and loaded.label_fingerprint = wordings.label_fingerprint
),

worded as (
    select
        *,
        -- a form that was replaced in place has one name for two wordings
        case when same_name_count = 1 then publication_wording_no else format_wording_no end as wording_no
    from numbered
),

said as (
    select
        *,
        case
            when wording_no = 1 then figures_fingerprint
            else {{ surrogate_key(['figures_fingerprint', 'wording_no']) }}
        end as content_fingerprint
    from worded
),

forms as (
    select
        *,
        row_number() over (
            partition by {{ filing }}, content_fingerprint
            order by rendition_preference, first_seen, document_sha256
        ) as form_no,
        count(*) over (partition by {{ filing }}, content_fingerprint) as form_count,
        first_value(document_sha256) over (
            partition by {{ filing }}, content_fingerprint
            order by rendition_preference, first_seen, document_sha256
        ) as representative_document_sha256
    from said
),

known as (
    select
        {{ filing }},
        content_fingerprint,
        min(coalesce(reported_at, first_seen)) as known_at,
        min(reported_at) as reported_at,
        min(first_seen) as loaded_at,
        min(file_path) as file_path
    from forms
    group by {{ filing }}, content_fingerprint
),

vintages as (
    select
        *,
        row_number() over (
            partition by {{ filing }} order by known_at, loaded_at, file_path, content_fingerprint
        ) as vintage_seq,
        count(*) over (partition by {{ filing }}) as vintage_count,
        lead(cast(known_at as date)) over (
            partition by {{ filing }} order by known_at, loaded_at, file_path, content_fingerprint
        ) as known_until
    from known
)

select
    forms.source_id,
    forms.table_name,
    forms.document_sha256,
    forms.representative_document_sha256,
    forms.form_no = 1 as is_representative,
    cast(forms.form_count as integer) as form_count,
    forms.content_fingerprint,
    forms.figures_fingerprint,
    cast(vintages.vintage_seq as integer) as vintage_seq,
    cast(vintages.vintage_count as integer) as vintage_count,
    vintages.vintage_seq = 1 as is_first,
    vintages.vintage_seq = vintages.vintage_count as is_latest,
    cast(vintages.reported_at as date) as reported_on,
    cast(vintages.loaded_at as date) as loaded_on,
    cast(vintages.known_at as date) as known_from,
    vintages.known_until,
    forms.row_count,
    forms.total_count,
    forms.institution_key,
    forms.report_code_folded,
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
        and forms.report_code_folded = vintages.report_code_folded
        and forms.period_start_date = vintages.period_start_date
        and forms.period_end_date = vintages.period_end_date
        and forms.content_fingerprint = vintages.content_fingerprint
