{#-
    The whole-number key of something a dimension describes: the first 13 hexadecimal digits of its stable hash
    (`surrogate_key` of the same expressions, which the dimension carries as `<entity>_id`).

    52 bits are exact in a double, so that tools which read every number as one still join on it. Among a million
    members two share a key with a probability of 0.0001, and the dimension's test of uniqueness says so.
-#}
{% macro entity_key(expressions) -%}
    {{ whole_number_of(surrogate_key(expressions)) }}
{%- endmacro %}

{#- The first 52 bits of a hexadecimal hash as a whole number. -#}
{% macro whole_number_of(hash) -%}
    {{ return(adapter.dispatch('whole_number_of', 'contraste')(hash)) }}
{%- endmacro %}

{% macro default__whole_number_of(hash) -%}
    cast('0x' || substr({{ hash }}, 1, 13) as bigint)
{%- endmacro %}

{% macro postgres__whole_number_of(hash) -%}
    cast(cast('x' || substr({{ hash }}, 1, 13) as bit(52)) as bigint)
{%- endmacro %}

{% macro spark__whole_number_of(hash) -%}
    cast(conv(substr({{ hash }}, 1, 13), 16, 10) as bigint)
{%- endmacro %}
