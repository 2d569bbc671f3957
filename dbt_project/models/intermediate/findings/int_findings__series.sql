-- What the values of indicators by year, and the counts of indicators, show: a target less than the last estimate, a
-- set of indicators none of which measures a result.
with numbers as (
    select * from {{ ref('int_indicator_values__select') }}
    where indicator_value is not null
),

estimates as (
    select
        *,
        row_number() over (
            partition by document_sha256, table_name, record_no
            order by value_year desc
        ) as recency
    from numbers
    where value_role = 'estimated'
),

directions as (
    select
        document_sha256,
        table_name,
        row_seq,
        direction_code
    from {{ ref('int_indicator_definitions__unite') }}
),

records as (
    select
        records.document_sha256,
        records.record_no,
        directions.direction_code
    from {{ ref('int_indicator_definitions__records') }} as records
    inner join directions
        on
            records.document_sha256 = directions.document_sha256
            and records.table_name = directions.table_name
            and records.row_seq = directions.row_seq
),

below_estimate as (
    select
        'target_below_last_estimate' as rule_id,
        targets.source_id,
        targets.table_name,
        targets.document_sha256,
        targets.row_seq,
        targets.indicator_name as subject,
        {{ as_text('targets.indicator_key') }} as subject_key,
        targets.row_institution_key as institution_key,
        'La meta de ' || {{ as_text('targets.value_year') }} || ' es ' || targets.indicator_value_raw
        || ', menos que lo estimado para ' || {{ as_text('estimates.value_year') }} || ': '
        || estimates.indicator_value_raw || '.' as evidence_es,
        'The target of ' || {{ as_text('targets.value_year') }} || ' is ' || targets.indicator_value_raw
        || ', less than the estimate for ' || {{ as_text('estimates.value_year') }} || ': '
        || estimates.indicator_value_raw || '.' as evidence_en,
        targets.page_no,
        targets.table_no,
        targets.row_no
    from numbers as targets
    inner join estimates
        on
            targets.document_sha256 = estimates.document_sha256
            and targets.table_name = estimates.table_name
            and targets.record_no = estimates.record_no
            and estimates.recency = 1
    left join records
        on
            targets.document_sha256 = records.document_sha256
            and targets.record_no = records.record_no
    where
        targets.value_role = 'target'
        and targets.value_year > estimates.value_year
        and targets.indicator_value < estimates.indicator_value
        and coalesce(records.direction_code, 'not_stated') <> 'descending'
),

counted as (
    select
        document_sha256,
        source_id,
        table_name,
        row_institution_key,
        min(institution_name_raw) as institution_name_raw,
        min(row_seq) as row_seq,
        {% for area in ['result', 'output', 'process'] %}
        sum(case when control_area = '{{ area }}' then indicator_count end) as {{ area }}_count,
        {% endfor %}
        sum(indicator_count) as all_count
    from {{ ref('int_indicator_counts__select') }}
    group by document_sha256, source_id, table_name, row_institution_key
),

without_results as (
    select
        'counts_without_result_indicators' as rule_id,
        counted.source_id,
        counted.table_name,
        counted.document_sha256,
        counted.row_seq,
        counted.institution_name_raw as subject,
        {{ as_text('null') }} as subject_key,
        counted.row_institution_key as institution_key,
        'De ' || {{ number_words('counted.all_count') }} || ' indicadores ninguno es de resultado: '
        || {{ number_words('counted.output_count') }} || ' son de producto y '
        || {{ number_words('counted.process_count') }} || ' de proceso.' as evidence_es,
        'Of ' || {{ number_words('counted.all_count') }} || ' indicators none is of results: '
        || {{ number_words('counted.output_count') }} || ' are of output and '
        || {{ number_words('counted.process_count') }} || ' of process.' as evidence_en,
        places.page_no,
        places.table_no,
        places.row_no
    from counted
    inner join {{ ref('stg_cl_dipres_indicadores__product_counts') }} as places
        on
            counted.document_sha256 = places.document_sha256
            and counted.row_seq = places.row_seq
    where
        counted.all_count > 0
        and counted.result_count = 0
)

select * from below_estimate
union all
select * from without_results
