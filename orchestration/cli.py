"""The command line: `contraste`.

Only what every command needs is imported at the top; Dagster, dbt and Great Expectations cost seconds.
"""

import atexit
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.text import Text

from orchestration.paths import Paths
from orchestration.writer import WriterBusyError

FINE, QUARANTINED, NOT_PUBLISHED, BUSY = 0, 1, 2, 3
INTERRUPTED = 130
PIPED_WIDTH = 150

app = typer.Typer(
    name="contraste",
    help="Public goals, public money and the printed documents they come from, set against each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_ANY_ARGUMENTS = {"allow_extra_args": True, "ignore_unknown_options": True}
Force = Annotated[bool, typer.Option("--force", help="Read and build everything again, even if nothing changed.")]


@app.command()
def refresh(force: Force = False) -> None:
    """Read, build, check and publish.

    Ends with 0 when all is well, 1 when a document lies in quarantine (the rest is published), 2 when nothing
    was published, 3 when another process writes.
    """
    from orchestration import report
    from orchestration.refresh import refresh as run
    from orchestration.watching import watching

    paths, console = Paths.from_environment(), _console()
    with watching(console):
        refreshed = run(paths, force=force)
    report.show_refresh(console, paths, refreshed)
    raise typer.Exit(refreshed.exit_code)


@app.command()
def extract(force: Force = False) -> None:
    """Only read new documents into raw Parquet."""
    from orchestration import logs, report
    from orchestration.extraction import read_inbox
    from orchestration.watching import watching
    from orchestration.writer import writing

    paths, console = Paths.from_environment(), _console()
    logs.to_files(paths)
    with writing(paths.writer_lock, "an extraction"), watching(console):
        extraction = read_inbox(paths, run_id=str(uuid4()), force=force)
    report.show_extraction(console, extraction)
    raise typer.Exit(QUARANTINED if extraction.of("quarantined") else FINE)


@app.command()
def withdraw(
    document: Annotated[str, typer.Argument(help="Its path in the inbox, or the beginning of its sha256.")],
    reason: Annotated[str, typer.Option("--reason", prompt="Why", help="Published beside the document.")],
) -> None:
    """Take a document out of the warehouse for good, for instance a damaged download that stops publishing.

    The next refresh builds without it. Its bytes stay in the archive, and so does the reason.
    """
    from extractors import taking_out
    from orchestration.writer import writing

    paths = Paths.from_environment()
    with writing(paths.writer_lock, "a withdrawal"):
        withdrawn = taking_out.withdraw(paths.raw, document, reason)
    _console().print(Text(f"{withdrawn} is withdrawn; contraste refresh publishes without it."))


@app.command()
def probe(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, resolve_path=True, help="A document.")],
    draft: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE_ID",
            help="Begin a new source of this name with the draft, or draft what one that is there does not read yet.",
        ),
    ] = None,
) -> None:
    """Look into a document.

    Shows its pages, tables and headers, which source reads it, and a draft layout when none does.
    """
    from extractors.adding.draft_variants import draft_variant
    from extractors.adding.probe import probe as look
    from extractors.adding.probe import save_draft
    from extractors.spec import load_sources
    from orchestration.probing import show_probe, show_saved

    console, found = _console(), look(file)
    if draft in load_sources() and not any(match.fits for match in found.matches):
        show_probe(console, found, with_draft=False)
        print(draft_variant(file, draft))  # plain, to be pasted
        return
    saved = save_draft(found, draft) if draft else None
    show_probe(console, found, with_draft=saved is None)
    if saved:
        show_saved(console, saved)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, resolve_path=True, help="A document.")],
    source: Annotated[
        str | None, typer.Option(help="Read it under this source; by default that of its folder.")
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="Show every row, to be read beside the document.")] = False,
    freeze: Annotated[bool, typer.Option("--freeze", help="Keep the rows as what is expected from now on.")] = False,
) -> None:
    """Read a document as a refresh would, and land nothing.

    Shows the accounting and the rows, or what is in the way, and compares them with the frozen ones. Ends with 1 when
    the document would be quarantined or its rows are not the frozen ones.
    """
    from extractors.adding import frozen_rows
    from extractors.adding.checking import check as look
    from orchestration.checking import show_check, show_departures, show_frozen

    console, document = _console(), look(file, source)
    show_check(console, document, whole=whole)
    if document.reason is not None:
        raise typer.Exit(QUARANTINED)
    if freeze:
        show_frozen(console, frozen_rows.freeze(document))
        return
    found = frozen_rows.departures(document)
    show_departures(console, found)
    raise typer.Exit(QUARANTINED if found else FINE)


