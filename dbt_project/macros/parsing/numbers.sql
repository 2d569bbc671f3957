{#-
    Printed numbers become decimals here and nowhere else.

    A printed number may carry grouping marks, a sign before or behind it, parentheses for a negative, a peso or dollar sign and, for
    quantities and percents, a per cent sign. Groups must be of three digits: `1,23,456` and `12 345` are not numbers,
    they are evidence that something was misread. What does not match is not a number and ends in
    audit_unparsed_values; nothing is cast and hoped for.
-#}

{% macro number_pattern(decimal_mark='.', group_mark=',', percent_sign=false) -%}
    {%- set whole = '([0-9]{1,3}([' ~ group_mark ~ '][0-9]{3}){1,4}|[0-9]{1,15})' -%}
    {%- set fraction = '([' ~ decimal_mark ~ '][0-9]{1,20})' -%}
    {%- set digits = '(' ~ whole ~ fraction ~ '?|' ~ fraction ~ ')' -%}
    {%- set sign = '([ ]?[%])?' if percent_sign else '' -%}
    ^([$]?[ ]?[-+−]?[$]?[ ]?{{ digits }}{{ sign }}|[$]?[ ]?{{ digits }}[-−]|[$]?[ ]?[(][$]?[ ]?{{ digits }}{{ sign }}[ ]?[)])$
{%- endmacro %}

{#- Whether a printed text is a number of the stated locale. -#}
{% macro is_number(raw, decimal_mark='.', group_mark=',', percent_sign=false) -%}
    {{ matches('trim(' ~ raw ~ ')', number_pattern(decimal_mark, group_mark, percent_sign)) }}
{%- endmacro %}

{#- The accounting dash: what a spreadsheet prints for zero in an amount column. -#}
{% macro is_dash(raw) -%}
    {{ matches('trim(' ~ raw ~ ')', '^[$]?[ ]?[-–—]+$') }}
{%- endmacro %}

{#- The digits of a printed number as `[-]0ddd.dd`, ready to cast. Only for texts that passed is_number. -#}
{% macro number_text(raw, decimal_mark='.') -%}
    case when {{ matches(raw, '[-(−]') }} then '-0' else '0' end
    || replace({{ replace_all(raw, '[^0-9' ~ decimal_mark ~ ']', '') }}, '{{ decimal_mark }}', '.')
{%- endmacro %}

{#- How many decimals a printed number shows. -#}
{% macro printed_decimals(raw, decimal_mark='.') -%}
    length(split_part({{ replace_all(raw, '[^0-9' ~ decimal_mark ~ ']', '') }}, '{{ decimal_mark }}', 2))
{%- endmacro %}

{#- Money: DECIMAL(18,2). A dash is zero; whoever uses the value says so in is_inferred. -#}
{% macro parse_amount(raw, decimal_mark='.', group_mark=',') -%}
    case
        when {{ is_number(raw, decimal_mark, group_mark) }}
            then cast({{ number_text(raw, decimal_mark) }} as decimal(18, 2))
        when {{ is_dash(raw) }} then cast(0 as decimal(18, 2))
    end
{%- endmacro %}

{#- A goal or a count: DECIMAL(24,6). `2%` is 2: the unit of measure, not the value, says that it is a percent. -#}
{% macro parse_quantity(raw, decimal_mark='.', group_mark=',') -%}
    case
        when {{ is_number(raw, decimal_mark, group_mark, percent_sign=true) }}
            then {{ wide_decimal(number_text(raw, decimal_mark)) }}
    end
{%- endmacro %}

{#- Digits cast to DECIMAL(24,6). -#}
{% macro wide_decimal(digits) -%}
    {{ return(adapter.dispatch('wide_decimal', 'contraste')(digits)) }}
{%- endmacro %}

{% macro default__wide_decimal(digits) -%}
    cast({{ digits }} as decimal(24, 6))
{%- endmacro %}

{#- What 64 bits hold DuckDB reads by way of them: a million quantities in 0.05 s instead of 4. -#}
{% macro duckdb__wide_decimal(digits) -%}
    coalesce(cast(try_cast({{ digits }} as decimal(18, 6)) as decimal(24, 6)), cast({{ digits }} as decimal(24, 6)))
{%- endmacro %}

{#- A printed percentage as the number printed: `140%` is 140 and `0.55` is 0.55. The scale is decided where it can be checked. -#}
{% macro parse_percent(raw, decimal_mark='.', group_mark=',') -%}
    {{ parse_quantity(raw, decimal_mark, group_mark) }}
{%- endmacro %}
