-- Printed values of the follow-up that staging could not read as what they must be, for audit_unparsed_values.
{% set percentages = [
    ('monthly_compliance', 'month_label', 'month_no', 'month'),
    ('monthly_compliance_totals', 'month_label', 'month_no', 'month'),
    ('quarterly_compliance', 'quarter_label', 'quarter_no', 'quarter'),
    ('quarterly_compliance_totals', 'quarter_label', 'quarter_no', 'quarter'),
] %}
{% set most = most_numbers_in_a_text() | string %}
{% set too_many = "'at most " ~ most ~ " numbers'" %}
with activities as (
    select * from {{ ref('stg_sv_insafocoop_poa__activities') }}
),

measures as (
    select * from {{ ref('stg_sv_insafocoop_poa__activity_measures') }}
),

results as (
    select * from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
)

{% for table, label, number, expected in percentages %}
{% set printed = ref('stg_sv_insafocoop_poa__' ~ table) %}
{{ unparsed_where(
    printed, "'compliance'", 'compliance_pct_raw', "'number'", "compliance_pct_null_kind = 'unparsable'"
) }}
union all
{{ unparsed_where(
    printed,
    "'" ~ label ~ "'",
    'coalesce(' ~ label ~ ", '(missing)')",
    "'" ~ expected ~ "'",
    number ~ ' is null'
) }}
union all
{% endfor %}
{% for side in ['goal', 'progress'] %}
{{ unparsed_where(
    'activities', "'" ~ side ~ "'", side ~ '_raw', "'quantities'", side ~ "_null_kind = 'unparsable'"
) }}
union all
{% endfor %}
{{ unparsed_where(
    'activities', "'axis_name'", "coalesce(axis_name_raw, '(missing)')", "'number and name'", 'axis_code is null'
) }}
union all
{{ unparsed_where(
    'activities',
    "'line_of_action'",
    'line_of_action_raw',
    "'number and name'",
    'line_of_action_raw is not null and line_code is null'
) }}
union all
{{ unparsed_where('measures', 'side', 'value_raw', "'number'", "value_null_kind = 'unparsable'") }}
union all
{{ unparsed_where('measures', 'side', 'quantities_raw', too_many, 'measure_no = 1 and measure_count > ' ~ most) }}
union all
{{ unparsed_where('results', "'synthesis'", 'synthesis', too_many, 'number_no = 1 and number_count > ' ~ most) }}
union all
{{ unparsed_where(
    'results', "'synthesis'", 'value_raw', "'number'", "figure_role <> 'other' and value_null_kind = 'unparsable'"
) }}
union all
{{ unparsed_where(
    ref('stg_sv_insafocoop_poa__statements'),
    "statement || '.' || figure",
    'value_raw',
    "'number'",
    "value_null_kind = 'unparsable'"
) }}
