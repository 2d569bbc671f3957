-- What the activities of a unit add up to, in every document: achievement with a cap of 100, without one, and what is
-- above the goal. What is printed where no report came, or of another thing than the goal, is no result.
with achieved as (
    select
        measures.document_sha256,
        org_units.org_unit_key,
        {{ percent_of('measures.achieved_value', 'measures.programmed_value') }} as achievement
    from {{ ref('int_activity_measures__pair') }} as measures
    inner join {{ ref('int_org_unit_names__match') }} as org_units
        on
            measures.document_sha256 = org_units.document_sha256
            and {{ fold('measures.responsible_name') }} = org_units.name_folded
    where not measures.synthesis_says_no_report and measures.is_comparable
)

select
    document_sha256,
    org_unit_key,
    cast(count(*) as integer) as activity_count,
    cast(sum(case when achievement > 100 then 100 else achievement end) as decimal(24, 6)) as capped_sum,
    cast(sum(achievement) as decimal(24, 6)) as uncapped_sum,
    cast(sum(case when achievement > 100 then achievement - 100 else 0 end) as decimal(24, 6)) as additional_sum
from achieved
where achievement is not null
group by document_sha256, org_unit_key
