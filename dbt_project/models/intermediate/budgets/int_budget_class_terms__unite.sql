-- Every term that names a class of a classification: the name of the class, and the other words that forms print for
-- it. The functional classification is the one that programmes are classified by. `class_depth` counts from the top.
{{ config(meta={'sees': 'everything'}) }}
{% set depths = range(1, 5) %}
with classes as (
    select
        scheme,
        class_code,
        class_name,
        parent_code,
        valid_from,
        valid_to
    from {{ ref('budget_classes') }}
    union all
    select
        function_scheme as scheme,
        function_code as class_code,
        function_name as class_name,
        parent_code,
        {{ as_text('valid_from_date') }} as valid_from,
        {{ as_text('valid_to_date') }} as valid_to
    from {{ ref('int_functions__unite') }}
),

{% for depth in depths %}
depth_{{ depth }} as (
    select
        classes.scheme,
        classes.class_code,
        nullif(classes.parent_code, '') as parent_code,
        {{ depth }} as class_depth
    from classes
    {% if depth == 1 %}
    where coalesce(classes.parent_code, '') = ''
    {% else %}
    inner join depth_{{ depth - 1 }} as parents
        on
            classes.scheme = parents.scheme
            and classes.parent_code = parents.class_code
    {% endif %}
),

{% endfor %}
placed as (
    {% for depth in depths %}
    select * from depth_{{ depth }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

terms as (
    select
        scheme,
        class_code,
        class_name as printed_term,
        valid_from,
        valid_to
    from classes
    union all
    select
        scheme,
        class_code,
        printed_term,
        valid_from,
        valid_to
    from {{ ref('budget_class_terms') }}
),

folded as (
    select
        scheme,
        class_code,
        {{ fold_name('printed_term') }} as term_folded,
        cast(valid_from as date) as valid_from_date,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date
    from terms
)

select distinct
    folded.scheme,
    folded.class_code,
    placed.parent_code,
    placed.class_depth,
    folded.term_folded,
    folded.valid_from_date,
    folded.valid_to_date
from folded
inner join placed
    on
        folded.scheme = placed.scheme
        and folded.class_code = placed.class_code
