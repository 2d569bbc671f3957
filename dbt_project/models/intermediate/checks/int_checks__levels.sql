-- One report printed at two levels of detail must carry the same money: by programme (the first two segments of the
-- category) from the rows, and in total from the two printed totals. `printed` is the upper level, `recomputed` the
-- detailed one. A programme that one level leaves out counts there as zero.
{% set phases = ['approved_amount', 'adjusted_amount'] %}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

upper_tables as (
    select * from vintages
    where table_name = 'products'
),

-- the detail of the same document, or the latest one of the same institution and period
pairs as (
    select
        upper_tables.source_id,
        upper_tables.table_name,
        upper_tables.document_sha256,
        detail.document_sha256 as detail_sha256,
        detail.table_name as detail_table,
        row_number() over (
            partition by upper_tables.document_sha256
            order by
                case when detail.document_sha256 = upper_tables.document_sha256 then 0 else 1 end,
                detail.vintage_seq desc
        ) as preference
    from upper_tables
    left join vintages as detail
        on
            upper_tables.source_id = detail.source_id
            and upper_tables.institution_key = detail.institution_key
            and upper_tables.period_start_date = detail.period_start_date
            and upper_tables.period_end_date = detail.period_end_date
            and detail.table_name = 'activities'
            and (upper_tables.document_sha256 = detail.document_sha256 or detail.is_latest)
),

paired as (
    select * from pairs
    where preference = 1
),

programmes as (
    select
        document_sha256,
        table_name,
        split_part(program_code, '-', 1) || '-' || split_part(program_code, '-', 2) as programme,
        {% for phase in phases %}
        cast(sum({{ phase }}) as decimal(24, 6)) as {{ phase }},
        {% endfor %}
        min(row_seq) as first_row_seq
    from {{ ref('int_report_rows__select') }}
    where report_level in ('product_category', 'activity_category')
    group by
        document_sha256, table_name, split_part(program_code, '-', 1) || '-' || split_part(program_code, '-', 2)
),

upper_programmes as (
    select
        paired.document_sha256,
        programmes.programme,
        {% for phase in phases %}
        programmes.{{ phase }},
        {% endfor %}
        programmes.first_row_seq
    from paired
    inner join programmes
        on
            paired.document_sha256 = programmes.document_sha256
            and paired.table_name = programmes.table_name
),

detail_programmes as (
    select
        paired.document_sha256,
        {% for phase in phases %}
        programmes.{{ phase }},
        {% endfor %}
        programmes.programme
    from paired
    inner join programmes
        on
            paired.detail_sha256 = programmes.document_sha256
            and paired.detail_table = programmes.table_name
),

both_levels as (
    select
        coalesce(upper_programmes.document_sha256, detail_programmes.document_sha256) as document_sha256,
        coalesce(upper_programmes.programme, detail_programmes.programme) as programme,
        {% for phase in phases %}
        coalesce(upper_programmes.{{ phase }}, 0) as upper_{{ phase }},
        coalesce(detail_programmes.{{ phase }}, 0) as detail_{{ phase }},
        {% endfor %}
        upper_programmes.first_row_seq
    from upper_programmes
    full outer join detail_programmes
        on
            upper_programmes.document_sha256 = detail_programmes.document_sha256
            and upper_programmes.programme = detail_programmes.programme
),

-- the amount of the category is printed on its first row
located as (
    select
        both_levels.*,
        {% for phase in phases %}
        report.{{ phase }}_raw,
        {% endfor %}
        report.page_no,
        report.table_no,
        report.row_no
    from both_levels
    left join {{ ref('int_report_rows__select') }} as report
        on
            both_levels.document_sha256 = report.document_sha256
            and report.table_name = 'products'
            and both_levels.first_row_seq = report.row_seq
),

totals as (
    select
        paired.document_sha256,
        paired.detail_sha256,
        upper_totals.measure,
        upper_totals.printed_raw,
        upper_totals.printed_value,
        upper_totals.null_kind,
        upper_totals.printed_total_key,
        upper_totals.page_no,
        upper_totals.table_no,
        upper_totals.row_no,
        detail_totals.printed_value as detail_value
    from paired
    inner join {{ ref('int_printed_figures__unpivot') }} as upper_totals
        on
            paired.document_sha256 = upper_totals.document_sha256
            and paired.table_name = upper_totals.table_name
            and upper_totals.scope = 'total'
            and upper_totals.measure in ('approved_amount', 'adjusted_amount')
    left join {{ ref('int_printed_figures__unpivot') }} as detail_totals
        on
            paired.detail_sha256 = detail_totals.document_sha256
            and paired.detail_table = detail_totals.table_name
            and detail_totals.scope = 'total'
            and upper_totals.measure = detail_totals.measure
),

compared as (
    {% for phase in phases %}
    select
        located.document_sha256,
        'programme ' || located.programme as scope,
        '{{ phase }}' as measure,
        'sum' as figure_kind,
        located.{{ phase }}_raw as printed_raw,
        cast(located.upper_{{ phase }} as decimal(24, 6)) as printed_value,
        cast(located.detail_{{ phase }} as decimal(24, 6)) as recomputed,
        case when paired.detail_sha256 is null then 'other_level_missing' end as not_comparable_cause,
        {{ as_text('null') }} as printed_total_key,
        located.page_no,
        located.table_no,
        located.row_no
    from located
    inner join paired on located.document_sha256 = paired.document_sha256
    union all
    {% endfor %}
    select
        document_sha256,
        'total' as scope,
        measure,
        'total' as figure_kind,
        printed_raw,
        printed_value,
        detail_value as recomputed,
        case
            when detail_sha256 is null then 'other_level_missing'
            else {{ not_comparable('printed_value', 'null_kind', 'detail_value') }}
        end as not_comparable_cause,
        printed_total_key,
        page_no,
        table_no,
        row_no
    from totals
)

select
    'levels_agree' as rule_id,
    paired.source_id,
    paired.table_name,
    compared.document_sha256,
    compared.scope,
    compared.measure,
    compared.figure_kind,
    compared.printed_raw,
    compared.printed_value,
    case when paired.detail_sha256 is not null then compared.recomputed end as recomputed_exact,
    case when paired.detail_sha256 is not null then compared.recomputed end as recomputed_value,
    cast(0.01 as decimal(24, 6)) as tolerance,
    compared.not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    compared.printed_total_key,
    compared.page_no,
    compared.table_no,
    compared.row_no,
    {{ printed_column('paired.table_name', 'compared.measure') }} as column_name
from compared
inner join paired on compared.document_sha256 = paired.document_sha256
