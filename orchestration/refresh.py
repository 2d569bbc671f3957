"""One refresh, as the command line runs it: the Dagster job `refresh`, in this process.

The cheap question comes first: when nothing changed since the served release, nothing heavy is imported.
Whenever a refresh is killed, the release served before is served still, and the next refresh makes everything
that is not whole anew.
"""

import gc
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from orchestration import attempts, holding, instance, logs, release
from orchestration.outcomes import Extraction, Gate, Transformation
from orchestration.paths import Paths
from orchestration.progress import Advance, Stage, report
from orchestration.standing import standing
from orchestration.writer import writing

if TYPE_CHECKING:
    from dagster import DagsterEvent


# Dagster makes a failed step of an interruption
_INTERRUPTIONS = ("KeyboardInterrupt", "DagsterExecutionInterruptedError")


@dataclass(frozen=True)
class Refreshed:
    """What a refresh came to.

    `outcome`: nothing_new (nothing was done), published (a new release is served), same (the build came out
    as the release that is served), not_published (the gate or an error stopped it; `problems` says why, one
    sentence each). `quarantined` pairs documents of the inbox with the reason they are not loaded; `untold` says which
    alert did not reach anybody.
    """

    outcome: Literal["nothing_new", "published", "same", "not_published"]
    served: release.Release | None
    seconds: float
    sentence: str = ""
    quarantined: Sequence[tuple[str, str]] = ()
    problems: Sequence[str] = ()
    extraction: Extraction | None = None
    transformation: Transformation | None = None
    gate: Gate | None = None
    untold: Sequence[str] = ()

    @property
    def exit_code(self) -> int:
        """0 fine, 1 something lies in quarantine, 2 nothing was published."""
        if self.outcome == "not_published":
            return 2
        return 1 if self.quarantined else 0


class InboxMissingError(RuntimeError):
    """The inbox is not there."""


def refresh(paths: Paths, *, force: bool = False) -> Refreshed:
    """Bring the published release up to the inbox.

    `force` reads and builds everything again and publishes a new release. Raises WriterBusyError when another
    process writes, InboxMissingError when there is no inbox, SourceError when a layout is not valid;
    everything else that can go wrong is in the result.
    """
    with writing(paths.writer_lock, "a refresh"):
        try:
            return _refresh(paths, force)
        except Exception as error:
            attempts.end(paths, attempts.begin(paths), "not_published", [_sentence(error)])
            raise


def _refresh(paths: Paths, force: bool) -> Refreshed:
    began = time.monotonic()
    if not paths.documents.is_dir():
        raise InboxMissingError(
            f"The inbox {paths.documents} is not a folder: make it, or point CONTRASTE_DOCUMENTS to the documents."
        )
    release.sweep(paths.published)
    before = standing(paths)
    if before.is_up_to_date and not force:
        return Refreshed(
            "nothing_new",
            before.served,
            time.monotonic() - began,
            before.sentence,
            before.inputs.quarantined,
        )
    attempt = attempts.begin(paths)
    problems = _run(paths, force)
    while problems and holding.hold_back_new(paths):
        loaded = Extraction.load(paths)
        problems = _run(paths, force=False)
        if loaded and (again := Extraction.load(paths)):
            again.after(loaded).save(paths)
    served = release.current(paths.published)
    if problems:
        outcome = "not_published"
    elif served and (before.served is None or served.version != before.served.version):
        outcome = "published"
    else:
        outcome = "same"
    extraction = Extraction.load(paths)
    return Refreshed(
        outcome=outcome,
        served=served,
        seconds=time.monotonic() - began,
        quarantined=[(d.file_path, d.reason or "") for d in extraction.of("quarantined")]
        if extraction
        else before.inputs.quarantined,
        problems=problems,
        extraction=extraction,
        transformation=Transformation.load(paths),
        gate=Gate.load(paths),
        untold=attempts.end(paths, attempt, outcome, problems),
    )


def _run(paths: Paths, force: bool) -> list[str]:
    """Run the job; the sentences that say why it failed, none when it succeeded."""
    for record in (Extraction, Transformation, Gate):
        record.discard(paths)
    # What is imported from here on lives until the end; looking through it again and again costs a sixth of
    # all time.
    gc.set_threshold(100_000, 50, 100)
    report(Advance(Stage.START, 0, 1))
    logs.to_files(paths)
    instance.prepare(paths)
    os.environ["DAGSTER_HOME"] = str(paths.dagster)
    # Great Expectations reads this while it is imported
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    from dagster import DagsterInvalidDefinitionError

    from orchestration.definitions import build_definitions
    from orchestration.jobs import REFRESH
    from orchestration.transformation import TransformationError

    try:
        job = build_definitions(paths, force=force).resolve_job_def(REFRESH)
    except (TransformationError, DagsterInvalidDefinitionError, ValueError) as error:
        return [" ".join(str(error).split())]
    logs.to_files(paths)
    with instance.instance(paths) as dagster:
        report(Advance(Stage.START, 1, 1))
        result = job.execute_in_process(instance=dagster, raise_on_error=False, tags={attempts.TAG: "refresh"})
    return [] if result.success else problems_of(paths, result.get_step_failure_events())


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def problems_of(paths: Paths, failures: Sequence["DagsterEvent"]) -> list[str]:
    """Why a run failed, one sentence each, from its failed steps. Raises KeyboardInterrupt when somebody stopped it."""
    gate = Gate.load(paths)
    if gate and gate.failing:
        return [f"{rule.rule_id}: {rule.sentence_en} ({rule.failing_count} failing rows)" for rule in gate.failing]
    sentences = []
    for event in failures:
        data = event.step_failure_data
        if data.user_failure_data and data.user_failure_data.description:
            sentences.append(data.user_failure_data.description)
        elif data.error:
            cause = data.error
            while cause.cause:
                cause = cause.cause
            if cause.cls_name in _INTERRUPTIONS:
                raise KeyboardInterrupt
            # our own errors are sentences; what a library raised keeps its name
            message = re.sub(r"^orchestration\.[\w.]+: ", "", " ".join(cause.message.split()))
            sentences.append(f"{event.step_key}: {message}")
    return sentences or [f"The run failed; {paths.logs / 'dagster.log'} says where."]
