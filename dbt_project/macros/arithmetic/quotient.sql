{#- A quotient rounded half-up to so many places (six at most); null when the denominator is zero. -#}
{% macro quotient(numerator, denominator, places) -%}
    round({{ percent_of(numerator, denominator) }} * cast('0.01' as decimal(3, 2)), {{ places }})
{%- endmacro %}
