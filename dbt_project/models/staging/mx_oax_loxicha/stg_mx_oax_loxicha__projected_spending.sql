with printed as (
    select
        *,
        sum(case when concept_code like '_.-' then 1 else 0 end) over (
            partition by document_sha256, year_label order by row_seq
        ) as section_no
    from {{ source('mx_oax_loxicha', 'projected_spending') }}
)

select
    {{ read_budget_lines(
        ['projected_amount'],
        code="case when concept_code like '_.-' then " ~ as_text('section_no') ~ " else " ~ as_text('section_no')
            ~ " || '.' || concept_code end",
        level="case when concept_code like '_.-' then 1 else 2 end",
        series=first_match('year_label', '[0-9]{4}')
    ) }}
from printed
