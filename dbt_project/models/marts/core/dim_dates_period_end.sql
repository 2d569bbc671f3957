{{ config(materialized='table') }}
select
    date_key as period_end_date_key,
    date_day as period_end_date,
    year_no as period_end_year_no,
    semester_no as period_end_semester_no,
    quarter_no as period_end_quarter_no,
    month_no as period_end_month_no,
    month_name as period_end_month_name,
    year_month as period_end_year_month,
    year_quarter as period_end_year_quarter
from {{ ref('dim_dates') }}
