-- ¿De qué se compone la cartera de indicadores: nivel, tipo, dimensión, frecuencia?
-- What is the portfolio of indicators made of: level, type, dimension, frequency?
--
-- Una fila: una clase de una clasificación, en una institución.
-- One row: a class of a classification, in an institution.
--
-- Watch for: printed_counts are the counts a document prints, listed_indicators those of the indicators it lists;
-- the two are never added. not_stated is a class of its own.
select
    institution_code,
    count_basis,
    classification_code,
    class_code,
    indicator_count,
    share_pct
from marts.mart_indicator_portfolio
where is_latest
order by institution_code, count_basis, classification_code, class_code
