-- Money by classification, wide: every printed leaf line with the names of its institution, period and class, the
-- classes above it, and its phases as columns. What a line of spending prints of the revenue set against it is a row of
-- its own. A class that was printed under headings without money has these as the classes above it.
{% set phases = budget_line_phases() %}
{% set rates = budget_line_rates() %}
with lines as (
    select
        printed_line_key,
        institution_key,
        budget_class_key,
        function_key,
        flow,
        classification,
        source_id,
        fiscal_year,
        period_key,
        period_start_date,
        period_end_date,
        is_last_period,
        currency_code,
        term_raw,
        {% for phase in phases %}
        max(case when phase_code = '{{ phase }}' then amount end) as {{ phase }}_amount,
        {% endfor %}
        max(case when is_inferred then 1 else 0 end) = 1 as is_inferred,
        document_key,
        document_sha256,
        content_fingerprint,
        {{ vintage_columns() }},
        table_name,
        scope,
        page_no,
        table_no,
        row_no,
        row_seq
    from {{ ref('fct_budget_amounts') }}
    group by
        printed_line_key, institution_key, budget_class_key, function_key, flow, classification, source_id, fiscal_year,
        period_key, period_start_date, period_end_date, is_last_period, currency_code, term_raw, document_key,
        document_sha256, content_fingerprint, {{ vintage_columns() }}, table_name, scope, page_no, table_no, row_no,
        row_seq
),

above as (
    select
        self.budget_class_key,
        self.class_scheme,
        self.class_code,
        self.class_name,
        self.class_level,
        self.class_path,
        -- from the top down
        case
            when fourth.class_code is not null then fourth.class_code
            when third.class_code is not null then third.class_code
            when parents.class_code is not null then parents.class_code
        end as first_code,
        case
            when fourth.class_code is not null then fourth.class_name
            when third.class_code is not null then third.class_name
            when parents.class_code is not null then parents.class_name
        end as first_name,
        case
            when fourth.class_code is not null then third.class_code
            when third.class_code is not null then parents.class_code
        end as second_code,
        case
            when fourth.class_code is not null then third.class_name
            when third.class_code is not null then parents.class_name
        end as second_name,
        case when fourth.class_code is not null then parents.class_code end as third_code,
        case when fourth.class_code is not null then parents.class_name end as third_name,
        self.parent_budget_class_key is null and self.is_derived and self.class_code like '% > %' as is_under_headings
    from {{ ref('dim_budget_classes') }} as self
    left join {{ ref('dim_budget_classes') }} as parents on self.parent_budget_class_key = parents.budget_class_key
    left join {{ ref('dim_budget_classes') }} as third on parents.parent_budget_class_key = third.budget_class_key
    left join {{ ref('dim_budget_classes') }} as fourth on third.parent_budget_class_key = fourth.budget_class_key
),

-- of headings the last part of the code is the class itself
headings as (
    select
        *,
        nullif(split_part(class_code, ' > ', 1), '') as heading_1,
        case when split_part(class_code, ' > ', 3) <> '' then split_part(class_code, ' > ', 2) end as heading_2,
        case when split_part(class_code, ' > ', 4) <> '' then split_part(class_code, ' > ', 3) end as heading_3
    from above
)

select
    lines.printed_line_key,
    lines.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    lines.flow,
    lines.classification,
    lines.budget_class_key,
    headings.class_scheme,
    headings.class_code,
    headings.class_name,
    headings.class_level,
    headings.class_path,
    {% for ordinal in ['first', 'second', 'third'] %}
    headings.{{ ordinal }}_code as level_{{ loop.index }}_class_code,
    {{ as_text(
        "case when headings.is_under_headings then headings.heading_" ~ loop.index ~ " else headings." ~ ordinal ~ "_name end"
    ) }} as level_{{ loop.index }}_class_name,
    {% endfor %}
    lines.function_key,
    functions.function_path,
    functions.cofog_code,
    functions.cofog_name,
    lines.source_id,
    lines.fiscal_year,
    lines.period_key,
    periods.period_label,
    lines.period_start_date,
    lines.period_end_date,
    lines.is_last_period,
    lines.currency_code,
    {% for phase in phases %}
    lines.{{ phase }}_amount,
    {% endfor %}
    {% for rate, numerator, denominator in rates %}
    cast(round({{ percent_of('lines.' ~ numerator, 'lines.' ~ denominator) }}, 6) as decimal(24, 6)) as {{ rate }},
    {% endfor %}
    lines.is_inferred,
    lines.term_raw,
    lines.document_key,
    lines.document_sha256,
    documents.file_path,
    lines.content_fingerprint,
    {{ vintage_columns('lines') }},
    lines.table_name,
    lines.scope,
    lines.page_no,
    lines.table_no,
    lines.row_no,
    lines.row_seq
from lines
inner join {{ ref('dim_institutions') }} as institutions on lines.institution_key = institutions.institution_key
inner join headings on lines.budget_class_key = headings.budget_class_key
inner join {{ ref('dim_functions') }} as functions on lines.function_key = functions.function_key
inner join {{ ref('dim_periods') }} as periods on lines.period_key = periods.period_key
inner join {{ ref('dim_documents') }} as documents on lines.document_sha256 = documents.document_sha256
