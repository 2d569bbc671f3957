-- Every printed total and derived figure of every family in one shape.
-- Not kept: it is its members, one after the other.
{{ config(materialized='view') }}
select * from {{ ref('int_printed_figures__unpivot') }}
union all
select * from {{ ref('int_printed_figures__compliance') }}
union all
select * from {{ ref('int_printed_figures__counts') }}
union all
select * from {{ ref('int_printed_figures__budgets') }}
union all
select * from {{ ref('int_printed_figures__projects') }}
union all
select * from {{ ref('int_printed_figures__balances') }}
union all
select * from {{ ref('int_printed_figures__plan_lines') }}
