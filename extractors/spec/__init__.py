"""The language of `source.yml`: what one family of documents looks like, as data.

A source says who publishes it, how its numbers and periods are printed, which text stands around its tables,
which header labels name which column, which rows are totals and which may be left out, and why. Errors name
the file and the key. `extractors/README.md` explains every key with examples.
"""

from extractors.spec.language import LINEAGE, Header, Ignored, Name, Pattern, RowBounds, fully_matches
from extractors.spec.loading import SOURCES, load_source, load_sources
from extractors.spec.metadata import Capture, InColumn, Metadata, Period, PeriodColumns, TableMetadata
from extractors.spec.sheets import SheetField, SheetSpec, SheetTable
from extractors.spec.source import SOURCE_ID, STATEMENTS, Numbers, Publisher, Repair, SourceSpec, Statement
from extractors.spec.tables import Column, Fill, Records, Series, TableSpec, TotalRow
from extractors.spec.unruled import Outline, Unruled

__all__ = [
    "LINEAGE",
    "SOURCES",
    "SOURCE_ID",
    "STATEMENTS",
    "Capture",
    "Column",
    "Fill",
    "Header",
    "Ignored",
    "InColumn",
    "Metadata",
    "Name",
    "Numbers",
    "Outline",
    "Pattern",
    "Period",
    "PeriodColumns",
    "Publisher",
    "Records",
    "Repair",
    "RowBounds",
    "Series",
    "SheetField",
    "SheetSpec",
    "SheetTable",
    "SourceSpec",
    "Statement",
    "TableMetadata",
    "TableSpec",
    "TotalRow",
    "Unruled",
    "fully_matches",
    "load_source",
    "load_sources",
]
