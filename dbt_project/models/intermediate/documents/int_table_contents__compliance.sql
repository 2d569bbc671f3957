-- What the rows of the follow-up say: units, periods, figures and the notes that decide whether a unit reported.
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(['row_seq', fold_name('org_unit_name'), 'month_no'], ['compliance_pct']) }} as content,
    '' as labels
from {{ ref('stg_sv_insafocoop_poa__monthly_compliance') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'total' as row_kind,
    {{ ordered_text(['total_kind', 'total_no', 'month_no'], ['compliance_pct']) }} as content,
    '' as labels
from {{ ref('stg_sv_insafocoop_poa__monthly_compliance_totals') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        ['row_seq', fold_name('org_unit_name'), 'quarter_no', "upper(replace(notes, ' ', ''))"],
        ['compliance_pct']
    ) }} as content,
    '' as labels
from {{ ref('stg_sv_insafocoop_poa__quarterly_compliance') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'total' as row_kind,
    {{ ordered_text(['total_kind', 'total_no', 'quarter_no'], ['compliance_pct']) }} as content,
    '' as labels
from {{ ref('stg_sv_insafocoop_poa__quarterly_compliance_totals') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        [
            'row_seq', 'axis_code', 'line_code', fold_name('activity_name'), fold_name('responsible_name'),
            "upper(replace(goal_raw, ' ', ''))", "upper(replace(progress_raw, ' ', ''))", "upper(replace(synthesis, ' ', ''))"
        ],
        []
    ) }} as content,
    {{ ordered_text([fold('axis_name'), fold('line_name'), fold('specific_objective')], []) }} as labels
from {{ ref('stg_sv_insafocoop_poa__activities') }}
union all
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    'row' as row_kind,
    {{ ordered_text(
        ['statement', 'figure', "coalesce(" ~ as_text('value') ~ ", upper(replace(value_raw, ' ', '')))"],
        []
    ) }} as content,
    '' as labels
from {{ ref('stg_sv_insafocoop_poa__statements') }}
