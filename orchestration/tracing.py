"""What `contraste lineage` shows of a number."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from orchestration.lineage import Origin


def show_origin(console: Console, table: str, column: str, found: Origin, pictures: list[Path]) -> None:
    """The number, the cells it was read from or how it is worked out, and the pictures that were written."""
    value = "no value" if found.value is None else f"{found.value:,}"
    console.print(Text(f"{table}.{column} = {value}", style="bold"))
    console.print(Text(f"row {found.fact_key}", style="dim"))
    for cell in found.cells:
        table_no = f", table {cell['table_no']}" if cell["table_no"] is not None else ""
        place = f"sheet {cell['sheet_name']}" if cell["sheet_name"] else f"page {cell['page_no']}"
        row = f", row {cell['row_no']}" if cell["row_no"] is not None else ""
        col = f", column {cell['col_no']}" if cell["col_no"] is not None else ""
        console.print(Text(f"\n{cell['file_path']}, {place}{table_no}{row}{col} ({cell['raw_column']})"))
        console.print(Text(f"  prints {cell['text_raw']!r}", style="green"))
        if cell["native_value"]:
            console.print(Text(f"  the workbook stores {cell['native_value']} shown as {cell['number_format']!r}"))
        if cell["x0"] is not None:
            box = ", ".join(f"{cell[edge]:.1f}" for edge in ("x0", "top", "x1", "bottom"))
            console.print(Text(f"  box {box} in points from the upper left corner", style="dim"))
        if cell["flags"]:
            console.print(Text(f"  read with: {cell['flags']}", style="dim"))
    if found.derivation:
        console.print(Text(f"\nWorked out: {found.derivation}"))
    elif not found.cells:
        console.print(Text("\nNothing is printed there: the value is empty."))
    for picture in pictures:
        console.print(Text(f"\nPicture: {picture}"), soft_wrap=True)
