-- The findings of every topic in one shape.
-- Not kept: it is its members, one after the other.
{{ config(materialized='view') }}
{% set topics = [
    'int_findings__goals', 'int_findings__unit_reports', 'int_findings__institutions', 'int_findings__plan_lines',
    'int_findings__sheets', 'int_findings__series', 'int_findings__scans'
] %}
{% for topic in topics %}
select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    subject,
    subject_key,
    institution_key,
    evidence_es,
    evidence_en,
    page_no,
    table_no,
    row_no
from {{ ref(topic) }}
{{ 'union all' if not loop.last }}
{% endfor %}
