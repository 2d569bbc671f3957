-- What the compliance of units shows: units that sent no report, a threshold reached only by rounding, notes that quote
-- a month where the figure is of the quarter, plans changed during the year, goals missed without a justification, a
-- threshold reached although the unit's own activities do not reach it.
with quarters as (
    select * from {{ ref('mart_unit_compliance') }}
    where period_type = 'quarter'
),

printed as (
    select
        quarters.*,
        compliance.table_name,
        compliance.row_seq,
        compliance.compliance_pct_raw,
        cast(floor((extract(month from quarters.period_end_date) + 2) / 3) as integer) as quarter_no,
        {{ quoted('quarters.justification') }} as note
    from quarters
    inner join {{ ref('fct_unit_compliance') }} as compliance on quarters.compliance_key = compliance.compliance_key
),

-- the months behind a quarter, in the same document whichever of its tables speaks for a vintage
months as (
    select
        document_sha256,
        org_unit_key,
        quarter_no,
        {{ ordered_concat('compliance_pct_raw', ', ', 'period_no') }} as months_raw,
        cast(count(*) as integer) as month_count
    from {{ ref('int_unit_compliance__unite') }}
    where period_type = 'month'
    group by document_sha256, org_unit_key, quarter_no
),

placed as (
    select
        printed.*,
        months.months_raw,
        months.month_count
    from printed
    left join months
        on
            printed.document_sha256 = months.document_sha256
            and printed.org_unit_key = months.org_unit_key
            and printed.quarter_no = months.quarter_no
),

quoted as (
    select
        placed.*,
        figures.value_raw as quoted_raw,
        quoted_months.period_label as quoted_month,
        row_number() over (
            partition by placed.compliance_key order by figures.number_no, quoted_months.period_no
        ) as quote_no
    from placed
    inner join {{ ref('stg_sv_insafocoop_poa__note_figures') }} as figures
        on
            placed.document_sha256 = figures.document_sha256
            and placed.row_seq = figures.row_seq
            and placed.compliance_pct_printed <> figures.value
            and figures.is_percent
            and placed.note is not null
    inner join {{ ref('int_unit_compliance__unite') }} as quoted_months
        on
            placed.document_sha256 = quoted_months.document_sha256
            and placed.org_unit_key = quoted_months.org_unit_key
            and quoted_months.period_type = 'month'
            and placed.quarter_no = quoted_months.quarter_no
            and figures.value = quoted_months.compliance_pct
),

changed as (
    select
        changes.*,
        {{ quoted('changes.sentence') }} as told,
        units.org_unit_key,
        units.institution_key,
        coalesce(named.org_unit_name, changes.org_unit_name) as unit_name
    from {{ ref('int_plan_changes__split') }} as changes
    inner join {{ ref('int_org_unit_names__match') }} as units
        on
            changes.document_sha256 = units.document_sha256
            and {{ fold('changes.org_unit_name') }} = units.name_folded
    left join {{ ref('dim_org_units') }} as named on units.org_unit_key = named.org_unit_key
),

found as (
    select
        'unit_without_report' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        org_unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'Se imprime ' || coalesce(compliance_pct_raw, 'nada') || ' en el trimestre y ' || coalesce(months_raw, 'nada')
        || ' en sus meses, y la nota dice «' || note
        || '»: la unidad no informó; no es un cumplimiento de cero.' as evidence_es,
        coalesce(compliance_pct_raw, 'Nothing') || ' is printed for the quarter and ' || coalesce(months_raw, 'nothing')
        || ' for its months, and the note says "' || note
        || '": the unit did not report; this is no compliance of zero.' as evidence_en,
        page_no,
        table_no,
        row_no
    from placed
    where report_status = 'not_reported'
    union all
    select
        'threshold_flips_on_rounding' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        org_unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'Se imprime ' || compliance_pct_raw
        || case when is_met_as_printed then ', que alcanza' else ', que no alcanza' end
        || ' el umbral de ' || {{ percent_text('threshold_pct') }} || '; la media de sus meses (' || months_raw
        || ') es ' || {{ percent_text('compliance_pct_recomputed') }}
        || case when is_met_as_printed then ' y no lo alcanza.' else ' y sí lo alcanza.' end as evidence_es,
        compliance_pct_raw || ' is printed, which '
        || case when is_met_as_printed then 'reaches' else 'does not reach' end || ' the threshold of '
        || {{ percent_text('threshold_pct') }} || '; the mean of its months (' || months_raw || ') is '
        || {{ percent_text('compliance_pct_recomputed') }}
        || case when is_met_as_printed then ' and does not reach it.' else ' and does reach it.' end as evidence_en,
        page_no,
        table_no,
        row_no
    from placed
    where is_flipped_by_rounding
    union all
    select
        'month_quoted_for_quarter' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        org_unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'La nota del trimestre habla de ' || quoted_raw || ', que es el cumplimiento de ' || quoted_month
        || '; el del trimestre es ' || compliance_pct_raw || '.' as evidence_es,
        'The note of the quarter speaks of ' || quoted_raw || ', which is the compliance of ' || quoted_month
        || '; that of the quarter is ' || compliance_pct_raw || '.' as evidence_en,
        page_no,
        table_no,
        row_no
    from quoted
    where quote_no = 1
    union all
    select
        'incompliance_without_justification' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        org_unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'Para el trimestre se imprime ' || compliance_pct_raw || ', por debajo de '
        || {{ percent_text('threshold_pct') }}
        || case
            when justification_status = 'blank' then ', y no lleva ninguna nota.'
            else ', y la nota dice «' || note || '».'
        end as evidence_es,
        'The quarter prints ' || compliance_pct_raw || ', below ' || {{ percent_text('threshold_pct') }}
        || case
            when justification_status = 'blank' then ', and carries no note.'
            else ', and the note says "' || note || '".'
        end as evidence_en,
        page_no,
        table_no,
        row_no
    from placed
    where
        report_status = 'reported'
        and not is_met_as_printed
        and justification_status in ('blank', 'not_received')
    union all
    select
        'unit_contradicts_activities' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        org_unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'Se imprime ' || compliance_pct_raw || ', que alcanza el umbral de ' || {{ percent_text('threshold_pct') }}
        || '; las actividades que el informe imprime de la unidad (' || {{ as_text('activity_count') }}
        || ') alcanzan en promedio ' || {{ percent_text('activities_capped_pct') }}
        || ', con tope de 100 %.' as evidence_es,
        compliance_pct_raw || ' is printed, which reaches the threshold of ' || {{ percent_text('threshold_pct') }}
        || '; the activities of the unit that the report prints (' || {{ as_text('activity_count') }}
        || ') reach ' || {{ percent_text('activities_capped_pct') }}
        || ' on average, at most 100 % each.' as evidence_en,
        page_no,
        table_no,
        row_no
    from placed
    where is_met_as_printed and activities_capped_pct < threshold_pct
    union all
    select
        'plan_changed_during_year' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        unit_name as subject,
        {{ as_text('org_unit_key') }} as subject_key,
        institution_key,
        'La unidad pidió modificar su plan durante el periodo: «' || told || '».' as evidence_es,
        'The unit asked to change its plan during the period: "' || told || '".' as evidence_en,
        page_no,
        table_no,
        row_no
    from changed
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    subject,
    subject_key,
    institution_key,
    evidence_es,
    evidence_en,
    page_no,
    table_no,
    row_no
from found
