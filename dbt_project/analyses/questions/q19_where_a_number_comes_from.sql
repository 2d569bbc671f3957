-- ¿De dónde sale este número?
-- Where does this number come from?
--
-- Una fila: una celda impresa de la que se leyó un dato. Ejemplo: el devengado más grande impreso.
-- One row: a printed cell that a figure was read from. Example: the largest accrued amount printed.
--
-- Watch for: choose the figure by fact_table, column_name and fact_value (or fact_key).
select
    file_path,
    page_no,
    table_no,
    row_no,
    raw_column,
    text_raw,
    fact_value
from marts.mart_cell_lineage
where fact_table = 'fct_budget_execution' and column_name = 'accrued_amount' and fact_value = 3260879143.37
order by file_path
