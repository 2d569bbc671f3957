-- The name and level of each institution from one change to the next. Several printed names of one day say the same
-- name to show; when they do not, two versions begin on one day and the test of the key says so.
{{ config(meta={'sees': 'everything'}) }}
with named as (
    select distinct
        country_code,
        institution_code,
        institution_name,
        government_level,
        cast(valid_from as date) as valid_from_date
    from {{ ref('institutions') }}
),

ends as (
    select
        country_code,
        institution_code,
        max(cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date)) as last_date
    from {{ ref('institutions') }}
    group by country_code, institution_code
),

compared as (
    select
        *,
        lag(institution_name) over (
            partition by country_code, institution_code order by valid_from_date, institution_name
        ) as name_before,
        lag(government_level) over (
            partition by country_code, institution_code order by valid_from_date, institution_name
        ) as level_before
    from named
),

changes as (
    select *
    from compared
    where name_before is null or name_before <> institution_name or level_before <> government_level
),

bounded as (
    select
        *,
        row_number() over (partition by country_code, institution_code order by valid_from_date, institution_name)
            as version_no,
        lead(valid_from_date) over (
            partition by country_code, institution_code order by valid_from_date, institution_name
        ) as next_from_date
    from changes
)

select
    bounded.country_code,
    bounded.institution_code,
    bounded.version_no,
    bounded.institution_name,
    bounded.government_level,
    bounded.name_before,
    bounded.level_before,
    bounded.valid_from_date,
    cast(
        case
            when bounded.next_from_date is null then ends.last_date
            else {{ dbt.dateadd('day', -1, 'bounded.next_from_date') }}
        end as date
    ) as valid_to_date,
    bounded.next_from_date is null as is_current
from bounded
inner join ends
    on
        bounded.country_code = ends.country_code
        and bounded.institution_code = ends.institution_code
