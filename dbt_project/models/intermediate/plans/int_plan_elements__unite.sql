-- Objectives, strategies, actions, axes and lines of every plan, of every document. A strategy that the form does not
-- print is implied by the codes of its actions (1.2 by 1.2.1): it has a code and no name.
{{ config(materialized='incremental') }}
with objectives as (
    select
        'mx-ipab-programa-institucional' as plan_scheme,
        'objective' as element_level,
        objective_code as element_code,
        objective_name as element_name,
        {{ as_text('null') }} as parent_level,
        {{ as_text('null') }} as parent_code,
        false as is_national,
        false as is_inferred,
        {{ as_text('null') }} as inferred_reason,
        source_id,
        document_sha256,
        table_name,
        row_seq,
        page_no,
        table_no,
        row_no
    from {{ ref('stg_mx_ipab_programa_institucional__objective_alignment') }}
),

national_objectives as (
    select
        'mx-pronafide' as plan_scheme,
        'national_objective' as element_level,
        national_objective_code as element_code,
        national_objective_name as element_name,
        {{ as_text('null') }} as parent_level,
        {{ as_text('null') }} as parent_code,
        true as is_national,
        national_objective_is_inferred as is_inferred,
        national_objective_inferred_reason as inferred_reason,
        source_id,
        document_sha256,
        table_name,
        row_seq,
        page_no,
        table_no,
        row_no
    from {{ ref('stg_mx_ipab_programa_institucional__objective_alignment') }}
),

actions as (
    select
        'mx-ipab-programa-institucional' as plan_scheme,
        'action' as element_level,
        action_code as element_code,
        action_name as element_name,
        'strategy' as parent_level,
        {{ replace_all('action_code', '[.][0-9]+$', '') }} as parent_code,
        false as is_national,
        false as is_inferred,
        {{ as_text('null') }} as inferred_reason,
        source_id,
        document_sha256,
        table_name,
        row_seq,
        page_no,
        table_no,
        row_no
    from {{ ref('stg_mx_ipab_programa_institucional__actions') }}
),

strategies as (
    select
        plan_scheme,
        'strategy' as element_level,
        parent_code as element_code,
        {{ as_text('null') }} as element_name,
        'objective' as parent_level,
        {{ replace_all('parent_code', '[.][0-9]+$', '') }} as parent_code,
        is_national,
        true as is_inferred,
        'implied by the code of action ' || element_code || '; the form prints no strategies' as inferred_reason,
        source_id,
        document_sha256,
        table_name,
        row_seq,
        page_no,
        table_no,
        row_no
    from actions
    where parent_code <> element_code
),

lines as (
    select
        parsed.plan_scheme,
        parsed.element_level,
        parsed.element_code,
        parsed.element_name,
        case when parsed.parent_code is not null then 'axis' end as parent_level,
        parsed.parent_code,
        false as is_national,
        false as is_inferred,
        {{ as_text('null') }} as inferred_reason,
        parsed.source_id,
        parsed.document_sha256,
        parsed.table_name,
        parsed.row_seq,
        activities.page_no,
        activities.table_no,
        activities.row_no
    from {{ ref('int_plan_lines__parse') }} as parsed
    inner join {{ ref('stg_sv_insafocoop_poa__activities') }} as activities
        on
            parsed.document_sha256 = activities.document_sha256
            and parsed.row_seq = activities.row_seq
),

elements as (
    {% for member in ['objectives', 'national_objectives', 'actions', 'strategies', 'lines'] %}
    select * from {{ member }}
    where element_code is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

numbered as (
    select
        *,
        row_number() over (
            partition by document_sha256, plan_scheme, element_level, element_code
            order by case when is_inferred then 1 else 0 end, row_seq
        ) as occurrence_no
    from elements
),

identified as (
    select
        numbered.*,
        case when not numbered.is_national then documents.institution_key end as institution_key,
        documents.country_code,
        documents.period_start_date,
        documents.period_end_date
    from numbered
    inner join {{ ref('int_documents__identify') }} as documents
        on numbered.document_sha256 = documents.document_sha256
    where numbered.occurrence_no = 1
)

select
    *,
    {{ entity_key([
        'plan_scheme', 'country_code', 'institution_key', 'period_start_date', 'period_end_date', 'element_level',
        'element_code'
    ]) }} as plan_element_key,
    {{ surrogate_key([
        'plan_scheme', 'country_code', 'institution_key', 'period_start_date', 'period_end_date', 'element_level',
        'element_code'
    ]) }} as plan_element_id,
    case
        when parent_code is not null then {{ entity_key([
            'plan_scheme', 'country_code', 'institution_key', 'period_start_date', 'period_end_date', 'parent_level',
            'parent_code'
        ]) }}
    end as parent_plan_element_key
from identified
