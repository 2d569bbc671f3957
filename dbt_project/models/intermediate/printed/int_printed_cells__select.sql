-- The cells of data, totals and statements of the documents that speak for a vintage, and only those of a column. Not
-- kept: the one table that reads them keeps those of numbers.
{{ config(materialized='view') }}
with cells as (
    select * from {{ ref('stg_contraste__cells') }}
    where row_kind in ('data', 'total', 'statement') and column_name is not null
),

spoken as (
    select
        document_sha256,
        table_name
    from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
)

select
    cells.document_sha256,
    cells.source_id,
    cells.table_name,
    cells.row_kind,
    cells.row_seq,
    -- A figure of a sentence is named by the figure; its raw column is `value`.
    case when cells.row_kind = 'statement' then 'value' else cells.column_name end as raw_column,
    cells.page_no,
    cells.sheet_name,
    cells.table_no,
    cells.row_no,
    cells.col_no,
    {% for edge in ['x0', 'top', 'x1', 'bottom', 'page_width', 'page_height'] %}
    cast(round(cast(cells.{{ edge }} as decimal(18, 6)), 2) as decimal(10, 2)) as {{ edge }},
    {% endfor %}
    cells.char_start,
    cells.char_end,
    cells.text_raw,
    cells.native_value,
    cells.number_format,
    cells.method,
    cast(cells.confidence as decimal(9, 6)) as confidence,
    cells.flags
from cells
inner join spoken
    on
        cells.document_sha256 = spoken.document_sha256
        and cells.table_name = spoken.table_name
