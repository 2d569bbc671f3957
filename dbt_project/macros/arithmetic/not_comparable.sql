{#-
    Why a printed figure and its recomputation cannot be held against each other; null when they can. A figure that
    was not printed is `not_printed`, never a pass; one printed as something else than a number keeps that kind.
-#}
{% macro not_comparable(printed_value, null_kind, recomputed, denominator=none) -%}
    case
        when {{ printed_value }} is null and {{ is_unprinted(null_kind) }} then 'not_printed'
        when {{ printed_value }} is null then {{ null_kind }}
        {%- if denominator %}
        when {{ denominator }} = 0 then 'zero_denominator'
        {%- endif %}
        when {{ recomputed }} is null then 'input_blank'
    end
{%- endmacro %}
