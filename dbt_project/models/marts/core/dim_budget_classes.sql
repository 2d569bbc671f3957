-- Classes of the classifications that money is given by, each with what is above it. The lines of a table that are its
-- own members (units of an institution) are derived from what is printed, as the newest document names them.
{{ config(materialized='table') }}
{% set columns = [
    'budget_class_key', 'budget_class_id', 'class_scheme', 'class_code', 'class_name', 'class_level',
    'parent_budget_class_key', 'parent_class_code', 'top_class_code', 'top_class_name', 'class_path', 'institution_key',
    'is_derived', 'valid_from_date', 'valid_to_date', 'source'
] %}
with declared as (
    select
        scheme as class_scheme,
        class_code,
        class_name,
        class_level,
        nullif(parent_code, '') as parent_class_code,
        cast(valid_from as date) as valid_from_date,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date,
        source
    from {{ ref('budget_classes') }}
    union all
    select
        function_scheme as class_scheme,
        function_code as class_code,
        function_name as class_name,
        function_level as class_level,
        parent_code as parent_class_code,
        valid_from_date,
        valid_to_date,
        source
    from {{ ref('int_functions__unite') }}
),

keyed as (
    select
        *,
        {{ entity_key(['class_scheme', 'class_code']) }} as budget_class_key,
        {{ surrogate_key(['class_scheme', 'class_code']) }} as budget_class_id,
        case
            when parent_class_code is not null then {{ entity_key(['class_scheme', 'parent_class_code']) }}
        end as parent_budget_class_key
    from declared
),

printed as (
    select
        members.budget_class_key,
        members.class_scheme,
        members.institution_key,
        members.class_code,
        members.term_raw,
        members.period_end_date,
        parents.budget_class_key as parent_budget_class_key,
        parents.class_code as parent_class_code,
        row_number() over (
            partition by members.budget_class_key
            order by
                members.period_end_date desc, members.vintage_seq desc, members.document_sha256 asc, members.row_seq asc
        ) as recency
    from {{ ref('int_budget_lines__select') }} as members
    left join {{ ref('int_budget_lines__select') }} as parents
        on
            members.document_sha256 = parents.document_sha256
            and members.table_name = parents.table_name
            and members.parent_row_seq = parents.row_seq
    where members.is_printed_member
),

derived as (
    select * from printed
    where recency = 1
),

members as (
    select
        budget_class_key,
        budget_class_id,
        class_scheme,
        class_code,
        class_name,
        class_level,
        parent_budget_class_key,
        parent_class_code,
        {{ not_applicable() }} as institution_key,
        false as is_derived,
        valid_from_date,
        valid_to_date,
        source
    from keyed
    union all
    select
        budget_class_key,
        {{ surrogate_key(['class_scheme', 'institution_key', 'class_code']) }} as budget_class_id,
        class_scheme,
        class_code,
        term_raw as class_name,
        'line' as class_level,
        parent_budget_class_key,
        parent_class_code,
        institution_key,
        true as is_derived,
        cast(null as date) as valid_from_date,
        cast(null as date) as valid_to_date,
        {{ as_text("'Lines of the institution''s own documents'") }} as source
    from derived
)

select
    self.budget_class_key,
    self.budget_class_id,
    {{ as_text('self.class_scheme') }} as class_scheme,
    self.class_code,
    self.class_name,
    {{ as_text('self.class_level') }} as class_level,
    self.parent_budget_class_key,
    self.parent_class_code,
    coalesce(fourth.class_code, third.class_code, parents.class_code, self.class_code) as top_class_code,
    coalesce(fourth.class_name, third.class_name, parents.class_name, self.class_name) as top_class_name,
    {{ as_text("""coalesce(fourth.class_name || ' > ', '') || coalesce(third.class_name || ' > ', '')
    || coalesce(parents.class_name || ' > ', '') || self.class_name""") }} as class_path,
    self.institution_key,
    self.is_derived,
    self.valid_from_date,
    self.valid_to_date,
    self.source
from members as self
left join members as parents on self.parent_budget_class_key = parents.budget_class_key
left join members as third on parents.parent_budget_class_key = third.budget_class_key
left join members as fourth on third.parent_budget_class_key = fourth.budget_class_key
{{ append_unknown_members(columns, {
    'budget_class_key': "{key}",
    'budget_class_id': "'{key}'",
    'class_code': "'{key}'",
    'class_name': "'{name}'",
    'top_class_name': "'{name}'",
    'institution_key': "{key}",
    'is_derived': "false"
}) }}
