-- ¿Qué parte del presupuesto se devengó, por programa, unidad, función, país y año?
-- What part of the budget was accrued, by programme, unit, function, country and year?
--
-- Una fila: un programa (o categoría) de la última versión, con el nivel más detallado y el último periodo del año.
-- One row: a programme (or category) of the latest version, at the most detailed level and the last period of the year.
--
-- Watch for: amounts of different currencies never add up. A rate over 100 % of what was approved is lawful when
-- the budget was raised. Where a form prints no accrued money the rates are null, not zero.
select
    country_code,
    fiscal_year,
    institution_code,
    function_code,
    responsible_unit_code,
    program_code,
    currency_code,
    approved_amount,
    adjusted_amount,
    accrued_amount,
    execution_approved_pct_recomputed as accrued_of_approved_pct,
    execution_adjusted_pct_recomputed as accrued_of_adjusted_pct
from marts.mart_program_performance
where is_in_totals
order by country_code, institution_code, program_code
