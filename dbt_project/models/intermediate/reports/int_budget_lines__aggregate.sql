-- One row per printed budget line. A programme line is one row of the form. A category's money is printed on one of
-- its products (0.00 elsewhere means "not on this row"), so its rows are added up and the line points at the row that
-- carries the money.
with report_rows as (
    select
        *,
        case when report_level = 'program_line' then row_seq else 0 end as line_group
    from {{ ref('int_report_rows__select') }}
),

ranked as (
    select
        document_sha256,
        table_name,
        row_seq,
        row_number() over (
            partition by document_sha256, table_name, program_key, responsible_unit_code, line_group
            order by
                case
                    when
                        coalesce(approved_amount, 0) <> 0
                        or coalesce(adjusted_amount, 0) <> 0
                        or coalesce(accrued_amount, 0) <> 0
                        then 0
                    else 1
                end,
                row_seq
        ) as carrier_no
    from report_rows
),

carriers as (
    select report_rows.*
    from report_rows
    inner join ranked
        on
            report_rows.document_sha256 = ranked.document_sha256
            and report_rows.table_name = ranked.table_name
            and report_rows.row_seq = ranked.row_seq
    where ranked.carrier_no = 1
),

sums as (
    select
        document_sha256,
        table_name,
        program_key,
        responsible_unit_code,
        line_group,
        {% for measure in amount_measures() %}
        cast(sum({{ measure }}) as decimal(18, 2)) as {{ measure }},
        {% endfor %}
        count(*) as printed_row_count,
        sum(
            case
                when
                    coalesce(approved_amount, 0) <> 0
                    or coalesce(adjusted_amount, 0) <> 0
                    or coalesce(accrued_amount, 0) <> 0
                    then 1
                else 0
            end
        ) as money_row_count
    from report_rows
    group by document_sha256, table_name, program_key, responsible_unit_code, line_group
)

select
    {{ vintage_scoped_key(["'budget line'", 'carriers.row_seq'], 'carriers') }} as budget_line_key,
    carriers.source_id,
    carriers.table_name,
    carriers.document_sha256,
    carriers.content_fingerprint,
    {{ vintage_columns('carriers') }},
    carriers.institution_key,
    carriers.program_key,
    carriers.program_code,
    carriers.function_key,
    case when carriers.report_level = 'program_line' then carriers.indicator_key end as indicator_key,
    carriers.responsible_unit_code,
    carriers.report_level,
    carriers.fiscal_year,
    carriers.period_start_date,
    carriers.period_end_date,
    carriers.currency_code,
    sums.printed_row_count,
    sums.money_row_count,
    {% for measure in amount_measures() %}
    sums.{{ measure }},
    carriers.{{ measure }}_raw,
    carriers.{{ measure }}_null_kind,
    {% endfor %}
    carriers.program_code_is_inferred,
    carriers.program_code_inferred_reason,
    carriers.scope,
    carriers.page_no,
    carriers.table_no,
    carriers.row_no,
    carriers.row_seq
from carriers
inner join sums
    on
        carriers.document_sha256 = sums.document_sha256
        and carriers.table_name = sums.table_name
        and carriers.program_key = sums.program_key
        and coalesce(carriers.responsible_unit_code, '') = coalesce(sums.responsible_unit_code, '')
        and carriers.line_group = sums.line_group
