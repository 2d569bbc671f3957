"""A declaration of sheets that breaks the language is refused with the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.errors import SourceError
from extractors.landing import folders
from extractors.spec import load_source
from tests.extractors.small_sheets import Change, sheet_declaration, sheet_source
from tests.extractors.small_source import DECLARATION, SOURCE_ID

CARDS = "sheets.card.tables.cards"


def field(name: str, **keys: Any) -> Change:
    return lambda card: card["tables"]["cards"]["fields"].setdefault(name, {"labels": [name]}).update(keys)


def in_table(name: str, **keys: Any) -> Change:
    return lambda card: card["tables"][name].update(keys)


def load(folder: Path, content: dict[str, Any]) -> None:
    (folder / SOURCE_ID).mkdir()
    (folder / SOURCE_ID / "source.yml").write_text(
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8"
    )
    load_source(folder / SOURCE_ID)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda card: card.update(colour="red"), ["sheets.card.colour"]),
        (lambda card: card.update(begins=[]), ["sheets.card.begins"]),
        (lambda card: card.update(end=["(fin"]), ["sheets.card.end.0", "regular expression"]),
        (lambda card: card.update(record="(clave"), ["sheets.card.record", "regular expression"]),
        (lambda card: card.update(sections={"values": []}), ["sheets.card.sections.values"]),
        (lambda card: card.update(tables={}), ["sheets.card.tables"]),
        (in_table("cards", fields={}), [f"{CARDS}.fields"]),
        (field("name", labels=[]), [f"{CARDS}.fields.name.labels"]),
        (field("name", labels=[{"label": "Nombre", "nth": 2}]), [f"{CARDS}.fields.name", "nth", "section"]),
        (field("name", section="valores"), ["sheets.card", "cards.fields.name: there is no section 'valores'"]),
        (field("name", value="left"), [f"{CARDS}.fields.name.value"]),
        (field("name", value="inside"), [f"{CARDS}.fields.name", "(?P<value>...)"]),
        (field("name", labels=[{"pattern": "Nombre (?P<value>.+)"}]), [f"{CARDS}.fields.name", "(?P<value>...)"]),
        (field("name", runs_on=True), [f"{CARDS}.fields.name", "runs on"]),
        (field("name", required=True, optional=True), [f"{CARDS}.fields.name", "exclude each other"]),
        (field("name", pattern="[a"), [f"{CARDS}.fields.name.pattern", "regular expression"]),
        (field("Name"), [f"{CARDS}.fields.Name"]),
        (field("row_no"), [CARDS, "columns row_no", "lineage"]),
        (field("name", labels=[{"pattern": "Nombre (?P<record_no>.+)"}]), [CARDS, "record_no", "lineage"]),
        (field("name__raw"), [CARDS, "name__raw"]),
        (field("target_year"), [CARDS, "target_year", "as a field and as a group"]),
        (field("alias", labels=["NOMBRE:"]), ["cards.name and cards.alias both claim the label 'NOMBRE:'"]),
        (in_table("cards", one_row_per="target_year"), [CARDS, "labels of code, unit, name, base_value, base_note"]),
        (in_table("years", rows={"min": -1}), ["sheets.card.tables.years.rows.min"]),
    ],
)
def test_the_sentence_names_the_key(tmp_path: Path, change: Change, said: list[str]) -> None:
    with pytest.raises(SourceError) as refused:
        load(tmp_path, sheet_declaration(change))
    for words in (f"{SOURCE_ID}/source.yml", *said):
        assert words in str(refused.value)


def test_equal_labels_in_two_sections_are_two_labels() -> None:
    assert sheet_source(field("other", labels=["Nombre"], section="series")).sheets["card"]


def test_two_raw_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = sheet_declaration() | {"tables": {"cards": DECLARATION["tables"]["spending"]}}
    with pytest.raises(SourceError, match="cards: two raw tables of one name"):
        load(tmp_path, twice)


def test_a_raw_table_may_not_be_called_like_the_cells_of_another(tmp_path: Path) -> None:
    def rename(card: dict[str, Any]) -> None:
        card["tables"]["years_cells"] = card["tables"].pop("years")

    with pytest.raises(SourceError, match="table years_cells: raw tables keep names ending in _totals and _cells"):
        load(tmp_path, sheet_declaration(rename))


def test_a_source_needs_a_table_or_a_sheet(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="declare what the documents hold"):
        load(tmp_path, sheet_declaration() | {"sheets": {}})


def test_the_raw_columns_in_order_and_without_totals() -> None:
    found = folders({SOURCE_ID: sheet_source()})
    place = "document_sha256 source_id table_name segment_no page_no sheet_name table_no row_no row_seq record_no"
    origin = "method confidence extractor_version spec_sha256"
    columns = {
        "cards": "code unit name base_value base_note target_year target_value target_note",
        "variables": "variable_no variable_name variable_value",
        "years": "year value",
    }
    for name, own in columns.items():
        assert " ".join(found[f"{SOURCE_ID}/{name}"].names) == f"{place} {own} {origin}"
    own = {folder for folder in found if folder.startswith(SOURCE_ID)}
    assert own == {f"{SOURCE_ID}/{name}{ending}" for name in columns for ending in ("", "_cells")}
