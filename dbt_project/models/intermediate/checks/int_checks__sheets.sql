-- What a sheet prints twice, against itself: its substitution worked out, the baseline, the operands and the variables,
-- the final target and the yearly ones. No tolerance. What has words in place of a number is nothing to compare.
with sheets as (
    select
        *,
        {{ substitution_result('substitution_raw') }} as result_raw
    from {{ ref('int_sheets__select') }}
),

variables as (
    select * from {{ ref('stg_mx_ipab_programa_institucional__indicator_variables') }}
),

results as (
    select
        'substitution_arithmetic' as rule_id,
        *,
        scope as check_scope,
        'substitution_result' as measure,
        result_raw as printed_raw,
        {{ parse_quantity('result_raw') }} as printed_value,
        {{ null_kind('result_raw', is_number('result_raw', percent_sign=true)) }} as null_kind,
        {{ round_half_up('substitution_value', printed_decimals('result_raw')) }} as recomputed_value,
        substitution_value as recomputed_exact,
        {{ as_text('null') }} as other_cause,
        'substitution' as column_name
    from sheets
),

baselines as (
    select
        'baseline_from_substitution' as rule_id,
        *,
        scope as check_scope,
        'baseline_value' as measure,
        baseline_value_raw as printed_raw,
        baseline_value as printed_value,
        baseline_value_null_kind as null_kind,
        {{ round_half_up('substitution_value', printed_decimals('baseline_value_raw')) }} as recomputed_value,
        substitution_value as recomputed_exact,
        {{ as_text('null') }} as other_cause,
        'baseline_value' as column_name
    from sheets
),

{% for operand, number in [('first', '1'), ('second', '2')] %}
{{ operand }}_operands as (
    select
        'substitution_operands' as rule_id,
        sheets.*,
        sheets.scope || ' variable ' || variables.variable_no as check_scope,
        'substitution_operand' as measure,
        sheets.{{ operand }}_operand_raw as printed_raw,
        {{ parse_quantity('sheets.' ~ operand ~ '_operand_raw') }} as printed_value,
        {{ null_kind(
            'sheets.' ~ operand ~ '_operand_raw',
            is_number('sheets.' ~ operand ~ '_operand_raw', percent_sign=true)
        ) }} as null_kind,
        variables.variable_value as recomputed_value,
        variables.variable_value as recomputed_exact,
        case when variables.variable_value is null then variables.variable_value_null_kind end as other_cause,
        'substitution' as column_name
    from sheets
    inner join variables
        on
            sheets.document_sha256 = variables.document_sha256
            and sheets.record_no = variables.record_no
            and variables.variable_no = '{{ number }}'
),

{% endfor %}
-- a share of the whole is the last year's; a count of each period is what the years add up to
last_years as (
    select
        'final_target_last_year' as rule_id,
        *,
        scope as check_scope,
        'final_target_value' as measure,
        final_target_value_raw as printed_raw,
        final_target_value as printed_value,
        final_target_value_null_kind as null_kind,
        targets_last_value as recomputed_value,
        targets_last_value as recomputed_exact,
        case
            when targets_last_year <> final_target_year then 'other_year'
            when targets_percent_count = 0 and accumulation_type = 'periodic' then 'counts_add_up'
        end as other_cause,
        'final_target_value' as column_name
    from sheets
),

sums_of_years as (
    select
        'final_target_sum_of_years' as rule_id,
        *,
        scope as check_scope,
        'final_target_value' as measure,
        final_target_value_raw as printed_raw,
        final_target_value as printed_value,
        final_target_value_null_kind as null_kind,
        targets_total_value as recomputed_value,
        targets_total_value as recomputed_exact,
        case
            when targets_percent_count > 0 then 'not_additive'
            when accumulation_type <> 'periodic' then 'not_additive'
        end as other_cause,
        'final_target_value' as column_name
    from sheets
),

compared as (
    {% for member in [
        'results', 'baselines', 'first_operands', 'second_operands', 'last_years', 'sums_of_years'
    ] %}
    select * from {{ member }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    check_scope as scope,
    measure,
    'sheet' as figure_kind,
    printed_raw,
    printed_value,
    cast(recomputed_exact as decimal(24, 6)) as recomputed_exact,
    cast(recomputed_value as decimal(24, 6)) as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    coalesce(
        case
            when printed_value is null and null_kind in ('blank', 'not_on_page') then 'not_printed'
            when printed_value is null then null_kind
        end,
        other_cause,
        case when recomputed_value is null then 'formula_not_computable' end
    ) as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    {{ as_text('null') }} as printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
