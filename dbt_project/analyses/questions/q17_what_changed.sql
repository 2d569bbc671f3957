-- ¿Qué cambió frente al informe anterior del mismo periodo?
-- What changed since the previous report of the same period?
--
-- Una fila: una cifra o una denominación que la última versión dice de otro modo.
-- One row: a figure or a label that the latest version says otherwise.
--
-- Watch for: source_restated is the office's change. A mended reading of the same document is none (cause
-- extraction_fixed). In the repository's documents the earlier report is a made-up example.
select
    institution_code,
    table_name,
    scope,
    measure,
    old_raw,
    new_raw,
    difference,
    restated_on,
    from_file_path,
    to_file_path
from marts.mart_restatements
where is_latest and cause = 'source_restated' and comparison = 'reissue'
order by institution_code, table_name, scope, measure
