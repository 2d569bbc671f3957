{#- A percentage in a sentence: at most two decimals, no trailing zeros (419.23 %, 96 %). -#}
{% macro percent_text(expression) -%}
    {{ number_words(expression) }} || ' %'
{%- endmacro %}

{#- A number in a sentence: at most two decimals, no trailing zeros. -#}
{% macro number_words(expression) -%}
    {{ replace_all(
        replace_all(as_text('cast(round(' ~ expression ~ ', 2) as decimal(24, 2))'), '0+$', ''),
        '[.]$',
        ''
    ) }}
{%- endmacro %}

{#- The printed goal, adjusted goal and result of a row, as printed. -#}
{% macro goal_texts(missing) -%}
    coalesce(nullif(goals.programmed_value_raw, ''), '{{ missing }}') || ' / '
    || coalesce(nullif(goals.adjusted_value_raw, ''), '{{ missing }}') || ' / '
    || coalesce(nullif(goals.achieved_value_raw, ''), '{{ missing }}')
{%- endmacro %}
