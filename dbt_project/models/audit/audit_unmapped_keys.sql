-- Keys of loaded documents that no mapping knows, document by document. There is no "other" bucket: a row here stops
-- the build before the marts, and the missing keys are written to a file to complete.
{{ config(materialized='table', meta={'sees': 'touched'}) }}
{% set term_mappings = [('value_role_labels', 'known.label_key')] %}
{% for attribute in indicator_attributes() %}
{% do term_mappings.append((attribute.mapping, fold('known.printed_name'))) %}
{% endfor %}
with documents as (
    select * from {{ ref('int_documents__identify') }}
    where status = 'loaded'
),

report_rows as (
    select
        report.*,
        documents.file_path,
        documents.country_code,
        documents.period_end_date
    from {{ ref('int_report_rows__unite') }} as report
    inner join documents on report.document_sha256 = documents.document_sha256
),

printed_keys as (
    select
        collected.*,
        documents.file_path,
        documents.country_code,
        documents.period_end_date
    from {{ ref('int_printed_keys__collect') }} as collected
    inner join documents on collected.document_sha256 = documents.document_sha256
),

functions as (
    select
        function_code,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('functional_classification_conac') }}
),

occurrences as (
    select
        'institutions' as mapping,
        coalesce(institution_name_raw, '') as key_printed,
        coalesce(country_code, '') || ' ' || coalesce(institution_name_folded, '') as key_folded,
        source_id,
        country_code,
        document_sha256,
        file_path,
        'period ending ' || coalesce({{ as_text('period_end_date') }}, 'unknown') as example
    from documents
    where institution_code is null
    union all
    select
        'countries' as mapping,
        coalesce(country_code, '') as key_printed,
        coalesce(country_code, '') as key_folded,
        source_id,
        country_code,
        document_sha256,
        file_path,
        'publisher' as example
    from documents
    where coalesce(country_code, '') not in (select known.country_code from {{ ref('countries') }} as known)
    union all
    select
        'currencies' as mapping,
        coalesce(currency_code, '') as key_printed,
        coalesce(currency_code, '') as key_folded,
        source_id,
        country_code,
        document_sha256,
        file_path,
        'publisher' as example
    from documents
    where coalesce(currency_code, '') not in (select known.currency_code from {{ ref('currencies') }} as known)
    union all
    select
        'rendition_preference' as mapping,
        coalesce(format, '') as key_printed,
        coalesce(format, '') as key_folded,
        source_id,
        country_code,
        document_sha256,
        file_path,
        'format of the document' as example
    from documents
    where coalesce(format, '') not in (select known.format from {{ ref('rendition_preference') }} as known)
    union all
    select
        'institutions' as mapping,
        rows_of.institution_name_raw as key_printed,
        coalesce(rows_of.country_code, '') || ' ' || coalesce(rows_of.institution_name_folded, '') as key_folded,
        rows_of.source_id,
        rows_of.country_code,
        rows_of.document_sha256,
        documents.file_path,
        {{ place('rows_of') }} as example
    from {{ ref('int_row_institutions__identify') }} as rows_of
    inner join documents on rows_of.document_sha256 = documents.document_sha256
    where rows_of.institution_code is null
    union all
    select
        'unit_patterns' as mapping,
        printed_keys.key_printed,
        printed_keys.key_folded,
        printed_keys.source_id,
        printed_keys.country_code,
        printed_keys.document_sha256,
        printed_keys.file_path,
        {{ place('printed_keys') }} as example
    from printed_keys
    left join {{ ref('int_units__match') }} as units on printed_keys.key_folded = units.unit_folded
    where
        printed_keys.mapping = 'unit_patterns'
        and units.unit_folded is null
    union all
    {% for mapping, known in term_mappings %}
    select
        '{{ mapping }}' as mapping,
        printed_keys.key_printed,
        printed_keys.key_folded,
        printed_keys.source_id,
        printed_keys.country_code,
        printed_keys.document_sha256,
        printed_keys.file_path,
        {{ place('printed_keys') }} as example
    from printed_keys
    left join {{ ref(mapping) }} as known
        on
            printed_keys.key_folded = {{ known }}
            and printed_keys.period_end_date >= cast(known.valid_from as date)
            and printed_keys.period_end_date <= cast(coalesce(nullif(known.valid_to, ''), '9999-12-31') as date)
    where
        printed_keys.mapping = '{{ mapping }}'
        and known.source is null
    union all
    {% endfor %}
    select
        'org_units' as mapping,
        names.name_raw as key_printed,
        coalesce(documents.institution_code, '') || '|' || names.name_folded as key_folded,
        names.source_id,
        documents.country_code,
        names.document_sha256,
        documents.file_path,
        {{ place('names') }} as example
    from {{ ref('int_org_unit_names__collect') }} as names
    inner join documents on names.document_sha256 = documents.document_sha256
    inner join {{ ref('int_org_unit_names__match') }} as known_names
        on
            names.document_sha256 = known_names.document_sha256
            and names.name_folded = known_names.name_folded
    where known_names.org_unit_code is null
    union all
    -- a term says something only in its classification, and under the class above it
    select
        case
            when budget_lines.is_known_by_code then 'functional_classifications' else 'budget_class_terms'
        end as mapping,
        case
            when budget_lines.is_known_by_code then budget_lines.class_code_raw else budget_lines.term_raw
        end as key_printed,
        budget_lines.class_scheme || '|' || case
            when budget_lines.is_known_by_code then budget_lines.class_code_raw else budget_lines.term_folded
        end as key_folded,
        budget_lines.source_id,
        documents.country_code,
        budget_lines.document_sha256,
        documents.file_path,
        {{ place('budget_lines') }} as example
    from {{ ref('int_budget_lines__classify') }} as budget_lines
    inner join documents on budget_lines.document_sha256 = documents.document_sha256
    where budget_lines.class_code is null
    union all
    select
        'functional_classification_conac' as mapping,
        report_rows.function_code_raw as key_printed,
        report_rows.function_code as key_folded,
        report_rows.source_id,
        report_rows.country_code,
        report_rows.document_sha256,
        report_rows.file_path,
        {{ place('report_rows') }} as example
    from report_rows
    left join functions
        on
            report_rows.function_code = functions.function_code
            and report_rows.period_end_date between functions.valid_from and functions.valid_to
    where
        report_rows.function_code is not null
        and functions.function_code is null
),

