-- Figures of printed balances, in the shape of int_printed_figures__unpivot. A line made of others is their subtotal,
-- or a difference where something is taken away; what is made of nothing that the balance prints repeats money of
-- other tables and is for information.
with formulas as (
    select
        source_id,
        table_name,
        line_code,
        min(cast(sign as integer)) as lowest_sign
    from {{ ref('balance_formulas') }}
    group by source_id, table_name, line_code
),

numbered as (
    select
        balance.*,
        row_number() over (
            partition by balance.document_sha256, balance.table_name, balance.line_code order by balance.row_seq
        ) as occurrence_no
    from {{ ref('int_balance_lines__unite') }} as balance
),

figures as (
    {% for measure in balance_measures() %}
    select
        document_sha256,
        source_id,
        table_name,
        line_code,
        row_seq,
        'balance ' || lower(coalesce(line_code, term_raw))
        || case when occurrence_no > 1 then ' line ' || {{ as_text('occurrence_no') }} else '' end as scope,
        '{{ measure }}' as measure,
        {{ measure }}_raw as printed_raw,
        cast({{ measure }} as decimal(24, 6)) as printed_value,
        {{ measure }}_null_kind as null_kind,
        case
            when decimal_mark = ',' then {{ printed_decimals(measure ~ '_raw', ',') }}
            else {{ printed_decimals(measure ~ '_raw') }}
        end as printed_decimals,
        coalesce({{ is_dash(measure ~ '_raw') }}, false) as is_dash,
        term_raw as label_raw,
        page_no,
        table_no,
        row_no
    from numbered
    where coalesce({{ measure }}_null_kind, '') <> 'not_on_form'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    figures.document_sha256,
    figures.source_id,
    figures.table_name,
    case
        when formulas.lowest_sign = 1 then 'subtotal'
        when formulas.lowest_sign = -1 then 'difference'
        else 'memo'
    end as figure_kind,
    'row' as figure_level,
    figures.row_seq,
    figures.scope,
    figures.measure,
    figures.printed_raw,
    figures.printed_value,
    figures.null_kind,
    case
        when figures.printed_value is not null
            then {{ printed_unit(
                'case when figures.is_dash then 2 when figures.printed_decimals > 6 then 6 '
                ~ 'else figures.printed_decimals end'
            ) }}
    end as printed_unit,
    figures.printed_value is not null and figures.is_dash as is_inferred,
    case
        when figures.printed_value is not null and figures.is_dash then 'a dash in an amount column read as zero'
    end as inferred_reason,
    figures.label_raw,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    figures.measure as column_name,
    {{ vintage_scoped_key(['figures.scope', 'figures.measure'], 'vintages') }} as printed_total_key
from figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
left join formulas
    on
        figures.source_id = formulas.source_id
        and figures.table_name = formulas.table_name
        and figures.line_code = formulas.line_code
