{#- How many numbers of one text are read; a text with more is listed in audit_unparsed_values. -#}
{% macro most_numbers_in_a_text() %}{{ return(24) }}{% endmacro %}

{#-
    A text with every number in it (with its per cent sign) between two unit separators, a sign that documents do not
    print: splitting at it gives words at the odd places and numbers at the even ones. Digits inside a word (`T1`) are
    no number.
-#}
{% macro mark_numbers(expression) -%}
    {{ return(adapter.dispatch('mark_numbers', 'contraste')(expression)) }}
{%- endmacro %}

{% macro default__mark_numbers(expression) -%}
    regexp_replace(
        replace({{ expression }}, chr(31), ' '),
        '(^|[^0-9A-Za-z.,])([0-9]+([.,][0-9]+)*([ ]?%)?)',
        '\1' || chr(31) || '\2' || chr(31),
        'g'
    )
{%- endmacro %}

{% macro spark__mark_numbers(expression) -%}
    regexp_replace(
        replace({{ expression }}, char(31), ' '),
        '(^|[^0-9A-Za-z.,])([0-9]+([.,][0-9]+)*([ ]?%)?)',
        concat('$1', char(31), '$2', char(31))
    )
{%- endmacro %}

{#-
    Every number in a text of a relation, in order: the words before it, the number as printed, whether it carries a
    per cent sign, and the words after it up to the next number. Also all the text before it, to see its sentence.
-#}
{% macro numbers_in_text(relation, key_columns, text_column) -%}
    select
        {% for column in key_columns -%}
        split.{{ column }},
        {% endfor -%}
        split.number_no,
        split.number_count,
        split.number_raw,
        {{ matches('split.number_raw', '%') }} as is_percent,
        {{ parse_quantity('split.number_raw') }} as number_value,
        trim(split.words_before) as words_before,
        trim(split.words_after) as words_after,
        trim(substr(
            split.whole_text,
            1,
            cast(
                sum(length(split.words_before) + length(split.number_raw)) over (
                    partition by {% for column in key_columns %}split.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
                    order by split.number_no
                ) - length(split.number_raw) as integer
            )
        )) as text_before
    from (
        select
            {% for column in key_columns -%}
            marked.{{ column }},
            {% endfor -%}
            counter.number_no,
            marked.number_count,
            replace(marked.marked_text, chr(31), '') as whole_text,
            split_part(marked.marked_text, chr(31), 2 * counter.number_no - 1) as words_before,
            split_part(marked.marked_text, chr(31), 2 * counter.number_no) as number_raw,
            split_part(marked.marked_text, chr(31), 2 * counter.number_no + 1) as words_after
        from (
            select
                *,
                cast((length(marked_text) - length(replace(marked_text, chr(31), ''))) / 2 as integer) as number_count
            from (
                select
                    {% for column in key_columns -%}
                    {{ column }},
                    {% endfor -%}
                    {{ mark_numbers(text_column) }} as marked_text
                from {{ relation }}
            ) as texts
        ) as marked
        inner join (
            {% for number in range(1, most_numbers_in_a_text() + 1) -%}
            select {{ number }} as number_no{{ ' union all ' if not loop.last }}
            {%- endfor %}
        ) as counter
            on marked.number_count >= counter.number_no
    ) as split
{%- endmacro %}

{#- Why a text that should hold quantities holds none: null where it holds a number. -#}
{% macro quantities_null_kind(raw) -%}
    case
        when {{ says_no_report(raw) }} then 'not_reported'
        else {{ null_kind(raw, matches(raw, '[0-9]')) }}
    end
{%- endmacro %}
