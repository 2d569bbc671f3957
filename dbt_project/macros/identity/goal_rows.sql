{#- What the rows of goals of indicators that belong to no budget programme have in common, in one order. -#}
{% macro goal_row_texts() %}
    {{ return([
        'goal_scheme', 'program_code', 'indicator_code', 'indicator_name', 'definition_text', 'unit_name_raw', 'level_name',
        'type_name', 'dimension_name', 'frequency_name', 'direction_name', 'accumulation_name', 'formula',
        'responsible_unit_name'
    ]) }}
{% endmacro %}

{#- The texts that a member has, each as an expression; the others are not printed. -#}
{% macro carry_goal_texts(printed) -%}
    {%- for name in goal_row_texts() -%}
    {{ printed.get(name) or as_text('null') }} as {{ name }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- A day of a year, `month_day` as 12-31. -#}
{% macro day_of_year(year, month_day) -%}
    cast({{ as_text(year) }} || '-{{ month_day }}' as date)
{%- endmacro %}
