"""Reading `source.yml`: YAML without code, every key once, errors that name the file and the key."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from extractors.errors import SourceError
from extractors.spec.source import SourceSpec

SOURCES = Path(__file__).parents[1] / "sources"


class _OneOfEachKey(yaml.SafeLoader):
    """YAML without code, in which a key may stand once: of two equal columns the first would vanish in silence."""


def _mapping(loader: _OneOfEachKey, node: yaml.MappingNode) -> dict[Any, Any]:
    printed = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    doubled = next((key for key in printed if printed.count(key) > 1), None)
    if doubled is not None:
        raise yaml.constructor.ConstructorError(None, None, f"the key {doubled!r} stands twice", node.start_mark)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


_OneOfEachKey.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_source(folder: Path) -> SourceSpec:
    """Read and check `<folder>/source.yml`.

    Raises SourceError naming the file and the key when it is missing, not YAML, or breaks the language.
    """
    file = folder / "source.yml"
    place = f"{folder.name}/source.yml"
    try:
        text = file.read_text("utf-8")
        content = yaml.load(text, _OneOfEachKey)
    except FileNotFoundError as error:
        raise SourceError(f"{place} is missing; every folder under sources/ declares one source.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceError(f"{place} is not YAML: {' '.join(str(error).split())}") from error
    if content is None:
        raise SourceError(
            f"{place} is empty; take the folder away, then `contraste probe FILE --draft {folder.name}` drafts it."
        )
    if not isinstance(content, dict):
        raise SourceError(f"{place} must be a mapping of keys, not {type(content).__name__}.")
    if content.get("source_id") != folder.name:
        raise SourceError(f"{place}: source_id is {content.get('source_id')!r}, but the folder is {folder.name!r}.")
    try:
        return SourceSpec.model_validate({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, item['loc'])) or '(whole file)'}: {item['msg']}" for item in error.errors()]
        raise SourceError(f"{place} is not valid: " + "; ".join(lines)) from error


def load_sources(folder: Path | None = None) -> dict[str, SourceSpec]:
    """All sources by id, in alphabetical order. Raises SourceError on the first that is not valid."""
    root = folder or SOURCES
    return {
        path.name: load_source(path) for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] not in "._"
    }
