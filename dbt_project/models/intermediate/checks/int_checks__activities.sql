-- What the synthesis of an activity tells against its goal and result: the additional percentage and quantity, the
-- achievement (capped at 100, as the office reports it), a total over the activity's parts, a whole over its parts. A
-- figure of an activity with several measures does not say which one it is of.
with figures as (
    select
        figures.*,
        results.number_no,
        results.sentence_no,
        results.is_percent,
        {{ printed_decimals('figures.printed_raw') }} as decimals,
        row_number() over (
            partition by figures.document_sha256, figures.row_seq, figures.measure order by results.number_no
        ) as occurrence_no,
        count(*) over (partition by figures.document_sha256, figures.row_seq, figures.measure) as occurrence_count
    from {{ ref('int_printed_figures__compliance') }} as figures
    inner join {{ ref('stg_sv_insafocoop_poa__activity_results') }} as results
        on
            figures.document_sha256 = results.document_sha256
            and figures.row_seq = results.row_seq
            and figures.scope
            = 'activity ' || {{ as_text('results.row_seq') }} || ' figure ' || {{ as_text('results.number_no') }}
    where figures.figure_level = 'row'
),

measures as (
    select * from {{ ref('int_activity_measures__pair') }}
),

single as (
    select * from measures
    where measure_count = 1
),

parts as (
    select
        document_sha256,
        row_seq,
        sentence_no,
        sum(case when figure_role = 'part' then value end) as part_sum
    from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
    group by document_sha256, row_seq, sentence_no
),

done as (
    select
        document_sha256,
        row_seq,
        sum(value) as done_sum
    from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
    where figure_role = 'done_of_planned'
    group by document_sha256, row_seq
),

compared as (
    select
        'additional_percentage' as rule_id,
        figures.*,
        {{ percent_of('(single.achieved_value - single.programmed_value)', 'single.programmed_value') }} as recomputed,
        single.programmed_value as denominator
    from figures
    left join single on figures.document_sha256 = single.document_sha256 and figures.row_seq = single.row_seq
    where figures.measure = 'additional_pct'
    union all
    select
        'additional_quantity' as rule_id,
        figures.*,
        single.achieved_value - single.programmed_value as recomputed,
        cast(1 as decimal(24, 6)) as denominator
    from figures
    left join single on figures.document_sha256 = single.document_sha256 and figures.row_seq = single.row_seq
    where figures.measure = 'additional_count'
    union all
    -- a goal in per cent tells its results one by one; another goal tells how much of it was reached
    select
        'told_achievement' as rule_id,
        figures.*,
        case
            when measures.is_percent then measures.achieved_value
            when measures.achieved_value > measures.programmed_value then 100
            else {{ percent_of('measures.achieved_value', 'measures.programmed_value') }}
        end as recomputed,
        measures.programmed_value as denominator
    from figures
    left join measures
        on
            figures.document_sha256 = measures.document_sha256
            and figures.row_seq = measures.row_seq
            and figures.occurrence_no = measures.measure_no
            and figures.occurrence_count = measures.measure_count
    where figures.measure = 'achieved_pct'
    union all
    select
        'told_total' as rule_id,
        figures.*,
        single.achieved_value + coalesce(done.done_sum, 0) as recomputed,
        cast(1 as decimal(24, 6)) as denominator
    from figures
    left join single on figures.document_sha256 = single.document_sha256 and figures.row_seq = single.row_seq
    left join done on figures.document_sha256 = done.document_sha256 and figures.row_seq = done.row_seq
    where figures.measure = 'told_total'
    union all
    select
        'told_total' as rule_id,
        figures.*,
        parts.part_sum as recomputed,
        cast(1 as decimal(24, 6)) as denominator
    from figures
    left join parts
        on
            figures.document_sha256 = parts.document_sha256
            and figures.row_seq = parts.row_seq
            and figures.sentence_no = parts.sentence_no
    where figures.measure = 'whole'
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    measure,
    figure_kind,
    printed_raw,
    printed_value,
    cast(round(recomputed, 6) as decimal(24, 6)) as recomputed_exact,
    {{ round_half_up('recomputed', 'decimals') }} as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed', 'denominator') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
