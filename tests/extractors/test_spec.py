"""A `source.yml` that breaks the language is refused with the file and the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.errors import SourceError
from extractors.spec import SOURCES, load_source, load_sources
from tests.extractors.small_source import SOURCE_ID, Change, declare, spending

FILE = f"{SOURCE_ID}/source.yml"


def column(name: str, **keys: Any) -> Change:
    return lambda content: spending(content)["columns"].setdefault(name, {"headers": [name]}).update(keys)


def table_key(**keys: Any) -> Change:
    return lambda content: spending(content).update(keys)


def key(name: str, value: Any) -> Change:
    return lambda content: content.update({name: value})


def drop(*path: str) -> Change:
    def change(content: dict[str, Any]) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


def optional_columns(content: dict[str, Any]) -> None:
    for declared in spending(content)["columns"].values():
        declared["required"] = False


def twin_table(content: dict[str, Any]) -> None:
    content["tables"]["other"] = spending(content)


def test_the_small_source_itself_is_valid(tmp_path: Path) -> None:
    source = load_source(declare(tmp_path))
    assert source.source_id == SOURCE_ID
    assert list(source.tables["spending"].columns) == [
        "program_code",
        "program_name",
        "planned_amount",
        "spent_amount",
    ]
    assert len(source.sha256) == 64


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (key("colour", "red"), ["colour"]),
        (column("program_name", heder="Programa"), ["tables.spending.columns.program_name.heder"]),
        (
            column("program_code", pattern="[A-Z"),
            ["tables.spending.columns.program_code.pattern", "regular expression"],
        ),
        (table_key(end=["(fin"]), ["tables.spending.end.0", "regular expression"]),
        (
            lambda content: content["metadata"].update(title=[{"pattern": "^informe$"}]),
            ["metadata.title.0", "(?P<value>...)"],
        ),
        (
            lambda content: content["metadata"].update(title=[{"pattern": "(?P<value>x)", "line_before": "x"}]),
            ["metadata.title.0", "exactly one of pattern and line_before"],
        ),
        (
            column("program_name", headers=["CLAVE."]),
            ["tables.spending", "'program_code' and 'program_name' both claim the header 'CLAVE.'"],
        ),
        (twin_table, ["tables spending, other have the same header", "identify"]),
        (
            table_key(identify={"column": "programme", "pattern": "A"}),
            ["tables.spending", "identify names the column 'programme', which is not declared"],
        ),
        (
            column("program_code", fill={"direction": "down", "opens_group_when_nonzero": "spent"}),
            ["tables.spending", "columns.program_code.fill names the column 'spent'"],
        ),
        (
            column("program_code", fill={"direction": "down", "stops_at": "blank_row"}),
            ["tables.spending", "columns.program_code is required, so its fill cannot stop"],
        ),
        (optional_columns, ["tables.spending", "no column is required"]),
        (key("numbers", {"thousands": ".", "decimal": "."}), ["numbers", "the same sign"]),
        (key("currency", "pesos"), ["currency"]),
        (key("publisher", {"name": "x", "country": False}), ["publisher.country"]),
        (column("Program"), ["tables.spending.columns.Program"]),
        (column("page_no"), ["tables.spending", "columns page_no", "lineage"]),
        (column("program_code__filled"), ["tables.spending", "program_code__filled"]),
        (column("program_name", headers=[" "]), ["tables.spending.columns.program_name.headers.0"]),
        (column("number", headers=[False]), ["tables.spending.columns.number.headers.0"]),
        (
            lambda content: content["tables"].update(spending_totals=content["tables"].pop("spending")),
            ["spending_totals", "_totals"],
        ),
        (drop("currency"), ["currency", "required"]),
        (drop("metadata", "period"), ["metadata.period", "required"]),
        (key("tables", {}), ["tables"]),
    ],
)
def test_the_sentence_names_file_and_key(tmp_path: Path, change: Change, said: list[str]) -> None:
    folder = declare(tmp_path, change)
    with pytest.raises(SourceError) as refused:
        load_source(folder)
    for words in (FILE, *said):
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1, 2", "is not YAML"),
        ("- a\n- b\n", "must be a mapping of keys, not list"),
        ("", "is empty; take the folder away"),
        (
            "source_id: mx_other_report\n",
            "source_id is 'mx_other_report', but the folder is 'xx_office_report'",
        ),
        ("source_id: xx_office_report\n1: one\n", "1: Keys should be strings"),
        ("title: !!python/object/apply:os.system ['echo run']\n", "is not YAML"),
        ("title: !!python/name:os.system\n", "is not YAML"),
    ],
)
def test_what_is_no_declaration_at_all(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / SOURCE_ID).mkdir()
    (tmp_path / SOURCE_ID / "source.yml").write_text(text)
    with pytest.raises(SourceError, match=f"^{FILE}") as refused:
        load_source(tmp_path / SOURCE_ID)
    assert said in str(refused.value)


def test_a_file_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    file = declare(tmp_path) / "source.yml"
    file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    with pytest.raises(SourceError, match=f"^{FILE} is not YAML"):
        load_source(file.parent)


def test_a_folder_without_a_declaration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx_empty_folder").mkdir()
    with pytest.raises(SourceError, match=r"^xx_empty_folder/source\.yml is missing"):
        load_sources(tmp_path)


def test_caches_and_hidden_folders_are_no_sources(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / ".git").mkdir()
    assert list(load_sources(tmp_path)) == [SOURCE_ID]


def test_a_label_that_yaml_reads_as_a_number_is_a_label(tmp_path: Path) -> None:
    source = load_source(declare(tmp_path, column("planned_amount", headers=[2020])))
    assert source.tables["spending"].columns["planned_amount"].headers[0].label == "2020"


@pytest.mark.parametrize("folder", sorted(path.name for path in SOURCES.iterdir() if path.is_dir()))
def test_every_packaged_source_loads(folder: str) -> None:
    assert load_source(SOURCES / folder).source_id == folder


def test_the_packaged_sources_are_these() -> None:
    assert {"hn_siafi_productos", "mx_gto_cuenta_publica"} <= set(load_sources())


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = declare(tmp_path)
    file = folder / "source.yml"
    file.write_text(file.read_text("utf-8") + "\ntitle: another\n", "utf-8")
    with pytest.raises(SourceError, match="the key 'title' stands twice"):
        load_source(folder)
