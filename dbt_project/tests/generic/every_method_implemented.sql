{#-
    The catalogue of methods and the formulas are the same list: a method said to be worked out row by row (or printed)
    has its formula, and every formula has its line in the catalogue.
-#}
{% test every_method_implemented(model) %}
select catalogue.method_code, formulas.method_code as formula_of
from (
    select method_code from {{ model }}
    where computed_in in ('achievement_by_method', 'document')
) as catalogue
full outer join (
    {% for code in achievement_formulas('row') %}
    select '{{ code }}' as method_code{{ ' union all' if not loop.last }}
    {% endfor %}
) as formulas on catalogue.method_code = formulas.method_code
where catalogue.method_code is null or formulas.method_code is null
{% endtest %}
