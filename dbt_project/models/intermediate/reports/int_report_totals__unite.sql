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
        {{ carry_measures(indicator_form_measures()) }}
    from {{ ref('stg_mx_gto_cuenta_publica__indicator_results_totals') }}
),

products as (
    {% for table in ['products', 'activities'] %}
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
        {{ carry_measures(product_report_measures()) }}
    from {{ ref('stg_hn_siafi_productos__' ~ table ~ '_totals') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from indicator_results
union all
select * from products
