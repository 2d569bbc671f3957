-- How many indicators each strategic product has in each control area, of the documents that speak for a vintage.
{% set areas = [('result', 'RESULTADO'), ('output', 'PRODUCTO'), ('process', 'PROCESO')] %}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

printed as (
    select
        counts.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.fiscal_year,
        vintages.period_start_date,
        vintages.period_end_date,
        institutions.institution_key as row_institution_key,
        institutions.institution_name_folded
    from {{ ref('stg_cl_dipres_indicadores__product_counts') }} as counts
    inner join vintages
        on
            counts.document_sha256 = vintages.document_sha256
            and counts.table_name = vintages.table_name
    inner join {{ ref('int_row_institutions__identify') }} as institutions
        on
            counts.document_sha256 = institutions.document_sha256
            and {{ fold('counts.institution_name_raw') }} = institutions.institution_name_folded
),

areas as (
    {% for area, header in areas %}
    select
        *,
        '{{ area }}' as control_area,
        '{{ header }}' as control_area_folded,
        {{ area }}_count as indicator_count,
        {{ area }}_count_raw as indicator_count_raw,
        {{ area }}_count_null_kind as indicator_count_null_kind
    from printed
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    areas.*,
    levels.results_chain_level,
    lower(areas.institution_name_folded) || ' product ' || areas.strategic_product_code as product_scope,
    lower(areas.institution_name_folded) || ' product ' || areas.strategic_product_code || ' ' || areas.control_area
        as scope
from areas
left join {{ ref('results_chain_levels') }} as levels
    on
        areas.control_area_folded = {{ fold('levels.printed_name') }}
        and areas.period_end_date >= cast(levels.valid_from as date)
        and areas.period_end_date <= cast(coalesce(nullif(levels.valid_to, ''), '9999-12-31') as date)
