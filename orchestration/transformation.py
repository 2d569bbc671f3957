"""dbt in this process: parse, build, pass through.

dbt runs through its programmatic entry point, because a second Python with a second dbt costs more than the
models (every start loads the adapter anew). One invocation at a time; afterwards its DuckDB connections are
closed, or the next one to open the file in this process would be refused.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from orchestration import inputs
from orchestration.memory import MEMORY_VARIABLE, memory_limit, rows_at_once
from orchestration.outcomes import Gate, Node, Transformation
from orchestration.paths import Paths

OnNode = Callable[[int, int, str], None]
"""Called with nodes done, nodes in all, name of the one just done."""

# What the macros of macros/incremental ask: a run over everything there is, and one over touched documents only.
_COMPLETE = "CONTRASTE_COMPLETE"
_TOUCHED = "CONTRASTE_TOUCHED"
_ROWS_AT_ONCE = "CONTRASTE_ROWS_AT_ONCE"

# how dbt is told to build some models only
_SELECTION = frozenset(("--select", "-s", "--models", "--model", "-m", "--selector"))

# What was parsed in this process, by project fingerprint: a build after a parse need not parse again.
_parsed: dict[str, Any] = {}


class TransformationError(RuntimeError):
    """dbt could not run at all (a model does not compile, the file cannot be opened), in one sentence."""


def prepare_manifest(paths: Paths) -> None:
    """Make sure that dbt's manifest is there and of the project as it is now."""
    stamp = _stamp(paths)
    fingerprint = inputs.project_fingerprint(paths)
    if paths.dbt_manifest.is_file() and stamp.is_file() and stamp.read_text() == fingerprint:
        return
    result = _invoke(paths, ["parse"])
    if not result.success:
        raise TransformationError(_sentence("dbt could not read the project", result.exception))
    _parsed.clear()
    _parsed[fingerprint] = result.result
    stamp.write_text(fingerprint)


def build(
    paths: Paths,
    fingerprint: str,
    *,
    select: Sequence[str] | None = None,
    anew: bool = False,
    on_node: OnNode | None = None,
) -> Transformation:
    """Run `dbt build` and record what became of every node.

    Without `select` the whole working database is brought up to the raw tables. Where this very project made the
    one there is, only the rows of touched documents are built (see `macros/incremental`); otherwise, or with
    `anew`, it is made from nothing, so that neither a half-built file nor a table of a model that is gone
    survives. More rows than memory has room for are built in parts, one run of dbt after the other. With `select` only
    those nodes are built in the file there is, and the result cannot be published.
    Raises TransformationError when dbt cannot run; failing nodes are in the result.
    """
    Transformation.discard(paths)
    Gate.discard(paths)
    paths.build.mkdir(parents=True, exist_ok=True)
    if select is not None:
        if _logs(paths) or not all(file.exists() for file in _files(paths)):
            raise TransformationError(
                "There is no whole working database to build these models in: run a complete refresh first."
            )
        _refuse_parts(paths)
        # what dbt builds one by one may not fit the documents it remembers
        _forget_whole(paths)
    elif anew or not is_whole(paths):
        _forget_whole(paths)
        for file in (*_files(paths), *_logs(paths)):
            file.unlink(missing_ok=True)

    project = inputs.project_fingerprint(paths)
    runs = [_run(paths, project, select, on_node)]
    touched = _touched(paths)
    while select is None and runs[-1].succeeded and (parts_left := _parts(paths) - 1) > 0:
        runs.append(_run(paths, project, select, on_node, f" (part {len(runs) + 1} of {len(runs) + parts_left})"))
        touched |= _touched(paths)
    transformation = Transformation(
        invocation_id=runs[-1].invocation_id,
        complete=select is None,
        fingerprint=fingerprint,
        nodes=_together(runs),
        built_documents=len(touched),
        documents=_documents(paths),
    )
    if transformation.complete and transformation.succeeded:
        _whole(paths).write_text(_made_by(paths, project))
    transformation.save(paths)
    return transformation


