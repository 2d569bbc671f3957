{#-
    100 × numerator / denominator, exact to eight decimals (cut, not rounded); null when the denominator is zero.

    Cutting keeps later rounding honest: rounding half-up at fewer than eight decimals gives the same digit from the
    cut value as from the exact one, while a binary quotient turns 157.5 into 157.49999. DuckDB divides decimals as
    doubles, so the quotient is taken between whole numbers.
-#}
{% macro percent_of(numerator, denominator) -%}
    {{ return(adapter.dispatch('percent_of', 'contraste')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__percent_of(numerator, denominator) -%}
    case
        when {{ denominator }} <> 0
            then cast(trunc(100 * cast({{ numerator }} as numeric) / cast({{ denominator }} as numeric), 8) as decimal(30, 8))
    end
{%- endmacro %}

{% macro duckdb__percent_of(numerator, denominator) -%}
    case
        when {{ denominator }} <> 0
            then cast(
                cast(
                    (cast(cast({{ numerator }} as decimal(24, 6)) * 1000000 as hugeint) * 10000000000)
                    // cast(cast({{ denominator }} as decimal(24, 6)) * 1000000 as hugeint)
                    as decimal(30, 0)
                ) * cast('0.00000001' as decimal(8, 8))
                as decimal(30, 8)
            )
    end
{%- endmacro %}

{% macro spark__percent_of(numerator, denominator) -%}
    case
        when {{ denominator }} <> 0
            then cast(
                cast(
                    (cast(cast({{ numerator }} as decimal(24, 6)) * 1000000 as decimal(28, 0)) * 10000000000)
                    div cast(cast({{ denominator }} as decimal(24, 6)) * 1000000 as decimal(28, 0))
                    as decimal(30, 0)
                ) * cast('0.00000001' as decimal(8, 8))
                as decimal(30, 8)
            )
    end
{%- endmacro %}
