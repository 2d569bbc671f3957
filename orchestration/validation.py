"""The rules, checked in a process of their own.

Importing Great Expectations costs seconds of pure computing, and so does dbt: started early, the second
process is ready by the time dbt has built the database, so a refresh pays for one of the two. It ends with
the process that started it, however that one ends: its end of the pipe is then closed.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from expectations.runner import RuleResult, ValidationReport
from orchestration.memory import memory_limit
from orchestration.paths import Paths


class ValidationError(RuntimeError):
    """The rules could not be checked."""


_waiting: dict[Path, Connection] = {}


def prepare(paths: Paths) -> None:
    """Start the process that will check the rules; returns at once."""
    if paths.build_database in _waiting:
        return
    paths.logs.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    log = paths.logs / "great_expectations.log"
    process = context.Process(target=_serve, args=(theirs, paths.build_database, log), daemon=True)
    # Ctrl-C is for this process; the other one inherits that it does not hear it, and ends when the pipe does
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()
    signal.pthread_sigmask(signal.SIG_SETMASK, heard)
    theirs.close()
    _waiting[paths.build_database] = ours


def validate(paths: Paths, on_rule: Callable[[RuleResult], None]) -> ValidationReport:
    """Check every rule on the working database. Raises ValidationError when that is not possible."""
    prepare(paths)
    with _waiting.pop(paths.build_database) as connection:
        with contextlib.suppress(BrokenPipeError):
            connection.send("validate")
        while True:
            try:
                answer = connection.recv()
            except (EOFError, ConnectionResetError):
                raise ValidationError(
                    "The process that checks the rules ended before it was done; "
                    f"{paths.logs / 'great_expectations.log'} says more."
                ) from None
            if isinstance(answer, ValidationReport):
                return answer
            if isinstance(answer, str):
                raise ValidationError(answer)
            on_rule(answer)


def _serve(connection: Connection, database: Path, log: Path) -> None:
    """Be ready, wait for the word, answer with each result and then the report, or with what went wrong."""
    with log.open("a") as chatter:
        os.dup2(chatter.fileno(), 1)
        os.dup2(chatter.fileno(), 2)
    import expectations.gx  # noqa: F401  (what is being waited for)
    from expectations.runner import validate

    try:
        connection.recv()
    except EOFError:
        return
    try:
        connection.send(validate(database, on_rule=connection.send, memory=memory_limit()))
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        connection.send(f"The rules could not be checked: {reason}")
        raise
