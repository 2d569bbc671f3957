-- What each code of a functional classification is in COFOG. A subfunction without rows of its own in the map takes
-- those of the code above it; what is the whole of its parent's counterpart is only a part of it for the child. A code
-- that finds none either way has no row.
{{ config(meta={'sees': 'everything'}) }}
with classification as (
    select
        function_scheme,
        function_code,
        function_level,
        parent_code
    from {{ ref('int_functions__unite') }}
),

map as (
    select
        function_scheme,
        function_code,
        cofog_code,
        match_type,
        cast(weight as decimal(24, 6)) as weight,
        confidence,
        author,
        cast(valid_from as date) as valid_from_date,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date,
        source
    from {{ ref('function_cofog_map') }}
),

mapped as (
    select distinct
        function_scheme,
        function_code
    from map
),

resolved as (
    select
        classification.function_scheme,
        classification.function_code,
        mapped.function_code is null as is_inherited,
        case
            when mapped.function_code is null then classification.parent_code else classification.function_code
        end as mapped_function_code
    from classification
    left join mapped
        on
            classification.function_scheme = mapped.function_scheme
            and classification.function_code = mapped.function_code
    where mapped.function_code is not null or classification.function_level = 'subfunction'
)

select
    map.function_scheme,
    resolved.function_code,
    resolved.mapped_function_code,
    resolved.is_inherited,
    map.cofog_code,
    case when resolved.is_inherited and map.match_type = 'exact' then 'narrow' else map.match_type end as match_type,
    map.weight,
    case when map.match_type = 'split' then 'equal_shares' else 'whole' end as weight_basis,
    map.confidence,
    map.author,
    map.valid_from_date,
    map.valid_to_date,
    map.source
from resolved
inner join map
    on
        resolved.function_scheme = map.function_scheme
        and resolved.mapped_function_code = map.function_code
