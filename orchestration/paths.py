"""The one place that knows where things are.

Every path is absolute: DuckDB and dbt resolve relative ones against the working directory of the process, so
a relative path means another file for every folder a command is started from.
"""

import os
from dataclasses import dataclass
from pathlib import Path

DOCUMENTS_VARIABLE = "CONTRASTE_DOCUMENTS"
HOME_VARIABLE = "CONTRASTE_HOME"
RAW_VARIABLE = "CONTRASTE_RAW"
BUILD_VARIABLE = "CONTRASTE_BUILD"
WORK_VARIABLE = "CONTRASTE_WORK"


@dataclass(frozen=True)
class Paths:
    """Where a warehouse reads from and writes to.

    `repository` holds the code, `documents` is the inbox (read only), `home` takes every output.
    """

    repository: Path
    documents: Path
    home: Path

    @classmethod
    def from_environment(cls) -> "Paths":
        """Paths from CONTRASTE_DOCUMENTS and CONTRASTE_HOME.

        Unset or empty means `documents/` and `warehouse/` beside the code. A relative value is read against
        the present working directory, once, here.
        """
        repository = Path(__file__).resolve().parent.parent
        documents = os.environ.get(DOCUMENTS_VARIABLE) or repository / "documents"
        home = os.environ.get(HOME_VARIABLE) or repository / "warehouse"
        return cls(repository, Path(documents).expanduser().resolve(), Path(home).expanduser().resolve())

    # what is read -------------------------------------------------------------------------------------------

    @property
    def dbt_project(self) -> Path:
        """The dbt project."""
        return self.repository / "dbt_project"

    @property
    def profiles(self) -> Path:
        """The folder that holds profiles.yml."""
        return self.repository

    @property
    def seeds(self) -> Path:
        """Mappings and other seeds of the dbt project."""
        return self.dbt_project / "seeds"

    @property
    def docs(self) -> Path:
        """Pages for people; the dictionaries and pictures among them are made of the models."""
        return self.repository / "docs"

    @property
    def glossary(self) -> Path:
        """What every published table and column is, in Spanish."""
        return self.docs / "glosario.yml"

    @property
    def rules(self) -> Path:
        """The catalogue of rules."""
        return self.repository / "expectations" / "rules.yml"

    # what is written ----------------------------------------------------------------------------------------

    @property
    def raw(self) -> Path:
        """Raw Parquet, one folder per source and table."""
        return self.home / "raw"

    @property
    def archive(self) -> Path:
        """Documents as received, by content."""
        return self.home / "archive"

    @property
    def scans(self) -> Path:
        """What OCR read of scanned pages, by content, so that none is recognised twice."""
        from extractors.scanned.landing import scans_folder

        return scans_folder(self.raw)

    @property
    def review(self) -> Path:
        """Cells of scans that wait for a person: a queue to complete, with pictures."""
        return self.home / "review"

    @property
    def build(self) -> Path:
        """The working database and the records of how it was made."""
        return self.home / "build"

    @property
    def build_database(self) -> Path:
        """The marts as they were built last. dbt is its only writer; nothing but a refresh should read it.

        A release may be this very file, linked: whoever is about to write makes it a file of its own first.
        """
        return self.build / "warehouse.duckdb"

    @property
    def work_database(self) -> Path:
        """What leads to the marts: seeds, staging, intermediate tables. dbt alone reads and writes it."""
        return self.build / "work.duckdb"

    @property
    def dbt(self) -> Path:
        """dbt's target and log folders."""
        return self.home / "dbt"

    @property
    def dbt_manifest(self) -> Path:
        """dbt's picture of the project, from which the assets are made."""
        return self.dbt / "target" / "manifest.json"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME."""
        return self.home / "dagster"

    @property
    def logs(self) -> Path:
        """What Dagster, dbt and Great Expectations have to say."""
        return self.home / "logs"

    @property
    def unmapped(self) -> Path:
        """Keys that no mapping knows yet, one CSV per mapping, ready to complete."""
        return self.home / "unmapped"

    @property
    def unexplained(self) -> Path:
        """Discrepancies of documents that are held back, ready to be explained and recorded."""
        return self.home / "unexplained" / "known_discrepancies.csv"

    @property
    def published(self) -> Path:
        """Releases and the pointer to the one that is served."""
        return self.home / "published"

    @property
    def writer_lock(self) -> Path:
        """The file whose lock the one writer holds."""
        return self.home / "writer.lock"

    def environment(self) -> dict[str, str]:
        """What the dbt project reads from the environment."""
        return {
            RAW_VARIABLE: str(self.raw),
            BUILD_VARIABLE: str(self.build_database),
            WORK_VARIABLE: str(self.work_database),
        }

    def settings(self) -> dict[str, str]:
        """What a process started from this one needs to find the same warehouse."""
        return {DOCUMENTS_VARIABLE: str(self.documents), HOME_VARIABLE: str(self.home)}
