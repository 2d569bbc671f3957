-- Programmes of every vintage, as the newest filing that carries them describes them: a re-issue may drop or recode one
-- that an older vintage keeps. A form that prints only a code gives the programme the name of its one indicator, or its
-- code when there are several. Category codes carry their own hierarchy: parents that no row prints are derived.
{% set columns = [
    'program_key', 'program_id', 'program_scheme', 'program_code', 'program_name', 'program_name_source', 'program_level',
    'parent_program_key', 'parent_program_code', 'institution_key', 'country_code', 'fiscal_year', 'indicator_count',
    'is_derived', 'document_sha256'
] %}
with ranked as (
    select
        program_key,
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        program_code,
        indicator_key,
        indicator_name,
        indicator_name_folded,
        document_sha256,
        dense_rank() over (
            partition by program_key
            order by period_end_date desc, vintage_seq desc
        ) as recency
    from {{ ref('int_report_rows__select') }}
),

report_rows as (
    select * from ranked
    where recency = 1
),

printed as (
    select
        program_key,
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        program_code,
        case when count(distinct indicator_name_folded) = 1 then max(indicator_name) end as only_indicator_name,
        cast(count(distinct indicator_key) as integer) as indicator_count,
        min(document_sha256) as document_sha256
    from report_rows
    group by program_key, program_scheme, institution_key, country_code, fiscal_year, program_code
),

category_codes as (
    select
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        document_sha256,
        split_part(program_code, '-', 1) as segment_1,
        split_part(program_code, '-', 2) as segment_2,
        split_part(program_code, '-', 3) as segment_3
    from printed
    where program_scheme = 'hn-siafi-categoria'
),

ancestors as (
    select
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        segment_1 || '-00-000-000' as program_code,
        document_sha256
    from category_codes
    union all
    select
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        segment_1 || '-' || segment_2 || '-000-000' as program_code,
        document_sha256
    from category_codes
    union all
    select
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        segment_1 || '-' || segment_2 || '-' || segment_3 || '-000' as program_code,
        document_sha256
    from category_codes
),

derived as (
    select
        {{ entity_key(['program_scheme', 'institution_key', 'fiscal_year', 'program_code']) }} as program_key,
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        program_code,
        min(document_sha256) as document_sha256
    from ancestors
    group by program_scheme, institution_key, country_code, fiscal_year, program_code
),

programs as (
    select
        program_key,
        program_scheme,
        institution_key,
        country_code,
        fiscal_year,
        program_code,
        only_indicator_name,
        indicator_count,
        false as is_derived,
        document_sha256
    from printed
    union all
    select
        derived.program_key,
        derived.program_scheme,
        derived.institution_key,
        derived.country_code,
        derived.fiscal_year,
        derived.program_code,
        {{ as_text('null') }} as only_indicator_name,
        0 as indicator_count,
        true as is_derived,
        derived.document_sha256
    from derived
    left join printed on derived.program_key = printed.program_key
    where printed.program_key is null
),

levelled as (
    select
        *,
        case
            when program_scheme <> 'hn-siafi-categoria' then 'programa'
            when split_part(program_code, '-', 4) <> '000' then 'actividad'
            when split_part(program_code, '-', 3) <> '000' then 'proyecto'
            when split_part(program_code, '-', 2) <> '00' then 'subprograma'
            else 'programa'
        end as program_level
    from programs
),

-- the parent is the code with its last segment that says something set to zero
parented as (
    select
        *,
        case
            when program_scheme <> 'hn-siafi-categoria' then null
            when program_level = 'actividad'
                then
                    split_part(program_code, '-', 1) || '-' || split_part(program_code, '-', 2) || '-'
                    || split_part(program_code, '-', 3) || '-000'
            when program_level = 'proyecto'
                then split_part(program_code, '-', 1) || '-' || split_part(program_code, '-', 2) || '-000-000'
            when program_level = 'subprograma' then split_part(program_code, '-', 1) || '-00-000-000'
        end as parent_program_code
    from levelled
)

select
    program_key,
    {{ surrogate_key(['program_scheme', 'institution_key', 'fiscal_year', 'program_code']) }} as program_id,
    {{ as_text('program_scheme') }} as program_scheme,
    program_code,
    {{ as_text('coalesce(only_indicator_name, program_code)') }} as program_name,
    {{ as_text("case when only_indicator_name is not null then 'only_indicator' else 'code' end") }}
        as program_name_source,
    {{ as_text('program_level') }} as program_level,
    case
        when parent_program_code is not null
            then {{ entity_key(['program_scheme', 'institution_key', 'fiscal_year', 'parent_program_code']) }}
    end as parent_program_key,
    parent_program_code,
    institution_key,
    country_code,
    fiscal_year,
    cast(indicator_count as integer) as indicator_count,
    is_derived,
    document_sha256
from parented
{{ append_unknown_members(columns, {
    'program_key': "{key}",
    'program_id': "'{key}'",
    'program_code': "'{key}'",
    'program_name': "'{name}'",
    'is_derived': "false",
    'indicator_count': "0"
}) }}
