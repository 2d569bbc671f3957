-- Indicators as the rows of goals define them, once for each document.
with numbered as (
    select
        *,
        row_number() over (partition by document_sha256, table_name, indicator_key order by row_seq) as telling_no
    from {{ ref('int_goal_rows__select') }}
)

select
    indicator_key,
    indicator_id,
    source_id,
    institution_key,
    program_code,
    indicator_code,
    indicator_name,
    'indicator' as indicator_kind,
    definition_text,
    unit_name_raw,
    level_name,
    type_name,
    dimension_name,
    frequency_name,
    direction_name,
    accumulation_name,
    formula,
    responsible_unit_name,
    filing_start_date as period_start_date,
    filing_end_date as period_end_date,
    vintage_seq,
    row_key,
    document_sha256,
    table_name,
    row_seq
from numbered
where telling_no = 1
