"""What a release holds beside its tables for those who take the data elsewhere, and the copy in PostgreSQL.

Spreadsheets (`spreadsheets`), the open data package (`datapackage`), what changed since the release before (`changes`)
are written into a release while it is made; `postgres` copies a finished one to a server.
"""
