-- What a document says otherwise than the one before it. A re-issue is held against the vintage before it, figure by
-- figure; a later filing against the filing before it only in what both tell of the same: definitions, figures of a
-- month or year that both print, and figures of the whole year.
{% set prints_differ %}(
            coalesce(old_figures.value_raw, '') <> coalesce(new_figures.value_raw, '')
            or coalesce({{ as_text('old_figures.value_number') }}, '')
            <> coalesce({{ as_text('new_figures.value_number') }}, '')
        ){% endset %}
{{ config(meta={'touched_by': 'to_document'}) }}
with pairs as (
    select * from {{ ref('int_document_pairs__compare') }}
),

figures as (
    select * from {{ ref('int_vintage_figures__unpivot') }}
),

earlier_figures as (
    select
        pairs.to_document,
        figures.*
    from pairs
    inner join figures
        on
            pairs.from_document = figures.document_sha256
            and pairs.table_name = figures.table_name
    where pairs.comparison = 'reissue'
),

later_figures as (
    select
        pairs.to_document,
        figures.*
    from pairs
    inner join figures
        on
            pairs.to_document = figures.document_sha256
            and pairs.table_name = figures.table_name
    where pairs.comparison = 'reissue'
),

reissued as (
    select
        'reissue' as comparison,
        coalesce(new_figures.to_document, old_figures.to_document) as to_document,
        coalesce(new_figures.table_name, old_figures.table_name) as table_name,
        coalesce(new_figures.institution_key, old_figures.institution_key) as institution_key,
        coalesce(new_figures.indicator_key, old_figures.indicator_key) as indicator_key,
        coalesce(new_figures.scope, old_figures.scope) as scope,
        coalesce(new_figures.measure, old_figures.measure) as measure,
        coalesce(new_figures.figure_kind, old_figures.figure_kind) as figure_kind,
        old_figures.document_sha256 is not null as has_old,
        old_figures.null_kind as old_null_kind,
        new_figures.document_sha256 is not null as has_new,
        new_figures.null_kind as new_null_kind,
        old_figures.value_raw as old_raw,
        new_figures.value_raw as new_raw,
        old_figures.value_number as old_value,
        new_figures.value_number as new_value,
        coalesce(new_figures.page_no, old_figures.page_no) as page_no,
        coalesce(new_figures.table_no, old_figures.table_no) as table_no,
        coalesce(new_figures.row_no, old_figures.row_no) as row_no
    from earlier_figures as old_figures
    full outer join later_figures as new_figures
        on
            old_figures.to_document = new_figures.to_document
            and old_figures.table_name = new_figures.table_name
            and old_figures.item_key = new_figures.item_key
            and old_figures.measure = new_figures.measure
    where
        old_figures.document_sha256 is null
        or new_figures.document_sha256 is null
        or {{ prints_differ }}
),

followed as (
    select
        'later_filing' as comparison,
        pairs.to_document,
        pairs.table_name,
        new_figures.institution_key,
        new_figures.indicator_key,
        new_figures.scope,
        new_figures.measure,
        new_figures.figure_kind,
        old_figures.document_sha256 is not null as has_old,
        old_figures.null_kind as old_null_kind,
        new_figures.document_sha256 is not null as has_new,
        new_figures.null_kind as new_null_kind,
        old_figures.value_raw as old_raw,
        new_figures.value_raw as new_raw,
        old_figures.value_number as old_value,
        new_figures.value_number as new_value,
        new_figures.page_no,
        new_figures.table_no,
        new_figures.row_no
    from figures as new_figures
    -- by the document too, not by way of the pairs: DuckDB would join each filing to those of all ten years first, to
    -- 94 million rows
    inner join figures as old_figures
        on
            new_figures.filing_before_sha256 = old_figures.document_sha256
            and new_figures.table_name = old_figures.table_name
            and new_figures.lasting_key = old_figures.lasting_key
            and new_figures.measure = old_figures.measure
            and new_figures.figure_kind = old_figures.figure_kind
    inner join pairs
        on
            new_figures.document_sha256 = pairs.to_document
            and new_figures.table_name = pairs.table_name
            and pairs.comparison = 'later_filing'
    left join {{ ref('annual_figures') }} as annual_figures
        on
            new_figures.source_id = annual_figures.source_id
            and new_figures.table_name = annual_figures.table_name
            and new_figures.measure = annual_figures.measure
    where
        (
            new_figures.figure_kind = 'text'
            or new_figures.is_of_own_period
            or (pairs.is_same_year and annual_figures.source_id is not null)
        )
        and {{ prints_differ }}
),

printed_otherwise as (
    select * from reissued
    union all
    select * from followed
),

compared as (
    select
        {% for side in ['old', 'new'] %}
        -- the number, why there is none, or the text without the accents and spaces that forms print differently
        case
            when not has_{{ side }} then null
            when figure_kind = 'text' then coalesce({{ fold_name(side ~ '_raw') }}, '')
            when {{ side }}_value is not null then {{ as_text(side ~ '_value') }}
            when {{ is_unprinted(side ~ '_null_kind') }} then ''
            else coalesce({{ side }}_null_kind, '')
        end as {{ side }}_said,
        {% endfor %}
        *
    from printed_otherwise
)

select
    compared.comparison,
    compared.to_document,
    compared.table_name,
    compared.institution_key,
    compared.indicator_key,
    compared.scope,
    compared.measure,
    compared.figure_kind,
    compared.old_said,
    compared.new_said,
    compared.old_raw,
    compared.new_raw,
    compared.old_value,
    compared.new_value,
    compared.page_no,
    compared.table_no,
    compared.row_no,
    pairs.from_document,
    case
        when compared.old_said is null then 'added'
        when compared.new_said is null then 'removed'
        when
            compared.figure_kind = 'text' and compared.old_said <> ''
            and substr(compared.new_said, 1, length(compared.old_said)) = compared.old_said
            then 'extended'
        when
            compared.figure_kind = 'text' and compared.new_said <> ''
            and substr(compared.old_said, 1, length(compared.new_said)) = compared.new_said
            then 'cut'
        else 'changed'
    end as change_kind
from compared
inner join pairs
    on
        compared.comparison = pairs.comparison
        and compared.to_document = pairs.to_document
        and compared.table_name = pairs.table_name
where coalesce(compared.old_said, '') <> coalesce(compared.new_said, '')
