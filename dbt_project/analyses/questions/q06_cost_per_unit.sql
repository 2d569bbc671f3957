-- ¿Cuánto costó cada unidad lograda frente a lo que se planeó por unidad?
-- What did each unit achieved cost, against what was planned per unit?
--
-- Una fila: un programa cuyo dinero pertenece a una sola meta que se cuenta.
-- One row: a programme whose money belongs to one goal that is counted.
--
-- Watch for: planned is approved money per unit programmed, accrued is accrued money per unit achieved. Money of a
-- category with several products cannot be split between them, so those have no cost per unit.
select
    institution_code,
    program_code,
    indicator_name,
    currency_code,
    planned_cost_per_unit,
    accrued_cost_per_unit
from marts.mart_program_performance
where is_in_totals and planned_cost_per_unit is not null and accrued_cost_per_unit is not null
order by institution_code, program_code
