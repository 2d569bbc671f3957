-- ¿Cuánto se gasta por función de gobierno (CFG) en cada país, en una moneda, en términos reales y por habitante?
-- How much is spent by function of government (COFOG) in each country, in one currency, real and per inhabitant?
--
-- Una fila: una institución, una función y un momento presupuestario que el documento imprime.
-- One row: an institution, a function and a phase of the budget that the document prints.
--
-- Watch for: compare one phase at a time. Inhabitants are those of the whole country, also for an institution of
-- one state. The report of Honduras is of January, carries the budget of the year, prints no function and no
-- accrued money. conversion_status says what is lacking where an amount is null.
select
    country_code,
    institution_code,
    fiscal_year,
    cofog_code,
    phase_code,
    currency_code,
    printed_amount,
    comparison_currency_code,
    converted_amount,
    price_year,
    real_converted_amount,
    real_converted_per_inhabitant,
    conversion_status
from marts.mart_function_spending
where is_latest and conversion_status <> 'not_printed'
order by country_code, institution_code, cofog_code, phase_code
