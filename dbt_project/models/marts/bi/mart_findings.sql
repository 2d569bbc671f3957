select
    {{ surrogate_key([
        'findings.rule_id', 'vintages.source_id', 'vintages.table_name', 'vintages.institution_key',
        'vintages.period_start_date', 'vintages.period_end_date', 'vintages.content_fingerprint', 'findings.row_seq',
        'findings.subject'
    ]) }} as finding_id,
    {{ as_text('findings.rule_id') }} as rule_id,
    rules.severity,
    rules.title_es as finding_title,
    rules.title_en as finding_title_en,
    institutions.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    {{ as_text('findings.subject') }} as subject,
    {{ as_text('findings.subject_key') }} as subject_key,
    {{ as_text('findings.evidence_es') }} as evidence,
    {{ as_text('findings.evidence_en') }} as evidence_en,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    findings.source_id,
    findings.document_sha256,
    vintages.file_path,
    findings.table_name,
    findings.page_no,
    findings.table_no,
    findings.row_no,
    findings.row_seq,
    vintages.vintage_seq,
    vintages.is_latest
from {{ ref('int_findings__unite') }} as findings
left join {{ ref('finding_rules') }} as rules on findings.rule_id = rules.rule_id
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        findings.document_sha256 = vintages.document_sha256
        and findings.table_name = vintages.table_name
        and vintages.is_representative
inner join {{ ref('dim_institutions') }} as institutions
    on coalesce(findings.institution_key, vintages.institution_key) = institutions.institution_key
