{#-
    Whether a sentence says that no report came: "No se recibió informe de seguimiento". The report on a plan of another
    kind ("tampoco se recibió informe de seguimiento al Plan de Capacitaciones") is another report: what is printed
    beside such a sentence was reported.
-#}
{% macro says_no_report(expression) -%}
    {%- set no_report = '(^| )(NO|TAMPOCO) SE (RECIBIO|RECIBIERON|PRESENTO|PRESENTARON|REMITIO|REMITIERON|ENTREGO|ENTREGARON) '
        ~ '((EL|LOS|NINGUN) )?INFORMES?' -%}
    coalesce({{ matches(
        replace_all(fold(expression), no_report ~ '( DE SEGUIMIENTO)? (AL|DEL|SOBRE EL) PLAN DE ', ' '),
        no_report ~ '( |$)'
    ) }}, false)
{%- endmacro %}

{#- Whether a sentence says that no justification came. -#}
{% macro says_no_justification(expression) -%}
    coalesce({{ matches(
        fold(expression),
        '(^| )(NO|TAMPOCO) SE (RECIBIO|RECIBIERON|PRESENTO|PRESENTARON|REMITIO|REMITIERON|ENTREGO|ENTREGARON) '
        ~ '((LA|LAS|NINGUNA) )?JUSTIFICACION(ES)?( |$)'
    ) }}, false)
{%- endmacro %}

{#- A whole number printed as a Spanish word, one to twelve; null for any other text. -#}
{% macro number_word(expression) -%}
    {%- set words = [
        'UN', 'DOS', 'TRES', 'CUATRO', 'CINCO', 'SEIS', 'SIETE', 'OCHO', 'NUEVE', 'DIEZ', 'ONCE', 'DOCE'
    ] -%}
    case {{ fold(expression) }}
        when 'UNA' then 1
        when 'UNO' then 1
        {%- for word in words %}
        when '{{ word }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}