@app.command()
def review(
    completed: Annotated[
        Path | None,
        typer.Option("--apply", exists=True, dir_okay=False, help="A completed queue: its decisions are taken in."),
    ] = None,
    folder: Annotated[Path | None, typer.Option("--to", file_okay=False, help="Where the queue goes.")] = None,
) -> None:
    """Cells of scans that nobody may rely on yet, written out to be completed, with a picture of each.

    Decisions go into reviews.csv beside the source.yml of their source, to be committed; the next refresh reads them.
    """
    from extractors.scanned import queue
    from orchestration.reviewing import show_queue, show_taken_in

    paths, console = Paths.from_environment(), _console()
    if completed is not None:
        show_taken_in(console, queue.take_in(paths.raw, completed))
        return
    cells = queue.waiting(paths.raw)
    target = folder or paths.review
    written = queue.export(paths.raw, paths.archive, target) if cells else []
    show_queue(console, cells, queue.expired(paths.raw), written)


@app.command()
def status(
    whole: Annotated[bool, typer.Option("--all", help="Everything: quarantine, facts, what does not add up.")] = False,
) -> None:
    """Ten lines: what the last refresh did, what is stale, what waits for a person."""
    from orchestration import writer
    from orchestration.overview import show_overview
    from orchestration.report import show_standing
    from orchestration.standing import standing

    paths = Paths.from_environment()
    show = show_standing if whole else show_overview
    show(_console(), paths, standing(paths), writer.holder(paths.writer_lock))


@app.command()
def lineage(
    table: Annotated[str, typer.Argument(help="A fact table, such as fct_budget_execution.")],
    key: Annotated[str, typer.Argument(help="The key of a row, or its beginning.")],
    column: Annotated[str, typer.Argument(help="A number of that row.")],
    folder: Annotated[Path, typer.Option("--to", file_okay=False, help="Where the pictures go.")] = Path("."),
) -> None:
    """Where a number of the served release was printed.

    Shows the cells it was read from, and writes a picture of the page around each, where the document has pages.
    """
    from orchestration import lineage as cells
    from orchestration.tracing import show_origin

    paths = Paths.from_environment()
    found = cells.origin(paths, table, key, column)
    pictures = cells.pictures(paths, found, folder, f"{table}_{found.fact_key[:8]}_{column}")
    show_origin(_console(), table, column, found, pictures)


@app.command()
def rollback(
    version: Annotated[str | None, typer.Argument(help="The release to serve; the one before by default.")] = None,
) -> None:
    """Serve an older release again."""
    from orchestration import release, report

    paths = Paths.from_environment()
    report.show_rollback(_console(), release.rollback(paths.published, paths.writer_lock, version))


@app.command("publish-postgres")
def publish_postgres(
    url: Annotated[
        str, typer.Argument(envvar="CONTRASTE_POSTGRES", help="postgresql://user@host/database, or key=value pairs.")
    ],
    schema: Annotated[str, typer.Option(help="The schema that holds the marts.")] = "marts",
    reader: Annotated[str | None, typer.Option(metavar="ROLE", help="A role that may read them.")] = None,
) -> None:
    """Copy the marts of the served release to PostgreSQL, for tools that want a server.

    The schema changes from one release to the next in one step: who reads sees no error and nothing half. A password
    belongs into PGPASSWORD, ~/.pgpass or the variable CONTRASTE_POSTGRES, not on the command line.
    """
    from orchestration import release, report
    from orchestration.outlets import postgres

    served = release.current(Paths.from_environment().published)
    if served is None:
        raise release.ReleaseError("Nothing is published yet, so there is nothing to copy: run contraste refresh.")
    report.show_copied(_console(), postgres.publish(served, url, schema=schema, reader=reader))


