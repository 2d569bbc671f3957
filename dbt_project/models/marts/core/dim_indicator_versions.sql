-- Each definition that filings give an indicator, from the first period end that has it to the day before the next one:
-- join a fact by indicator_key and its period_end_date between the two dates. A definition that a re-issue of the same
-- period replaced is never in force and ends the day before it begins.
{% set identity = ['indicator_key', 'definition_hash', 'period_end_date', 'vintage_seq', 'row_key'] %}
select
    {{ entity_key(identity) }} as indicator_version_key,
    {{ surrogate_key(identity) }} as indicator_version_id,
    indicator_key,
    version_no,
    source_id,
    institution_key,
    indicator_name,
    definition_text,
    definition_hash,
    formula,
    unit_code,
    {{ as_text('unit_kind') }} as unit_kind,
    unit_name_raw,
    {% for attribute in indicator_attributes() %}
    {{ as_text(attribute.conformed) }} as {{ attribute.conformed }},
    {% endfor %}
    {{ as_text('changed_attributes') }} as changed_attributes,
    period_end_date as valid_from_date,
    cast(
        case
            when next_period_end_date is null then cast('9999-12-31' as date)
            else {{ dbt.dateadd('day', -1, 'next_period_end_date') }}
        end as date
    ) as valid_to_date,
    next_period_end_date is null as is_current,
    coalesce(next_period_end_date = period_end_date, false) as is_replaced,
    cast(filing_count as integer) as filing_count,
    vintage_seq,
    {{ whole_number_of('document_sha256') }} as document_key,
    document_sha256,
    table_name,
    row_seq
from {{ ref('int_indicator_versions__split') }}
