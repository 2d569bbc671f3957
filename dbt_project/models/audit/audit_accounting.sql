-- How the printed rows and columns of every table add up: rows = data + total + header + blank + ignored, columns =
-- mapped + ignored by name. A document whose cells do not all find a place is not here: it is quarantined.
select
    accounting.document_sha256,
    accounting.source_id,
    accounting.table_name,
    documents.file_path,
    accounting.segment_count,
    accounting.data_rows as data_row_count,
    accounting.total_rows as total_row_count,
    accounting.header_rows as header_row_count,
    accounting.blank_rows as blank_row_count,
    accounting.ignored_rows as ignored_row_count,
    accounting.mapped_columns as mapped_column_count,
    accounting.ignored_columns as ignored_column_count,
    accounting.notes as ignored_reasons,
    fingerprints.document_sha256 is not null as reaches_marts
from {{ ref('stg_contraste__accounting') }} as accounting
inner join {{ ref('stg_contraste__documents') }} as documents
    on accounting.document_sha256 = documents.document_sha256
left join {{ ref('int_document_tables__fingerprint') }} as fingerprints
    on
        accounting.document_sha256 = fingerprints.document_sha256
        and accounting.table_name = fingerprints.table_name
where documents.status = 'loaded'
