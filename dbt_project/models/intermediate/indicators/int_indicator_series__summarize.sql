-- The values of an indicator that play one part (its history, its yearly targets), of every document: how many there
-- are, what they add up to, whether each is above the one before, and all of them as printed.
with printed as (
    select
        *,
        lag(indicator_value) over (
            partition by document_sha256, record_no, value_role
            order by value_year
        ) as value_before
    from {{ ref('int_value_roles__match') }}
    where row_role = 'indicator'
)

select
    document_sha256,
    record_no,
    value_role,
    count(indicator_value) as number_count,
    count(*) as value_count,
    cast(min(indicator_value) as decimal(24, 6)) as lowest_value,
    cast(max(indicator_value) as decimal(24, 6)) as highest_value,
    cast(sum(indicator_value) as decimal(24, 6)) as total_value,
    cast(max(case when value_year = last_year then indicator_value end) as decimal(24, 6)) as last_value,
    max(case when value_year = last_year then indicator_value_raw end) as last_raw,
    max(case when value_year = first_year then indicator_value_raw end) as first_raw,
    min(first_year) as first_year,
    max(last_year) as last_year,
    sum(case when indicator_value > value_before then 1 else 0 end) as rising_count,
    sum(case when {{ has_percent_sign('indicator_value_raw') }} then 1 else 0 end) as percent_count,
    {{ ordered_concat(
        "case when indicator_value is not null then indicator_value_raw end", ', ', 'value_year'
    ) }} as values_text
from (
    select
        *,
        min(case when indicator_value is not null then value_year end) over (
            partition by document_sha256, record_no, value_role
        ) as first_year,
        max(case when indicator_value is not null then value_year end) over (
            partition by document_sha256, record_no, value_role
        ) as last_year
    from printed
) as bounded
group by document_sha256, record_no, value_role
