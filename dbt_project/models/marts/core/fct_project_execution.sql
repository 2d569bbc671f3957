-- Programmes, projects and works with their money and their goals. A list that holds an institution's whole budget
-- repeats the money of fct_budget_amounts. Goals of different projects are of different things and do not add up; where
-- a project's goals are those of an indicator too, fct_indicator_goals has them as well.
with percentages as (
    select
        {% for measure in percent_names() %}
        max(case when measure = '{{ measure }}' then printed_pct end) as {{ measure }}_printed,
        max(case when measure = '{{ measure }}' and is_inferred then 1 else 0 end) = 1 as {{ measure }}_is_inferred,
        max(case when measure = '{{ measure }}' then recomputed_exact end) as {{ measure }}_recomputed,
        {% endfor %}
        document_sha256,
        table_name,
        row_seq
    from {{ ref('int_percentages__scale') }}
    where figure_level = 'row'
    group by document_sha256, table_name, row_seq
),

projects as (
    select * from {{ ref('int_project_lines__select') }}
),

filings as (
    select
        source_id,
        institution_key,
        table_name,
        filing_start_date,
        filing_end_date,
        row_number() over (
            partition by source_id, institution_key, table_name, fiscal_year
            order by filing_end_date desc, filing_start_date asc
        ) as period_recency
    from projects
    group by source_id, institution_key, table_name, fiscal_year, filing_start_date, filing_end_date
)

select
    {{ vintage_scoped_key(["'project'", 'projects.row_seq'], 'projects') }} as project_execution_key,
    projects.institution_key,
    {{ as_text('projects.project_kind') }} as project_kind,
    {% for name in project_texts() %}
    projects.{{ name }},
    {% endfor %}
    projects.source_id,
    projects.fiscal_year,
    projects.period_start_date,
    projects.period_end_date,
    {{ period_key('projects.period_start_date', 'projects.period_end_date') }} as period_key,
    filings.period_recency = 1 as is_last_period,
    projects.currency_code,
    {% for measure in project_amounts() %}
    projects.{{ measure }},
    projects.{{ measure }}_raw,
    {% endfor %}
    {% for measure in goal_measures() %}
    projects.{{ measure }},
    projects.{{ measure }}_raw,
    {{ as_text('projects.' ~ measure ~ '_null_kind') }} as {{ measure }}_null_kind,
    {% endfor %}
    {% for measure in percent_names() %}
    percentages.{{ measure }}_printed,
    projects.{{ measure }}_raw,
    coalesce(percentages.{{ measure }}_is_inferred, false) as {{ measure }}_is_inferred,
    cast(round(percentages.{{ measure }}_recomputed, 6) as decimal(24, 6)) as {{ measure }}_recomputed,
    {% endfor %}
    projects.physical_progress_pct as physical_progress_pct_printed,
    projects.physical_progress_pct_raw,
    {{ whole_number_of('projects.document_sha256') }} as document_key,
    projects.document_sha256,
    projects.content_fingerprint,
    {{ vintage_columns('projects') }},
    projects.table_name,
    {{ as_text('projects.scope') }} as scope,
    projects.page_no,
    projects.table_no,
    projects.row_no,
    projects.row_seq
from projects
inner join filings
    on
        projects.source_id = filings.source_id
        and projects.institution_key = filings.institution_key
        and projects.table_name = filings.table_name
        and projects.filing_start_date = filings.filing_start_date
        and projects.filing_end_date = filings.filing_end_date
left join percentages
    on
        projects.document_sha256 = percentages.document_sha256
        and projects.table_name = percentages.table_name
        and projects.row_seq = percentages.row_seq
