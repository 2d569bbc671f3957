{#-
    Why a printed text gives no number: null where it gives one.

    not_on_page (the page has no such cell), blank, not_applicable, not_available, not_reported, dash,
    spreadsheet_error (a workbook printed its own error), unconfirmed (a scanned figure that awaits review stands between
    ¿ and ?), unparsable (stops the build).
    Blank, NA, ND, "not reported" and zero are five different statements.
-#}
{% macro null_kind(raw, is_value) -%}
    {#- DuckDB folds before it looks at the cases, and folding a number costs ten times as much as reading it -#}
    {%- set folded = fold('case when ' ~ is_value ~ ' then null else ' ~ raw ~ ' end') -%}
    case
        when {{ raw }} is null then 'not_on_page'
        when trim({{ raw }}) = '' then 'blank'
        when {{ is_value }} then null
        when {{ is_unconfirmed(raw) }} then 'unconfirmed'
        when {{ folded }} in ('NA', 'N A', 'NO APLICA') then 'not_applicable'
        when {{ folded }} in ('ND', 'N D', 'NO DISPONIBLE', 'SIN DATO') then 'not_available'
        when {{ folded }} in ('NR', 'N R', 'NO REPORTADO', 'NO REPORTA', 'NO INFORMADO', 'SIN REPORTE')
            then 'not_reported'
        when {{ matches('trim(' ~ raw ~ ')', '^(#(¡|!)?[A-Z0-9/¿?]+[!?]?|Err:[0-9]+)$') }} then 'spreadsheet_error'
        when {{ is_dash(raw) }} then 'dash'
        else 'unparsable'
    end
{%- endmacro %}

{#- A scanned figure that OCR is not sure of and nobody has reviewed: it lands between ¿ and ?. -#}
{% macro is_unconfirmed(raw) -%}
    trim({{ raw }}) like '¿%?'
{%- endmacro %}

{#-
    The same for a place where words may stand for a number ("Se define anualmente"): a text of words without a digit is
    `words`, read as text and never as zero.
-#}
{% macro null_kind_or_words(raw, is_value) -%}
    case
        when {{ null_kind(raw, is_value) }} <> 'unparsable' then {{ null_kind(raw, is_value) }}
        when {{ null_kind(raw, is_value) }} = 'unparsable' and {{ matches(raw, '[0-9]') }} then 'unparsable'
        when {{ null_kind(raw, is_value) }} = 'unparsable' then 'words'
    end
{%- endmacro %}
