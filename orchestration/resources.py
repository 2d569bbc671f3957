"""What a Dagster run holds while it lasts: the right to write, and how thorough it shall be."""

from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext

from orchestration import writer
from orchestration.paths import Paths


class Warehouse(ConfigurableResource):
    """The warehouse, held for writing from the start of a run to its end.

    `force` reads every document again and publishes a new release even when nothing changed. A run that
    starts while another process writes fails at once with a sentence that names it.
    """

    repository: str
    documents: str
    home: str
    force: bool = False

    @classmethod
    def at(cls, paths: Paths, *, force: bool = False) -> "Warehouse":
        """The warehouse of these paths."""
        return cls(
            repository=str(paths.repository),
            documents=str(paths.documents),
            home=str(paths.home),
            force=force,
        )

    @property
    def paths(self) -> Paths:
        """Where things are."""
        return Paths(Path(self.repository), Path(self.documents), Path(self.home))

    def setup_for_execution(self, context: InitResourceContext) -> None:
        """Take the writer lock."""
        writer.acquire(self.paths.writer_lock, "a refresh")

    def teardown_after_execution(self, context: InitResourceContext) -> None:
        """Give it back."""
        writer.release(self.paths.writer_lock)
