{#-
    By how much an amount that is printed without its cents may be off: half of the unit it shows. An amount with its cents
    is exact, and so is a zero. What is worked out of such amounts is off by what all of them may be, which is the
    tolerance of its check (beside one cent).
-#}
{% macro rounding_half(value, unit) -%}
    case
        when {{ value }} <> 0 and {{ unit }} > 0.01 then cast({{ unit }} / 2 as decimal(24, 6))
        else cast(0 as decimal(24, 6))
    end
{%- endmacro %}

{% macro tolerance_of(halves) -%}
    cast(0.01 + coalesce({{ halves }}, 0) as decimal(24, 6))
{%- endmacro %}

{#- The sum of the halves that a relation has beside its amounts (`<measure>_half`). -#}
{% macro halves_of(measures, prefix='') -%}
    {%- for measure in measures -%}{{ prefix }}{{ measure }}_half{{ ' + ' if not loop.last }}{%- endfor -%}
{%- endmacro %}

{#- The first of several amounts that is there. -#}
{% macro first_of(measures, prefix='') -%}
    coalesce({% for measure in measures %}{{ prefix }}{{ measure }}, {% endfor %}null)
{%- endmacro %}

{#- The half of the unit that an amount shows in its printed text. -#}
{% macro rounding_half_printed(measure, prefix='') -%}
    {{ rounding_half(prefix ~ measure, printed_unit(printed_decimals(prefix ~ measure ~ '_raw'))) }}
{%- endmacro %}
