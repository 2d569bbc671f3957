-- Every family's printed subtotals and totals in one shape.
{% set members = [
    ('stg_mx_gto_cuenta_publica__indicator_results_totals', indicator_form_measures()),
    ('stg_hn_siafi_productos__products_totals', product_report_measures()),
    ('stg_hn_siafi_productos__activities_totals', product_report_measures()),
] %}
{% for staging, printed in members %}
select
    {{ total_place_columns() }},
    {{ carry_measures(printed) }}
from {{ ref(staging) }}
{{ 'union all' if not loop.last }}
{% endfor %}
