{#-
    The formula of every method that is worked out row by row. `row` is a relation with result_value, target_value,
    baseline_value, tolerance_pct, printed_pct and part_mean_pct.

    The mirror is taken as one quotient, 100 × (2 M − A) / M, so that it is cut once, like every other percentage.
-#}
{% macro achievement_formulas(row) %}
    {%- set result, target = row ~ '.result_value', row ~ '.target_value' -%}
    {%- set baseline = row ~ '.baseline_value' -%}
    {%- set ratio = percent_of(result, target) -%}
    {%- set excess = percent_of('(' ~ result ~ ' - ' ~ target ~ ')', target) -%}
    {{ return({
        'as_printed': row ~ '.printed_pct',
        'not_printed': 'cast(null as decimal(30, 8))',
        'ratio_asc': ratio,
        'uncapped': ratio,
        'capped': ratio,
        'additional': 'case when ' ~ result ~ ' > ' ~ target ~ ' then ' ~ excess ~ ' when ' ~ result
            ~ ' is not null and ' ~ target ~ ' is not null then 0 end',
        'ratio_desc_inverse': percent_of(target, result),
        'ratio_desc_mirror': percent_of('(2 * ' ~ target ~ ' - ' ~ result ~ ')', target),
        'baseline_progress': percent_of(
            '(' ~ result ~ ' - ' ~ baseline ~ ')', '(' ~ target ~ ' - ' ~ baseline ~ ')'
        ),
        'constant_band': 'case when 100 * abs(' ~ result ~ ' - ' ~ target ~ ') <= ' ~ row
            ~ '.tolerance_pct * abs(' ~ target ~ ') then 100 when ' ~ result ~ ' is not null and ' ~ target
            ~ ' is not null and ' ~ row ~ '.tolerance_pct is not null then 0 end',
        'mean_of_months': row ~ '.part_mean_pct',
    }) }}
{% endmacro %}

{#-
    Achievement by the method that a column names, exact to eight decimals and before any cap; null where it is not
    defined, or where the seed achievement_methods (`method` is that relation) wants a goal above zero.
-#}
{% macro achievement_by_method(method, row) -%}
    case
        when {{ method }}.needs_positive_goal and {{ row }}.target_value <= 0 then null
        {%- for code, formula in achievement_formulas(row).items() %}
        when {{ method }}.method_code = '{{ code }}' then cast({{ formula }} as decimal(30, 8))
        {%- endfor %}
    end
{%- endmacro %}
