{#-
    The attributes of an indicator that have a mapping: the printed column, the seed that maps its terms, and the
    conformed column that the seed gives.
-#}
{% macro indicator_attributes() %}
    {{ return([
        {'printed': 'level_name', 'mapping': 'results_chain_levels', 'conformed': 'results_chain_level'},
        {'printed': 'type_name', 'mapping': 'indicator_types', 'conformed': 'type_code'},
        {'printed': 'dimension_name', 'mapping': 'indicator_dimensions', 'conformed': 'dimension_code'},
        {'printed': 'frequency_name', 'mapping': 'frequencies', 'conformed': 'frequency_code'},
        {'printed': 'direction_name', 'mapping': 'directions', 'conformed': 'direction_code'},
        {'printed': 'accumulation_name', 'mapping': 'accumulation_types', 'conformed': 'accumulation_type'},
    ]) }}
{% endmacro %}

{#- Names of the printed attributes. -#}
{% macro printed_attributes() %}
    {%- set names = [] -%}
    {%- for attribute in indicator_attributes() -%}{%- do names.append(attribute.printed) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}
