-- Every place where a document names a unit of its institution.
{{ config(materialized='incremental') }}
with named as (
    {% for table in ['monthly_compliance', 'quarterly_compliance'] %}
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        org_unit_name as name_raw
    from {{ ref('stg_sv_insafocoop_poa__' ~ table) }}
    union all
    {% endfor %}
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        responsible_name as name_raw
    from {{ ref('stg_sv_insafocoop_poa__activities') }}
    where responsible_name is not null
    union all
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        org_unit_name as name_raw
    from {{ ref('int_plan_changes__split') }}
)

select
    *,
    {{ fold('name_raw') }} as name_folded
from named
