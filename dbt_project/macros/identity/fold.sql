{#-
    A printed label as it is compared: upper case, no accents, one space between words, nothing but letters and digits.

    Offices print the same name with and without accents, with one or two spaces and with or without a final stop.
-#}
{% macro fold(expression) -%}
    trim({{ replace_all(
        "upper(translate(" ~ expression ~ ", 'áéíóúàèìòùäëïöüâêîôûñçÁÉÍÓÚÀÈÌÒÙÄËÏÖÜÂÊÎÔÛÑÇ', "
        ~ "'aeiouaeiouaeiouaeiouncAEIOUAEIOUAEIOUAEIOUNC'))",
        '[^A-Z0-9]+',
        ' '
    ) }})
{%- endmacro %}

{#- A unit of measure as it is compared: folded, with the percent sign spelled out. -#}
{% macro fold_unit(expression) -%}
    {{ fold("replace(" ~ expression ~ ", '%', ' porcentaje ')") }}
{%- endmacro %}

{#- A name without the spaces that a line wrap adds or takes away: the part of an indicator's identity. -#}
{% macro fold_name(expression) -%}
    replace({{ fold(expression) }}, ' ', '')
{%- endmacro %}
