"""Restatements: figures that a later document, or a mended reading, says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import Figure, missing, number, percent, with_decimals_of
from portal.marts import Row
from portal.material import Material, period
from portal.words import Text, scope, word
from portal.writing import Page, numbered, paged, runs

_ROWS = 55
MOST_ROWS = 4_500
TITLE: Text = ("Reexpresiones", "Restatements")
_COLUMNS = (
    "restatement_key",
    "cause",
    "old_raw",
    "new_raw",
    "difference",
    "from_document_sha256",
    "to_document_sha256",
    "measure",
)


def pages(material: Material) -> Iterator[Page]:
    """Old beside new, each with its cell."""
    if not material.marts.has("mart_restatements", *_COLUMNS):
        return
    rows = material.marts.rows(
        "select * from marts.mart_restatements where is_latest order by restated_on desc, institution_name, "
        f"to_file_path, page_no, table_no, row_no, restatement_key limit {MOST_ROWS}"
    )
    lists = paged(rows, _ROWS)
    paths = [numbered("reexpresiones.html", at) for at in range(1, len(lists) + 1)]
    for at, shown in enumerate(lists, 1):
        changes = [_change(material, row, paths[at - 1]) for row in shown]
        content = {
            "groups": runs(changes, lambda each: (each["row"]["institution_key"], each["period"])),
            "compared": [change for change in changes if change["difference"].kind != "missing"],
            "paths": paths,
            "number": at,
            "count": len(rows),
        }
        yield Page(paths[at - 1], "restatements.html", TITLE, "restatements", content)


def _change(material: Material, row: Row, path: str) -> dict[str, Any]:
    derived = f"d-{row['restatement_key'][:16]}"
    place = (row["page_no"], row["table_no"], row["row_no"], row["measure"])
    new = material.origins.at(row["to_document_sha256"], *place)
    old = material.origins.at(row["from_document_sha256"], *place)
    return {
        "row": row,
        "period": period(row),
        "measure": word("column", row["measure"]),
        "scope": scope(row["scope"]),
        "cause": word("restated", row["cause"]),
        "old": _printed(row["old_raw"], row["old_value"], old),
        "new": _printed(row["new_raw"], row["new_value"], new),
        "difference": with_decimals_of(
            number(row["difference"], f"{path}#{derived}", "computed"), row["new_raw"] or ""
        ),
        "pct": percent(row["difference_pct"], f"{path}#{derived}"),
        "derived": derived,
        "institution_href": material.institution(row["institution_key"]),
    }


def _printed(raw: str | None, value: Any, href: str | None) -> Figure:
    if not raw:
        return missing(word("no_value", "blank"), href)
    return Figure(" ".join(raw.split()), number(value).exact or raw, href, "printed")
