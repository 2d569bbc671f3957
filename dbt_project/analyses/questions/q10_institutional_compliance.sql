-- ¿Cuál es el cumplimiento institucional según cada regla de denominador?
-- What is the institution's compliance under each rule for the denominator?
--
-- Una fila: un periodo y una regla: todas las unidades, las que reportaron, o la base que lo impreso implica.
-- One row: a period and a rule: all units, those that reported, or the base that the print implies.
--
-- Watch for: implied_base is the only whole number of units that gives the printed figure; the form does not state
-- it.
select
    institution_code,
    period_type,
    period_start_date,
    denominator_rule,
    denominator_count,
    compliance_pct_recomputed,
    compliance_pct_printed,
    agrees_with_print
from marts.mart_institution_compliance
where is_latest
order by institution_code, period_type, period_start_date, denominator_rule
