-- ¿Cuánto se alcanzó de la meta original y cuánto de la modificada?
-- How much of the original target was achieved, and how much of the adjusted one?
--
-- Una fila: un indicador con metas de las dos clases en la última versión.
-- One row: an indicator with targets of both kinds, in the latest version.
--
-- Watch for: the mart judges each result under several threshold schemes; percentages are the same under all of
-- them.
select
    institution_code,
    program_code,
    indicator_name,
    max(case when target_basis = 'programmed' then target_value end) as programmed_value,
    max(case when target_basis = 'adjusted' then target_value end) as adjusted_value,
    max(result_value) as achieved_value,
    max(case when target_basis = 'programmed' then canonical_pct end) as achievement_programmed_pct,
    max(case when target_basis = 'adjusted' then canonical_pct end) as achievement_adjusted_pct
from marts.mart_indicator_status
where is_latest and result_kind = 'indicator' and target_basis in ('programmed', 'adjusted')
group by institution_code, program_code, indicator_name, indicator_key, period_key
having count(distinct target_basis) = 2
order by institution_code, program_code, indicator_name
