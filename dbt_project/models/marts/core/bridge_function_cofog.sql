-- Every function with its counterparts in COFOG. Money of a function times `weight` is the money of the counterpart;
-- the weights of a function add up to 1 on every day, so that nothing is lost or counted twice. What is not known of a
-- function is not known of its counterpart either, and a function whose counterpart nobody is certain of has that of
-- the unknown member: it stays in sight.
{{ config(materialized='table') }}
with functions as (
    select
        function_key,
        function_scheme,
        function_code
    from {{ ref('dim_functions') }}
),

links as (
    select
        functions.function_key,
        functions.function_scheme,
        functions.function_code,
        inherited.cofog_code,
        inherited.match_type,
        inherited.weight,
        inherited.weight_basis,
        inherited.confidence,
        inherited.author,
        inherited.mapped_function_code,
        inherited.is_inherited,
        inherited.valid_from_date,
        inherited.valid_to_date,
        inherited.source
    from functions
    inner join {{ ref('int_function_cofog__inherit') }} as inherited
        on
            functions.function_scheme = inherited.function_scheme
            and functions.function_code = inherited.function_code
    union all
    select
        functions.function_key,
        functions.function_scheme,
        functions.function_code,
        '-1' as cofog_code,
        'none' as match_type,
        cast(1 as decimal(24, 6)) as weight,
        'whole' as weight_basis,
        {{ as_text('null') }} as confidence,
        {{ as_text('null') }} as author,
        functions.function_code as mapped_function_code,
        false as is_inherited,
        cast('1900-01-01' as date) as valid_from_date,
        cast('9999-12-31' as date) as valid_to_date,
        'No counterpart of this code is certain yet' as source
    from functions
    left join {{ ref('int_function_cofog__inherit') }} as inherited
        on
            functions.function_scheme = inherited.function_scheme
            and functions.function_code = inherited.function_code
    where functions.function_scheme is not null and inherited.function_code is null
    union all
    select
        functions.function_key,
        functions.function_scheme,
        functions.function_code,
        '-1' as cofog_code,
        'none' as match_type,
        cast(1 as decimal(24, 6)) as weight,
        'whole' as weight_basis,
        {{ as_text('null') }} as confidence,
        {{ as_text('null') }} as author,
        functions.function_code as mapped_function_code,
        false as is_inherited,
        cast('1900-01-01' as date) as valid_from_date,
        cast('9999-12-31' as date) as valid_to_date,
        'The form prints no function, so its counterpart is not known' as source
    from functions
    where functions.function_scheme is null
)

select
    {{ surrogate_key(['links.function_code', 'links.cofog_code', 'links.valid_from_date']) }} as function_cofog_key,
    links.function_key,
    cofog.cofog_key,
    links.function_scheme,
    links.function_code,
    cofog.cofog_code,
    {{ as_text('links.match_type') }} as match_type,
    links.weight,
    {{ as_text('links.weight_basis') }} as weight_basis,
    {{ as_text('links.confidence') }} as confidence,
    links.author,
    links.mapped_function_code,
    links.is_inherited,
    links.valid_from_date,
    links.valid_to_date,
    {{ as_text('links.source') }} as source
from links
inner join {{ ref('dim_cofog') }} as cofog on links.cofog_code = cofog.cofog_code
