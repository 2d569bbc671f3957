{{ config(materialized='table') }}
select
    date_key as loaded_date_key,
    date_day as loaded_date,
    year_no as loaded_year_no,
    semester_no as loaded_semester_no,
    quarter_no as loaded_quarter_no,
    month_no as loaded_month_no,
    month_name as loaded_month_name,
    year_month as loaded_year_month,
    year_quarter as loaded_year_quarter
from {{ ref('dim_dates') }}
