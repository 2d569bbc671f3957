-- The leaf rows that facts are made of: one document speaks for each vintage. Adds keys, the unit of measure and the
-- scope by which a reader finds the row again in any form of the publication. Rows are numbered by their keys alone and
-- joined again, because a window over a hundred columns sorts them all.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

folded as (
    select
        document_sha256,
        table_name,
        row_seq,
        program_code,
        responsible_unit_code,
        indicator_code,
        {{ fold_name('indicator_name') }} as indicator_name_folded
    from {{ ref('int_report_rows__unite') }}
),

numbers as (
    select
        document_sha256,
        table_name,
        row_seq,
        indicator_name_folded,
        row_number() over (
            partition by document_sha256, table_name, program_code
            order by row_seq
        ) as line_no,
        row_number() over (
            partition by
                document_sha256, table_name, program_code, responsible_unit_code,
                coalesce(indicator_code, indicator_name_folded)
            order by row_seq
        ) as occurrence_no
    from folded
),

selected as (
    select
        report.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.institution_code,
        vintages.country_code,
        vintages.currency_code,
        vintages.period_start_date,
        vintages.period_end_date,
        vintages.fiscal_year,
        units.unit_folded,
        coalesce(units.unit_code, 'not_stated') as unit_code,
        coalesce(units.unit_kind, 'not_stated') as unit_kind,
        numbers.indicator_name_folded,
        numbers.line_no,
        numbers.occurrence_no
    from {{ ref('int_report_rows__unite') }} as report
    inner join vintages
        on
            report.document_sha256 = vintages.document_sha256
            and report.table_name = vintages.table_name
    inner join numbers
        on
            report.document_sha256 = numbers.document_sha256
            and report.table_name = numbers.table_name
            and report.row_seq = numbers.row_seq
    left join {{ ref('int_units__match') }} as units on {{ fold_unit('report.unit_name_raw') }} = units.unit_folded
)

select
    *,
    case
        when report_level = 'program_line'
            then 'program ' || program_code || ' line ' || {{ as_text('line_no') }}
        else
            'category ' || program_code || ' product ' || indicator_code
            || case when occurrence_no > 1 then ' line ' || {{ as_text('line_no') }} else '' end
    end as scope,
    {{ vintage_scoped_key(['row_seq']) }} as row_key,
    {{ entity_key(['program_scheme', 'institution_key', 'fiscal_year', 'program_code']) }} as program_key,
    {{ entity_key([
        'program_scheme', 'institution_key', 'program_code', 'responsible_unit_code',
        'coalesce(indicator_code, indicator_name_folded)', 'occurrence_no'
    ]) }} as indicator_key,
    {{ surrogate_key([
        'program_scheme', 'institution_key', 'program_code', 'responsible_unit_code',
        'coalesce(indicator_code, indicator_name_folded)', 'occurrence_no'
    ]) }} as indicator_id,
    case
        when function_code is not null then {{ entity_key(["'mx-conac-funcional'", 'function_code']) }}
    end as function_key
from selected