@dataclass(frozen=True)
class _Run:
    """One run of dbt."""

    invocation_id: str
    nodes: Sequence[Node]

    @property
    def succeeded(self) -> bool:
        return not any(node.failed for node in self.nodes)


def _run(paths: Paths, project: str, select: Sequence[str] | None, on_node: OnNode | None, part: str = "") -> _Run:
    # unit tests judge the code, not the documents: they run with the tests of the code; an exposure builds nothing
    without = ("--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure")
    arguments = ["build", *without, *(["--select", *select] if select else [])]
    complete = "1" if select is None else ""
    counted = _Counter(on_node, part)
    # dbt writes into the manifest it was given, so that only the first run can have it
    result = _invoke(
        paths,
        arguments,
        callbacks=[counted.hear],
        manifest=_parsed.pop(project, None),
        scope={_COMPLETE: complete, _TOUCHED: complete},
    )
    if result.exception and not isinstance(result.exception, Exception):
        # somebody pressed Ctrl-C
        raise result.exception
    if result.result is None:
        raise TransformationError(_sentence("dbt could not run", result.exception))
    for log in _logs(paths):
        raise TransformationError(
            f"dbt ended and left {log.name} beside the working database, so it did not close it; run the refresh again."
        )
    return _Run(counted.invocation_id, [_node(run) for run in result.result.results])


def _together(runs: Sequence[_Run]) -> list[Node]:
    """Every node as the last run left it, with its seconds and failures in all of them."""
    nodes: dict[str, Node] = {}
    for node in (node for run in runs for node in run.nodes):
        before = nodes.get(node.unique_id)
        nodes[node.unique_id] = replace(
            node,
            seconds=round(node.seconds + (before.seconds if before else 0), 3),
            failures=node.failures if before is None else (node.failures or 0) + (before.failures or 0),
        )
    return list(nodes.values())


def is_whole(paths: Paths) -> bool:
    """Whether the working database is as the project, as it is now, left it after building all of it."""
    stamp = _whole(paths)
    return (
        all(file.is_file() for file in _files(paths))
        and not _logs(paths)
        and stamp.is_file()
        and stamp.read_text() == _made_by(paths, inputs.project_fingerprint(paths))
    )


def passthrough(paths: Paths, arguments: Sequence[str]) -> bool:
    """Run any dbt command on this warehouse; dbt itself writes to the terminal. Returns whether it succeeded.

    What it did to the working database is no longer what the gate judged, and what it left as manifest may be
    of other variables or another target, so both are forgotten. Raises TransformationError when some models would be
    built from what a run over some of the documents left.
    """
    if arguments and arguments[0] in ("build", "run") and not _SELECTION.isdisjoint(arguments):
        _refuse_parts(paths)
    Gate.discard(paths)
    _forget_whole(paths)
    _stamp(paths).unlink(missing_ok=True)
    return _invoke(paths, list(arguments), quiet=False).success


def _refuse_parts(paths: Paths) -> None:
    """TransformationError when what leads to the marts holds some of the documents only."""
    there, documents = len(_touched(paths)), _documents(paths)
    if documents and there < documents:
        raise TransformationError(
            f"Staging and intermediate tables hold the {there} of {documents} documents of the last run only, and "
            "models built from them hold no others: run contraste refresh --force first, or build everything."
        )


def _touched(paths: Paths) -> set[str]:
    """The documents whose rows the last run built."""
    return {sha for (sha,) in _asked(paths, "select document_sha256 from {touched} where state_hash is not null")}


def _parts(paths: Paths) -> int:
    """In how many parts the documents were built that the last run found changed, it being the first of them."""
    [(parts,)] = _asked(paths, "select coalesce(max(part_no), 1) from {compared} where is_changed") or [(1,)]
    return parts


def _documents(paths: Paths) -> int | None:
    """How many documents there are; None when dbt did not get there."""
    counted = _asked(paths, "select count(*) from {identified}")
    return counted[0][0] if counted else None


