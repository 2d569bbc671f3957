{#-
    A printed moment, day first, as a timestamp: `05/02/2021 06:18:13 p.m.`, or `18/09/2023 20:32` by a clock of 24
    hours. Null when it is none.
    The pattern is checked first; cast_or_null only refuses days that do not exist.
-#}
{% macro parse_moment(raw) -%}
    {%- set day = "split_part(trim(" ~ raw ~ "), ' ', 1)" -%}
    {%- set hour = "split_part(trim(" ~ raw ~ "), ' ', 2)" -%}
    case
        when {{ matches('trim(' ~ raw ~ ')', '^[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{1,2}:[0-9]{2}:[0-9]{2} [aApP][.]? ?[mM][.]?$') }}
            then {{ cast_or_null(
                "split_part(" ~ day ~ ", '/', 3) || '-' || split_part(" ~ day ~ ", '/', 2) || '-' || split_part(" ~ day
                ~ ", '/', 1) || ' ' || lpad(" ~ as_text(
                    "(cast(split_part(" ~ hour ~ ", ':', 1) as integer) % 12) + case when "
                    ~ matches(raw, ' [pP]') ~ " then 12 else 0 end"
                ) ~ ", 2, '0') || ':' || split_part(" ~ hour ~ ", ':', 2) || ':' || split_part(" ~ hour ~ ", ':', 3)",
                dbt.type_timestamp()
            ) }}
        when {{ matches('trim(' ~ raw ~ ')', '^[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}$') }}
            then {{ cast_or_null(
                "split_part(" ~ day ~ ", '/', 3) || '-' || split_part(" ~ day ~ ", '/', 2) || '-' || split_part(" ~ day
                ~ ", '/', 1) || ' ' || " ~ hour ~ " || ':00'",
                dbt.type_timestamp()
            ) }}
    end
{%- endmacro %}

{#- An ISO moment in UTC (`2026-11-21T08:00:00+00:00`) as a timestamp without zone. -#}
{% macro parse_iso_moment(raw) -%}
    {{ cast_or_null("substr(replace(" ~ raw ~ ", 'T', ' '), 1, 19)", dbt.type_timestamp()) }}
{%- endmacro %}
