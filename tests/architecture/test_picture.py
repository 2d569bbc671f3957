"""The picture in docs/engineering.md is the code as it is, and its commands and paths are there."""

import re
import subprocess
import sys

from tests.architecture.picture import BEGIN, END, PAGE, ROOT, filled, picture


def test_the_picture_is_that_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    assert BEGIN in text and END in text
    assert text == filled(text), "run make docs"


def test_arrows_point_one_way() -> None:
    arrows = set(re.findall(r"^    (\w+)_ --> (\w+)_$", picture(), re.MULTILINE))
    assert ("orchestration_assets", "dagster") in arrows
    assert ("orchestration_outlets", "psycopg") in arrows
    rooms = {(begin.split("_")[0], end.split("_")[0]) for begin, end in arrows}
    assert not {begin for begin, end in rooms if end == "orchestration" and begin != end}
    assert not {end for begin, end in rooms if begin == "extractors"} & {"duckdb", "dbt", "dagster", "expectations"}


def test_paths_and_commands_of_the_pages_are_there() -> None:
    known = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for page in ("engineering.md", "operar.md", "conectar-superset.md", "conectar-herramientas-bi.md"):
        text = (ROOT / "docs" / page).read_text("utf-8")
        for command in re.findall(r"(?:\$ |`|bin/)contraste ([a-z-]+)", text):
            assert f" {command} " in known, f"{page}: contraste {command}"
        for target in re.findall(r"\bmake ([a-z-]+)", text):
            assert target in targets, f"{page}: make {target}"
        for path in re.findall(r"`((?:dbt_project|extractors|orchestration|expectations|tests|docs)/[\w./-]+)`", text):
            assert (ROOT / path).exists(), f"{page}: {path}"
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (ROOT / "docs" / link).exists(), f"{page}: {link}"
