-- Figures of the tables by classification that follow from others: totals, lines that have lines of their own, and the
-- differences that every line prints. In the shape of int_printed_figures__unpivot.
with figures as (
    select
        *,
        case
            when line_role = 'total' then figure_level
            when is_difference then 'difference'
            when line_role = 'parent' then 'subtotal'
        end as figure_kind
    from {{ ref('int_budget_figures__unpivot') }}
)

select
    figures.document_sha256,
    figures.source_id,
    figures.table_name,
    figures.figure_kind,
    figures.figure_level,
    figures.row_seq,
    figures.scope,
    figures.measure,
    figures.printed_raw,
    cast(figures.amount as decimal(24, 6)) as printed_value,
    figures.null_kind,
    figures.printed_unit,
    figures.amount is not null and figures.is_dash as is_inferred,
    case
        when figures.amount is not null and figures.is_dash then 'a dash in an amount column read as zero'
    end as inferred_reason,
    figures.label_raw,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    {{ printed_column('figures.table_name', 'figures.measure') }} as column_name,
    {{ vintage_scoped_key(['figures.scope', 'figures.measure'], 'vintages') }} as printed_total_key
from figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
where figures.figure_kind is not null
