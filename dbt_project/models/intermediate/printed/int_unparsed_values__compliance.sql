-- Printed values of the follow-up that staging could not read as what they must be, for audit_unparsed_values.
{% set percentages = [
    ('monthly_compliance', 'month_label', 'month_no', 'month'),
    ('monthly_compliance_totals', 'month_label', 'month_no', 'month'),
    ('quarterly_compliance', 'quarter_label', 'quarter_no', 'quarter'),
    ('quarterly_compliance_totals', 'quarter_label', 'quarter_no', 'quarter'),
] %}
with activities as (
    select * from {{ ref('stg_sv_insafocoop_poa__activities') }}
),

found as (
    {% for table, label, number, expected in percentages %}
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'compliance' as column_name,
        compliance_pct_raw as raw_text,
        'number' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__' ~ table) }}
    where compliance_pct_null_kind = 'unparsable'
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        '{{ label }}' as column_name,
        coalesce({{ label }}, '(missing)') as raw_text,
        '{{ expected }}' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__' ~ table) }}
    where {{ number }} is null
    union all
    {% endfor %}
    {% for side in ['goal', 'progress'] %}
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        '{{ side }}' as column_name,
        {{ side }}_raw as raw_text,
        'quantities' as expected_type
    from activities
    where {{ side }}_null_kind = 'unparsable'
    union all
    {% endfor %}
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'axis_name' as column_name,
        coalesce(axis_name_raw, '(missing)') as raw_text,
        'number and name' as expected_type
    from activities
    where axis_code is null
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'line_of_action' as column_name,
        line_of_action_raw as raw_text,
        'number and name' as expected_type
    from activities
    where line_of_action_raw is not null and line_code is null
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        side as column_name,
        value_raw as raw_text,
        'number' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__activity_measures') }}
    where value_null_kind = 'unparsable'
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        side as column_name,
        quantities_raw as raw_text,
        'at most {{ most_numbers_in_a_text() }} numbers' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__activity_measures') }}
    where measure_no = 1 and measure_count > {{ most_numbers_in_a_text() }}
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'synthesis' as column_name,
        synthesis as raw_text,
        'at most {{ most_numbers_in_a_text() }} numbers' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
    where number_no = 1 and number_count > {{ most_numbers_in_a_text() }}
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'synthesis' as column_name,
        value_raw as raw_text,
        'number' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
    where figure_role <> 'other' and value_null_kind = 'unparsable'
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        statement || '.' || figure as column_name,
        value_raw as raw_text,
        'number' as expected_type
    from {{ ref('stg_sv_insafocoop_poa__statements') }}
    where value_null_kind = 'unparsable'
)

select * from found
