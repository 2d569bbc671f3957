-- What serves what, of every document: the institution's objectives the national one printed beside them, and each
-- indicator the objective that its sheet names. A name that is no objective of the plan leaves the link open.
with elements as (
    select * from {{ ref('int_plan_elements__unite') }}
),

objectives as (
    select
        'objective_to_national_objective' as alignment_kind,
        alignment.source_id,
        alignment.document_sha256,
        alignment.table_name,
        alignment.row_seq,
        alignment.page_no,
        alignment.table_no,
        alignment.row_no,
        cast(null as bigint) as indicator_key,
        objectives.plan_element_key,
        national.plan_element_key as aligned_plan_element_key,
        alignment.national_objective_name as aligned_name_raw,
        case when alignment.national_objective_is_inferred then 'filled' else 'printed' end as link_quality,
        alignment.national_objective_inferred_reason as inferred_reason
    from {{ ref('stg_mx_ipab_programa_institucional__objective_alignment') }} as alignment
    inner join elements as objectives
        on
            alignment.document_sha256 = objectives.document_sha256
            and objectives.element_level = 'objective'
            and alignment.objective_code = objectives.element_code
    left join elements as national
        on
            alignment.document_sha256 = national.document_sha256
            and national.element_level = 'national_objective'
            and alignment.national_objective_code = national.element_code
),

indicators as (
    select
        'indicator_to_objective' as alignment_kind,
        sheets.source_id,
        sheets.document_sha256,
        sheets.table_name,
        sheets.row_seq,
        sheets.page_no,
        sheets.table_no,
        sheets.row_no,
        records.indicator_key,
        cast(null as bigint) as plan_element_key,
        objectives.plan_element_key as aligned_plan_element_key,
        sheets.objective_name as aligned_name_raw,
        case when objectives.plan_element_key is not null then 'name' else 'open' end as link_quality,
        {{ as_text('null') }} as inferred_reason
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }} as sheets
    inner join {{ ref('int_indicator_definitions__records') }} as records
        on
            sheets.document_sha256 = records.document_sha256
            and sheets.record_no = records.record_no
    left join elements as objectives
        on
            sheets.document_sha256 = objectives.document_sha256
            and objectives.element_level = 'objective'
            and {{ fold_name('sheets.objective_name') }} = {{ fold_name('objectives.element_name') }}
)

select * from objectives
union all
select * from indicators
