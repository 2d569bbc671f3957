-- ¿Qué se entregó sin haberse programado, y qué se programó y no se entregó?
-- What was delivered without being planned, and what was planned and not delivered?
--
-- Una fila: un producto, actividad o indicador con meta cero y resultado, o con meta y resultado cero.
-- One row: a product, activity or indicator with a target of zero and a result, or with a target and a result of zero.
--
-- Watch for: what was not reported is no zero and is not here. Both levels of a report are here (report_level);
-- they tell the same work twice.
select
    institution_code,
    report_level,
    program_code,
    indicator_name,
    target_value,
    result_value,
    case when target_value = 0 then 'unplanned' else 'undelivered' end as case_code
from marts.mart_indicator_status
where
    is_latest and result_kind = 'indicator' and target_basis = 'programmed' and threshold_scheme_code = 'house'
    and ((target_value = 0 and result_value > 0) or (target_value > 0 and result_value = 0))
order by institution_code, report_level, program_code, indicator_name
