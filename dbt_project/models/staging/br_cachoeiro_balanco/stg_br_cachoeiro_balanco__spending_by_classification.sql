select
    {{ read_budget_lines(
        ['approved_amount', 'adjusted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        term="concat_ws('.', organ_code, unit_code, function_code, subfunction_code, program_code, action_code, category_code, "
        ~ "group_code, modality_code, element_code, nullif(subelement_code, ''), source_group_code, source_code, "
        ~ "source_detail_code)",
        code="function_code || '.' || subfunction_code",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'spending_by_classification') }}
