{#-
    Codes and measures of a row as one text. A measure that was not printed is an empty text whatever the form calls
    it; a measure printed as NA or as an error keeps that kind, because that is a different statement.
-#}
{% macro ordered_text(codes, measures) -%}
    {%- set parts = [] -%}
    {%- for code in codes -%}
        {%- do parts.append("coalesce(" ~ as_text(code) ~ ", '')") -%}
    {%- endfor -%}
    {%- for measure in measures -%}
        {%- do parts.append(
            "coalesce(" ~ as_text(measure) ~ ", case when " ~ is_unprinted(measure ~ '_null_kind') ~ " then '' else "
            ~ measure ~ "_null_kind end)"
        ) -%}
    {%- endfor -%}
    {{ parts | join(" || '|'\n        || ") }}
{%- endmacro %}
