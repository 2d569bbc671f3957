-- Figures of the follow-up that follow from others: the institution's own compliance, what the synthesis of an activity
-- tells, and what the sentences around the tables say. In the shape of int_printed_figures__unpivot.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

institution as (
    select
        document_sha256,
        source_id,
        table_name,
        'total' as figure_kind,
        'total' as figure_level,
        row_seq,
        scope,
        'compliance_pct' as measure,
        compliance_pct_raw as printed_raw,
        compliance_pct as printed_value,
        compliance_pct_null_kind as null_kind,
        label_raw,
        page_no,
        table_no,
        row_no,
        'compliance' as column_name
    from {{ ref('int_institution_compliance__compare') }}
),

told as (
    select
        document_sha256,
        source_id,
        table_name,
        case
            when is_percent then 'percentage'
            when figure_role = 'additional_count' then 'difference'
            else 'total'
        end as figure_kind,
        'row' as figure_level,
        row_seq,
        'activity ' || {{ as_text('row_seq') }} || ' figure ' || {{ as_text('number_no') }} as scope,
        figure_role as measure,
        value_raw as printed_raw,
        value as printed_value,
        value_null_kind as null_kind,
        {{ as_text('null') }} as label_raw,
        page_no,
        table_no,
        row_no,
        'synthesis' as column_name
    from {{ ref('stg_sv_insafocoop_poa__activity_results') }}
    where figure_role in ('additional_pct', 'additional_count', 'achieved_pct', 'told_total', 'whole')
),

stated as (
    select
        document_sha256,
        source_id,
        table_name,
        case
            when figure in ('points_below', 'points_missing') then 'difference'
            when figure like '%_count' then 'total'
            else 'percentage'
        end as figure_kind,
        'statement' as figure_level,
        row_seq,
        'statement ' || statement as scope,
        figure as measure,
        value_raw as printed_raw,
        value as printed_value,
        value_null_kind as null_kind,
        {{ as_text('null') }} as label_raw,
        page_no,
        table_no,
        row_no,
        'value' as column_name
    from {{ ref('stg_sv_insafocoop_poa__statements') }}
    where not is_list
),

figures as (
    select * from institution
    union all
    select * from told
    union all
    select * from stated
)

select
    figures.document_sha256,
    figures.source_id,
    figures.table_name,
    figures.figure_kind,
    figures.figure_level,
    figures.row_seq,
    figures.scope,
    figures.measure,
    figures.printed_raw,
    figures.printed_value,
    figures.null_kind,
    case
        when figures.printed_value is not null
            then {{ printed_unit(printed_decimals('figures.printed_raw')) }}
    end as printed_unit,
    false as is_inferred,
    {{ as_text('null') }} as inferred_reason,
    figures.label_raw,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    figures.column_name,
    {{ vintage_scoped_key(['figures.scope', 'figures.measure'], 'vintages') }} as printed_total_key
from figures
inner join vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
