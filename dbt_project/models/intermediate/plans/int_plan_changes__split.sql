-- The units that a sentence lists as having asked to change their plan, one row each. The last two of a list are joined
-- by "y" or "e".
with lists as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        statement,
        sentence,
        trim(value_raw) as printed_list,
        split_part(
            trim(value_raw),
            ', ',
            cast((length(trim(value_raw)) - length(replace(trim(value_raw), ', ', ''))) / 2 + 1 as integer)
        ) as last_names
    from {{ ref('stg_sv_insafocoop_poa__statements') }}
    where is_list
),

joined as (
    select
        *,
        substr(printed_list, 1, length(printed_list) - length(last_names))
        || {{ replace_all('last_names', ' (e|y) ', ', ') }} as names
    from lists
),

counter as (
    {% for number in range(1, 41) %}
    select {{ number }} as item_no{{ ' union all' if not loop.last }}
    {% endfor %}
)

select
    joined.document_sha256,
    joined.source_id,
    joined.table_name,
    joined.page_no,
    joined.table_no,
    joined.row_no,
    joined.row_seq,
    joined.statement,
    joined.sentence,
    counter.item_no,
    trim(split_part(joined.names, ', ', counter.item_no)) as org_unit_name
from joined
inner join counter on trim(split_part(joined.names, ', ', counter.item_no)) <> ''
