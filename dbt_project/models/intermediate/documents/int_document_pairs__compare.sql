-- The documents that are held against one another. A re-issue is held against the vintage before it, a later filing of
-- an institution against the filing before it.
{{ config(meta={'touched_by': 'to_document'}) }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

filings as (
    select
        *,
        lag(document_sha256) over (
            partition by source_id, table_name, institution_key, report_code_folded
            order by period_end_date, period_start_date
        ) as document_before
    from vintages
    where is_latest
)

select
    'reissue' as comparison,
    later.document_sha256 as to_document,
    earlier.document_sha256 as from_document,
    later.source_id,
    later.table_name,
    true as is_same_year
from vintages as later
inner join vintages as earlier
    on
        later.source_id = earlier.source_id
        and later.table_name = earlier.table_name
        and later.institution_key = earlier.institution_key
        and later.report_code_folded = earlier.report_code_folded
        and later.period_start_date = earlier.period_start_date
        and later.period_end_date = earlier.period_end_date
        and later.vintage_seq = earlier.vintage_seq + 1
union all
select
    'later_filing' as comparison,
    later.document_sha256 as to_document,
    earlier.document_sha256 as from_document,
    later.source_id,
    later.table_name,
    later.period_start_date = earlier.period_start_date and later.fiscal_year = earlier.fiscal_year as is_same_year
from filings as later
inner join filings as earlier
    on
        later.document_before = earlier.document_sha256
        and later.table_name = earlier.table_name
