{#-
    What a fact carries of its vintage. `is_latest` and `is_first` are one filter each; the vintage known on day D is
    `known_from <= D and (known_until > D or known_until is null)`.
-#}
{% macro vintage_columns(relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    {%- for column in [
        'vintage_seq', 'is_first', 'is_latest', 'reported_on', 'loaded_on', 'known_from', 'known_until'
    ] -%}
    {{ dot }}{{ column }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
