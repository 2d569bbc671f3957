{#-
    Whether a method is one division taken times one hundred: `(Recursos captados / Recursos programados)*100`. Such a
    method has a numerator and a denominator; any other has variables.
-#}
{% macro is_ratio_formula(expression) -%}
    {{ matches(expression, '^ *[(][^/]+/[^/]+[)] *[*×xX] *100 *$') }}
{%- endmacro %}

{#- What such a method divides, and what it divides by, as text. -#}
{% macro ratio_numerator(expression) -%}
    trim({{ replace_all("split_part(" ~ expression ~ ", '/', 1)", '^ *[(]', '') }})
{%- endmacro %}

{% macro ratio_denominator(expression) -%}
    trim({{ replace_all("split_part(" ~ expression ~ ", '/', 2)", '[)] *[*×xX] *100 *$', '') }})
{%- endmacro %}

{#- The method with figures in its place: what stands before the sign of equality. -#}
{% macro substitution_formula(expression) -%}
    trim(split_part({{ expression }}, '=', 1))
{%- endmacro %}

{#- The result that is printed after the sign of equality, as text; null where none is. -#}
{% macro substitution_result(expression) -%}
    case when {{ matches(expression, '=') }} then trim(split_part({{ expression }}, '=', 2)) end
{%- endmacro %}

{#-
    What a substitution comes to, worked out: `(0/95)*100` is 100 × 0 / 95, a lone number is itself. Null for any other
    arithmetic and for a division by zero: it is then nothing to compare.
-#}
{% macro evaluate_substitution(expression) -%}
    {%- set formula = substitution_formula(expression) -%}
    {%- set numerator = ratio_numerator(formula) -%}
    {%- set denominator = ratio_denominator(formula) -%}
    case
        when {{ is_number(formula, percent_sign=true) }}
            then cast({{ parse_quantity(formula) }} as decimal(30, 8))
        when
            {{ is_ratio_formula(formula) }}
            and {{ is_number(numerator, percent_sign=true) }}
            and {{ is_number(denominator, percent_sign=true) }}
            then {{ percent_of(parse_quantity(numerator), parse_quantity(denominator)) }}
    end
{%- endmacro %}
