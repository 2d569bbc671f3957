-- Which class each line is of and which line is its parent. Forms print the name of a class without its code, and one
-- name ("Corriente", "Pensiones y jubilaciones") is of several classes: a line is of the class with its term whose
-- parent was printed last above it, and where two have that parent's name, whose grandparent was. A class whose parent
-- is not printed counts where the term is of no other. Where the lines are the members themselves, a line is what it
-- prints and its parent the last line above it of a smaller level. Where every line repeats for each month or year,
-- what stands above it is a line of the same one.
{% set depths = range(1, 5) %}
with folded as (
    select
        budget_lines.*,
        {{ fold_name('budget_lines.term_raw') }} as term_folded,
        documents.institution_key,
        documents.period_end_date
    from {{ ref('int_budget_lines__unite') }} as budget_lines
    inner join {{ ref('int_documents__identify') }} as documents
        on budget_lines.document_sha256 = documents.document_sha256
),

known_terms as (
    select distinct
        scheme,
        term_folded
    from {{ ref('int_budget_class_terms__unite') }}
),

printed as (
    select
        folded.document_sha256,
        folded.source_id,
        folded.table_name,
        folded.segment_no,
        folded.page_no,
        folded.sheet_name,
        folded.table_no,
        folded.row_no,
        folded.row_seq,
        folded.flow,
        case
            when known_terms.scheme is not null then folded.known_classification
            else folded.classification
        end as classification,
        coalesce(known_terms.scheme, folded.class_scheme) as class_scheme,
        folded.is_printed_member and known_terms.scheme is null as is_printed_member,
        coalesce(folded.is_known_by_code, false) as is_known_by_code,
        folded.series_kind,
        coalesce(folded.series_no, 0) as series_no,
        folded.term_raw,
        folded.term_folded,
        folded.class_code_raw,
        folded.level_no,
        folded.decimal_mark,
        {% for measure in budget_line_measures() %}
        {{ carry(measure, 'folded') }},
        {% endfor %}
        folded.institution_key,
        folded.period_end_date
    from folded
    left join known_terms
        on
            folded.known_scheme = known_terms.scheme
            and folded.term_folded = known_terms.term_folded
),

matched as (
    select
        printed.document_sha256,
        printed.table_name,
        printed.series_no,
        printed.row_seq,
        terms.class_code,
        terms.parent_code,
        terms.class_depth
    from printed
    inner join {{ ref('int_budget_class_terms__unite') }} as terms
        on
            printed.class_scheme = terms.scheme
            and printed.term_folded = terms.term_folded
            and printed.period_end_date >= terms.valid_from_date
            and printed.period_end_date <= terms.valid_to_date
    where not printed.is_printed_member and not printed.is_known_by_code
    union
    select
        printed.document_sha256,
        printed.table_name,
        printed.series_no,
        printed.row_seq,
        terms.class_code,
        terms.parent_code,
        terms.class_depth
    from printed
    inner join {{ ref('int_budget_class_terms__unite') }} as terms
        on
            printed.class_scheme = terms.scheme
            and printed.class_code_raw = terms.class_code
            and printed.period_end_date >= terms.valid_from_date
            and printed.period_end_date <= terms.valid_to_date
    where printed.is_known_by_code
),

-- a class and the one below it may bear one name ("Productos"): printed again, it is the one below
superseded as (
    select distinct
        wider.document_sha256,
        wider.table_name,
        wider.row_seq,
        wider.class_code
    from matched as wider
    inner join matched as narrower
        on
            wider.document_sha256 = narrower.document_sha256
            and wider.table_name = narrower.table_name
            and wider.row_seq = narrower.row_seq
            and wider.class_code = narrower.parent_code
    inner join matched as earlier
        on
            wider.document_sha256 = earlier.document_sha256
            and wider.table_name = earlier.table_name
            and wider.series_no = earlier.series_no
            and wider.class_code = earlier.class_code
            and wider.row_seq > earlier.row_seq
),

candidates as (
    select matched.*
    from matched
    left join superseded
        on
            matched.document_sha256 = superseded.document_sha256
            and matched.table_name = superseded.table_name
            and matched.row_seq = superseded.row_seq
            and matched.class_code = superseded.class_code
    where superseded.row_seq is null
),

