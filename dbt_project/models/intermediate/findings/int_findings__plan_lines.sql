-- What a plan's lines and activities show: numbers left out, zeros printed where no report came, work nobody planned.
with activities as (
    select
        *,
        coalesce(line_code || ' ', '') || activity_name as subject,
        {{ quoted('goal_raw') }} as goal,
        {{ quoted('progress_raw') }} as progress,
        {{ quoted('synthesis') }} as told
    from {{ ref('stg_sv_insafocoop_poa__activities') }}
),

numbered as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        element_code,
        parent_code,
        cast({{ first_match("split_part(element_code, '.', 2)", '^[0-9]+') }} as integer) as line_no
    from {{ ref('int_plan_lines__parse') }}
    where element_level = 'line'
),

followed as (
    select
        *,
        lag(line_no, 1, 0) over (partition by document_sha256, parent_code order by row_seq) as line_no_before,
        lag(row_seq, 1, 0) over (partition by document_sha256, parent_code order by row_seq) as row_seq_before
    from numbered
),

gaps as (
    select
        followed.document_sha256,
        followed.source_id,
        followed.table_name,
        followed.row_seq,
        followed.element_code,
        followed.parent_code,
        followed.parent_code || '.' || {{ as_text('followed.line_no_before') }} as code_before,
        followed.parent_code || '.' || {{ as_text('(followed.line_no_before + 1)') }} as missing_code,
        followed.line_no_before,
        followed.row_seq_before,
        activities.page_no,
        activities.table_no,
        activities.row_no
    from followed
    inner join activities
        on
            followed.document_sha256 = activities.document_sha256
            and followed.row_seq = activities.row_seq
    where followed.line_no > followed.line_no_before + 1
),

-- an activity without a line between the lines around a gap is where the missing line is printed without its number:
-- one gap, told once
unnumbered as (
    select
        activities.*,
        gaps.row_seq as gap_row_seq,
        row_number() over (
            partition by gaps.document_sha256, gaps.row_seq order by activities.row_seq
        ) as unnumbered_no
    from activities
    left join gaps
        on
            activities.document_sha256 = gaps.document_sha256
            and activities.axis_code = gaps.parent_code
            and activities.row_seq > gaps.row_seq_before
            and activities.row_seq < gaps.row_seq
    where activities.line_code is null
),

zeros as (
    select
        activities.*,
        row_number() over (
            partition by measures.document_sha256, measures.row_seq order by measures.measure_no
        ) as zero_no
    from {{ ref('int_activity_measures__pair') }} as measures
    inner join activities
        on
            measures.document_sha256 = activities.document_sha256
            and measures.row_seq = activities.row_seq
    where measures.is_zero_without_report
),

unplanned as (
    select
        source_id,
        table_name,
        document_sha256,
        row_seq,
        program_code || ' ' || indicator_name as subject,
        {{ as_text('indicator_key') }} as subject_key,
        institution_key,
        programmed_value_raw,
        achieved_value_raw,
        page_no,
        table_no,
        row_no
    from {{ ref('int_report_rows__select') }}
    where programmed_value = 0 and achieved_value > 0
    union all
    select
        source_id,
        table_name,
        document_sha256,
        row_seq,
        coalesce(line_code || ' ', '') || indicator_name as subject,
        {{ as_text('indicator_key') }} as subject_key,
        institution_key,
        programmed_value_raw,
        achieved_value_raw,
        page_no,
        table_no,
        row_no
    from {{ ref('int_activity_goals__select') }}
    where achieved_value > 0 and coalesce(programmed_value, 0) = 0
),

stated as (
    select
        *,
        {{ percent_text('value') }} as share,
        {{ quoted('sentence') }} as told
    from {{ ref('stg_sv_insafocoop_poa__statements') }}
    where statement = 'additional' and figure = 'unplanned' and value > 0
),

