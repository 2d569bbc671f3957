-- What a printed percentage means. `94%` is 94. Without the sign the same form prints `161` (of one hundred) and
-- `0.55` (of one), and which it is follows, in this order, from
--   1. the sign;
--   2. for a row: its own arithmetic. Read as a ratio when ten times the figure is still less than the percentage
--      that the row's amounts give, else as a percentage. The two readings lie a factor of one hundred apart, and ten
--      is the middle of it: a figure is misread only if it is wrong by more than ten times;
--   3. the reading of the other rows of its column, when they agree (totals always take this road: a total that adds
--      up the ratios of its rows would fool its own arithmetic);
--   4. a total's own arithmetic, as in 2;
--   5. nothing left to hold it against: a ratio only when it is at most 2 and shows at least two decimals, because a
--      percentage that low is rare and one printed with decimals rarer.
-- Readings 2 to 5 are inferred and say so. A zero is zero either way and is not an inference.
with figures as (
    select
        *,
        {{ percent_of('numerator', 'denominator') }} as recomputed_exact,
        {{ matches('printed_raw', '[%]') }} as has_percent_sign,
        {{ printed_decimals('printed_raw') }} as printed_decimals
    from {{ ref('int_percentages__collect') }}
),

own as (
    select
        *,
        case
            when printed_number is null then null
            when has_percent_sign then 'percent'
            when printed_number = 0 then case when printed_decimals >= 2 then 'ratio' else 'percent' end
            when recomputed_exact is null then null
            when 10 * abs(printed_number) < abs(recomputed_exact) then 'ratio'
            else 'percent'
        end as own_scale
    from figures
),

printed_columns as (
    select
        document_sha256,
        table_name,
        measure,
        min(case when figure_level = 'row' and printed_number <> 0 then own_scale end) as lowest_row_scale,
        max(case when figure_level = 'row' and printed_number <> 0 then own_scale end) as highest_row_scale
    from own
    group by document_sha256, table_name, measure
),

compared as (
    select
        own.*,
        printed_columns.lowest_row_scale,
        printed_columns.highest_row_scale
    from own
    inner join printed_columns
        on
            own.document_sha256 = printed_columns.document_sha256
            and own.table_name = printed_columns.table_name
            and own.measure = printed_columns.measure
),

read as (
    select
        *,
        case
            when printed_number is null then null
            when has_percent_sign or printed_number = 0 then own_scale
            when figure_level = 'row' and own_scale is not null then own_scale
            when lowest_row_scale = highest_row_scale then lowest_row_scale
            when own_scale is not null then own_scale
            when abs(printed_number) <= 2 and printed_decimals >= 2 then 'ratio'
            else 'percent'
        end as printed_scale,
        case
            when printed_number is null or has_percent_sign or printed_number = 0 then null
            when figure_level = 'row' and own_scale is not null then 'the amounts of its row'
            when lowest_row_scale = highest_row_scale then 'the other rows of its column'
            when own_scale is not null then 'the amounts of its rows'
            else 'its size and decimals'
        end as scale_evidence
    from compared
),

scaled as (
    select
        *,
        case
            when printed_scale is null then null
            when printed_scale = 'percent' then case when printed_decimals > 6 then 6 else printed_decimals end
            -- A whole number read as a ratio (a workbook drops the zeros of 1.00) is held to the hundredth, or any
            -- share above one half would pass for 1.
            when printed_decimals = 0 then 0
            when printed_decimals > 6 then 4
            else printed_decimals - 2
        end as percent_decimals
    from read
)

select
    document_sha256,
    source_id,
    table_name,
    figure_level,
    row_seq,
    scope,
    measure,
    printed_raw,
    printed_null_kind,
    printed_scale,
    cast(
        case when printed_scale = 'ratio' then printed_number * 100 else printed_number end as decimal(24, 6)
    ) as printed_pct,
    percent_decimals,
    {{ printed_unit('percent_decimals') }} as printed_unit,
    scale_evidence is not null as is_inferred,
    case
        when scale_evidence is not null
            then
                'printed without a % sign; read as a ' || printed_scale || ' from ' || scale_evidence
    end as inferred_reason,
    numerator,
    denominator,
    recomputed_exact,
    {{ round_half_up('recomputed_exact', 'coalesce(percent_decimals, 2)') }} as recomputed_pct,
    first_row_seq,
    last_row_seq,
    page_no,
    table_no,
    row_no
from scaled
