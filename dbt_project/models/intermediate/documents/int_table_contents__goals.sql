-- What the rows of goals, the records beside them and their printed totals say.
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        [
            'row_seq', 'program_code', 'indicator_code', 'group_folded', fold_name('indicator_name'), 'own_start_date',
            'own_end_date', 'goal_year', 'quarter_no', fold_name('programmed_value_raw'),
            fold_name('achieved_value_raw')
        ],
        goal_measures() + ['achievement_programmed_pct']
    ) }} as content
from {{ ref('int_goal_rows__unite') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        ['row_seq', 'program_code', 'project_code', fold_name('indicator_name'), fold_name('calculation_method')], []
    ) }} as content
from {{ ref('stg_mx_oax_loxicha__project_sheets') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        ['row_seq', 'record_no', fold_name('indicator_name'), fold_name('variable_name'), fold_name('variable_value_raw')],
        ['variable_value', 'indicator_value']
    ) }} as content
from {{ ref('stg_mx_oax_loxicha__financial_indicators') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        [
            'row_seq', 'indicator_code', fold_name('indicator_name'), 'program_code', fold_name('control_scope_raw'),
            fold_name('unit_name_raw'), fold_name('calculation_method'), fold_name('frequency_name')
        ],
        []
    ) }} as content
from {{ ref('stg_pe_mef_fichas__indicator_sheets') }}
union all
select
    scopes.document_sha256,
    scopes.source_id,
    scopes.table_name,
    scopes.row_seq,
    'row' as row_kind,
    {{ ordered_text(
        [
            'scopes.row_seq', 'sheets.indicator_code', 'scopes.region_code', fold_name('scopes.region_name'),
            'scopes.area_code', fold_name('scopes.area_name')
        ],
        []
    ) }} as content
from {{ ref('stg_pe_mef_fichas__indicator_scopes') }} as scopes
inner join {{ ref('stg_pe_mef_fichas__indicator_sheets') }} as sheets
    on
        scopes.document_sha256 = sheets.document_sha256
        and scopes.record_no = sheets.record_no
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(['row_seq', fold_name('line_name')], ['program_count', 'accumulated_pct']) }} as content
from {{ ref('stg_co_municipios_plan__strategic_lines') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'total' as row_kind,
    {{ ordered_text(
        ['total_kind', 'total_no', 'first_row_seq', 'last_row_seq'], ['program_count', 'accumulated_pct']
    ) }} as content
from {{ ref('stg_co_municipios_plan__strategic_lines_totals') }}
