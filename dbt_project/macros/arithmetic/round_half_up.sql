{#-
    A decimal rounded half-up to as many decimals as a column says (-2 hundreds ... 6 millionths): 157.5 is 158.
    Database rounding of decimals is half away from zero, which is half-up for the magnitudes printed on forms.
-#}
{% macro round_half_up(expression, decimals) -%}
    case {{ decimals }}
        {%- for places in range(-2, 7) %}
        when {{ places }} then cast(round({{ expression }}, {{ places }}) as decimal(24, 6))
        {%- endfor %}
    end
{%- endmacro %}

{#- The smallest amount that a number of so many decimals can show. -#}
{% macro printed_unit(decimals) -%}
    case {{ decimals }}
        {%- for places in range(-2, 7) %}
        when {{ places }} then cast({{ 10 ** -places if places <= 0 else '0.' ~ '0' * (places - 1) ~ '1' }} as decimal(24, 6))
        {%- endfor %}
    end
{%- endmacro %}
