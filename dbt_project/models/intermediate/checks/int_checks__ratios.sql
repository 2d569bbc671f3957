-- A printed indicator against its printed numerator and denominator, rounded half-up to the decimals printed.
with parts as (
    select
        document_sha256,
        record_no,
        value_year,
        max(case when variable_role = 'numerator' then variable_value end) as numerator,
        max(case when variable_role = 'denominator' then variable_value end) as denominator
    from {{ ref('int_indicator_variables__select') }}
    where value_role <> 'baseline'
    group by document_sha256, record_no, value_year
),

paired as (
    select
        indicators.*,
        parts.denominator,
        case
            when indicators.has_percent_sign then {{ percent_of('parts.numerator', 'parts.denominator') }}
            else cast({{ percent_of('parts.numerator', 'parts.denominator') }} / 100 as decimal(30, 8))
        end as recomputed_exact,
        {{ printed_decimals('indicators.indicator_value_raw', ',') }} as printed_decimals
    from {{ ref('int_indicator_values__select') }} as indicators
    inner join parts
        on
            indicators.document_sha256 = parts.document_sha256
            and indicators.record_no = parts.record_no
            and indicators.value_year = parts.value_year
)

select
    'indicator_ratio' as rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    'indicator_value' as measure,
    'percentage' as figure_kind,
    indicator_value_raw as printed_raw,
    indicator_value as printed_value,
    cast(round(recomputed_exact, 6) as decimal(24, 6)) as recomputed_exact,
    {{ round_half_up('recomputed_exact', 'printed_decimals') }} as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    {{ not_comparable('indicator_value', 'indicator_value_null_kind', 'recomputed_exact', 'denominator') }}
        as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    {{ as_text('null') }} as printed_total_key,
    page_no,
    table_no,
    row_no,
    'value' as column_name
from paired
