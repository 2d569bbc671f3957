-- Divisions and groups of COFOG, each with the names of its division, and the member for what has no division.
{{ config(materialized='table') }}
{% set columns = [
    'cofog_key', 'cofog_id', 'cofog_code', 'cofog_level', 'cofog_name', 'cofog_name_en', 'division_code',
    'division_name', 'division_name_en', 'parent_cofog_key', 'source'
] %}
with classification as (
    select
        cofog_code,
        cofog_level,
        cofog_name_es,
        cofog_name_en,
        parent_code,
        source,
        case when parent_code <> '' then parent_code else cofog_code end as division_code
    from {{ ref('cofog') }}
)

select
    {{ entity_key(["'cofog-1999'", 'self.cofog_code']) }} as cofog_key,
    {{ surrogate_key(["'cofog-1999'", 'self.cofog_code']) }} as cofog_id,
    self.cofog_code,
    self.cofog_level,
    self.cofog_name_es as cofog_name,
    self.cofog_name_en,
    divisions.cofog_code as division_code,
    divisions.cofog_name_es as division_name,
    divisions.cofog_name_en as division_name_en,
    case
        when self.parent_code <> '' then {{ entity_key(["'cofog-1999'", 'self.parent_code']) }}
    end as parent_cofog_key,
    self.source
from classification as self
inner join classification as divisions on self.division_code = divisions.cofog_code
{{ append_unknown_members(columns, {
    'cofog_key': "{key}",
    'cofog_id': "'{key}'",
    'cofog_code': "'{key}'",
    'cofog_name': "'{name}'",
    'division_code': "'{key}'",
    'division_name': "'{name}'"
}) }}
