-- What the rows of the follow-up say: units, periods, figures and the notes that decide whether a unit reported.
{{ table_content(
    ref('stg_sv_insafocoop_poa__monthly_compliance'),
    ['row_seq', fold_name('org_unit_name'), 'month_no'],
    ['compliance_pct']
) }}
union all
{{ table_content(
    ref('stg_sv_insafocoop_poa__monthly_compliance_totals'),
    ['total_kind', 'total_no', 'month_no'],
    ['compliance_pct'],
    row_kind='total'
) }}
union all
{{ table_content(
    ref('stg_sv_insafocoop_poa__quarterly_compliance'),
    ['row_seq', fold_name('org_unit_name'), 'quarter_no', "upper(replace(notes, ' ', ''))"],
    ['compliance_pct']
) }}
union all
{{ table_content(
    ref('stg_sv_insafocoop_poa__quarterly_compliance_totals'),
    ['total_kind', 'total_no', 'quarter_no'],
    ['compliance_pct'],
    row_kind='total'
) }}
union all
{{ table_content(
    ref('stg_sv_insafocoop_poa__activities'),
    [
        'row_seq', 'axis_code', 'line_code', fold_name('activity_name'), fold_name('responsible_name'),
        "upper(replace(goal_raw, ' ', ''))", "upper(replace(progress_raw, ' ', ''))", "upper(replace(synthesis, ' ', ''))"
    ],
    labels=[fold('axis_name'), fold('line_name'), fold('specific_objective')]
) }}
union all
{{ table_content(
    ref('stg_sv_insafocoop_poa__statements'),
    ['statement', 'figure', "coalesce(" ~ as_text('value') ~ ", upper(replace(value_raw, ' ', '')))"]
) }}
