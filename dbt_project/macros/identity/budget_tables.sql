{#-
    The printed tables that give money by a classification. A family joins with one entry per table; its staging model
    selects `{{ read_budget_lines(...) }}` and `{{ read_budget_totals(...) }}`, and nothing else has to be written.

    staging          the staging model of the lines; that of the totals has the same name and `_totals`
    flow             revenue, spending or carryover (what earlier years left to be paid)
    classification   by what the table gives the money; tables of one flow and period repeat the same money, so no two
                     tables of a family have one classification of one flow
    scheme           the classification's scheme in budget_classes, or the scheme that `printed` members found
    members          `seed`: a line's class is the one with its term in budget_classes and budget_class_terms, under the last
                     parent printed above it; a term they do not know stops the build.
                     `code`: the same by the code that the line prints, in functional_classifications; its term may say
                     more than the class
                     `printed`: the lines themselves are the members (units of an institution, national classifiers
                     that print their codes); what they are called is what is printed
    parents          `level` where the members are printed and staging has a `level_no`: a line's parent is the last
                     line above it with a smaller one. Without it no line of such a table has a parent
    part             where one printed table holds several lists, the word by which staging marks the lines and totals of
                     this one (`part`); each list is an entry of its own
    series           `month` or `year` where every line repeats for each month of the year, or each year: staging has its
                     number in `series_no`, the amount is of that period, and lines add up within it only
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
         'scheme': 'ar-rafam-finalidad-funcion', 'members': 'code'},
        {'staging': rafam ~ 'spending_by_gender_perspective', 'flow': 'spending', 'classification': 'gender_perspective',
         'scheme': 'ar-rafam-perspectiva-genero', 'members': 'printed'},
        {'staging': rafam ~ 'earmarked_revenue_and_spending', 'flow': 'spending', 'classification': 'earmarked_revenue',
         'scheme': 'ar-rafam-recursos-afectados', 'members': 'printed'},
        {'staging': rafam ~ 'situation_revenue', 'part': 'economic', 'flow': 'revenue',
         'classification': 'revenue_summary', 'scheme': 'ar-rafam-situacion-recursos', 'members': 'printed'},
        {'staging': rafam ~ 'situation_revenue', 'part': 'earmark', 'flow': 'revenue',
         'classification': 'revenue_earmark', 'scheme': 'ar-rafam-situacion-recursos', 'members': 'printed'},
        {'staging': rafam ~ 'situation_revenue', 'part': 'extrabudgetary', 'flow': 'revenue',
         'classification': 'extrabudgetary', 'scheme': 'ar-rafam-situacion-recursos', 'members': 'printed'},
        {'staging': rafam ~ 'situation_spending_by_object', 'part': 'object', 'flow': 'spending',
         'classification': 'object_summary', 'scheme': 'ar-rafam-situacion-gastos', 'members': 'printed'},
        {'staging': rafam ~ 'situation_spending_by_object', 'part': 'extrabudgetary', 'flow': 'spending',
         'classification': 'extrabudgetary', 'scheme': 'ar-rafam-situacion-gastos', 'members': 'printed'},
        {'staging': rafam ~ 'situation_spending_by_program', 'flow': 'spending', 'classification': 'program',
         'scheme': 'ar-rafam-programas', 'members': 'printed'},
        {'staging': cachoeiro ~ 'revenue_by_item', 'flow': 'revenue', 'classification': 'revenue_item',
         'scheme': 'br-balanco-receita', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'spending_by_economic_type', 'flow': 'spending', 'classification': 'economic_type',
         'scheme': 'br-balanco-despesa', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'spending_by_classification', 'flow': 'spending', 'classification': 'functional',
         'scheme': 'br-mog-42', 'members': 'code'},
        {'staging': cachoeiro ~ 'spending_by_object', 'part': 'organ', 'flow': 'spending',
         'classification': 'object', 'scheme': 'br-natureza-despesa', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'spending_by_object', 'part': 'summary', 'flow': 'spending',
         'classification': 'object_summary', 'scheme': 'br-natureza-despesa', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'carryover_unprocessed', 'flow': 'carryover', 'classification': 'carryover_unprocessed',
         'scheme': 'br-restos-a-pagar', 'members': 'printed', 'parents': 'level'},
        {'staging': cachoeiro ~ 'carryover_processed', 'flow': 'carryover', 'classification': 'carryover_processed',
         'scheme': 'br-restos-a-pagar', 'members': 'printed', 'parents': 'level'},
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
        {'staging': oax ~ 'estimated_revenue', 'flow': 'revenue', 'classification': 'revenue_law',
         'scheme': 'mx-conac-cri', 'members': 'seed'},
        {'staging': oax ~ 'monthly_revenue', 'flow': 'revenue', 'classification': 'revenue_calendar',
         'scheme': 'mx-conac-cri', 'members': 'seed', 'series': 'month'},
        {'staging': oax ~ 'spending_by_item', 'flow': 'spending', 'classification': 'object_item',
         'scheme': 'mx-oax-partida', 'members': 'printed', 'parents': 'level'},
        {'staging': oax ~ 'projected_spending', 'flow': 'spending', 'classification': 'object_projection',
         'scheme': 'mx-ldf-proyeccion-egresos', 'members': 'printed', 'parents': 'level', 'series': 'year'},
        {'staging': oax ~ 'spending_by_object_and_earmark', 'flow': 'spending', 'classification': 'object_and_earmark',
         'scheme': 'mx-ldf-objeto-etiquetado', 'members': 'printed', 'parents': 'level'},
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
    {{ return([
        'estimated', 'projected', 'approved', 'adjusted', 'precommitted', 'committed', 'accrued', 'ordered', 'collected',
        'paid', 'prior_years', 'prior_year', 'cancelled'
    ]) }}
{% endmacro %}

