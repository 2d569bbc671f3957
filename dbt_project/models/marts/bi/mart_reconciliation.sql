select
    reconciliation.check_id,
    reconciliation.rule_id,
    reconciliation.source_id,
    reconciliation.document_sha256,
    documents.file_path,
    reconciliation.vintage_seq,
    reconciliation.is_latest,
    reconciliation.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    reconciliation.fiscal_year,
    reconciliation.period_start_date,
    reconciliation.period_end_date,
    reconciliation.currency_code,
    reconciliation.table_name,
    reconciliation.scope,
    reconciliation.measure,
    reconciliation.figure_kind,
    reconciliation.printed_raw,
    reconciliation.printed_value,
    reconciliation.recomputed_value,
    reconciliation.recomputed_exact,
    reconciliation.difference,
    reconciliation.tolerance,
    reconciliation.status,
    reconciliation.cause,
    reconciliation.detected_cause,
    reconciliation.page_no,
    reconciliation.table_no,
    reconciliation.row_no,
    reconciliation.column_name
from {{ ref('fct_reconciliation') }} as reconciliation
inner join {{ ref('dim_institutions') }} as institutions
    on reconciliation.institution_key = institutions.institution_key
inner join {{ ref('dim_documents') }} as documents
    on reconciliation.document_sha256 = documents.document_sha256
