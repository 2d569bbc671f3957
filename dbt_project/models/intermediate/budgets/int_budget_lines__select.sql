-- The lines of the documents that speak for a vintage, parents and leaves, with the scope by which a reader finds a line
-- again in any form of the publication.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
)

select
    budget_lines.*,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    vintages.institution_code,
    vintages.country_code,
    vintages.currency_code,
    vintages.period_start_date,
    vintages.fiscal_year,
    budget_lines.classification || ' ' || lower(budget_lines.class_code)
    || case
        when budget_lines.occurrence_no > 1 then ' line ' || {{ as_text('budget_lines.occurrence_no') }}
        else ''
    end as scope
from {{ ref('int_budget_lines__classify') }} as budget_lines
inner join vintages
    on
        budget_lines.document_sha256 = vintages.document_sha256
        and budget_lines.table_name = vintages.table_name
