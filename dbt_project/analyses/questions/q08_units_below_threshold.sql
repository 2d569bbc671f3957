-- ¿Qué unidades quedaron debajo del umbral, con qué justificación, y cuáles sin ninguna?
-- Which units are below the threshold, with which justification, and which with none?
--
-- Una fila: una unidad que reportó, en un trimestre, y no alcanzó el umbral antes de redondear.
-- One row: a unit that reported, in a quarter, and missed the threshold before rounding.
--
-- Watch for: the form asks for justifications of quarters only; for months set period_type = 'month'
-- (justification_status is not_on_form). A unit that meets the threshold only once rounded is here too
-- (is_flipped_by_rounding).
select
    org_unit_name,
    period_end_date,
    compliance_pct_printed,
    compliance_pct_recomputed,
    threshold_pct,
    is_flipped_by_rounding,
    justification_status
from marts.mart_unit_compliance
where is_latest and period_type = 'quarter' and status = 'immediate_attention'
order by org_unit_name
