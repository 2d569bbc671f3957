-- Which programme of a later year goes on from which. A code that comes back is the same programme, under the same name
-- or renamed; the next year that has it may not be the next one. What a person found out (the seed program_lineage)
-- replaces what the code says of the same two programmes, and `unrelated` there takes the link away.
with programs as (
    select
        program_key,
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        program_code,
        program_name,
        program_name_source,
        {{ fold_name('program_name') }} as name_folded,
        document_sha256
    from {{ ref('dim_programs') }}
    where fiscal_year is not null
),

successors as (
    select
        *,
        lead(program_key) over (
            partition by program_scheme, institution_key, program_code order by fiscal_year
        ) as to_program_key
    from programs
),

by_code as (
    select
        earlier.program_key as from_program_key,
        later.program_key as to_program_key,
        case
            when earlier.program_name_source = 'code' or later.program_name_source = 'code' then 'same_code_no_name'
            when earlier.name_folded = later.name_folded then 'same_code_same_name'
            else 'same_code_other_name'
        end as basis
    from successors as earlier
    inner join programs as later on earlier.to_program_key = later.program_key
),

by_hand as (
    select
        earlier.program_key as from_program_key,
        later.program_key as to_program_key,
        seed.relation,
        seed.reason,
        seed.source
    from {{ ref('program_lineage') }} as seed
    inner join {{ ref('dim_institutions') }} as institutions
        on
            seed.country_code = institutions.country_code
            and seed.institution_code = institutions.institution_code
    inner join programs as earlier
        on
            institutions.institution_key = earlier.institution_key
            and seed.program_scheme = earlier.program_scheme
            and seed.from_fiscal_year = {{ as_text('earlier.fiscal_year') }}
            and seed.from_program_code = earlier.program_code
    inner join programs as later
        on
            institutions.institution_key = later.institution_key
            and seed.program_scheme = later.program_scheme
            and seed.to_fiscal_year = {{ as_text('later.fiscal_year') }}
            and seed.to_program_code = later.program_code
),

links as (
    select
        from_program_key,
        to_program_key,
        relation,
        'seed' as basis,
        reason,
        source
    from by_hand
    where relation <> 'unrelated'
    union all
    select
        by_code.from_program_key,
        by_code.to_program_key,
        case when by_code.basis = 'same_code_other_name' then 'renamed' else 'continues' end as relation,
        by_code.basis,
        {{ as_text('null') }} as reason,
        {{ as_text('null') }} as source
    from by_code
    left join by_hand
        on
            by_code.from_program_key = by_hand.from_program_key
            and by_code.to_program_key = by_hand.to_program_key
    where by_hand.relation is null
),

-- an indicator that both years print under the code is evidence beyond the code
indicators as (
    select distinct
        program_key,
        indicator_key
    from {{ ref('int_report_rows__select') }}
),

shared as (
    select
        links.from_program_key,
        links.to_program_key,
        count(*) as indicator_count
    from links
    inner join indicators as earlier on links.from_program_key = earlier.program_key
    inner join indicators as later
        on
            links.to_program_key = later.program_key
            and earlier.indicator_key = later.indicator_key
    group by links.from_program_key, links.to_program_key
)

select
    {{ surrogate_key(['links.from_program_key', 'links.to_program_key']) }} as program_lineage_key,
    links.from_program_key,
    links.to_program_key,
    {{ as_text('links.relation') }} as relation,
    {{ as_text('links.basis') }} as basis,
    links.basis <> 'seed' as is_inferred,
    {{ as_text("""case links.basis
        when 'same_code_same_name' then 'both years print the code and the name'
        when 'same_code_other_name' then 'both years print the code, under another name'
        when 'same_code_no_name' then 'both years print the code; the form prints no name of the programme'
        else links.reason
    end""") }} as reason,
    links.source,
    cast(coalesce(shared.indicator_count, 0) as integer) as shared_indicator_count,
    earlier.institution_key,
    earlier.program_scheme,
    earlier.fiscal_year as from_fiscal_year,
    later.fiscal_year as to_fiscal_year,
    cast(later.fiscal_year - earlier.fiscal_year as integer) as years_between,
    earlier.program_code as from_program_code,
    later.program_code as to_program_code,
    earlier.program_name as from_program_name,
    later.program_name as to_program_name,
    later.document_sha256
from links
inner join programs as earlier on links.from_program_key = earlier.program_key
inner join programs as later on links.to_program_key = later.program_key
left join shared
    on
        links.from_program_key = shared.from_program_key
        and links.to_program_key = shared.to_program_key
