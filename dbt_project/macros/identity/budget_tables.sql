{#-
    The printed tables that give money by a classification. A family joins with one entry per table; its staging model
    selects `{{ read_budget_lines(...) }}` and `{{ read_budget_totals(...) }}`, and nothing else has to be written.

    staging          the staging model of the lines; that of the totals has the same name and `_totals`
    flow             revenue or spending
    classification   by what the table gives the money; tables of one flow and period repeat the same money
    scheme           the classification's scheme in budget_classes, or the scheme that `printed` members found
    members          `seed`: a line's class is the one with its term in budget_classes and budget_class_terms, under the last
                     parent printed above it; a term they do not know stops the build.
                     `printed`: the lines themselves are the members (units of an institution, national classifiers
                     that print their codes); what they are called is what is printed
    parents          `level` where the members are printed and staging has a `level_no`: a line's parent is the last
                     line above it with a smaller one. Without it no line of such a table has a parent
    known_scheme, known_classification
                     where such a table also prints lines of a classification: a line whose term that scheme knows is of
                     it (Entidades paraestatales beside the units of an institution, with the same money)
-#}
{% macro budget_tables() %}
    {%- set gto = 'stg_mx_gto_cuenta_publica__' -%}
    {%- set rafam = 'stg_ar_carmen_de_areco_rafam__' -%}
    {%- set cachoeiro = 'stg_br_cachoeiro_balanco__' -%}
    {%- set oax = 'stg_mx_oax_loxicha__' -%}
    {%- set mich = 'stg_mx_mich_cuenta_publica__' -%}
    {{ return([
        {'staging': gto ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'mx-conac-cri', 'members': 'seed'},
        {'staging': gto ~ 'revenue_by_source', 'flow': 'revenue', 'classification': 'revenue_source',
         'scheme': 'mx-gto-fuente-ingreso', 'members': 'seed'},
        {'staging': gto ~ 'spending_by_unit', 'flow': 'spending', 'classification': 'administrative',
         'scheme': 'mx-gto-administrativa', 'members': 'printed',
         'known_scheme': 'mx-conac-administrativa', 'known_classification': 'institutional_sector'},
        {'staging': gto ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'mx-conac-tipo-gasto', 'members': 'seed'},
        {'staging': gto ~ 'spending_by_object', 'flow': 'spending', 'classification': 'object',
         'scheme': 'mx-conac-cog', 'members': 'seed'},
        {'staging': gto ~ 'spending_by_function', 'flow': 'spending', 'classification': 'functional',
         'scheme': 'mx-conac-funcional', 'members': 'seed'},
        {'staging': gto ~ 'spending_by_program_category', 'flow': 'spending', 'classification': 'program_category',
         'scheme': 'mx-conac-tipologia', 'members': 'seed'},
        {'staging': rafam ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'ar-rafam-rubro', 'members': 'printed'},
        {'staging': rafam ~ 'revenue_by_source', 'flow': 'revenue', 'classification': 'revenue_source',
         'scheme': 'ar-rafam-procedencia', 'members': 'printed'},
        {'staging': rafam ~ 'revenue_by_economic_type', 'flow': 'revenue', 'classification': 'revenue_type',
         'scheme': 'ar-rafam-caracter-economico-recursos', 'members': 'printed'},
        {'staging': rafam ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'ar-rafam-caracter-economico-gastos', 'members': 'printed'},
        {'staging': rafam ~ 'spending_by_function', 'flow': 'spending', 'classification': 'functional',
         'scheme': 'ar-rafam-finalidad-funcion', 'members': 'printed'},
        {'staging': cachoeiro ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'br-balanco-receita', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'br-balanco-despesa', 'members': 'printed', 'parents': 'level'},
        {'staging': oax ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'mx-conac-cri', 'members': 'seed'},
        {'staging': oax ~ 'revenue_by_source', 'flow': 'revenue', 'classification': 'revenue_source',
         'scheme': 'mx-oax-fuente-ingreso', 'members': 'printed', 'parents': 'level'},
        {'staging': oax ~ 'spending_by_unit', 'flow': 'spending', 'classification': 'administrative',
         'scheme': 'mx-oax-administrativa', 'members': 'printed'},
        {'staging': oax ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'mx-conac-tipo-gasto', 'members': 'seed'},
        {'staging': oax ~ 'spending_by_object', 'flow': 'spending', 'classification': 'object',
         'scheme': 'mx-conac-cog', 'members': 'seed'},
        {'staging': oax ~ 'spending_by_function', 'flow': 'spending', 'classification': 'functional',
         'scheme': 'mx-conac-funcional', 'members': 'seed'},
        {'staging': oax ~ 'spending_by_program_category', 'flow': 'spending', 'classification': 'program_category',
         'scheme': 'mx-conac-tipologia', 'members': 'seed'},
        {'staging': mich ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'mx-mich-fuente-ingreso', 'members': 'printed', 'parents': 'level'},
        {'staging': mich ~ 'spending_by_unit', 'flow': 'spending', 'classification': 'administrative',
         'scheme': 'mx-mich-administrativa', 'members': 'printed'},
        {'staging': mich ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'mx-conac-tipo-gasto', 'members': 'seed'},
        {'staging': mich ~ 'spending_by_object', 'flow': 'spending', 'classification': 'object',
         'scheme': 'mx-conac-cog', 'members': 'seed'},
        {'staging': mich ~ 'spending_by_function', 'flow': 'spending', 'classification': 'functional',
         'scheme': 'mx-conac-funcional', 'members': 'seed'},
        {'staging': mich ~ 'spending_by_program_category', 'flow': 'spending', 'classification': 'program_category',
         'scheme': 'mx-conac-tipologia', 'members': 'seed'},
    ]) }}
{% endmacro %}

{#- Budget phases that such tables print, each an amount of the line; codes of dim_budget_phases. -#}
{% macro budget_line_phases() %}
    {{ return(['estimated', 'approved', 'adjusted', 'precommitted', 'committed', 'accrued', 'ordered', 'collected', 'paid']) }}
{% endmacro %}

{% macro budget_line_amounts() %}
    {%- set names = [] -%}
    {%- for phase in budget_line_phases() -%}{%- do names.append(phase ~ '_amount') -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{#-
    What such tables print beside the phases, and what each is the difference of: measure, minuend, subtrahend (the
    first of several that the form prints: a revenue begins with what was estimated, a spending with what was approved).
-#}
{% macro budget_line_differences() %}
    {{ return([
        ('amended_amount', 'adjusted_amount', ['approved_amount', 'estimated_amount']),
        ('underspent_amount', 'adjusted_amount', ['accrued_amount']),
        ('difference_amount', 'collected_amount', ['estimated_amount']),
    ]) }}
{% endmacro %}

{% macro budget_difference_names() %}
    {%- set names = [] -%}
    {%- for measure, minuend, subtrahends in budget_line_differences() -%}{%- do names.append(measure) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{#- Every measure of a line, in one order. -#}
{% macro budget_line_measures() %}{{ return(budget_line_amounts() + budget_difference_names()) }}{% endmacro %}

{#-
    The printed tables of projects or works with their money and their goals. A family joins with one entry per table:
    its staging model, which has `_totals` beside it, what its rows are, the texts and the measures that the form prints
    (of project_texts and project_measures).
-#}
{% macro project_tables() %}
    {{ return([
        {'staging': 'stg_mx_gto_cuenta_publica__investment_projects', 'kind': 'investment_project',
         'texts': ['project_code', 'project_name', 'project_description', 'responsible_unit_code'],
         'measures': amount_measures() + goal_measures() + percent_names()},
        {'staging': 'stg_mx_gto_cuenta_publica__investment_spending', 'kind': 'investment_project',
         'texts': ['project_code', 'project_name', 'project_description', 'responsible_unit_code'],
         'measures': gto_spending_measures() + ['execution_approved_pct', 'execution_adjusted_pct']},
    ]) }}
{% endmacro %}

{% macro project_texts() %}
    {{ return([
        'project_code', 'project_name', 'project_description', 'responsible_unit_code', 'location_name', 'unit_name_raw'
    ]) }}
{% endmacro %}

{% macro project_amounts() %}
    {{ return([
        'approved_amount', 'adjusted_amount', 'committed_amount', 'accrued_amount', 'ordered_amount', 'paid_amount'
    ]) }}
{% endmacro %}

{#- What such tables print beside the phases, as budget_line_differences has it. -#}
{% macro project_differences() %}
    {{ return([
        ('amended_amount', 'adjusted_amount', 'approved_amount'),
        ('underspent_amount', 'adjusted_amount', 'accrued_amount'),
    ]) }}
{% endmacro %}

{% macro project_money() %}
    {{ return(project_amounts() + ['amended_amount', 'underspent_amount']) }}
{% endmacro %}

{% macro project_measures() %}
    {{ return(project_money() + goal_measures() + percent_names() + ['physical_progress_pct']) }}
{% endmacro %}

{#- All measures in their one order: those that a form prints passed on, the others as not on the form. -#}
{% macro carry_project_measures(printed) -%}
    {%- for measure in project_measures() -%}
    {%- if measure in printed -%}
    {{ carry(measure) }}
    {%- elif measure in project_money() -%}
    {{ not_on_form(measure, 'decimal(18, 2)') }}
    {%- else -%}
    {{ not_on_form(measure) }}
    {%- endif -%}
    {{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
