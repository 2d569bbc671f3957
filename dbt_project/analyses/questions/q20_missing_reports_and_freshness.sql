-- ¿Qué informe se espera y falta o llegó tarde, y qué tan al día está cada fuente?
-- Which report is expected and missing or late, and how fresh is each source?
--
-- Una fila: un informe esperado que falta o llegó tarde, con el último periodo que se conoce de la fuente.
-- One row: an expected report that is missing or came late, with the last period known of the source.
--
-- Watch for: only ranges of dates that the seed report_expectations declares are expected. Nothing is late where
-- no rule says when a report is due.
select
    source_id,
    institution_code,
    report_title,
    period_start_date,
    period_end_date,
    due_date,
    status,
    source_last_period_end_date
from marts.mart_coverage
where is_expected and status in ('missing', 'late')
order by source_id, institution_code, period_end_date
