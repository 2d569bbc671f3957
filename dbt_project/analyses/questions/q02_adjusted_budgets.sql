-- ¿A qué programas se les modificó más el presupuesto aprobado?
-- Which programmes' budget was moved most from what was approved?
--
-- Una fila: un programa cuyo presupuesto modificado (vigente) difiere del aprobado (asignado).
-- One row: a programme whose adjusted budget differs from the approved one.
--
-- Watch for: a programme without approved money has no percentage.
select
    institution_code,
    program_code,
    currency_code,
    approved_amount,
    adjusted_amount,
    adjusted_amount - approved_amount as change_amount,
    cast(round(100 * (adjusted_amount - approved_amount) / nullif(approved_amount, 0), 2) as decimal(12, 2))
        as change_pct
from marts.mart_program_performance
where is_in_totals and adjusted_amount <> approved_amount
order by abs(adjusted_amount - approved_amount) desc, program_code asc
