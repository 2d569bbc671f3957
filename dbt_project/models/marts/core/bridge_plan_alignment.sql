select
    {{ surrogate_key([
        'vintages.source_id', 'vintages.table_name', 'vintages.institution_key', 'vintages.period_start_date',
        'vintages.period_end_date', 'vintages.content_fingerprint', 'links.alignment_kind', 'links.row_seq'
    ]) }} as alignment_key,
    {{ as_text('links.alignment_kind') }} as alignment_kind,
    -- an objective is no indicator and the reverse; a printed name that is no objective of the plan is not known
    coalesce(links.indicator_key, {{ not_applicable() }}) as indicator_key,
    coalesce(links.plan_element_key, {{ not_applicable() }}) as plan_element_key,
    coalesce(links.aligned_plan_element_key, {{ not_known() }}) as aligned_plan_element_key,
    links.aligned_name_raw,
    {{ as_text('links.link_quality') }} as link_quality,
    links.link_quality = 'filled' as is_inferred,
    {{ as_text('links.inferred_reason') }} as inferred_reason,
    vintages.institution_key,
    links.source_id,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    {{ whole_number_of('links.document_sha256') }} as document_key,
    links.document_sha256,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    links.table_name,
    links.page_no,
    links.table_no,
    links.row_no,
    links.row_seq
from {{ ref('int_plan_alignment__link') }} as links
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        links.document_sha256 = vintages.document_sha256
        and links.table_name = vintages.table_name
        and vintages.is_representative
