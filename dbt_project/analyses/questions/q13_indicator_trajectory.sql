-- ¿De dónde viene cada indicador, a dónde va, y está encaminado?
-- Where does each indicator come from, where is it to go, and is it on track?
--
-- Una fila: un indicador de varios años: último valor, línea base, primera meta y meta final.
-- One row: an indicator of several years: last value, baseline, first target and final target.
--
-- Watch for: the mart has one row per value; take out DISTINCT and add value_role, value_year and value_numeric to
-- see the series. Nothing is said of targets that are not comparable with a value of one year
-- (has_comparable_targets).
select distinct
    institution_code,
    indicator_name,
    latest_value,
    latest_value_year,
    baseline_value,
    baseline_year,
    first_target_value,
    first_target_year,
    final_target_value,
    final_target_year,
    has_comparable_targets,
    is_on_track
from marts.mart_indicator_trajectory
where is_latest
order by institution_code, indicator_name