counted as (
    select
        *,
        count(*) over (partition by mapping, key_folded, document_sha256) as occurrence_count,
        row_number() over (
            partition by mapping, key_folded, document_sha256
            order by example, key_printed
        ) as occurrence_no
    from occurrences
)

select
    {{ surrogate_key(['mapping', 'key_folded', 'document_sha256']) }} as unmapped_key,
    {{ as_text('mapping') }} as mapping,
    {{ as_text('key_printed') }} as key_printed,
    {{ as_text('key_folded') }} as key_folded,
    {{ as_text("""case mapping
        when 'institutions' then 'printed_name'
        when 'countries' then 'country_code'
        when 'currencies' then 'currency_code'
        when 'rendition_preference' then 'format'
        when 'unit_patterns' then 'unit_pattern'
        when 'functional_classification_conac' then 'function_code'
        when 'functional_classifications' then 'function_code'
        when 'value_role_labels' then 'label_key'
        when 'budget_class_terms' then 'printed_term'
        else 'printed_name'
    end""") }} as seed_column,
    case
        when mapping in ('rendition_preference', 'unit_patterns', 'functional_classification_conac') then key_folded
        else key_printed
    end as seed_value,
    country_code,
    -- a unit's name says something only within its institution
    case when mapping = 'org_units' then split_part(key_folded, '|', 1) end as institution_code,
    case
        when mapping in ('budget_class_terms', 'functional_classifications') then split_part(key_folded, '|', 1)
    end as scheme,
    cast(occurrence_count as integer) as occurrence_count,
    source_id,
    document_sha256,
    file_path,
    {{ as_text('example') }} as example
from counted
where occurrence_no = 1
