-- Each printed unit of measure, folded, with its unit: the longest pattern that begins it at a word wins, in the
-- singular or the plural. A unit that no pattern begins has no row here and stops the build as an unmapped key.
{{ config(meta={'touched_by': none}) }}
with printed as (
    select distinct key_folded as unit_folded
    from {{ ref('int_printed_keys__collect') }}
    where mapping = 'unit_patterns'
),

patterns as (
    select
        {{ fold_unit('unit_pattern') }} as unit_pattern,
        unit_code
    from {{ ref('unit_patterns') }}
),

candidates as (
    select
        printed.unit_folded,
        patterns.unit_code,
        patterns.unit_pattern,
        row_number() over (
            partition by printed.unit_folded
            order by length(patterns.unit_pattern) desc, patterns.unit_pattern
        ) as preference
    from printed
    inner join patterns
        on
            substr(printed.unit_folded || ' ', 1, length(patterns.unit_pattern) + 1) = patterns.unit_pattern || ' '
            or substr(printed.unit_folded || ' ', 1, length(patterns.unit_pattern) + 2) = patterns.unit_pattern || 'S '
            or substr(printed.unit_folded || ' ', 1, length(patterns.unit_pattern) + 3) = patterns.unit_pattern || 'ES '
)

select
    candidates.unit_folded,
    candidates.unit_code,
    candidates.unit_pattern,
    units.unit_kind
from candidates
inner join {{ ref('units_of_measure') }} as units on candidates.unit_code = units.unit_code
where candidates.preference = 1
