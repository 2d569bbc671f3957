-- ¿Quién cumplió la meta y quién gastó el dinero?
-- Who met the goal, and who spent the money?
--
-- Una fila: un programa con resultado y gasto juzgados, y su cuadrante.
-- One row: a programme whose result and spend are judged, with its quadrant.
--
-- Watch for: limits are those of the house (goal_met_from_pct, fully_spent_from_pct), judged before rounding.
-- Lines without accrued money are in no quadrant.
select
    institution_code,
    program_code,
    achievement_pct,
    execution_approved_pct_recomputed as accrued_of_approved_pct,
    efficacy,
    spend,
    quadrant_name
from marts.mart_program_performance
where is_in_totals and quadrant_name is not null
order by efficacy, spend, institution_code, program_code
