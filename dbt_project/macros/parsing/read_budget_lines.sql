{#-
    What a staging model selects of a table that gives money by a classification: the place of the row, its term, and the
    measures that the form prints. `printed` are measures of budget_line_measures; the raw column of each has its name
    (raw_amount).
    `code` and `level` are expressions for the printed code and the depth of the line, where the form has them; `part` and
    `series` for its list and its month or year, as budget_tables has them. `renamed` holds raw columns of another name.
-#}
{% macro read_budget_lines(
    printed, term='concept', code='null', level='null', decimal_mark='.', group_mark=',', part='null', series='null',
    renamed={}
) -%}
    {{ place_columns() }},
    {{ term }} as term_raw,
    {{ as_text(code) }} as class_code_raw,
    cast({{ level }} as integer) as level_no,
    {{ as_text(part) }} as part,
    cast({{ series }} as integer) as series_no,
    {{ as_text("'" ~ decimal_mark ~ "'") }} as decimal_mark,
    {{ read_budget_measures(printed, decimal_mark, group_mark, renamed) }},
    method,
    confidence,
    extractor_version,
    spec_sha256
{%- endmacro %}

{#- The same of its printed totals. -#}
{% macro read_budget_totals(printed, decimal_mark='.', group_mark=',', part='null', series='null', renamed={}) -%}
    {{ total_place_columns() }},
    {{ as_text(part) }} as part,
    cast({{ series }} as integer) as series_no,
    {{ as_text("'" ~ decimal_mark ~ "'") }} as decimal_mark,
    {{ read_budget_measures(printed, decimal_mark, group_mark, renamed) }}
{%- endmacro %}

{#- All measures in their one order: those that the form prints, the others as not on the form. -#}
{% macro read_budget_measures(printed, decimal_mark, group_mark, renamed={}) -%}
    {%- for measure in budget_line_measures() -%}
    {%- if measure in printed -%}
    {{ read_amount(measure, renamed.get(measure) or raw_amount(measure), decimal_mark, group_mark) }}
    {%- else -%}
    {{ not_on_form(measure, 'decimal(18, 2)') }}
    {%- endif -%}
    {{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- The raw column of an amount: forms call the phase of payment orders "Ejercido". -#}
{% macro raw_amount(measure) -%}
    {{ return('exercised_amount' if measure == 'ordered_amount' else measure) }}
{%- endmacro %}

{#- What the state forms of Guanajuato print of revenue and of spending. -#}
{% macro gto_revenue_measures() %}
    {{ return([
        'estimated_amount', 'amended_amount', 'adjusted_amount', 'accrued_amount', 'collected_amount', 'difference_amount'
    ]) }}
{% endmacro %}

{#- What the statements of a municipality of Oaxaca print. -#}
{% macro oax_revenue_measures() %}{{ return(gto_revenue_measures()) }}{% endmacro %}

{% macro oax_spending_measures() %}
    {{ return([
        'approved_amount', 'amended_amount', 'adjusted_amount', 'accrued_amount', 'paid_amount', 'underspent_amount'
    ]) }}
{% endmacro %}

{#- What the statements of the state of Michoacán print of revenue. -#}
{% macro mich_revenue_measures() %}
    {{ return(['estimated_amount', 'amended_amount', 'adjusted_amount', 'accrued_amount', 'collected_amount']) }}
{% endmacro %}

{% macro gto_spending_measures() %}
    {{ return([
        'approved_amount', 'amended_amount', 'adjusted_amount', 'committed_amount', 'accrued_amount', 'ordered_amount',
        'paid_amount', 'underspent_amount'
    ]) }}
{% endmacro %}

{#- The analytical report of items of a municipality of Oaxaca: what stands for what is in its labels. -#}
{% macro oax_item_measures() %}{{ return(['approved_amount', 'amended_amount', 'adjusted_amount', 'paid_amount']) }}{% endmacro %}

{% macro oax_item_columns() %}
    {{ return({'adjusted_amount': 'scheduled_amount', 'paid_amount': 'paid_quarter_amount'}) }}
{% endmacro %}

{#- What the statements of R.A.F.A.M. print of revenue and of spending. -#}
{% macro rafam_revenue_measures() %}
    {{ return(['estimated_amount', 'amended_amount', 'adjusted_amount', 'accrued_amount', 'collected_amount']) }}
{% endmacro %}

{% macro rafam_spending_measures() %}
    {{ return([
        'approved_amount', 'amended_amount', 'adjusted_amount', 'precommitted_amount', 'committed_amount', 'accrued_amount',
        'paid_amount', 'underspent_amount'
    ]) }}
{% endmacro %}

{#- What the statement of earmarked revenue and the spending it pays for prints of both. -#}
{% macro rafam_earmark_measures() %}
    {{ return(revenue_beside_spending() + ['collected_amount', 'committed_amount', 'accrued_amount', 'paid_amount']) }}
{% endmacro %}

{#- What the two lists of what earlier years left to be paid print. -#}
{% macro carryover_measures() %}{{ return(['prior_years_amount', 'prior_year_amount', 'paid_amount', 'cancelled_amount']) }}{% endmacro %}

{#- How deep a code of digits stands: the zeros behind are levels that it leaves open. -#}
{% macro digits_depth(code, widths) -%}
    case
    {%- set at = namespace(end=0) -%}
    {%- for width in widths -%}
    {%- set at.end = at.end + width %}
        when {{ matches('substr(' ~ code ~ ', ' ~ (at.end + 1) ~ ')', '^0*$') }} then {{ loop.index }}
    {%- endfor %}
    end
{%- endmacro %}

{#- The code of a line that is told apart by the headings above it: these and its own name, outermost first. -#}
{% macro path_code(term, path) -%}
    {{ return("case when coalesce(" ~ path ~ ", '') = '' then " ~ term ~ " else " ~ path ~ " || ' > ' || " ~ term ~ " end") }}
{%- endmacro %}

{#- How deep a line stands: 1 without a heading above it. -#}
{% macro path_depth(path) -%}
    {{ return(
        "case when coalesce(" ~ path ~ ", '') = '' then 1 else 2 + (length(" ~ path ~ ") - length(replace(" ~ path
        ~ ", ' > ', ''))) / 3 end"
    ) }}
{%- endmacro %}
