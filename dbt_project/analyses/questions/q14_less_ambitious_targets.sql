-- ¿Qué metas piden menos que el último valor o la línea base?
-- Which targets ask for less than the last value or the baseline?
--
-- Una fila: una meta menos ambiciosa que aquello de lo que parte.
-- One row: a target less ambitious than what it starts from.
--
-- Watch for: where the document states no direction, more is taken to be better (is_direction_assumed).
select
    institution_code,
    indicator_name,
    value_year as target_year,
    value_numeric as target_value,
    latest_value,
    latest_value_year,
    latest_value_role,
    baseline_value,
    is_direction_assumed
from marts.mart_indicator_trajectory
where is_latest and (is_below_latest or is_below_baseline)
order by institution_code, indicator_name, value_year
