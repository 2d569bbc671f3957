{{ config(materialized='table') }}
{% set columns = [
    'function_key', 'function_id', 'function_scheme', 'function_code', 'function_level', 'function_name', 'parent_function_key',
    'purpose_code', 'purpose_name', 'main_function_code', 'main_function_name', 'subfunction_code',
    'subfunction_name', 'function_path', 'cofog_code', 'cofog_name', 'cofog_match_type', 'source'
] %}
with classification as (
    select
        function_code,
        function_level,
        function_name,
        parent_code,
        source,
        split_part(function_code, '.', 1) as purpose_code
    from {{ ref('functional_classification_conac') }}
),

-- only where there is one: a function that COFOG splits has its parts in bridge_function_cofog
counterparts as (
    select
        inherited.function_code,
        min(inherited.cofog_code) as cofog_code,
        min(cofog.cofog_name_es) as cofog_name,
        min(inherited.match_type) as match_type
    from {{ ref('int_function_cofog__inherit') }} as inherited
    inner join {{ ref('cofog') }} as cofog on inherited.cofog_code = cofog.cofog_code
    where inherited.valid_to_date = cast('9999-12-31' as date)
    group by inherited.function_code
    having count(*) = 1
)

select
    {{ entity_key(["'mx-conac-funcional'", 'self.function_code']) }} as function_key,
    {{ surrogate_key(["'mx-conac-funcional'", 'self.function_code']) }} as function_id,
    {{ as_text("'mx-conac-funcional'") }} as function_scheme,
    self.function_code,
    self.function_level,
    self.function_name,
    case
        when self.parent_code <> ''
            then {{ entity_key(["'mx-conac-funcional'", 'self.parent_code']) }}
    end as parent_function_key,
    purposes.function_code as purpose_code,
    purposes.function_name as purpose_name,
    functions.function_code as main_function_code,
    functions.function_name as main_function_name,
    case when self.function_level = 'subfunction' then self.function_code end as subfunction_code,
    case when self.function_level = 'subfunction' then self.function_name end as subfunction_name,
    {{ as_text(
        "purposes.function_name || coalesce(' > ' || functions.function_name, '') "
        ~ "|| case when self.function_level = 'subfunction' then ' > ' || self.function_name else '' end"
    ) }} as function_path,
    counterparts.cofog_code,
    counterparts.cofog_name,
    {{ as_text('counterparts.match_type') }} as cofog_match_type,
    self.source
from classification as self
inner join classification as purposes on self.purpose_code = purposes.function_code
left join classification as functions
    on
        functions.function_level = 'function'
        and (
            self.function_code = functions.function_code
            or self.parent_code = functions.function_code
        )
left join counterparts on self.function_code = counterparts.function_code
{{ append_unknown_members(columns, {
    'function_key': "{key}",
    'function_id': "'{key}'",
    'function_code': "'{key}'",
    'function_name': "'{name}'",
    'purpose_name': "'{name}'",
    'cofog_code': "'-1'",
    'cofog_name': "'Desconocido'",
    'cofog_match_type': "'none'"
}) }}
