{#- A quantity in a cell that the form leaves free: what is no number is words ("Reuniones 12 Eventos 240"), never zero. -#}
{% macro read_free_quantity(name, printed=none, decimal_mark='.', group_mark=',') -%}
    {%- set raw = printed or name -%}
    {%- set kind = null_kind(raw, is_number(raw, decimal_mark, group_mark, percent_sign=true)) -%}
    {{ raw }} as {{ name }}_raw,
    {{ parse_quantity(raw, decimal_mark, group_mark) }} as {{ name }},
    case when {{ kind }} = 'unparsable' then 'words' else {{ kind }} end as {{ name }}_null_kind
{%- endmacro %}

{#- A text where it is, folded, one of the words that the form's catalogue has; null for any other. -#}
{% macro catalogue_word(expression, words) -%}
    case when {{ fold(expression) }} in ('{{ words | join("', '") }}') then trim({{ expression }}) end
{%- endmacro %}

{#- A printed day as 31/12/2020 or 2020-12-31 as a date; null when it is none. -#}
{% macro parse_day(raw) -%}
    {%- set text = 'trim(' ~ raw ~ ')' -%}
    case
        when {{ matches(text, '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$') }}
            then {{ cast_or_null(
                "split_part(" ~ text ~ ", '-', 1) || '-' || lpad(split_part(" ~ text ~ ", '-', 2), 2, '0') || '-' || lpad(split_part("
                ~ text ~ ", '-', 3), 2, '0')", 'date'
            ) }}
        when {{ matches(text, '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}$') }}
            then {{ cast_or_null(
                "substr(" ~ text ~ ", length(" ~ text ~ ") - 3) || '-' || lpad(split_part(" ~ replace_all(text, '[.-]', '/')
                ~ ", '/', 2), 2, '0') || '-' || lpad(split_part(" ~ replace_all(text, '[.-]', '/') ~ ", '/', 1), 2, '0')", 'date'
            ) }}
    end
{%- endmacro %}
