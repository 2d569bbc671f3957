{#-
    What a staging model selects for a printed number: the text (`_raw`), the value, and why there is none
    (`_null_kind`). `name` is the column's name in the house, `printed` its name in raw Parquet.
-#}
{% macro read_amount(name, printed=none, decimal_mark='.', group_mark=',') -%}
    {%- set raw = printed or name -%}
    {{ raw }} as {{ name }}_raw,
    {{ parse_amount(raw, decimal_mark, group_mark) }} as {{ name }},
    {{ null_kind(raw, '(' ~ is_number(raw, decimal_mark, group_mark) ~ ' or ' ~ is_dash(raw) ~ ')') }} as {{ name }}_null_kind
{%- endmacro %}

{% macro read_quantity(name, printed=none, decimal_mark='.', group_mark=',') -%}
    {%- set raw = printed or name -%}
    {{ raw }} as {{ name }}_raw,
    {{ parse_quantity(raw, decimal_mark, group_mark) }} as {{ name }},
    {{ null_kind(raw, is_number(raw, decimal_mark, group_mark, percent_sign=true)) }} as {{ name }}_null_kind
{%- endmacro %}

{% macro read_percent(name, printed=none, decimal_mark='.', group_mark=',') -%}
    {%- set raw = printed or name -%}
    {{ raw }} as {{ name }}_raw,
    {{ parse_percent(raw, decimal_mark, group_mark) }} as {{ name }},
    {{ null_kind(raw, is_number(raw, decimal_mark, group_mark, percent_sign=true)) }} as {{ name }}_null_kind
{%- endmacro %}

{#- The same columns for something that a form does not print at all. -#}
{% macro not_on_form(name, type='decimal(24, 6)') -%}
    {{ as_text('null') }} as {{ name }}_raw,
    cast(null as {{ type }}) as {{ name }},
    'not_on_form' as {{ name }}_null_kind
{%- endmacro %}

{#- The same columns passed on by a later model. -#}
{% macro carry(name, relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    {{ dot }}{{ name }}_raw,
    {{ dot }}{{ name }},
    {{ dot }}{{ name }}_null_kind
{%- endmacro %}

{#- All measures in their one order: those that a form prints passed on, the others as not on the form. -#}
{% macro carry_measures(printed) -%}
    {%- for measure in all_measures() -%}
    {%- if measure in printed -%}
    {{ carry(measure) }}
    {%- elif measure in amount_measures() + ['budget_difference'] -%}
    {{ not_on_form(measure, 'decimal(18, 2)') }}
    {%- else -%}
    {{ not_on_form(measure) }}
    {%- endif -%}
    {{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- A null kind that says nothing was printed, as opposed to something that is not a number. -#}
{% macro is_unprinted(null_kind_column) -%}
    {{ null_kind_column }} in ('blank', 'not_on_page', 'not_on_form')
{%- endmacro %}

{#- A quantity where words may stand for it. -#}
{% macro read_quantity_or_words(name, printed=none, decimal_mark='.', group_mark=',') -%}
    {%- set raw = printed or name -%}
    {{ raw }} as {{ name }}_raw,
    {{ parse_quantity(raw, decimal_mark, group_mark) }} as {{ name }},
    {{ null_kind_or_words(raw, is_number(raw, decimal_mark, group_mark, percent_sign=true)) }} as {{ name }}_null_kind
{%- endmacro %}

{#- A printed year: four digits, else null. -#}
{% macro parse_year(raw) -%}
    case when {{ matches('trim(' ~ raw ~ ')', '^[12][0-9]{3}$') }} then cast(trim({{ raw }}) as integer) end
{%- endmacro %}

{#- Whether a value is printed with a per cent sign. -#}
{% macro has_percent_sign(raw) -%}
    coalesce({{ matches(raw, '[%]') }}, false)
{%- endmacro %}
