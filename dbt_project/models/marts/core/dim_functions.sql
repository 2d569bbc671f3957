{{ config(materialized='table') }}
{% set columns = [
    'function_key', 'function_id', 'function_scheme', 'function_code', 'function_level', 'function_name', 'parent_function_key',
    'purpose_code', 'purpose_name', 'main_function_code', 'main_function_name', 'subfunction_code',
    'subfunction_name', 'function_path', 'source'
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
{{ append_unknown_members(columns, {
    'function_key': "{key}",
    'function_id': "'{key}'",
    'function_code': "'{key}'",
    'function_name': "'{name}'",
    'purpose_name': "'{name}'"
}) }}