found as (
    select
        'missing_line_number' as rule_id,
        gaps.source_id,
        gaps.table_name,
        gaps.document_sha256,
        coalesce(unnumbered.row_seq, gaps.row_seq) as row_seq,
        'línea ' || gaps.missing_code as subject,
        {{ as_text('null') }} as subject_key,
        cast(null as bigint) as institution_key,
        case
            when gaps.line_no_before = 0 then 'La primera línea impresa es '
            else 'De la línea ' || gaps.code_before || ' se pasa a la '
        end
        || gaps.element_code || ': falta la ' || gaps.missing_code
        || coalesce(
            '; en su lugar se imprime la actividad «' || unnumbered.activity_name || '» sin línea de acción'
            || case when unnumbered.responsible_name is null then ' ni responsable' else '' end,
            ''
        )
        || '.' as evidence_es,
        case
            when gaps.line_no_before = 0 then 'The first line printed is '
            else 'Line ' || gaps.code_before || ' is followed by '
        end
        || gaps.element_code || ': ' || gaps.missing_code || ' is missing'
        || coalesce(
            '; the activity "' || unnumbered.activity_name || '" is printed there without a line of action'
            || case when unnumbered.responsible_name is null then ' or a responsible unit' else '' end,
            ''
        )
        || '.' as evidence_en,
        coalesce(unnumbered.page_no, gaps.page_no) as page_no,
        coalesce(unnumbered.table_no, gaps.table_no) as table_no,
        coalesce(unnumbered.row_no, gaps.row_no) as row_no
    from gaps
    left join unnumbered
        on
            gaps.document_sha256 = unnumbered.document_sha256
            and gaps.row_seq = unnumbered.gap_row_seq
            and unnumbered.unnumbered_no = 1
    union all
    select
        'missing_line_number' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        subject,
        {{ as_text('null') }} as subject_key,
        cast(null as bigint) as institution_key,
        'La actividad se imprime sin línea de acción'
        || case when responsible_name is null then ' ni responsable' else '' end
        || '; su meta es «' || goal || '» y su avance «' || progress || '».' as evidence_es,
        'The activity is printed without a line of action'
        || case when responsible_name is null then ' or a responsible unit' else '' end
        || '; its goal is "' || goal || '" and its progress "' || progress || '".' as evidence_en,
        page_no,
        table_no,
        row_no
    from unnumbered
    where gap_row_seq is null
    union all
    select
        'zero_printed_for_missing_report' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        subject,
        {{ as_text('null') }} as subject_key,
        cast(null as bigint) as institution_key,
        'El avance impreso es «' || progress || '» para la meta «' || goal || '», y la síntesis dice «' || told
        || '»: no es un resultado de cero.' as evidence_es,
        'The printed progress is "' || progress || '" for the goal "' || goal || '", and the synthesis says "' || told
        || '": this is no result of zero.' as evidence_en,
        page_no,
        table_no,
        row_no
    from zeros
    where zero_no = 1
    union all
    select
        'unplanned_work' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        subject,
        subject_key,
        institution_key,
        'Se entregó ' || achieved_value_raw || ' con ' || coalesce(nullif(programmed_value_raw, ''), 'nada')
        || ' programado.' as evidence_es,
        achieved_value_raw || ' was delivered with ' || coalesce(nullif(programmed_value_raw, ''), 'nothing')
        || ' programmed.' as evidence_en,
        page_no,
        table_no,
        row_no
    from unplanned
    union all
    select
        'unplanned_work' as rule_id,
        source_id,
        table_name,
        document_sha256,
        row_seq,
        'actividades no programadas' as subject,
        {{ as_text('null') }} as subject_key,
        cast(null as bigint) as institution_key,
        'El informe dice que ' || share || ' son actividades que no estaban programadas: «' || told || '».'
            as evidence_es,
        'The report says that ' || share || ' are activities that were not programmed: "' || told || '".'
            as evidence_en,
        page_no,
        table_no,
        row_no
    from stated
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
