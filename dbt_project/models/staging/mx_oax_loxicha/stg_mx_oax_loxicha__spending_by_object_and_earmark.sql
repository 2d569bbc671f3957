with levelled as (
    select
        *,
        case
            when {{ matches('concept', '^I+[.] GASTO ') }} then 1
            when {{ matches('concept', '^[A-I][.] ') }} then 2
            when {{ matches('concept', '^[a-i][0-9][)] ') }} then 3
        end as printed_level
    from {{ source('mx_oax_loxicha', 'spending_by_object_and_earmark') }}
),

printed as (
    select
        *,
        sum(case when printed_level = 1 then 1 else 0 end) over (
            partition by document_sha256 order by row_seq
        ) as section_no
    from levelled
)

-- the trust for natural disasters is printed for information: its money is in the line above it
select
    {{ read_budget_lines(
        oax_spending_measures(),
        code=as_text('section_no') ~ " || case printed_level when 2 then '.' || substr(concept, 1, 1) when 3 then '.' "
            ~ "|| substr(concept, 1, 2) else '' end",
        level='printed_level'
    ) }}
from printed
where printed_level is not null
