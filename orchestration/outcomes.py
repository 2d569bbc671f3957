"""What each step of a refresh came to, kept as small JSON files beside the working database.

The steps may run in one process or in several (Dagster's), so they leave each other notes rather than
objects. The publishing step reads them as its gate, the report and `contraste status` as what there is to
tell.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self

from orchestration.paths import Paths


@dataclass(frozen=True)
class Record:
    """A JSON file in the build folder, named by its class."""

    @classmethod
    def path(cls, paths: Paths) -> Path:
        """Where it is kept."""
        return paths.build / f"{cls.__name__.lower()}.json"

    def save(self, paths: Paths) -> None:
        """Write it whole or not at all."""
        path = self.path(paths)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_name(f".{path.name}")
        written.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
        os.replace(written, path)

    @classmethod
    def load(cls, paths: Paths) -> Self | None:
        """The one last written, None when there is none or it is of another make."""
        try:
            return cls._from_json(json.loads(cls.path(paths).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    @classmethod
    def discard(cls, paths: Paths) -> None:
        """Forget it."""
        cls.path(paths).unlink(missing_ok=True)

    @classmethod
    def _from_json(cls, content: dict[str, Any]) -> Self:
        return cls(**content)


@dataclass(frozen=True)
class Document:
    """What became of one document of the inbox. `reason` is one sentence, given when it was quarantined."""

    file_path: str
    document_sha256: str | None
    source_id: str | None
    action: Literal["loaded", "skipped", "quarantined"]
    reason: str | None
    rows: int


@dataclass(frozen=True)
class Extraction(Record):
    """What one run read from the inbox, of these sources (None: of all, and what no source knows)."""

    run_id: str
    sources: Sequence[str] | None = None
    documents: Sequence[Document] = ()

    def covers(self, run_id: str, sources: Sequence[str] | None) -> bool:
        """It is of this run and these sources were read in it."""
        if self.run_id != run_id or self.sources is None:
            return self.run_id == run_id
        return sources is not None and set(sources) <= set(self.sources)

    def of(self, action: str) -> list[Document]:
        """The documents with this action."""
        return [document for document in self.documents if document.action == action]

    def after(self, earlier: Self) -> Self:
        """What both came to: this one found in place what the earlier one loaded."""
        loaded = {document.file_path: document for document in earlier.of("loaded")}
        documents = [
            loaded.get(document.file_path, document) if document.action == "skipped" else document
            for document in self.documents
        ]
        return replace(self, documents=documents)

    @classmethod
    def _from_json(cls, content: dict[str, Any]) -> Self:
        content["documents"] = [Document(**document) for document in content["documents"]]
        return cls(**content)


@dataclass(frozen=True)
class Attempt(Record):
    """The last refresh that had something to do, whoever started it.

    Moments are ISO, UTC; `ended_at` is None while it works, and stays None when it is killed. `outcome` is that of a
    refresh (published, same, not_published), `version` what was served afterwards. `quarantined` are documents and
    reasons, `newly_quarantined` those that the refresh before did not have there.
    """

    started_at: str
    ended_at: str | None = None
    outcome: str | None = None
    version: str | None = None
    loaded: int = 0
    skipped: int = 0
    quarantined: Sequence[tuple[str, str]] = ()
    newly_quarantined: Sequence[tuple[str, str]] = ()
    problems: Sequence[str] = ()

    @classmethod
    def _from_json(cls, content: dict[str, Any]) -> Self:
        for key in ("quarantined", "newly_quarantined"):
            content[key] = [(name, reason) for name, reason in content[key]]
        return cls(**content)


@dataclass(frozen=True)
class Node:
    """One dbt node: `status` is dbt's word (success, pass, warn, fail, error, skipped)."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    failures: int | None
    message: str | None
    seconds: float

    @property
    def failed(self) -> bool:
        """It stops the refresh."""
        return self.status in ("error", "fail", "runtime error")


@dataclass(frozen=True)
class Transformation(Record):
    """One dbt build.

    `complete` says that it brought the whole database up to the raw tables; `fingerprint` is of what it read.
    `built_documents` of `documents` had their rows built, all of them where the database was made anew.
    """

    invocation_id: str
    complete: bool
    fingerprint: str
    nodes: Sequence[Node] = ()
    built_documents: int | None = None
    documents: int | None = None

    @property
    def failed(self) -> list[Node]:
        """Nodes that stop the refresh."""
        return [node for node in self.nodes if node.failed]

    @property
    def succeeded(self) -> bool:
        """Every node did what it should; warnings do not count."""
        return not self.failed

    def counts(self) -> dict[str, int]:
        """Nodes by status."""
        counts: dict[str, int] = {}
        for node in self.nodes:
            counts[node.status] = counts.get(node.status, 0) + 1
        return dict(sorted(counts.items()))

    @classmethod
    def _from_json(cls, content: dict[str, Any]) -> Self:
        content["nodes"] = [Node(**node) for node in content["nodes"]]
        return cls(**content)


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue against the built database."""

    rule_id: str
    severity: str
    subject: str
    passed: bool
    failing_count: int
    sentence_en: str
    sentence_es: str
    failing_rows: Sequence[Mapping[str, Any]] = ()

    @property
    def blocks(self) -> bool:
        """It stops publishing."""
        return not self.passed and self.severity == "error"


@dataclass(frozen=True)
class Gate(Record):
    """Whether the database with this checksum may be published, and why."""

    database_sha256: str
    fingerprint: str
    transformation_complete: bool
    transformation_succeeded: bool
    transformation_counts: Mapping[str, int] = field(default_factory=dict)
    invocation_id: str = ""
    rules: Sequence[Rule] = ()

    @property
    def failing(self) -> list[Rule]:
        """Rules that stop publishing."""
        return [rule for rule in self.rules if rule.blocks]

    @property
    def passed(self) -> bool:
        """Nothing stands against publishing."""
        return self.transformation_complete and self.transformation_succeeded and not self.failing

    def summary(self) -> dict[str, Any]:
        """What the manifest of a release keeps of it."""
        return {
            "passed": self.passed,
            "dbt": {"invocation_id": self.invocation_id, "nodes": dict(self.transformation_counts)},
            "rules": {
                rule.rule_id: {
                    "severity": rule.severity,
                    "outcome": "passed" if rule.passed else "failed",
                    "failing_rows": rule.failing_count,
                }
                for rule in self.rules
            },
        }

    @classmethod
    def _from_json(cls, content: dict[str, Any]) -> Self:
        content["rules"] = [Rule(**rule) for rule in content["rules"]]
        return cls(**content)
