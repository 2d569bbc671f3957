with filled as (
    select
        *,
        trim(coalesce(axis_name__filled, axis_name)) as axis,
        nullif(trim(coalesce(line_of_action__filled, line_of_action)), '') as line,
        {{ replace_all("trim(coalesce(axis_name__filled, axis_name))", '^[Ee][Jj][Ee] +', '') }} as numbered_axis
    from {{ source('sv_insafocoop_poa', 'activities') }}
),

coded as (
    select
        *,
        {{ first_match('numbered_axis', '^[0-9]+') }} as axis_code,
        {{ first_match('line', '^[0-9]+([.][0-9]+)+( ?[a-z][)])?') }} as line_code
    from filled
)

select
    document_sha256,
    source_id,
    table_name,
    segment_no,
    page_no,
    sheet_name,
    table_no,
    row_no,
    row_seq,
    axis as axis_name_raw,
    axis_name__filled is not null as axis_name_is_inferred,
    axis_name__fill_reason as axis_name_inferred_reason,
    axis_code,
    {{ replace_all('numbered_axis', '^[0-9]+[. ]*|[.: ]+$', '') }} as axis_name,
    line as line_of_action_raw,
    line_of_action__filled is not null as line_is_inferred,
    line_of_action__fill_reason as line_inferred_reason,
    line_code,
    trim(substr(line, length(coalesce(line_code, '')) + 1)) as line_name,
    nullif(trim(coalesce(specific_objective__filled, specific_objective)), '') as specific_objective,
    trim(activity) as activity_name,
    trim(goal) as goal_raw,
    {{ quantities_null_kind('goal') }} as goal_null_kind,
    trim(progress) as progress_raw,
    {{ quantities_null_kind('progress') }} as progress_null_kind,
    nullif(trim(coalesce(responsible__filled, responsible)), '') as responsible_name,
    responsible__filled is not null as responsible_is_inferred,
    responsible__fill_reason as responsible_inferred_reason,
    nullif(trim(synthesis), '') as synthesis,
    {{ says_no_report('synthesis') }} as synthesis_says_no_report,
    method,
    confidence,
    extractor_version,
    spec_sha256
from coded
