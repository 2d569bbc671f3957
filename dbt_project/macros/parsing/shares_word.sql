{#-
    A label as its words are compared: folded, without the endings that tell singular from plural. "Informes" and
    "informe" are one word.
-#}
{% macro word_stems(expression) -%}
    trim({{ replace_all(fold(expression) ~ " || ' '", '(ES|E|S) ', ' ') }})
{%- endmacro %}

{#-
    Whether two labels of word stems have a word in common. Words of fewer than four letters ("de", "por") say nothing;
    only the first twelve words of the first label are looked for.
-#}
{% macro shares_word(stems, other_stems) -%}
    (
        {%- for word_no in range(1, 13) %}
        {%- set word = "split_part(" ~ stems ~ ", ' ', " ~ word_no ~ ")" %}
        (length({{ word }}) > 3 and ' ' || {{ other_stems }} || ' ' like '% ' || {{ word }} || ' %')
        {{- ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
