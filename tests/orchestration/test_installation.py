"""What a stranger installs: everything pinned, nothing that names a registry."""

import re
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")


def locked() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", LOCK, flags=re.MULTILINE))


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"https?:|://|index-url|find-links", LOCK, flags=re.IGNORECASE)


def test_the_lock_has_every_package_that_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"].values()
    asked = [*PROJECT["project"]["dependencies"], *(entry for group in groups for entry in group)]
    names = {re.split(r"[\[<>=!~ ]", entry)[0] for entry in asked}
    assert names <= set(locked())


def test_every_locked_package_has_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_duckdb_stands_where_the_bi_tools_stand_and_the_downloading_parser_is_left_out() -> None:
    assert locked()["duckdb"] == "1.5.5"
    assert "dbt-core-experimental-parser" not in locked()
