-- ¿Qué metas se cambiaron durante el año, cuánto, y volvió eso cumplido lo que no lo estaba?
-- Which targets were changed during the year, by how much, and did that turn what was not met into met?
--
-- Una fila: un indicador cuya meta modificada difiere de la programada.
-- One row: an indicator whose adjusted target differs from the programmed one.
--
-- Watch for: judged by the house scheme, which is the same for all countries. A raised target never turns red into
-- green; it may hide a target that was set far too low (see the achievement of the original one).
select
    institution_code,
    program_code,
    indicator_name,
    max(case when target_basis = 'programmed' then target_value end) as programmed_value,
    max(case when target_basis = 'adjusted' then target_value end) as adjusted_value,
    max(case when target_basis = 'adjusted' then target_value end)
    - max(case when target_basis = 'programmed' then target_value end) as change_value,
    max(case when target_basis = 'programmed' then status end) as status_programmed,
    max(case when target_basis = 'adjusted' then status end) as status_adjusted,
    max(case when target_basis = 'programmed' and not is_met then 1 else 0 end) = 1
    and max(case when target_basis = 'adjusted' and is_met then 1 else 0 end) = 1 as is_turned_to_met
from marts.mart_indicator_status
where
    is_latest and result_kind = 'indicator' and target_basis in ('programmed', 'adjusted')
    and threshold_scheme_code = 'house'
group by institution_code, program_code, indicator_name, indicator_key, period_key
having
    max(case when target_basis = 'programmed' then target_value end)
    <> max(case when target_basis = 'adjusted' then target_value end)
order by institution_code, program_code, indicator_name
