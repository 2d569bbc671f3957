-- Cells of scans that nobody may rely on yet: a figure among them is withheld from every fact, a code or text is used
-- as read. What a person has reviewed is no longer here, except what nobody can read.
select
    cells.source_id,
    cells.document_sha256,
    documents.file_path,
    cells.table_name,
    cells.page_no,
    cells.table_no,
    cells.row_no,
    cells.col_no,
    cells.row_kind,
    cells.column_name,
    cells.text_read,
    cells.text_landed,
    cells.confidence,
    cells.status,
    cells.is_withheld,
    cells.reason
from {{ ref('stg_contraste__scanned_cells') }} as cells
inner join {{ ref('stg_contraste__documents') }} as documents on cells.document_sha256 = documents.document_sha256
where documents.status = 'loaded' and (cells.needs_review or cells.status = 'rejected')
