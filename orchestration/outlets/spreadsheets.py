"""The published marts as CSV, for those who open them in a spreadsheet.

Each file begins with a byte order mark: without it Excel takes UTF-8 for the code page of the machine, and every
accent turns into two wrong letters. Text that a spreadsheet would take for a formula gets an apostrophe in front: what
documents print must not be computed by whoever opens it.
"""

import duckdb

from orchestration.copying import DATABASE
from orchestration.quoting import named, quoted
from orchestration.release import Draft

CSV = "csv"
# Excel holds 1,048,576 rows and is of no use long before; what is larger is read from Parquet.
MOST_ROWS = 200_000
_BYTE_ORDER_MARK = "\ufeff"
_PUBLISHED = "marts"
# how text begins that a spreadsheet computes; a lone sign and a number with its sign are what they look like
_FORMULA = r"'^([=@\t\r].|[+-][^0-9.,]|[+-][0-9.,]+[^0-9.,%])'"


def write_spreadsheets(draft: Draft) -> None:
    """Write `csv/<table>.csv` for every mart that a spreadsheet can hold.

    Comma separated, decimal point, ISO dates, empty where there is no value.
    """
    (draft.folder / CSV).mkdir()
    with duckdb.connect(str(draft.folder / DATABASE), read_only=True) as connection:
        for name, table in draft.tables.items():
            if table["schema"] == _PUBLISHED and table["rows"] <= MOST_ROWS:
                columns = ", ".join(
                    _column(column, data_type, is_first=place == 0)
                    for place, (column, data_type) in enumerate(table["columns"].items())
                )
                connection.execute(
                    f"copy (select {columns} from {_PUBLISHED}.{named(name)}) "
                    f"to {quoted(draft.folder / path_of(name))} "
                    "(format csv, header, timestampformat '%Y-%m-%dT%H:%M:%S')"
                )


def path_of(table: str) -> str:
    """Where the CSV of a table lies in a release."""
    return f"{CSV}/{table}.csv"


def _column(column: str, data_type: str, *, is_first: bool) -> str:
    name = named(column)
    value = rf"regexp_replace({name}, {_FORMULA}, '''\1')" if data_type == "VARCHAR" else name
    return f"{value} as {named(_BYTE_ORDER_MARK + column if is_first else column)}"
