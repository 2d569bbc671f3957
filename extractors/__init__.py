"""Documents in, raw Parquet out: readers turn a file into text cells, layouts say what the cells mean.

Knows nothing of SQL, dbt, Great Expectations or Dagster, and infers no number: what lands is the printed text with
its place.
"""
