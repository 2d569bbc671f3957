-- The axes of a plan and its lines of action, each once per document, where it is printed first.
with activities as (
    select * from {{ ref('stg_sv_insafocoop_poa__activities') }}
),

elements as (
    select
        'axis' as element_level,
        axis_code as element_code,
        axis_name as element_name,
        {{ as_text('null') }} as parent_code,
        source_id,
        document_sha256,
        table_name,
        row_seq
    from activities
    where axis_code is not null
    union all
    select
        'line' as element_level,
        line_code as element_code,
        line_name as element_name,
        axis_code as parent_code,
        source_id,
        document_sha256,
        table_name,
        row_seq
    from activities
    where line_code is not null
),

numbered as (
    select
        *,
        row_number() over (partition by document_sha256, element_level, element_code order by row_seq) as occurrence_no
    from elements
)

select
    'sv-insafocoop-poa' as plan_scheme,
    element_level,
    element_code,
    element_name,
    parent_code,
    source_id,
    document_sha256,
    table_name,
    row_seq
from numbered
where occurrence_no = 1
