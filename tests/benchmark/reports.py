"""Generated SIAFI reports: the categories of the real one repeated as other programmes, at both levels of detail.

Money and quantities of a copy are multiplied by whole numbers. Where the real report leaves money of a programme out of
its detail, the upper level takes what the detail prints, so both levels of a generated report agree.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from extractors.spec import load_sources
from tests.benchmark.figures import hundredths, printed
from tests.benchmark.plan import REPORTS, Filing

TABLES = ("products", "activities")
ROWS_PER_PAGE = 40
HEADER_ROWS = 1
TOTAL_ROWS = 1
_MONEY = ("assigned_amount", "in_force_amount", "budget_difference")
_QUANTITIES = ("physical_programmed", "physical_evaluated", "physical_difference")
# product numbers of the real report are below this, so that those of its copies do not meet
_NUMBERS = 200
_TOP, _HEIGHT = 123.6, 11.0


def pages(filing: Filing, rows_of_copy: int) -> int:
    """Pages of one table of a report, whose categories once have so many rows."""
    return -(-(filing.size * rows_of_copy + TOTAL_ROWS) // ROWS_PER_PAGE)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Take rows, grid, header and total off the raw tables of the real report, in the schema named for its source."""
    figures = ", ".join(f"{hundredths(name)} as {name}_h" for name in (*_MONEY, *_QUANTITIES))
    for table in TABLES:
        cells = f"{REPORTS}.{table}_cells"
        connection.execute(
            f"""
            create table {table}_rows as
            select *, row_seq as line_no, left(category_code, 5) as programme, {figures} from {REPORTS}.{table};
            create table {table}_grid as select * from {cells} where row_kind = 'data' and row_seq = 1;
            create table {table}_headers as
            select * from {cells} where row_kind = 'header' and segment_no = 1;
            create table {table}_total as select * from {REPORTS}.{table}_totals;
            create table {table}_total_cells as select * from {cells} where row_kind = 'total';
            """
        )
    connection.execute(_AGREEING)


