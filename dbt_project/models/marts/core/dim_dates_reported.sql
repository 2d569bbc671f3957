{{ config(materialized='table') }}
select
    date_key as reported_date_key,
    date_day as reported_date,
    year_no as reported_year_no,
    semester_no as reported_semester_no,
    quarter_no as reported_quarter_no,
    month_no as reported_month_no,
    month_name as reported_month_name,
    year_month as reported_year_month,
    year_quarter as reported_year_quarter
from {{ ref('dim_dates') }}