@app.command()
def dictionary() -> None:
    """Write the data dictionaries and the pictures of how the tables relate.

    They are made of the models and of docs/glosario.yml. Ends with 2 when the two do not agree.
    """
    from orchestration.documentation import pages
    from orchestration.transformation import prepare_manifest
    from orchestration.writer import writing

    paths, console = Paths.from_environment(), _console()
    with writing(paths.writer_lock, "the dictionaries"):
        prepare_manifest(paths)
        written = pages.write(paths)
    for path in written:
        console.print(Text(f"{path.relative_to(paths.repository)} is written."))
    if not written:
        console.print(Text("Every page says what the models say."))


@app.command(context_settings=_ANY_ARGUMENTS, add_help_option=False)
def dbt(context: typer.Context) -> None:
    """Any dbt command, on this warehouse.

    The working database is then no longer what was checked; the next refresh builds it anew.
    """
    from orchestration.transformation import passthrough
    from orchestration.writer import writing

    paths = Paths.from_environment()
    with writing(paths.writer_lock, "dbt"):
        succeeded = passthrough(paths, context.args)
    raise typer.Exit(FINE if succeeded else NOT_PUBLISHED)


@app.command(context_settings=_ANY_ARGUMENTS, add_help_option=False)
def dagster(context: typer.Context) -> None:
    """Serve Dagster's UI, schedule and sensor.

    Further arguments go to `dagster dev`.
    """
    import signal

    from orchestration import instance

    paths = Paths.from_environment()
    instance.prepare(paths)
    # a shell's background job ignores the interrupt, and Dagster then ignores SIGTERM as well: nothing would end it
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # the sensor and the runs must see the same folders whatever directory they start in
    environment = os.environ | paths.settings() | {"DAGSTER_HOME": str(paths.dagster)}
    command = str(Path(sys.executable).with_name("dagster"))
    os.execve(command, [command, "dev", "-m", "orchestration.definitions", *context.args], environment)


def main() -> None:
    """Run the command line and end at once.

    Taking down all that a refresh imported would cost more than a second and free nothing the system does
    not.
    """
    try:
        code = run()
    except Exception:
        # a fault of ours: all of it is wanted, and not the 1 that says the rest was published
        traceback.print_exc()
        code = NOT_PUBLISHED
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run() -> int:
    """Run the command line; the exit code.

    What is expected to go wrong is one sentence and a number, not a traceback.
    """
    from extractors.errors import ExtractionError, SourceError, UnknownDocument
    from orchestration.copying import ReleaseError
    from orchestration.documentation import DocumentationError
    from orchestration.lineage import LineageError
    from orchestration.outlets.postgres import PostgresError
    from orchestration.refresh import InboxMissingError
    from orchestration.transformation import TransformationError

    faults = (SourceError, ExtractionError, UnknownDocument, PermissionError)
    ours = (ReleaseError, InboxMissingError, LineageError, DocumentationError, PostgresError, TransformationError)
    expected = (*ours, *faults)
    console = Console(stderr=True)
    try:
        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            console.print(Text("Stopped. The release served before is served still."))
        return ended.code if isinstance(ended.code, int) else FINE
    except WriterBusyError as busy:
        console.print(Text(str(busy), style="red"), soft_wrap=True)
        return BUSY
    except expected as error:
        console.print(Text(str(error), style="red"), soft_wrap=True)
        return NOT_PUBLISHED
    return FINE


def _console() -> Console:
    """The terminal; what goes into a file or a pipe is as wide as the report likes to be."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPED_WIDTH)


if __name__ == "__main__":
    main()
