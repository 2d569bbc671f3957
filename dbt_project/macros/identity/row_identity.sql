{#-
    The key of something printed in a vintage: it does not depend on which form (PDF, workbook, text) was read,
    because the forms of one vintage share its content fingerprint.
-#}
{% macro vintage_scoped_key(expressions, relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    {{ surrogate_key([
        dot ~ 'source_id', dot ~ 'table_name', dot ~ 'institution_key', dot ~ 'period_start_date',
        dot ~ 'period_end_date', dot ~ 'content_fingerprint'
    ] + expressions) }}
{%- endmacro %}
