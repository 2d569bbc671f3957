{#-
    The whole-number key of a period: its first day as YYYYMMDD, then its length in days on four digits. It can be read
    (202401010091: the 91 days from 1 January 2024), sorts by first day, and is exact in a double.
-#}
{% macro period_key(start_date, end_date) -%}
    {{ date_key(start_date) }} * 10000 + {{ dbt.datediff(start_date, end_date, 'day') }} + 1
{%- endmacro %}

{#- A day as the whole number YYYYMMDD. -#}
{% macro date_key(date) -%}
    cast(
        extract(year from {{ date }}) * 10000 + extract(month from {{ date }}) * 100 + extract(day from {{ date }}) as bigint
    )
{%- endmacro %}
