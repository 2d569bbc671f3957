-- Every figure and label of the documents that speak for a vintage, one row each, where there is another filing or
-- vintage to hold it against.
{% set numbers = goal_measures() + amount_measures() %}
{% set labels = [
    'indicator_name', 'level_name', 'type_name', 'dimension_name', 'frequency_name', 'unit_name_raw', 'formula'
] %}
{% set definitions = ['definition_text', 'unit_name_raw', 'formula', 'responsible_unit_name'] + printed_attributes() %}
with paired as (
    select
        to_document as document_sha256,
        table_name,
        is_same_year,
        case when comparison = 'later_filing' then from_document end as filing_before_sha256
    from {{ ref('int_document_pairs__compare') }}
    union all
    select
        from_document as document_sha256,
        table_name,
        is_same_year,
        null as filing_before_sha256
    from {{ ref('int_document_pairs__compare') }}
),

told_again as (
    select
        document_sha256,
        table_name,
        max(case when is_same_year then 1 else 0 end) = 1 as is_of_one_year,
        max(filing_before_sha256) as filing_before_sha256
    from paired
    group by document_sha256, table_name
),

vintages as (
    select
        vintages.*,
        told_again.is_of_one_year,
        told_again.filing_before_sha256
    from {{ ref('int_document_tables__rank_vintages') }} as vintages
    inner join told_again
        on
            vintages.document_sha256 = told_again.document_sha256
            and vintages.table_name = told_again.table_name
),

report_rows as (
    select
        report.*,
        vintages.is_of_one_year
    from {{ ref('int_report_rows__select') }} as report
    inner join vintages
        on
            report.document_sha256 = vintages.document_sha256
            and report.table_name = vintages.table_name
),

-- amounts and goals of different years are different things
rows_of_one_year as (
    select * from report_rows
    where is_of_one_year
),

