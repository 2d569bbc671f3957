{#- The texts of a group joined in a stated order. -#}
{% macro ordered_concat(expression, separator, order_by) -%}
    {{ return(adapter.dispatch('ordered_concat', 'contraste')(expression, separator, order_by)) }}
{%- endmacro %}

{% macro default__ordered_concat(expression, separator, order_by) -%}
    string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__ordered_concat(expression, separator, order_by) -%}
    array_join(
        transform(sort_array(collect_list(struct({{ order_by }} as o, {{ expression }} as e))), x -> x.e),
        '{{ separator }}'
    )
{%- endmacro %}