{#- Phases that a line of spending prints of the revenue set against it; what was collected is revenue anyway. -#}
{% macro revenue_beside_spending() %}{{ return(['adjusted_revenue_amount', 'accrued_revenue_amount']) }}{% endmacro %}

{#- Of an amount of a line: the phase, and whether it comes in or goes out. -#}
{% macro phase_of_measure(measure) -%}
    replace(replace({{ measure }}, '_amount', ''), '_revenue', '')
{%- endmacro %}

{% macro flow_of_measure(flow, measure) -%}
    case when {{ measure }} in ('collected_amount', '{{ revenue_beside_spending() | join("', '") }}') then 'revenue' else {{ flow }} end
{%- endmacro %}

{% macro budget_line_amounts() %}
    {%- set names = [] -%}
    {%- for phase in budget_line_phases() -%}{%- do names.append(phase ~ '_amount') -%}{%- endfor -%}
    {{ return(names + revenue_beside_spending()) }}
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

{#- What a reader divides of a line, both in the currency of the row: rate, numerator, denominator. -#}
{% macro budget_line_rates() %}
    {{ return([
        ('execution_approved_pct', 'accrued_amount', 'approved_amount'),
        ('execution_adjusted_pct', 'accrued_amount', 'adjusted_amount'),
        ('payment_accrued_pct', 'paid_amount', 'accrued_amount'),
        ('collection_estimated_pct', 'collected_amount', 'estimated_amount'),
        ('collection_adjusted_pct', 'collected_amount', 'adjusted_amount'),
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
    its staging model, which has `_totals` beside it, what its rows are (`kind`; without it staging has `project_kind`), the
    texts and the measures that the form prints (of project_texts and project_measures). `by_quarter`: a row is of the
    quarter of the year in `quarter_no`. `told_as_goals`: what the printed table says is compared between documents as the
    goals of indicators already.
-#}
{% macro project_tables() %}
    {{ return([
        {'staging': 'stg_mx_gto_cuenta_publica__investment_projects', 'kind': 'investment_project',
         'texts': ['project_code', 'project_name', 'project_description', 'responsible_unit_code'],
         'measures': amount_measures() + goal_measures() + percent_names()},
        {'staging': 'stg_mx_gto_cuenta_publica__investment_spending', 'kind': 'investment_project',
         'texts': ['project_code', 'project_name', 'project_description', 'responsible_unit_code'],
         'measures': gto_spending_measures() + ['execution_approved_pct', 'execution_adjusted_pct']},
        {'staging': 'stg_mx_oax_loxicha__projects', 'told_as_goals': true, 'by_quarter': true,
         'texts': ['project_code', 'project_name', 'project_description', 'unit_name_raw'],
         'measures': goal_measures() + ['achievement_programmed_pct']},
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

{#-
    The printed accounts that make one figure of others (savings, investment and financing; the budget balance of the law of
    financial discipline): nothing of them is a leaf, and every line is a printed figure. A family joins with its staging
    model and the measures that it prints; what each line is made of is in the seed balance_formulas.
-#}
{% macro balance_tables() %}
    {{ return([
        {'staging': 'stg_ar_carmen_de_areco_rafam__situation_account', 'measures': ['amount']},
        {'staging': 'stg_mx_oax_loxicha__budget_balance',
         'measures': ['approved_amount', 'accrued_amount', 'paid_amount']},
        {'staging': 'stg_mx_mich_cuenta_publica__fiscal_posture',
         'measures': ['approved_amount', 'accrued_amount', 'paid_amount']},
    ]) }}
{% endmacro %}

{% macro balance_measures() %}{{ return(['amount', 'approved_amount', 'accrued_amount', 'paid_amount']) }}{% endmacro %}

{#- All measures in their one order: those that a balance prints passed on, the others as not on the form. -#}
{% macro carry_balance_measures(printed) -%}
    {%- for measure in balance_measures() -%}
    {{ carry(measure) if measure in printed else not_on_form(measure, 'decimal(18, 2)') }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
