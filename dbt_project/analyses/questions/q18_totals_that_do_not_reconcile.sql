-- ¿Qué totales impresos no cuadran, por qué causa y por cuánto?
-- Which printed totals do not reconcile, for which cause and by how much?
--
-- Una fila: una comprobación de la última versión que no cuadra, esté explicada o no.
-- One row: a check of the latest version that does not tie, whether explained or not.
--
-- Watch for: figures are of different units and currencies; compare sizes within one measure.
select
    institution_code,
    rule_id,
    scope,
    measure,
    printed_value,
    recomputed_value,
    difference,
    status,
    cause_es,
    detected_cause,
    page_no
from marts.mart_reconciliation
where is_latest and status in ('discrepant', 'explained')
order by abs(difference) desc, institution_code asc, rule_id asc, scope asc, measure asc
