"""Generated forms Indicadores de Resultados: the programme lines of the real one repeated under other codes.

Money is varied by line; percentages and printed totals are recomputed from it. Goals that are counts or money are
multiplied by whole numbers, so that their percentages stay. Forty printed rows make a page.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from extractors.spec import load_sources
from tests.benchmark.figures import hundredths, percent, printed
from tests.benchmark.plan import FORMS, Filing

TABLE = "indicator_results"
ROWS_PER_PAGE = 40
HEADER_ROWS = 3
TOTAL_ROWS = 3
_AMOUNTS = ("approved_amount", "adjusted_amount", "accrued_amount")
_GOALS = ("goal_programmed", "goal_adjusted", "goal_achieved")
_SHARES = {"execution_approved_pct": "approved_amount", "execution_adjusted_pct": "adjusted_amount"}


def pages(filing: Filing) -> int:
    """Pages of a form."""
    return -(-(filing.size + TOTAL_ROWS) // ROWS_PER_PAGE)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Take programme lines, grid and header off the raw tables of the real form, in the schema named for its source."""
    amounts = ", ".join(f"{hundredths(name)} as {name}_h" for name in _AMOUNTS)
    goals = ", ".join(f"case when not contains({name}, '%') then {hundredths(name)} end as {name}_h" for name in _GOALS)
    cells = f"{FORMS}.{TABLE}_cells"
    connection.execute(
        f"""
        create table form_lines as select *, row_seq as line_no, {amounts}, {goals} from {FORMS}.{TABLE};
        create table form_grid as select * from {cells} where row_kind = 'data' and row_seq = 1;
        create table form_headers as select * from {cells} where row_kind = 'header' and page_no = 1;
        create table form_totals_printed as select * from {FORMS}.{TABLE}_totals;
        create table form_total_cells as select * from {cells} where row_kind = 'total' and row_seq = 1;
        """
    )


def tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, pa.Table]]:
    """The raw tables of the documents in `filed`, by folder; the rows of a document stand together, in its order."""
    for statement in (_VARIED, _LEAVES, _TOTALS):
        connection.execute(statement)
    for folder, query in (
        (TABLE, "select * from form_leaves order by number, row_seq"),
        (f"{TABLE}_totals", "select * from form_totals order by number, row_seq"),
        (f"{TABLE}_cells", _cells()),
    ):
        yield folder, connection.execute(query).to_arrow_table()


def _place(at: str) -> str:
    """Where the printed row `at` of a form stands, counted from 0."""
    return f"""
        {at} // {ROWS_PER_PAGE} + 1 as segment_no,
        {at} // {ROWS_PER_PAGE} + 1 as page_no,
        1 as table_no,
        {at} % {ROWS_PER_PAGE} + {HEADER_ROWS + 1} as row_no
    """


# every line with its money in hundredths and the factor of its goals; the first subtotal stands after `first_block`
_VARIED = f"""
create or replace temp table form_varied as
select
    filed.* exclude (size),
    size,
    greatest(1, size * 11 // 15) as first_block,
    cast(i as integer) as row_seq,
    i - 1 + case when i > greatest(1, size * 11 // 15) then 1 else 0 end as row_at,
    (i - 1) % (select count(*) from form_lines) + 1 as line_no,
    1 + (number * 31 + i * 17) % 9 as factor,
    {", ".join(f"{name}_h * (50 + (number * 7919 + i * 104729) % 101) // 100 as {name}_h" for name in _AMOUNTS)}
from filed
cross join lateral unnest(range(1, size + 1)) as numbers (i)
inner join form_lines on form_lines.line_no = (i - 1) % (select count(*) from form_lines) + 1
"""


def _goal(name: str) -> str:
    return f"""
        case
            when lines.{name}_h is null then lines.{name}
            when contains(lines.{name}, '.') then {printed(f"(lines.{name}_h * factor)")}
            else cast(lines.{name}_h * factor as varchar)
        end as {name}
    """


