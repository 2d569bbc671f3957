"""Rules about the built warehouse: the catalogue, the suites that state them, and the runner that validates them.

Reads the built database only; knows nothing of documents, dbt or Dagster.
"""
