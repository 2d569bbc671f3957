{{ config(materialized='table') }}
{% set columns = [
    'function_key', 'function_id', 'function_scheme', 'function_code', 'function_level', 'function_name', 'parent_function_key',
    'purpose_code', 'purpose_name', 'main_function_code', 'main_function_name', 'subfunction_code',
    'subfunction_name', 'function_path', 'cofog_code', 'cofog_name', 'cofog_match_type', 'source'
] %}
with classification as (
    select * from {{ ref('int_functions__unite') }}
),

-- only where there is one: a function that COFOG splits has its parts in bridge_function_cofog
counterparts as (
    select
        inherited.function_scheme,
        inherited.function_code,
        min(inherited.cofog_code) as cofog_code,
        min(cofog.cofog_name_es) as cofog_name,
        min(inherited.match_type) as match_type
    from {{ ref('int_function_cofog__inherit') }} as inherited
    inner join {{ ref('cofog') }} as cofog on inherited.cofog_code = cofog.cofog_code
    where inherited.valid_to_date = cast('9999-12-31' as date)
    group by inherited.function_scheme, inherited.function_code
    having count(*) = 1
)

select
    {{ entity_key(['self.function_scheme', 'self.function_code']) }} as function_key,
    {{ surrogate_key(['self.function_scheme', 'self.function_code']) }} as function_id,
    self.function_scheme,
    self.function_code,
    self.function_level,
    self.function_name,
    case
        when self.parent_code is not null then {{ entity_key(['self.function_scheme', 'self.parent_code']) }}
    end as parent_function_key,
    case
        when self.function_level = 'purpose' then self.function_code
        when parents.function_level = 'purpose' then parents.function_code
        else third.function_code
    end as purpose_code,
    case
        when self.function_level = 'purpose' then self.function_name
        when parents.function_level = 'purpose' then parents.function_name
        else third.function_name
    end as purpose_name,
    case
        when self.function_level = 'function' then self.function_code
        when parents.function_level = 'function' then parents.function_code
    end as main_function_code,
    case
        when self.function_level = 'function' then self.function_name
        when parents.function_level = 'function' then parents.function_name
    end as main_function_name,
    case when self.function_level = 'subfunction' then self.function_code end as subfunction_code,
    case when self.function_level = 'subfunction' then self.function_name end as subfunction_name,
    {{ as_text(
        "coalesce(third.function_name || ' > ', '') || coalesce(parents.function_name || ' > ', '') || self.function_name"
    ) }} as function_path,
    counterparts.cofog_code,
    counterparts.cofog_name,
    {{ as_text('counterparts.match_type') }} as cofog_match_type,
    self.source
from classification as self
left join classification as parents
    on
        self.function_scheme = parents.function_scheme
        and self.parent_code = parents.function_code
left join classification as third
    on
        parents.function_scheme = third.function_scheme
        and parents.parent_code = third.function_code
left join counterparts
    on
        self.function_scheme = counterparts.function_scheme
        and self.function_code = counterparts.function_code
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
