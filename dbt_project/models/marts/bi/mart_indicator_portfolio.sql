-- What sort of indicators an institution has: how many of them there are in each class of each classification, and
-- their share. `printed_counts` are counts that a document prints; `listed_indicators` are counted in the lists it
-- gives.
with printed as (
    select
        'printed_counts' as count_basis,
        document_sha256,
        institution_key,
        source_id,
        fiscal_year,
        'control_area' as classification_code,
        control_area as class_code,
        sum(indicator_count) as indicator_count
    from {{ ref('fct_indicator_counts') }}
    group by document_sha256, institution_key, source_id, fiscal_year, control_area
),

listed as (
    {% for classification, column in [
        ('results_chain_level', 'results_chain_level'), ('type', 'type_code'), ('dimension', 'dimension_code'),
        ('frequency', 'frequency_code')
    ] %}
    {%- if not loop.first %}
    union all
    {% endif %}
    select
        'listed_indicators' as count_basis,
        document_sha256,
        institution_key,
        source_id,
        extract(year from last_period_end_date) as fiscal_year,
        '{{ classification }}' as classification_code,
        {{ column }} as class_code,
        count(*) as indicator_count
    from {{ ref('dim_indicators') }}
    where source_id is not null
    group by document_sha256, institution_key, source_id, extract(year from last_period_end_date), {{ column }}
    {% endfor %}
),

counted as (
    select
        count_basis,
        document_sha256,
        institution_key,
        source_id,
        cast(fiscal_year as integer) as fiscal_year,
        classification_code,
        class_code,
        cast(indicator_count as decimal(24, 6)) as indicator_count
    from printed
    union all
    select
        count_basis,
        document_sha256,
        institution_key,
        source_id,
        cast(fiscal_year as integer) as fiscal_year,
        classification_code,
        class_code,
        cast(indicator_count as decimal(24, 6)) as indicator_count
    from listed
),

totalled as (
    select
        *,
        sum(indicator_count) over (
            partition by count_basis, document_sha256, institution_key, classification_code
        ) as classification_count
    from counted
)

select
    {{ surrogate_key([
        'totalled.count_basis', 'totalled.document_sha256', 'totalled.institution_key', 'totalled.fiscal_year',
        'totalled.classification_code', 'totalled.class_code'
    ]) }} as portfolio_key,
    totalled.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    totalled.source_id,
    totalled.fiscal_year,
    {{ as_text('totalled.count_basis') }} as count_basis,
    {{ as_text('totalled.classification_code') }} as classification_code,
    {{ as_text('totalled.class_code') }} as class_code,
    totalled.indicator_count,
    cast(totalled.classification_count as decimal(24, 6)) as classification_count,
    cast(
        round({{ percent_of('totalled.indicator_count', 'totalled.classification_count') }}, 6) as decimal(24, 6)
    ) as share_pct,
    totalled.document_sha256,
    documents.is_latest
from totalled
inner join {{ ref('dim_institutions') }} as institutions on totalled.institution_key = institutions.institution_key
inner join {{ ref('dim_documents') }} as documents on totalled.document_sha256 = documents.document_sha256