-- by depth, with the places of the lines above: parent, its parent, and so on up
{% for depth in depths %}
depth_{{ depth }} as (
    {% if depth == 1 %}
    select
        document_sha256,
        table_name,
        series_no,
        row_seq,
        class_code,
        cast(0 as integer) as parent_row_seq,
        cast(0 as integer) as second_row_seq,
        cast(0 as integer) as third_row_seq
    from candidates
    where class_depth = 1
    {% else %}
    select
        document_sha256,
        table_name,
        series_no,
        row_seq,
        class_code,
        parent_row_seq,
        second_row_seq,
        third_row_seq
    from (
        select
            candidates.document_sha256,
            candidates.table_name,
            candidates.series_no,
            candidates.row_seq,
            candidates.class_code,
            parents.row_seq as parent_row_seq,
            parents.parent_row_seq as second_row_seq,
            parents.second_row_seq as third_row_seq,
            row_number() over (
                partition by
                    candidates.document_sha256, candidates.table_name, candidates.row_seq, candidates.class_code
                order by parents.row_seq desc
            ) as nearness
        from candidates
        inner join depth_{{ depth - 1 }} as parents
            on
                candidates.document_sha256 = parents.document_sha256
                and candidates.table_name = parents.table_name
                and candidates.series_no = parents.series_no
                and candidates.parent_code = parents.class_code
                and candidates.row_seq > parents.row_seq
        where candidates.class_depth = {{ depth }}
    ) as near_{{ depth }}
    where nearness = 1
    {% endif %}
),

{% endfor %}
lone as (
    select
        document_sha256,
        table_name,
        series_no,
        row_seq,
        min(class_code) as class_code
    from candidates
    group by document_sha256, table_name, series_no, row_seq
    having count(distinct class_code) = 1
),

placed as (
    {% for depth in depths %}
    select * from depth_{{ depth }}
    union all
    {% endfor %}
    select
        document_sha256,
        table_name,
        series_no,
        row_seq,
        class_code,
        cast(-1 as integer) as parent_row_seq,
        cast(0 as integer) as second_row_seq,
        cast(0 as integer) as third_row_seq
    from lone
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_sha256, table_name, row_seq
            order by parent_row_seq desc, second_row_seq desc, third_row_seq desc, class_code asc
        ) as preference
    from placed
),

classed as (
    select
        printed.document_sha256,
        printed.table_name,
        printed.row_seq,
        ranked.class_code,
        case when ranked.parent_row_seq > 0 then ranked.parent_row_seq end as parent_row_seq,
        case when ranked.second_row_seq > 0 then ranked.second_row_seq end as second_row_seq,
        case when ranked.third_row_seq > 0 then ranked.third_row_seq end as third_row_seq
    from printed
    left join ranked
        on
            printed.document_sha256 = ranked.document_sha256
            and printed.table_name = ranked.table_name
            and printed.row_seq = ranked.row_seq
            and ranked.preference = 1
    where not printed.is_printed_member
    union all
    select
        printed.document_sha256,
        printed.table_name,
        printed.row_seq,
        max(coalesce(nullif(printed.class_code_raw, ''), printed.term_folded)) as class_code,
        max(above.row_seq) as parent_row_seq,
        cast(null as integer) as second_row_seq,
        cast(null as integer) as third_row_seq
    from printed
    left join printed as above
        on
            printed.document_sha256 = above.document_sha256
            and printed.table_name = above.table_name
            and printed.series_no = above.series_no
            and printed.row_seq > above.row_seq
            and printed.level_no > above.level_no
    where printed.is_printed_member
    group by printed.document_sha256, printed.table_name, printed.row_seq
),

with_money as (
    select
        classed.document_sha256,
        classed.table_name,
        classed.parent_row_seq,
        classed.second_row_seq,
        classed.third_row_seq
    from classed
    inner join printed
        on
            classed.document_sha256 = printed.document_sha256
            and classed.table_name = printed.table_name
            and classed.row_seq = printed.row_seq
    where
        coalesce(
            {% for measure in budget_line_amounts() %}
            printed.{{ measure }}{{ ',' if not loop.last }}
            {% endfor %}
        ) is not null
),

-- a parent is a line with lines below it that print money: a group of blanks leaves its money where it is
parents as (
    {% for above in ['parent', 'second', 'third'] %}
    select
        document_sha256,
        table_name,
        {{ above }}_row_seq as parent_row_seq
    from with_money
    where {{ above }}_row_seq is not null
    {{ 'union' if not loop.last }}
    {% endfor %}
)

select
    printed.*,
    classed.class_code,
    classed.parent_row_seq,
    parents.parent_row_seq is null as is_leaf,
    row_number() over (
        partition by
            printed.document_sha256, printed.table_name, printed.classification, printed.series_no, classed.class_code
        order by printed.row_seq
    ) as occurrence_no,
    case
        when printed.is_printed_member
            then {{ entity_key(['printed.class_scheme', 'printed.institution_key', 'classed.class_code']) }}
        else {{ entity_key(['printed.class_scheme', 'classed.class_code']) }}
    end as budget_class_key
from printed
inner join classed
    on
        printed.document_sha256 = classed.document_sha256
        and printed.table_name = classed.table_name
        and printed.row_seq = classed.row_seq
left join parents
    on
        printed.document_sha256 = parents.document_sha256
        and printed.table_name = parents.table_name
        and printed.row_seq = parents.parent_row_seq