definitions as (
    {% for member in ['sheets', 'activities', 'goals'] %}
    select
        document_sha256,
        table_name,
        indicator_key,
        institution_key,
        indicator_name,
        {% for attribute in definitions %}
        {{ attribute }},
        {% endfor %}
        row_seq
    from {{ ref('int_indicator_definitions__' ~ member) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

figures as (
    {% for measure in numbers %}
    select
        {{ vintage_figure(
            measure,
            indicator='indicator_key',
            institution='institution_key',
            value='cast(' ~ measure ~ ' as decimal(24, 6))'
        ) }}
    from rows_of_one_year
    union all
    {% endfor %}
    {% for label in labels %}
    select
        report_rows.document_sha256,
        report_rows.table_name,
        report_rows.scope as item_key,
        report_rows.indicator_key,
        report_rows.institution_key,
        report_rows.scope,
        '{{ label }}' as measure,
        'text' as figure_kind,
        coalesce(complete.label_raw, report_rows.{{ label }}) as value_raw,
        cast(null as decimal(24, 6)) as value_number,
        {{ as_text('null') }} as null_kind,
        report_rows.page_no,
        report_rows.table_no,
        report_rows.row_no
    from report_rows
    left join {{ ref('int_report_labels__complete') }} as complete
        on
            report_rows.document_sha256 = complete.document_sha256
            and report_rows.table_name = complete.table_name
            and report_rows.row_seq = complete.row_seq
            and complete.label = '{{ label }}'
    where report_rows.{{ label }} is not null
    union all
    {% endfor %}
    {% for attribute in definitions %}
    select
        document_sha256,
        table_name,
        {{ as_text('indicator_key') }} || ' {{ attribute }}' as item_key,
        indicator_key,
        institution_key,
        indicator_name as scope,
        '{{ attribute }}' as measure,
        'text' as figure_kind,
        {{ attribute }} as value_raw,
        cast(null as decimal(24, 6)) as value_number,
        {{ as_text('null') }} as null_kind,
        cast(null as integer) as page_no,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no
    from definitions
    union all
    {% endfor %}
    {% for measure in ['programmed_value', 'achieved_value'] %}
    select
        {{ vintage_figure(
            measure, item='indicator_key', scope='indicator_name', indicator='indicator_key', institution='institution_key'
        ) }}
    from {{ ref('int_activity_goals__select') }}
    union all
    {% endfor %}
    {% for measure in goal_measures() %}
    select
        {{ vintage_figure(
            measure,
            item=as_text('indicator_key') ~ " || ' ' || " ~ as_text('period_start_date') ~ " || ' ' || "
                ~ as_text('period_end_date'),
            indicator='indicator_key',
            institution='institution_key'
        ) }}
    from {{ ref('int_goal_rows__select') }}
    where coalesce({{ measure }}_null_kind, '') <> 'not_on_form'
    union all
    {% endfor %}
    select
        {{ vintage_figure(
            'indicator_value',
            item=as_text('indicator_key') ~ " || value_role || coalesce(" ~ as_text('value_year') ~ ", '')",
            indicator='indicator_key',
            institution='row_institution_key'
        ) }}
    from {{ ref('int_indicator_values__select') }}
    union all
    select
        {{ vintage_figure(
            'variable_value',
            item=as_text('indicator_key') ~ " || variable_no || value_role || coalesce(" ~ as_text('value_year')
                ~ ", '')",
            indicator='indicator_key',
            institution='row_institution_key',
            null_kind='case when variable_value is null then ' ~ fold('variable_value_raw') ~ ' end'
        ) }}
    from {{ ref('int_indicator_variables__select') }}
    union all
    select
        {{ vintage_figure('indicator_count', institution='row_institution_key') }}
    from {{ ref('int_indicator_counts__select') }}
    union all
    select
        document_sha256,
        table_name,
        scope as item_key,
        cast(null as bigint) as indicator_key,
        cast(null as bigint) as institution_key,
        scope,
        measure,
        'number' as figure_kind,
        printed_raw as value_raw,
        cast(amount as decimal(24, 6)) as value_number,
        null_kind,
        page_no,
        table_no,
        row_no
    from {{ ref('int_budget_figures__unpivot') }}
    where line_role = 'leaf' and not is_difference
    union all
    {% for measure in project_amounts() + goal_measures() + ['physical_progress_pct'] %}
    select
        {{ vintage_figure(
            measure, institution='institution_key', value='cast(' ~ measure ~ ' as decimal(24, 6))'
        ) }}
    from {{ ref('int_project_lines__select') }}
    where coalesce({{ measure }}_null_kind, '') <> 'not_on_form'
    union all
    {% endfor %}
    select
        {{ vintage_figure('compliance_pct', institution='institution_key') }}
    from {{ ref('int_unit_compliance__select') }}
    union all
    select
        document_sha256,
        table_name,
        scope as item_key,
        cast(null as bigint) as indicator_key,
        cast(null as bigint) as institution_key,
        scope,
        measure,
        'number' as figure_kind,
        printed_raw as value_raw,
        printed_value as value_number,
        null_kind,
        page_no,
        table_no,
        row_no
    from {{ ref('int_printed_figures__unite') }}
)

select
    figures.document_sha256,
    vintages.filing_before_sha256,
    vintages.source_id,
    figures.table_name,
    figures.item_key,
    figures.indicator_key,
    -- what is said of one month or year wherever it is printed, and what is said of an indicator
    case
        when figures.measure in ('indicator_value', 'variable_value', 'compliance_pct') then figures.item_key
        else {{ as_text('figures.indicator_key') }}
    end as lasting_key,
    figures.measure in ('indicator_value', 'variable_value', 'compliance_pct') as is_of_own_period,
    coalesce(figures.institution_key, vintages.institution_key) as institution_key,
    figures.scope,
    figures.measure,
    figures.figure_kind,
    figures.value_raw,
    figures.value_number,
    figures.null_kind,
    figures.page_no,
    figures.table_no,
    figures.row_no
from figures
inner join vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
