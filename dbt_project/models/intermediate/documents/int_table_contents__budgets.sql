-- What the rows of tables by classification and of projects say: the class, or the code and name, and every number.
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(['row_seq', 'coalesce(class_code, term_folded)'], budget_line_measures()) }} as content
from {{ ref('int_budget_lines__classify') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'total' as row_kind,
    {{ ordered_text(['total_kind', 'total_no', 'first_row_seq', 'last_row_seq'], budget_line_measures()) }} as content
from {{ ref('int_budget_totals__unite') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        [
            'row_seq', "coalesce(nullif(project_code, ''), " ~ fold_name('project_name') ~ ")", 'responsible_unit_code'
        ],
        project_measures()
    ) }} as content
from {{ ref('int_project_lines__unite') }}
where not is_told_as_goals
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'total' as row_kind,
    {{ ordered_text(['total_kind', 'total_no', 'first_row_seq', 'last_row_seq'], project_measures()) }} as content
from {{ ref('int_project_totals__unite') }}
where not is_told_as_goals
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(['row_seq', fold_name('term_raw')], balance_measures()) }} as content
from {{ ref('int_balance_lines__unite') }}
