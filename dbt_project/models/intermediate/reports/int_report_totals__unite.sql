-- Every family's printed subtotals and totals in one shape.
with indicator_results as (
    select
        document_sha256,
        source_id,
        table_name,
        segment_no,
        page_no,
        sheet_name,
        table_no,
        row_no,
        row_seq,
        total_kind,
        label_raw,
        total_no,
        first_row_seq,
        last_row_seq,
        {{ carry('programmed_value') }},
        {{ carry('adjusted_value') }},
        {{ carry('achieved_value') }},
        {{ carry('achievement_programmed_pct') }},
        {{ carry('achievement_adjusted_pct') }},
        {{ carry('approved_amount') }},
        {{ carry('adjusted_amount') }},
        {{ carry('accrued_amount') }},
        {{ carry('execution_approved_pct') }},
        {{ carry('execution_adjusted_pct') }},
        {{ not_on_form('physical_difference') }},
        {{ not_on_form('budget_difference', 'decimal(18, 2)') }}
    from {{ ref('stg_mx_gto_cuenta_publica__indicator_results_totals') }}
),

products as (
    select
        document_sha256,
        source_id,
        table_name,
        segment_no,
        page_no,
        sheet_name,
        table_no,
        row_no,
        row_seq,
        total_kind,
        label_raw,
        total_no,
        first_row_seq,
        last_row_seq,
        {{ carry('programmed_value') }},
        {{ not_on_form('adjusted_value') }},
        {{ carry('achieved_value') }},
        {{ not_on_form('achievement_programmed_pct') }},
        {{ not_on_form('achievement_adjusted_pct') }},
        {{ carry('approved_amount') }},
        {{ carry('adjusted_amount') }},
        {{ not_on_form('accrued_amount', 'decimal(18, 2)') }},
        {{ not_on_form('execution_approved_pct') }},
        {{ not_on_form('execution_adjusted_pct') }},
        {{ carry('physical_difference') }},
        {{ carry('budget_difference') }}
    from {{ ref('stg_hn_siafi_productos__products_totals') }}
),

activities as (
    select
        document_sha256,
        source_id,
        table_name,
        segment_no,
        page_no,
        sheet_name,
        table_no,
        row_no,
        row_seq,
        total_kind,
        label_raw,
        total_no,
        first_row_seq,
        last_row_seq,
        {{ carry('programmed_value') }},
        {{ not_on_form('adjusted_value') }},
        {{ carry('achieved_value') }},
        {{ not_on_form('achievement_programmed_pct') }},
        {{ not_on_form('achievement_adjusted_pct') }},
        {{ carry('approved_amount') }},
        {{ carry('adjusted_amount') }},
        {{ not_on_form('accrued_amount', 'decimal(18, 2)') }},
        {{ not_on_form('execution_approved_pct') }},
        {{ not_on_form('execution_adjusted_pct') }},
        {{ carry('physical_difference') }},
        {{ carry('budget_difference') }}
    from {{ ref('stg_hn_siafi_productos__activities_totals') }}
)

select * from indicator_results
union all
select * from products
union all
select * from activities
