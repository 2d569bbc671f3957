"""The picture of the house in docs/engineering.md, drawn from the imports: python -m tests.architecture.picture."""

import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "engineering.md"
BEGIN, END = "<!-- architecture: begin (make docs) -->", "<!-- architecture: end -->"
# the libraries that a room is about; the others are means
LIBRARIES = {"duckdb": "DuckDB", "dbt": "dbt", "dagster": "Dagster", "great_expectations": "Great Expectations"}
LIBRARIES |= {"pdfplumber": "pdfplumber", "openpyxl": "openpyxl", "psycopg": "PostgreSQL driver", "altair": "Altair"}


def picture() -> str:
    """A Mermaid flow chart: a box per package with modules of its own, an arrow per direction of imports."""
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
    graph = grimp.build_graph(*rooms, include_external_packages=True)
    arrows = set()
    for module in sorted(graph.modules):
        if module.split(".")[0] in rooms:
            for imported in graph.find_modules_directly_imported_by(module):
                ends = _box(module, graph, rooms), _box(imported, graph, rooms)
                if all(ends) and ends[0] != ends[1]:
                    arrows.add(ends)
    boxes = {box for arrow in arrows for box in arrow}
    lines = ["```mermaid", "flowchart LR"]
    for room in rooms:
        lines.append(f"    subgraph {room}_room[{room}/]")
        lines += [f"        {_id(box)}[{_label(box)}]" for box in sorted(boxes) if box.split(".")[0] == room]
        lines.append("    end")
    lines += [f"    {_id(box)}([{LIBRARIES[box]}])" for box in sorted(boxes) if box in LIBRARIES]
    lines += [f"    {_id(begin)} --> {_id(end)}" for begin, end in sorted(arrows)]
    return "\n".join([*lines, "```"])


def _box(module: str, graph: grimp.ImportGraph, rooms: list[str]) -> str | None:
    """The package of a room that a module belongs to, or the library; None for what is not drawn."""
    first, *rest = module.split(".")
    if first not in rooms:
        return first if first in LIBRARIES else None
    # the sources are data with a few lines of code
    if not rest or rest[0] == "sources" or not graph.find_children(f"{first}.{rest[0]}"):
        return first
    return f"{first}.{rest[0]}"


def _id(box: str) -> str:
    return box.replace(".", "_") + "_"


def _label(box: str) -> str:
    return box.split(".")[-1] if "." in box else f"{box} itself"


def filled(text: str) -> str:
    """The page with today's picture between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{picture()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
