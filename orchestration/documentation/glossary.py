"""The glossary: what every published table and column is, in Spanish (docs/glosario.yml)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from orchestration.documentation import DocumentationError
from orchestration.documentation.published import Table

Language = Literal["es", "en"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """The same in both languages."""

    es: str
    en: str

    def of(self, language: Language) -> str:
        """In one of them."""
        return self.es if language == "es" else self.en


class TableEntry(_Strict):
    """What a table is about, what it holds and what one row of it is."""

    subject: str
    description: str
    grain: str


class Glossary(_Strict):
    """The file as it stands: its head says what each part is for."""

    subjects: dict[str, Words]
    units: dict[str, Words]
    tables: dict[str, TableEntry]
    columns: dict[str, str]
    overrides: dict[str, dict[str, str]]

    @classmethod
    def load(cls, path: Path) -> "Glossary":
        """Read the file; DocumentationError names what is not as it should be."""
        try:
            return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise DocumentationError(f"{path.name} cannot be read: {error}") from error

    def column(self, table: str, column: str) -> str | None:
        """The description of a column in a table: the table's own, else the general one."""
        return self.overrides.get(table, {}).get(column) or self.columns.get(column)


def departures(glossary: Glossary, tables: Mapping[str, Table]) -> list[str]:
    """One sentence for everything in which glossary and published tables do not fit together."""
    found: list[str] = []
    general: set[str] = set()
    names: dict[str, tuple[str, str]] = {}
    for table in tables.values():
        entry = glossary.tables.get(table.name)
        if entry is None:
            found.append(f"tables: {table.name} is published and not described")
        elif entry.subject not in glossary.subjects:
            found.append(f"tables: {table.name} has the subject {entry.subject}, which is none of the subjects")
        for column in table.columns.values():
            if column.name not in glossary.overrides.get(table.name, {}):
                general.add(column.name)
                label = str(column.meta.get("label_es"))
                named, of = names.setdefault(column.name, (label, table.name))
                if named != label:
                    found.append(
                        f"overrides: {column.name} is «{named}» in {of} and «{label}» in {table.name}, and not another "
                        "thing in either"
                    )
            if not glossary.column(table.name, column.name):
                found.append(f"columns: {column.name} of {table.name} is published and not described")
            unit = column.meta.get("unit")
            if unit and unit not in glossary.units:
                found.append(f"units: {unit} of {table.name}.{column.name} is not described")
    found += [f"tables: there is no published table {name}" for name in glossary.tables if name not in tables]
    found += [f"columns: no table needs a description of {name}" for name in glossary.columns if name not in general]
    for name, columns in glossary.overrides.items():
        if name not in tables:
            found.append(f"overrides: there is no published table {name}")
            continue
        for column, text in columns.items():
            if column not in tables[name].columns:
                found.append(f"overrides: {name} has no column {column}")
            elif text == glossary.columns.get(column):
                found.append(f"overrides: {name}.{column} repeats the general description")
    units = {column.meta.get("unit") for table in tables.values() for column in table.columns.values()}
    found += [f"units: no column is in {name}" for name in glossary.units if name not in units]
    subjects = {entry.subject for entry in glossary.tables.values()}
    found += [f"subjects: no table is about {name}" for name in glossary.subjects if name not in subjects]
    return found
