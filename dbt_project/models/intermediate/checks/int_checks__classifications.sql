-- One institution's tables of one flow and period repeat the same money by other classifications, so their printed
-- totals agree phase by phase. Each table is held against the first one of this order that is there; `printed` is the
-- table's own total, `recomputed` the other's. A list of projects counts only where it holds the whole budget: where it
-- begins with the approved total of the other table.
{% set order = {
    'spending': [
        'object', 'administrative', 'economic_type', 'functional', 'program_category', 'program', 'object_item',
        'object_and_earmark', 'project'
    ],
    'revenue': ['revenue_item', 'revenue_source', 'revenue_type'],
} %}
with totals as (
    select
        document_sha256,
        table_name,
        measure,
        printed_raw,
        cast(amount as decimal(24, 6)) as printed_value,
        printed_unit,
        null_kind,
        page_no,
        table_no,
        row_no
    from {{ ref('int_budget_figures__unpivot') }}
    where line_role = 'total' and figure_level = 'total' and scope = 'total'
    union all
    select
        document_sha256,
        table_name,
        measure,
        printed_raw,
        printed_value,
        printed_unit,
        null_kind,
        page_no,
        table_no,
        row_no
    from {{ ref('int_printed_figures__projects') }}
    where figure_kind = 'total' and scope = 'total' and measure like '%_amount'
),

kinds as (
    select distinct
        document_sha256,
        table_name,
        flow,
        classification
    from {{ ref('int_budget_totals__unite') }}
    union
    select distinct
        document_sha256,
        table_name,
        'spending' as flow,
        'project' as classification
    from {{ ref('int_project_totals__unite') }}
),

ordered as (
    select
        vintages.*,
        kinds.flow,
        kinds.classification,
        case
            {% for flow, classifications in order.items() %}
            {% for classification in classifications %}
            when kinds.flow = '{{ flow }}' and kinds.classification = '{{ classification }}' then {{ loop.index }}
            {% endfor %}
            {% endfor %}
        end as place_no
    from {{ ref('int_document_tables__rank_vintages') }} as vintages
    inner join kinds
        on
            vintages.document_sha256 = kinds.document_sha256
            and vintages.table_name = kinds.table_name
    where vintages.is_representative
),

pairs as (
    select
        own.source_id,
        own.document_sha256,
        own.table_name,
        own.classification,
        others.document_sha256 as other_sha256,
        others.table_name as other_table,
        others.classification as other_classification,
        row_number() over (
            partition by own.document_sha256, own.table_name
            order by
                others.place_no asc,
                case when own.document_sha256 = others.document_sha256 then 0 else 1 end asc,
                others.vintage_seq desc,
                others.table_name asc
        ) as preference
    from ordered as own
    inner join ordered as others
        on
            own.source_id = others.source_id
            and own.institution_key = others.institution_key
            and own.period_start_date = others.period_start_date
            and own.period_end_date = others.period_end_date
            and own.flow = others.flow
            and own.place_no > others.place_no
            and (others.is_latest or own.document_sha256 = others.document_sha256)
),

compared as (
    select
        pairs.*,
        own.measure,
        own.printed_raw,
        own.printed_value,
        own.printed_unit,
        own.null_kind,
        own.page_no,
        own.table_no,
        own.row_no,
        others.printed_value as recomputed,
        others.printed_unit as other_unit,
        max(
            case
                when
                    own.measure = 'approved_amount'
                    and abs(own.printed_value - others.printed_value) <= greatest(own.printed_unit, others.printed_unit)
                    then 1
                else 0
            end
        ) over (partition by pairs.document_sha256, pairs.table_name) as begins_alike
    from pairs
    inner join totals as own
        on
            pairs.document_sha256 = own.document_sha256
            and pairs.table_name = own.table_name
    inner join totals as others
        on
            pairs.other_sha256 = others.document_sha256
            and pairs.other_table = others.table_name
            and own.measure = others.measure
    where pairs.preference = 1
)

select
    'classifications_agree' as rule_id,
    compared.source_id,
    compared.table_name,
    compared.document_sha256,
    'total against ' || compared.other_classification as scope,
    compared.measure,
    'total' as figure_kind,
    compared.printed_raw,
    compared.printed_value,
    compared.recomputed as recomputed_exact,
    compared.recomputed as recomputed_value,
    {{ tolerance_of(
        rounding_half('compared.printed_value', 'compared.printed_unit') ~ ' + '
        ~ rounding_half('compared.recomputed', 'compared.other_unit')
    ) }} as tolerance,
    case
        when compared.classification = 'project' and compared.begins_alike = 0 then 'lists_a_part'
        else {{ not_comparable('compared.printed_value', 'compared.null_kind', 'compared.recomputed') }}
    end as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    figures.printed_total_key,
    compared.page_no,
    compared.table_no,
    compared.row_no,
    {{ printed_column('compared.table_name', 'compared.measure') }} as column_name
from compared
left join {{ ref('int_printed_figures__unite') }} as figures
    on
        compared.document_sha256 = figures.document_sha256
        and compared.table_name = figures.table_name
        and figures.scope = 'total'
        and compared.measure = figures.measure
        and figures.figure_level = 'total'
