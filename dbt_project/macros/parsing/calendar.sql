{#- The number of a month from its Spanish name or its beginning of three letters or more; null for any other text. -#}
{% macro month_number(expression) -%}
    {%- set months = [
        'ENERO', 'FEBRERO', 'MARZO', 'ABRIL', 'MAYO', 'JUNIO', 'JULIO', 'AGOSTO', 'SEPTIEMBRE', 'OCTUBRE', 'NOVIEMBRE',
        'DICIEMBRE'
    ] -%}
    case {{ fold(expression) }}
        when 'SETIEMBRE' then 9
        when 'SET' then 9
        {%- for month in months %}
        {%- for length in range(3, month | length + 1) %}
        when '{{ month[:length] }}' then {{ months.index(month) + 1 }}
        {%- endfor %}
        {%- endfor %}
    end
{%- endmacro %}

{#- The number of a quarter printed as `T.1`, `T1` or `1T`; null for any other text. -#}
{% macro quarter_number(expression) -%}
    case
        when {{ matches(fold(expression), '^(T ?[1-4]|[1-4] ?T)$') }}
            then cast({{ replace_all(fold(expression), '[^1-4]', '') }} as integer)
    end
{%- endmacro %}

{#-
    The first day of a calendar month, in the year in which it falls inside a period that begins on `period_start`: a
    month whose number is lower than that of the first day belongs to the year after.
-#}
{% macro month_of_period(month_no, period_start) -%}
    cast(
        {{ as_text(
            "cast(extract(year from " ~ period_start ~ ") as integer) + case when " ~ month_no
            ~ " < extract(month from " ~ period_start ~ ") then 1 else 0 end"
        ) }}
        || '-' || lpad({{ as_text(month_no) }}, 2, '0') || '-01' as date
    )
{%- endmacro %}