def rows_of_copy(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows that the categories have once, at one level."""
    return connection.execute(f"select count(*) from {table}_rows").fetchall()[0][0]


def tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    """The raw tables of the documents in `filed`, by folder; the rows of a document stand together, in its order."""
    first_page = "0"
    for table in TABLES:
        connection.execute(_leaves(table, first_page))
        connection.execute(_total(table, first_page))
        for folder, query in (
            (table, "select * from report_leaves order by number, row_seq"),
            (f"{table}_totals", "select * from report_totals order by number"),
            (f"{table}_cells", _cells(table, first_page)),
        ):
            yield folder, connection.execute(query).to_arrow_table()
        first_page = f"((size * (select count(*) from {table}_rows)) // {ROWS_PER_PAGE} + 1)"


# the row that carries the money of a programme at the upper level takes what its detail carries
_AGREEING = f"""
update products_rows set
    {", ".join(f"{name}_h = products_rows.{name}_h + missing.{name}_h" for name in _MONEY)}
from (
    select
        upper_level.first_row,
        {", ".join(f"detail.{name}_h - upper_level.{name}_h as {name}_h" for name in _MONEY)}
    from (
        select programme, arg_max(row_seq, assigned_amount_h) as first_row,
            {", ".join(f"sum({name}_h) as {name}_h" for name in _MONEY)}
        from products_rows group by programme
    ) as upper_level
    inner join (
        select programme, {", ".join(f"sum({name}_h) as {name}_h" for name in _MONEY)}
        from activities_rows group by programme
    ) as detail on upper_level.programme = detail.programme
) as missing
where products_rows.row_seq = missing.first_row
"""


def _place(at: str, first_page: str) -> str:
    """Where the printed row `at` of a table stands, counted from 0; the table begins after `first_page` pages."""
    return f"""
        {at} // {ROWS_PER_PAGE} + 1 as segment_no,
        {first_page} + {at} // {ROWS_PER_PAGE} + 1 as page_no,
        {at} % {ROWS_PER_PAGE} + {HEADER_ROWS + 1} as row_no
    """


def _leaves(table: str, first_page: str) -> str:
    money_factor = "(1 + (number * 31 + copy * 17) % 9)"
    quantity_factor = "(1 + (number * 13 + copy * 7) % 9)"
    figures = [
        f"{printed(f'(lines.{name}_h * {factor})')} as {name}"
        for names, factor in ((_MONEY, money_factor), (_QUANTITIES, quantity_factor))
        for name in names
    ]
    at = "(copy * (select count(*) from " + table + "_rows) + lines.line_no - 1)"
    given = ", ".join(f"{name}_h" for name in (*_MONEY, *_QUANTITIES))
    return f"""
create or replace temp table report_leaves as
select
    lines.* exclude (line_no, programme, {given}, segment_no, page_no, row_no)
    replace (
        filed.document_sha256 as document_sha256,
        {at} + 1 as row_seq,
        lpad(cast(cast(left(lines.category_code, 2) as integer) + copy as varchar), 2, '0')
        || substr(lines.category_code, 3) as category_code,
        cast(cast(split_part(lines.product_name, '-', 1) as integer) + {_NUMBERS} * copy as varchar)
        || substr(lines.product_name, strpos(lines.product_name, '-')) as product_name,
        {", ".join(figures)}
    ),
    {", ".join(f"lines.{name}_h * {money_factor} as {name}_h" for name in _MONEY)},
    filed.number,
    filed.size,
    {at} as row_at,
    {_place(at, first_page)}
from filed
cross join lateral unnest(range(0, size)) as copies (copy)
cross join {table}_rows as lines
"""


def _total(table: str, first_page: str) -> str:
    at = "sums.row_count"
    return f"""
create or replace temp table report_totals as
select
    total.* exclude (segment_no, page_no, row_no)
    replace (
        sums.document_sha256 as document_sha256,
        sums.row_count as last_row_seq,
        {", ".join(f"{printed(f'sums.{name}_h')} as {name}" for name in _MONEY)}
    ),
    sums.number,
    {at} as row_at,
    {_place(at, first_page)}
from (
    select
        number,
        any_value(size) as size,
        any_value(document_sha256) as document_sha256,
        count(*) as row_count,
        {", ".join(f"cast(sum({name}_h) as bigint) as {name}_h" for name in _MONEY)}
    from report_leaves
    group by number
) as sums
cross join {table}_total as total
"""


def _cells(table: str, first_page: str) -> str:
    """Every printed cell: of the rows, of the total with its label, and of the header of each page."""
    columns = list(load_sources()[REPORTS].tables[table].columns)
    place = "number, document_sha256, row_seq, row_at, segment_no, page_no, row_no"
    return f"""
with texts as (
    select 'data' as row_kind, * from (
        unpivot (select {place}, {", ".join(columns)} from report_leaves)
        on {", ".join(columns)} into name column_name value text_raw
    )
    union all by name
    select 'total' as row_kind, * from (
        unpivot (select {place}, label_raw, {", ".join(columns)} from report_totals)
        on label_raw, {", ".join(columns)} into name column_name value text_raw
    )
),

grid as (
    select *, column_name as text_name from {table}_grid
    union all by name
    select *, coalesce(column_name, 'label_raw') as text_name from {table}_total_cells
),

bodies as (
    select
        grid.* exclude (text_name)
        replace (
            texts.document_sha256 as document_sha256,
            texts.segment_no as segment_no,
            texts.page_no as page_no,
            texts.row_no as row_no,
            texts.row_seq as row_seq,
            texts.text_raw as text_raw,
            {_TOP} + {_HEIGHT} * (texts.row_at % {ROWS_PER_PAGE}) as top,
            {_TOP} + {_HEIGHT} * (texts.row_at % {ROWS_PER_PAGE} + 1) as bottom
        ),
        texts.number
    from texts
    inner join grid on texts.row_kind = grid.row_kind and texts.column_name = grid.text_name
),

heads as (
    select
        headers.*
        replace (
            filed.document_sha256 as document_sha256,
            page as segment_no,
            {first_page} + page as page_no
        ),
        filed.number
    from filed
    cross join lateral unnest(
        range(1, (size * (select count(*) from {table}_rows)) // {ROWS_PER_PAGE} + 2)
    ) as pages (page)
    cross join {table}_headers as headers
)

select * from (select * from heads union all by name select * from bodies)
order by number, segment_no, row_no, col_no
"""