def _shares(relation: str) -> str:
    return ", ".join(
        f"{percent(f'{relation}.accrued_amount_h', f'{relation}.{whole}_h')} as {name}"
        for name, whole in _SHARES.items()
    )


_LEAVES = f"""
create or replace temp table form_leaves as
select
    lines.* exclude (
        line_no, segment_no, page_no, table_no, row_no, {", ".join(f"{name}_h" for name in (*_AMOUNTS, *_GOALS))}
    )
    replace (
        varied.document_sha256 as document_sha256,
        varied.row_seq as row_seq,
        left(lines.program_code, 1) || cast(1000 + varied.row_seq as varchar) as program_code,
        varied.institution_code as unit_code,
        {", ".join(_goal(name) for name in _GOALS)},
        {", ".join(f"{printed(f'varied.{name}_h')} as {name}" for name in _AMOUNTS)},
        {_shares("varied")}
    ),
    varied.number,
    varied.row_at,
    {_place("varied.row_at")}
from form_varied as varied
inner join form_lines as lines on varied.line_no = lines.line_no
"""

_TOTALS = f"""
create or replace temp table form_totals as
with scopes as (
    select
        number,
        any_value(varied.document_sha256) as sha256,
        any_value(size) as size,
        any_value(first_block) as first_block,
        total.row_seq as total_seq,
        {", ".join(f"cast(sum(varied.{name}_h) as bigint) as {name}_h" for name in _AMOUNTS)}
    from form_varied as varied
    inner join form_totals_printed as total
        on
            total.total_kind = 'total'
            or (total.total_no = 1) = (varied.row_seq <= varied.first_block)
    group by number, total.row_seq
)

select
    forms.* exclude (segment_no, page_no, table_no, row_no)
    replace (
        scopes.sha256 as document_sha256,
        case when forms.row_seq = 2 then first_block + 1 else 1 end as first_row_seq,
        case when forms.row_seq = 1 then first_block else size end as last_row_seq,
        {", ".join(f"{printed(f'scopes.{name}_h')} as {name}" for name in _AMOUNTS)},
        {_shares("scopes")}
    ),
    scopes.number,
    case when forms.row_seq = 1 then first_block else size + forms.row_seq - 1 end as row_at,
    {_place("(case when forms.row_seq = 1 then first_block else size + forms.row_seq - 1 end)")}
from scopes
inner join form_totals_printed as forms on scopes.total_seq = forms.row_seq
"""


# the first data row of a page begins here, in points from the top, and each is so high
_TOP, _HEIGHT = 126.3, 11.0


def _cells() -> str:
    """Every printed cell: of the rows, of the totals with their label, and of the header of each page."""
    columns = list(load_sources()[FORMS].tables[TABLE].columns)
    place = "number, document_sha256, row_seq, row_at, segment_no, page_no, row_no"
    return f"""
with texts as (
    select 'data' as row_kind, * from (
        unpivot (select {place}, {", ".join(columns)} from form_leaves)
        on {", ".join(columns)} into name column_name value text_raw
    )
    union all by name
    select 'total' as row_kind, * from (
        unpivot (select {place}, label_raw, {", ".join(columns)} from form_totals)
        on label_raw, {", ".join(columns)} into name column_name value text_raw
    )
),

grid as (
    select *, column_name as text_name from form_grid
    union all by name
    select *, coalesce(column_name, 'label_raw') as text_name from form_total_cells
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
        form_headers.*
        replace (
            filed.document_sha256 as document_sha256,
            page as segment_no,
            page as page_no
        ),
        filed.number
    from filed
    cross join lateral unnest(range(1, (size + {TOTAL_ROWS} - 1) // {ROWS_PER_PAGE} + 2)) as pages (page)
    cross join form_headers
)

select * from (select * from heads union all by name select * from bodies)
order by number, segment_no, row_no, col_no
"""
