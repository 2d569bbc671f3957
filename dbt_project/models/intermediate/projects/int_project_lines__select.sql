-- The projects and works of the documents that speak for a vintage, with the scope by which a reader finds a row again
-- in any form of the publication. A row without a code goes by its name.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

named as (
    select
        *,
        coalesce(nullif(project_code, ''), lower({{ fold('project_name') }}), '') as project_label
    from {{ ref('int_project_lines__unite') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by document_sha256, table_name, project_label order by row_seq
        ) as occurrence_no
    from named
)

select
    projects.*,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    vintages.institution_key,
    vintages.institution_code,
    vintages.country_code,
    vintages.currency_code,
    vintages.period_start_date,
    vintages.period_end_date,
    vintages.fiscal_year,
    'project ' || projects.project_label
    || case
        when projects.occurrence_no > 1 then ' line ' || {{ as_text('projects.occurrence_no') }}
        else ''
    end as scope
from numbered as projects
inner join vintages
    on
        projects.document_sha256 = vintages.document_sha256
        and projects.table_name = vintages.table_name
