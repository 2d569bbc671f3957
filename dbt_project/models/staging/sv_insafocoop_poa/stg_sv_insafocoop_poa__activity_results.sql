-- The numbers that the synthesis of an activity tells, each with what its sentence makes of it.
{% set spelled = 'un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez' %}
with texts as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        synthesis
    from {{ source('sv_insafocoop_poa', 'activities') }}
    where trim(synthesis) <> ''
),

numbers as (
    {{ numbers_in_text(
        'texts',
        ['document_sha256', 'source_id', 'table_name', 'page_no', 'table_no', 'row_no', 'row_seq', 'synthesis'],
        'synthesis'
    ) }}
),

sentences as (
    select
        *,
        {{ replace_all('text_before', '^.*[.] +', '') }} as sentence_before,
        length({{ replace_all('text_before', '[.] +', '. ') }})
        - length({{ replace_all('text_before', '[.] +', ' ') }}) + 1 as sentence_no
    from numbers
),

folded as (
    select
        *,
        {{ fold('sentence_before') }} as before_folded,
        {{ fold('words_after') }} as after_folded
    from sentences
),

-- "adicional se brindó atención a un grupo más": the one number of a sentence may be a word
words as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        synthesis,
        {{ first_match(fold('synthesis'), 'ADICIONAL [A-Z ]*(' ~ spelled | upper ~ ') [A-Z]+ MAS') }} as clause
    from texts
),

roles as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        synthesis,
        sentence_no,
        number_no,
        number_count,
        number_raw,
        number_value,
        is_percent,
        case
            when is_percent and {{ matches('before_folded', '(^| )ADICIONAL( |$)') }} then 'additional_pct'
            when is_percent and {{ matches('before_folded', '(^| )NO SE (CUMPLIO|EJECUTO|REALIZO|ALCANZO) ') }}
                then 'not_reached_pct'
            when is_percent and {{ matches('before_folded', '(SOBREPASA|SUPERA|EXCED)[A-Z]*( EL)?$') }}
                then 'exceeded_pct'
            when is_percent then 'achieved_pct'
            when {{ matches('before_folded', '(^| )ADICIONAL( [A-Z]+)*$') }} then 'additional_count'
            when {{ matches('before_folded', '^EN TOTAL( [A-Z]+)*$') }} then 'told_total'
            when {{ matches('after_folded', '(^| )DE L[AO]S CUALES$') }} then 'whole'
            when {{ matches('before_folded', '(^| )DE L[AO]S CUALES( |$)') }} then 'part'
            when {{ matches('after_folded', '^DE$') }} then 'done_of_planned'
            when
                {{ matches('before_folded', '[0-9] DE$') }}
                and {{ matches('after_folded', '^(PLANIFICAD|PROYECTAD|PROGRAMAD)[AO]S?( |$)') }}
                then 'planned'
            else 'other'
        end as figure_role
    from folded
    union all
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        synthesis,
        0 as sentence_no,
        0 as number_no,
        0 as number_count,
        {{ first_match('synthesis', '(' ~ spelled ~ ') [^ ]+ m[aá]s') }} as number_raw,
        cast(
            {{ number_word("split_part(" ~ first_match(
                'clause', '(' ~ spelled | upper ~ ') [A-Z]+ MAS$'
            ) ~ ", ' ', 1)") }} as decimal(24, 6)
        ) as number_value,
        false as is_percent,
        'additional_count' as figure_role
    from words
    where clause is not null
)

select
    document_sha256,
    source_id,
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq,
    sentence_no,
    number_no,
    number_count,
    figure_role,
    is_percent,
    number_raw as value_raw,
    number_value as value,
    {{ null_kind('number_raw', 'number_value is not null') }} as value_null_kind,
    synthesis
from roles
