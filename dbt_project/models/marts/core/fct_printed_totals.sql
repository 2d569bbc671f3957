select
    figures.printed_total_key,
    {{ as_text('figures.figure_kind') }} as figure_kind,
    {{ as_text('figures.scope') }} as scope,
    {{ as_text('figures.measure') }} as measure,
    figures.label_raw,
    figures.printed_raw,
    figures.printed_value,
    figures.printed_unit,
    {{ as_text('figures.null_kind') }} as null_kind,
    figures.is_inferred,
    {{ as_text('figures.inferred_reason') }} as inferred_reason,
    figures.source_id,
    vintages.institution_key,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    {{ period_key('vintages.period_start_date', 'vintages.period_end_date') }} as period_key,
    vintages.currency_code,
    {{ whole_number_of('figures.document_sha256') }} as document_key,
    figures.document_sha256,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    figures.table_name,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    {{ as_text('figures.column_name') }} as column_name
from {{ ref('int_printed_figures__unite') }} as figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
