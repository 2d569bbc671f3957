-- ¿Cuánto avanzó lo físico frente a lo financiero, por programa y mes?
-- How far did the work advance against the money, by programme and month?
--
-- Una fila: un programa o categoría con metas, en el último periodo.
-- One row: a programme or category with goals, in the last period.
--
-- Watch for: goals of different units never add up, so the physical side counts goals: how many of those judged
-- are met. The report of Honduras prints no accrued money: its financial side is null, and so is the gap.
select
    country_code,
    institution_code,
    program_code,
    period_label,
    goals_judged_count,
    goals_met_count,
    cast(round(100 * goals_met_count / cast(nullif(goals_judged_count, 0) as decimal(9, 2)), 2) as decimal(9, 2))
        as goals_met_pct,
    cast(round(execution_adjusted_pct_recomputed, 2) as decimal(9, 2)) as financial_pct,
    cast(round(100 * goals_met_count / cast(nullif(goals_judged_count, 0) as decimal(9, 2)), 2) as decimal(9, 2))
    - cast(round(execution_adjusted_pct_recomputed, 2) as decimal(9, 2)) as gap_points
from marts.mart_program_performance
where is_in_totals and goal_count > 0
order by country_code, institution_code, program_code
