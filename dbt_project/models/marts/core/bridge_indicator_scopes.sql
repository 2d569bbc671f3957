-- Where each indicator is measured: an indicator has as many regions and areas as its sheet lists.
select
    {{ vintage_scoped_key(['indicator_key', 'row_seq']) }} as indicator_scope_key,
    indicator_key,
    region_code,
    region_name,
    area_code,
    area_name,
    institution_key,
    source_id,
    fiscal_year,
    period_start_date,
    period_end_date,
    {{ period_key('period_start_date', 'period_end_date') }} as period_key,
    {{ whole_number_of('document_sha256') }} as document_key,
    document_sha256,
    content_fingerprint,
    {{ vintage_columns() }},
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq
from {{ ref('int_indicator_scopes__link') }}
