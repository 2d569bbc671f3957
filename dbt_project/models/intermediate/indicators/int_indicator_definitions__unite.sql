-- How every filing of every family defines an indicator: what it prints, and the conformed code of every attribute that
-- a mapping knows; `not_stated` where the form prints none.
{% set members = [
    'int_indicator_definitions__reports',
    'int_indicator_definitions__sheets',
    'int_indicator_definitions__activities',
    'int_indicator_definitions__goals'
] %}
{% set attributes = indicator_attributes() %}
with printed as (
    {% for member in members %}
    select
        indicator_key,
        indicator_id,
        source_id,
        institution_key,
        program_code,
        indicator_code,
        indicator_name,
        indicator_kind,
        definition_text,
        unit_name_raw,
        level_name,
        type_name,
        dimension_name,
        frequency_name,
        direction_name,
        accumulation_name,
        formula,
        responsible_unit_name,
        period_start_date,
        period_end_date,
        vintage_seq,
        row_key,
        document_sha256,
        table_name,
        row_seq
    from {{ ref(member) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{% for attribute in attributes %}
{{ attribute.mapping }} as (
    select
        {{ fold('printed_name') }} as printed_folded,
        {{ attribute.conformed }},
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref(attribute.mapping) }}
),

{% endfor %}
conformed as (
    select
        printed.*,
        {% for attribute in attributes %}
        coalesce({{ attribute.mapping }}.{{ attribute.conformed }}, 'not_stated') as {{ attribute.conformed }},
        {% endfor %}
        coalesce(units.unit_code, 'not_stated') as unit_code,
        coalesce(units.unit_kind, 'not_stated') as unit_kind
    from printed
    left join {{ ref('int_units__match') }} as units on {{ fold_unit('printed.unit_name_raw') }} = units.unit_folded
    {% for attribute in attributes %}
    left join {{ attribute.mapping }}
        on
            {{ fold('printed.' ~ attribute.printed) }} = {{ attribute.mapping }}.printed_folded
            and printed.period_end_date between {{ attribute.mapping }}.valid_from and {{ attribute.mapping }}.valid_to
    {% endfor %}
)

select
    *,
    {{ surrogate_key([
        fold_name('indicator_name'), fold('unit_name_raw'), fold_name('formula'), fold('level_name'),
        fold('type_name'), fold('dimension_name'), fold('frequency_name'), fold('direction_name'),
        fold('accumulation_name'), fold_name('definition_text')
    ]) }} as definition_hash
from conformed
