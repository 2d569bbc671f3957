-- One row per activity and measure: goals and results of one kind (percentages, other quantities) paired in their
-- order. One goal with several results ("90 %": remunerations, goods and services) holds for each of them; a goal
-- without a result of its kind was not reported; a result without a goal stands alone. A zero printed where the
-- synthesis says that no report came is no result either: it stays as printed text only.
with numbered as (
    select
        *,
        row_number() over (partition by document_sha256, row_seq, side, is_percent order by measure_no) as kind_no,
        count(*) over (partition by document_sha256, row_seq, side, is_percent) as kind_count
    from {{ ref('stg_sv_insafocoop_poa__activity_measures') }}
),

goals as (
    select * from numbered
    where side = 'goal'
),

goal_counts as (
    select distinct
        document_sha256,
        row_seq,
        is_percent,
        kind_count
    from goals
),

results as (
    select
        numbered.*,
        case when goal_counts.kind_count = 1 then 1 else numbered.kind_no end as goal_kind_no
    from numbered
    left join goal_counts
        on
            numbered.document_sha256 = goal_counts.document_sha256
            and numbered.row_seq = goal_counts.row_seq
            and numbered.is_percent = goal_counts.is_percent
    where numbered.side = 'progress'
),

pairs as (
    select
        coalesce(goals.document_sha256, results.document_sha256) as document_sha256,
        coalesce(goals.row_seq, results.row_seq) as row_seq,
        coalesce(goals.is_percent, results.is_percent) as is_percent,
        goals.measure_no as goal_no,
        results.measure_no as result_no,
        goals.value_raw as goal_value_raw,
        goals.value as goal_value,
        goals.value_null_kind as goal_value_null_kind,
        nullif(goals.unit_name, '') as goal_unit_name,
        results.value_raw as result_value_raw,
        results.value as result_value,
        results.value_null_kind as result_value_null_kind,
        nullif(results.unit_name, '') as result_unit_name,
        coalesce(goals.kind_count, 0) as goal_kind_count,
        coalesce(results.kind_count, 0) as result_kind_count
    from goals
    full outer join results
        on
            goals.document_sha256 = results.document_sha256
            and goals.row_seq = results.row_seq
            and goals.is_percent = results.is_percent
            and goals.kind_no = results.goal_kind_no
),

activities as (
    select
        activities.*,
        pairs.is_percent,
        pairs.goal_no,
        pairs.result_no,
        pairs.goal_value_raw,
        pairs.goal_value,
        pairs.goal_value_null_kind,
        pairs.goal_unit_name,
        pairs.result_value_raw,
        pairs.result_value,
        pairs.result_value_null_kind,
        pairs.result_unit_name,
        pairs.goal_kind_count,
        pairs.result_kind_count,
        row_number() over (
            partition by activities.document_sha256, activities.row_seq
            order by coalesce(pairs.goal_no, 1000), coalesce(pairs.result_no, 1000)
        ) as measure_no,
        count(*) over (partition by activities.document_sha256, activities.row_seq) as measure_count
    from {{ ref('stg_sv_insafocoop_poa__activities') }} as activities
    left join pairs
        on
            activities.document_sha256 = pairs.document_sha256
            and activities.row_seq = pairs.row_seq
),

judged as (
    select
        *,
        coalesce(result_value = 0 and synthesis_says_no_report, false) as is_zero_without_report,
        {{ word_stems('goal_unit_name') }} as goal_unit_stems,
        {{ word_stems('result_unit_name') }} as result_unit_stems
    from activities
),

-- "101 Asambleas" and "185 Nombramiento de Delegados": labels without a word in common are of different things
compared as (
    select
        *,
        coalesce(is_percent, false)
        -- a label without a word says nothing
        or not {{ matches("coalesce(goal_unit_stems, '')", '[A-Z]{4}') }}
        or not {{ matches("coalesce(result_unit_stems, '')", '[A-Z]{4}') }}
        or {{ shares_word('goal_unit_stems', 'result_unit_stems') }} as is_comparable
    from judged
)

select
    document_sha256,
    source_id,
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq,
    cast(measure_no as integer) as measure_no,
    cast(measure_count as integer) as measure_count,
    axis_code,
    axis_name,
    axis_name_is_inferred,
    line_code,
    line_name,
    line_is_inferred,
    line_inferred_reason,
    specific_objective,
    activity_name,
    responsible_name,
    responsible_is_inferred,
    responsible_inferred_reason,
    synthesis,
    synthesis_says_no_report,
    goal_raw,
    progress_raw,
    coalesce(is_percent, false) as is_percent,
    coalesce(goal_unit_name, result_unit_name) as unit_name_raw,
    {{ replace_all(
        'case when result_kind_count > goal_kind_count then result_unit_name else coalesce(goal_unit_name, result_unit_name) end',
        '^% +',
        ''
    ) }} as measure_name,
    coalesce(goal_value_raw, goal_raw) as programmed_value_raw,
    goal_value as programmed_value,
    case when goal_value is null then coalesce(goal_value_null_kind, goal_null_kind, 'not_on_page') end
        as programmed_value_null_kind,
    coalesce(result_value_raw, progress_raw) as achieved_value_raw,
    is_comparable,
    case
        when not is_comparable
            then 'the goal is of "' || goal_unit_name || '" and the result of "' || result_unit_name || '"'
    end as not_comparable_reason,
    is_zero_without_report,
    case when not is_zero_without_report then result_value end as achieved_value,
    case
        when is_zero_without_report then 'not_reported'
        when result_value is null then coalesce(result_value_null_kind, progress_null_kind, 'not_reported')
    end as achieved_value_null_kind
from compared
