-- ¿Qué unidades no reportan, y desde cuándo?
-- Which units do not report, and for how long?
--
-- Una fila: una unidad con meses sin informe.
-- One row: a unit with months without a report.
--
-- Watch for: the form prints 0 % for them, which is no result. A streak is unbroken where months_without_report is
-- the number of months from the first to the last.
select
    institution_code,
    org_unit_name,
    count(*) as months_without_report,
    min(period_start_date) as first_month,
    max(period_start_date) as last_month
from marts.mart_unit_compliance
where is_latest and period_type = 'month' and report_status = 'not_reported'
group by institution_code, org_unit_name
order by institution_code, org_unit_name
