{#- The printed measures that every family's rows and totals are brought to, in one order. -#}
{% macro goal_measures() %}{{ return(['programmed_value', 'adjusted_value', 'achieved_value']) }}{% endmacro %}

{% macro amount_measures() %}{{ return(['approved_amount', 'adjusted_amount', 'accrued_amount']) }}{% endmacro %}

{% macro difference_measures() %}{{ return(['physical_difference', 'budget_difference']) }}{% endmacro %}

{#- Each printed percentage with what it divides: measure, numerator, denominator. -#}
{% macro percent_measures() %}
    {{ return([
        ('achievement_programmed_pct', 'achieved_value', 'programmed_value'),
        ('achievement_adjusted_pct', 'achieved_value', 'adjusted_value'),
        ('execution_approved_pct', 'accrued_amount', 'approved_amount'),
        ('execution_adjusted_pct', 'accrued_amount', 'adjusted_amount'),
    ]) }}
{% endmacro %}

{% macro percent_names() %}
    {%- set names = [] -%}
    {%- for measure, numerator, denominator in percent_measures() -%}{%- do names.append(measure) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{% macro all_measures() %}
    {{ return(goal_measures() + amount_measures() + percent_names() + difference_measures()) }}
{% endmacro %}

{#- What the state form of Guanajuato prints of them, and the report of products of SIAFI. -#}
{% macro indicator_form_measures() %}{{ return(goal_measures() + amount_measures() + percent_names()) }}{% endmacro %}

{% macro product_report_measures() %}
    {{ return(['programmed_value', 'achieved_value', 'approved_amount', 'adjusted_amount'] + difference_measures()) }}
{% endmacro %}

{#- The name of the raw column a measure was read from, which is how a form's column is found again. -#}
{% macro printed_column(table_name, measure) -%}
    case
        when {{ table_name }} in ('products', 'activities')
            then case {{ measure }}
                when 'programmed_value' then 'physical_programmed'
                when 'achieved_value' then 'physical_evaluated'
                when 'approved_amount' then 'assigned_amount'
                when 'adjusted_amount' then 'in_force_amount'
                else {{ measure }}
            end
        when {{ table_name }} = 'spending_by_item' and {{ measure }} in ('{{ oax_item_columns() | join("', '") }}')
            then case {{ measure }}
                {% for name, raw in oax_item_columns().items() %}
                when '{{ name }}' then '{{ raw }}'
                {% endfor %}
            end
        when {{ measure }} = 'achievement_programmed_pct' and {{ table_name }} = 'program_goals' then 'achievement_pct'
        else case {{ measure }}
            when 'programmed_value' then 'goal_programmed'
            when 'adjusted_value' then 'goal_adjusted'
            when 'achieved_value' then 'goal_achieved'
            when 'ordered_amount' then 'exercised_amount'
            else {{ measure }}
        end
    end
{%- endmacro %}
