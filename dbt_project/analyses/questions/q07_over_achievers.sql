-- ¿Qué metas se rebasaron tanto que revelan una mala planeación?
-- Which goals were exceeded by so much that they show bad planning?
--
-- Una fila: un indicador por encima del umbral de su país, frente a su meta original.
-- One row: an indicator above the threshold of its country, against its original target.
--
-- Watch for: an achievement of 400 % is a finding, not a success. Work delivered without any plan has no
-- percentage: see q12.
select
    institution_code,
    program_code,
    indicator_name,
    target_value,
    result_value,
    canonical_pct as achievement_pct,
    over_achievement_pct as threshold_pct
from marts.mart_indicator_status
where
    is_latest and is_over_achieved and result_kind = 'indicator' and target_basis = 'programmed'
    and threshold_scheme_code = 'house'
order by canonical_pct desc, institution_code asc, program_code asc, indicator_name asc
