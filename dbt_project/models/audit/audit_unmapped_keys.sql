-- Keys of loaded documents that no mapping knows. There is no "other" bucket: a row here stops the build before the
-- marts, and the missing keys are written to a file to complete.
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
        'unit_patterns' as mapping,
        report_rows.unit_name_raw as key_printed,
        {{ fold_unit('report_rows.unit_name_raw') }} as key_folded,
        report_rows.source_id,
        report_rows.country_code,
        report_rows.document_sha256,
        report_rows.file_path,
        {{ place('report_rows') }} as example
    from report_rows
    left join {{ ref('int_units__match') }} as units
        on {{ fold_unit('report_rows.unit_name_raw') }} = units.unit_folded
    where
        trim(report_rows.unit_name_raw) <> ''
        and units.unit_folded is null
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
        count(*) over (partition by mapping, key_folded) as occurrence_count,
        row_number() over (
            partition by mapping, key_folded
            order by file_path, example, document_sha256
        ) as occurrence_no
    from occurrences
)

select
    {{ surrogate_key(['mapping', 'key_folded']) }} as unmapped_key,
    {{ as_text('mapping') }} as mapping,
    {{ as_text('key_printed') }} as key_printed,
    {{ as_text('key_folded') }} as key_folded,
    {{ as_text("""case mapping
        when 'institutions' then 'printed_name'
        when 'countries' then 'country_code'
        when 'currencies' then 'currency_code'
        when 'rendition_preference' then 'format'
        when 'unit_patterns' then 'unit_pattern'
        else 'function_code'
    end""") }} as seed_column,
    case
        when mapping in ('institutions', 'countries', 'currencies') then key_printed
        else key_folded
    end as seed_value,
    country_code,
    cast(occurrence_count as integer) as occurrence_count,
    source_id,
    document_sha256 as example_document_sha256,
    file_path as example_file_path,
    {{ as_text('example') }} as example
from counted
where occurrence_no = 1
