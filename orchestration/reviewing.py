"""What a person reads about the cells of scans that wait for review."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.scanned.reviews import Review

_LISTED = 30


def show_queue(
    console: Console, cells: Sequence[Mapping[str, Any]], expired: Sequence[Review], written: Sequence[Path]
) -> None:
    """The cells that wait, the reviews that hold no longer, and where the queue lies."""
    if not cells:
        console.print(Text("No cell of a scan waits for review."))
    else:
        table = Table(box=box.SIMPLE)
        for column in ("document", "page", "row", "column", "read", "why"):
            table.add_column(column)
        for cell in cells[:_LISTED]:
            place = (cell["file_path"], str(cell["page_no"]), str(cell["row_no"]), cell["column_name"])
            table.add_row(*(Text(text) for text in (*place, (cell["text_read"] or "")[:40], cell["reason"][:60])))
        console.print(table)
        if len(cells) > _LISTED:
            console.print(Text(f"and {len(cells) - _LISTED} more"))
    for review in expired:
        console.print(
            Text(
                f"The review of {review.table_name}.{review.column_name} on page {review.page_no} "
                f"of {review.document_sha256[:12]} holds no longer: the document or what is read there is another.",
                style="yellow",
            )
        )
    if written:
        console.print(
            Text(
                f"{len(cells)} cells are in {written[0]}, each with a picture. Write accept, correct or reject into "
                f"its column decision, then contraste review --apply {written[0]}"
            )
        )


def show_taken_in(console: Console, reviews: Sequence[Review]) -> None:
    """How many decisions were taken in."""
    count = len(reviews)
    console.print(
        Text(
            f"{count} decision{'s' * (count != 1)} taken in; commit reviews.csv beside source.yml. "
            "contraste refresh reads the documents again with them."
        )
    )
