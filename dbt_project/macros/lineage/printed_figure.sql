{#-
    A figure of a printed row as the members of int_printed_figures__unite begin with it: `kind` and `level` are
    expressions for what it is and where it stands, `label` for the words beside it, `scope` for its place in words.
-#}
{% macro printed_figure(measure, kind, level, label='label_raw', scope='scope', decimal_mark='.') -%}
    document_sha256,
    source_id,
    table_name,
    {{ kind }} as figure_kind,
    {{ level }} as figure_level,
    row_seq,
    {{ scope }} as scope,
    '{{ measure }}' as measure,
    {{ measure }}_raw as printed_raw,
    cast({{ measure }} as decimal(24, 6)) as printed_value,
    {{ measure }}_null_kind as null_kind,
    {{ printed_decimals(measure ~ '_raw', decimal_mark) }} as printed_decimals,
    coalesce({{ is_dash(measure ~ '_raw') }}, false) as is_dash,
    {{ label }} as label_raw,
    page_no,
    table_no,
    row_no
{%- endmacro %}

{#- What such a figure's digits say of it: its rounding unit, and that a dash was read as zero. -#}
{% macro printed_figure_judged(relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    case
        when {{ dot }}printed_value is not null
            then {{ printed_unit(
                'case when ' ~ dot ~ 'is_dash then 2 when ' ~ dot ~ 'printed_decimals > 6 then 6 else ' ~ dot
                ~ 'printed_decimals end'
            ) }}
    end as printed_unit,
    {{ dot }}printed_value is not null and {{ dot }}is_dash as is_inferred,
    case
        when {{ dot }}printed_value is not null and {{ dot }}is_dash then 'a dash in an amount column read as zero'
    end as inferred_reason
{%- endmacro %}
