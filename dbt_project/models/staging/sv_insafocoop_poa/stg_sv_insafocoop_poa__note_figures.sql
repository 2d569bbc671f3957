-- The numbers that the note beside a unit's quarter tells.
with notes as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        notes
    from {{ source('sv_insafocoop_poa', 'quarterly_compliance') }}
    where trim(notes) <> ''
),

numbers as (
    {{ numbers_in_text('notes', ['document_sha256', 'source_id', 'table_name', 'row_seq', 'notes'], 'notes') }}
)

select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    number_no,
    number_count,
    is_percent,
    number_raw as value_raw,
    number_value as value,
    notes
from numbers
