-- The codes of every national functional classification, each with what is above it.
{{ config(meta={'sees': 'everything'}) }}
with classifications as (
    select
        'mx-conac-funcional' as function_scheme,
        function_code,
        function_level,
        function_name,
        parent_code,
        valid_from,
        valid_to,
        source
    from {{ ref('functional_classification_conac') }}
    union all
    select
        scheme as function_scheme,
        function_code,
        function_level,
        function_name,
        parent_code,
        valid_from,
        valid_to,
        source
    from {{ ref('functional_classifications') }}
)

select
    {{ as_text('function_scheme') }} as function_scheme,
    function_code,
    function_level,
    function_name,
    nullif(parent_code, '') as parent_code,
    cast(valid_from as date) as valid_from_date,
    cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date,
    source
from classifications