def _asked(paths: Paths, question: str) -> list[tuple[Any, ...]]:
    """Ask the working database; nothing when dbt did not get to the table."""
    if not paths.work_database.is_file():
        return []
    with duckdb.connect(str(paths.work_database), read_only=True) as connection:
        try:
            return connection.execute(
                question.format(
                    touched="intermediate.int_documents__touched",
                    compared="intermediate.int_documents__compare",
                    identified="intermediate.int_documents__identify",
                )
            ).fetchall()
        except duckdb.CatalogException:
            return []


def _stamp(paths: Paths) -> Path:
    """Says of which project the manifest is."""
    return paths.dbt_manifest.with_name("manifest.fingerprint")


def _whole(paths: Paths) -> Path:
    """Says which project made the working database in full."""
    return paths.build_database.with_suffix(".project")


def _made_by(paths: Paths, project: str) -> str:
    states = [file.stat() for file in _files(paths)]
    return " ".join([project, *(f"{state.st_size} {state.st_mtime_ns}" for state in states)])


def _forget_whole(paths: Paths) -> None:
    _whole(paths).unlink(missing_ok=True)


def _files(paths: Paths) -> tuple[Path, Path]:
    """The two files of the working database."""
    return paths.build_database, paths.work_database


def _logs(paths: Paths) -> list[Path]:
    """DuckDB's write-ahead logs, which are there while a file is open and after a crash."""
    logs = (file.with_name(f"{file.name}.wal") for file in _files(paths))
    return [log for log in logs if log.exists()]


def _own(file: Path) -> None:
    """Make a file that a release shares one of its own: what was published is never written to."""
    if not file.is_file():
        return
    if file.stat().st_nlink > 1:
        copy = file.with_name(f".{file.name}")
        shutil.copy2(file, copy)
        os.replace(copy, file)
    # as read-only as the release was, which may be deleted by now
    file.chmod(0o644)


def _invoke(
    paths: Paths,
    arguments: list[str],
    *,
    callbacks: Sequence[Callable[[Any], None]] = (),
    manifest: Any = None,
    scope: Mapping[str, str] | None = None,
    quiet: bool = True,
) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    silent = ["--log-level", "none", "--log-level-file", "info", "--no-use-colors"]
    paths.build.mkdir(parents=True, exist_ok=True)
    _own(paths.build_database)
    with _environment(paths, scope or {_COMPLETE: "", _TOUCHED: ""}):
        try:
            runner = dbtRunner(manifest=manifest, callbacks=list(callbacks))
            return runner.invoke([*(silent if quiet else []), *arguments])
        finally:
            DuckDBConnectionManager.close_all_connections()


@contextmanager
def _environment(paths: Paths, scope: Mapping[str, str]) -> Iterator[None]:
    variables = {**paths.environment(), **scope} | {
        MEMORY_VARIABLE: memory_limit(),
        _ROWS_AT_ONCE: str(rows_at_once()),
        "DBT_PROJECT_DIR": str(paths.dbt_project),
        "DBT_PROFILES_DIR": str(paths.profiles),
        "DBT_TARGET_PATH": str(paths.dbt_manifest.parent),
        "DBT_LOG_PATH": str(paths.logs),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_VERSION_CHECK": "false",
    }
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Counter:
    """Counts finished nodes from dbt's events (which come from its threads, one at a time)."""

    def __init__(self, on_node: OnNode | None, part: str) -> None:
        self.on_node = on_node
        self.part = part
        self.invocation_id = ""
        self.done = 0
        self.total = 0

    def hear(self, event: Any) -> None:
        self.invocation_id = event.info.invocation_id or self.invocation_id
        if event.info.name == "ConcurrencyLine":
            self.total = event.data.node_count
        elif event.info.name == "NodeFinished":
            self.done += 1
            if self.on_node:
                self.on_node(self.done, self.total, f"{event.data.node_info.node_name}{self.part}")


def _node(run: Any) -> Node:
    return Node(
        unique_id=run.node.unique_id,
        name=run.node.name,
        resource_type=str(run.node.resource_type),
        status=str(run.status),
        failures=run.failures,
        message=run.message,
        seconds=round(run.execution_time, 3),
    )


def _sentence(what: str, error: BaseException | None) -> str:
    text = " ".join(str(error).split()) if error else "it gave no reason"
    return f"{what}: {text}"
