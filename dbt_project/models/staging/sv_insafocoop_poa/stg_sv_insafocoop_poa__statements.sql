-- Figures printed in sentences: a number in digits or as a word, or a list of names.
with read as (
    select
        *,
        cast({{ number_word('value') }} as decimal(24, 6)) as number_as_word,
        figure = 'changed_units' as is_list
    from {{ source('sv_insafocoop_poa', 'statements') }}
)

select
    document_sha256,
    source_id,
    table_name,
    segment_no,
    page_no,
    sheet_name,
    table_no,
    row_no,
    row_seq,
    statement,
    figure,
    is_list,
    value as value_raw,
    case when not is_list then coalesce({{ parse_quantity('value') }}, number_as_word) end as value,
    case
        when is_list then 'text'
        else {{ null_kind('value', '(' ~ is_number('value', percent_sign=true) ~ ' or number_as_word is not null)') }}
    end as value_null_kind,
    sentence,
    method,
    confidence,
    extractor_version,
    spec_sha256
from read
