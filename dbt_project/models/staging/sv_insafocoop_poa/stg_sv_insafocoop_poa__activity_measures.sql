-- The quantities of an activity's goal and progress. Labels stand after their numbers ("2 Informes") unless the text
-- begins with words and ends with a number ("En Remuneraciones 132.15% En Bienes y Servicios 20.52%").
with texts as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        'goal' as side,
        goal as quantities
    from {{ source('sv_insafocoop_poa', 'activities') }}
    where {{ quantities_null_kind('goal') }} is null
    union all
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        'progress' as side,
        progress as quantities
    from {{ source('sv_insafocoop_poa', 'activities') }}
    where {{ quantities_null_kind('progress') }} is null
),

numbers as (
    {{ numbers_in_text(
        'texts',
        ['document_sha256', 'source_id', 'table_name', 'page_no', 'table_no', 'row_no', 'row_seq', 'side', 'quantities'],
        'quantities'
    ) }}
),

arranged as (
    select
        *,
        max(case when number_no = 1 and words_before <> '' then 1 else 0 end) over (
            partition by document_sha256, row_seq, side
        ) = 1
        and max(case when number_no = number_count and words_after = '' then 1 else 0 end) over (
            partition by document_sha256, row_seq, side
        ) = 1 as label_is_before
    from numbers
),

labelled as (
    select
        *,
        case
            when label_is_before then words_before
            -- "2 Informes y avance del 50% de otra auditoria": what follows the last "y" leads to the next number
            when number_no < number_count then trim(split_part(words_after, ' y ', 1))
            else words_after
        end as unit_words
    from arranged
)

select
    document_sha256,
    source_id,
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq,
    side,
    number_no as measure_no,
    number_count as measure_count,
    quantities as quantities_raw,
    number_raw as value_raw,
    number_value as value,
    {{ null_kind('number_raw', 'number_value is not null') }} as value_null_kind,
    is_percent,
    {{ replace_all("case when is_percent then '% ' else '' end || unit_words", '[ .:;,]+$', '') }} as unit_name
from labelled
