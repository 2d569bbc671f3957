"""dbt's own pages about the models, as one file of the release that opens without a server.

`dbt docs generate` would compile every model and ask the database about every column again: half a minute for what the
manifest of the build and the release know already. So their two parts are put together here, into the page that dbt
brings along.
"""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from orchestration.release import Draft, Outlet

MODEL_PAGES = "dbt/index.html"
# what stands in dbt's page in the places of its two parts
_MANIFEST, _CATALOG = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'


def model_pages(manifest: Path) -> Outlet:
    """The outlet that writes the pages from dbt's manifest; nothing where this dbt has no such page."""

    def write(draft: Draft) -> None:
        template = _template()
        if template is None or not manifest.is_file():
            return
        models = manifest.read_text("utf-8")
        catalog = json.dumps(_catalog(draft, json.loads(models)), ensure_ascii=False)
        page = template.replace(_MANIFEST, _in_script(models)).replace(_CATALOG, _in_script(catalog))
        path = draft.folder / MODEL_PAGES
        path.parent.mkdir()
        path.write_text(page, encoding="utf-8")

    return write


def _template() -> str | None:
    """dbt's page; found without importing dbt, which costs seconds."""
    package = find_spec("dbt")
    for folder in package.submodule_search_locations or () if package else ():
        page = Path(folder) / "task" / "docs" / "index.html"
        if page.is_file():
            text = page.read_text("utf-8")
            return text if _MANIFEST in text and _CATALOG in text else None
    return None


def _catalog(draft: Draft, manifest: dict[str, Any]) -> dict[str, Any]:
    """What the release holds of each model, in the form of dbt's catalogue."""
    nodes = {}
    for key, node in manifest["nodes"].items():
        table = draft.tables.get(node["name"])
        if node["resource_type"] == "model" and table and table["schema"] == node["schema"]:
            nodes[key] = {
                "unique_id": key,
                "metadata": {
                    "type": "BASE TABLE",
                    "database": node["database"],
                    "schema": node["schema"],
                    "name": node["name"],
                    "comment": node["description"],
                    "owner": None,
                },
                "columns": {
                    column: {"name": column, "type": data_type, "index": place, "comment": None}
                    for place, (column, data_type) in enumerate(table["columns"].items(), start=1)
                },
                "stats": {
                    "has_stats": {"id": "has_stats", "label": "Has Stats?", "value": True, "include": False},
                    "num_rows": {"id": "num_rows", "label": "# Rows", "value": table["rows"], "include": True},
                },
            }
    return {"metadata": {}, "nodes": nodes, "sources": {}, "errors": None}


def _in_script(text: str) -> str:
    """JSON that cannot end the script it stands in."""
    return text.replace("</", "<\\/")
