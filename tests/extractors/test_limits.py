"""Every bound on the cost of one document can be set, is checked, and says which variable raises it."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits

VARIABLES = {f"CONTRASTE_{field.name.upper()}": field.name for field in dataclasses.fields(Limits)}


@pytest.mark.parametrize(("variable", "name"), VARIABLES.items())
def test_each_limit_has_its_variable(monkeypatch: pytest.MonkeyPatch, variable: str, name: str) -> None:
    monkeypatch.setenv(variable, "7")
    assert Limits.from_environment() == dataclasses.replace(Limits(), **{name: 7})


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "many", "1e9", " 5"])
def test_a_variable_that_is_no_positive_whole_number_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CONTRASTE_MAX_PAGES", value)
    with pytest.raises(ValueError, match=r"^CONTRASTE_MAX_PAGES must be a positive whole number"):
        Limits.from_environment()


@pytest.mark.parametrize(
    ("spend", "said"),
    [
        (
            lambda budget: budget.check_bytes(2_000_001),
            "has 2 MB, over the limit of 2; raise CONTRASTE_MAX_MEGABYTES",
        ),
        (lambda budget: budget.check_pages(3), "has 3 pages, over the limit of 2; raise CONTRASTE_MAX_PAGES"),
        (
            lambda budget: budget.check_unpacked(9_000_000),
            "has 9 MB unpacked, over the limit of 2; raise CONTRASTE_MAX_UNPACKED_MEGABYTES",
        ),
        (
            lambda budget: (budget.spend_cells(2), budget.spend_cells(1)),
            "has 3 cells, over the limit of 2; raise CONTRASTE_MAX_CELLS",
        ),
    ],
)
def test_over_a_limit(spend, said: str) -> None:
    budget = Budget(Limits(2, 2, 2, 600, 2))
    with pytest.raises(UnreadableDocument) as refused:
        spend(budget)
    assert said in str(refused.value)


def test_at_a_limit_is_not_over_it() -> None:
    budget = Budget(Limits(2, 2, 2, 600, 2))
    budget.check_bytes(2_000_000)
    budget.check_unpacked(2_000_000)
    budget.check_pages(2)
    budget.spend_cells(1)
    budget.spend_cells(1)


def test_time_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("extractors.limits.time.monotonic", lambda: now)
    budget = Budget(Limits(max_seconds=30))
    now = 1_029.0
    budget.spend_cells(1)
    now = 1_031.0
    with pytest.raises(UnreadableDocument, match="took longer than 30 seconds; raise CONTRASTE_MAX_SECONDS"):
        budget.spend_cells(1)


@pytest.mark.parametrize(
    ("reason", "limits", "stopped"),
    [
        ("has 9 pages, over the limit of 5; raise CONTRASTE_MAX_PAGES if", Limits(max_pages=5), True),
        ("has 9 pages, over the limit of 5; raise CONTRASTE_MAX_PAGES if", Limits(max_pages=9), False),
        (
            "has 9,000 cells, over the limit of 5,000; raise CONTRASTE_MAX_CELLS if",
            Limits(max_cells=5_000),
            True,
        ),
        (
            "has 9 pages, over the limit of 5; raise CONTRASTE_MAX_PAGES if",
            Limits(max_pages=5, max_cells=1),
            True,
        ),
        ("the file is empty; download it again.", Limits(max_pages=1), True),
    ],
)
def test_whether_reading_again_would_end_the_same_way(reason: str, limits: Limits, stopped: bool) -> None:
    assert limits.stopped(reason) is stopped


def test_every_limit_says_its_sentence_so_that_it_is_recognised() -> None:
    limits = Limits(1_500, 1_500, 1_500, 1_500, 1_500)
    for spend in (Budget.check_bytes, Budget.check_unpacked, Budget.check_pages, Budget.spend_cells):
        with pytest.raises(UnreadableDocument) as refused:
            spend(Budget(limits), 10**13)
        assert limits.stopped(str(refused.value))
        assert not Limits().stopped(str(refused.value))


@pytest.mark.skipif(sys.platform == "win32", reason="no bound on memory there")
def test_memory_is_bounded_in_a_worker() -> None:
    script = (
        "from extractors.limits import Limits, bound_memory\n"
        "bound_memory(Limits(max_memory_megabytes=500))\n"
        "try:\n"
        "    bytearray(600_000_000)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "refused\n"


def test_a_process_stuck_in_compiled_code_is_ended() -> None:
    script = (
        "import extractors.limits as limits, time\n"
        "limits._GRACE_SECONDS = 0\n"
        "with limits.ending_after(1):\n"
        "    time.sleep(0.1)\n"  # in time: nothing happens
        "print('in time', flush=True)\n"
        "with limits.ending_after(1):\n"
        "    sum(range(10**12))\n"  # compiled code that looks at no signal
        "print('never')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "in time\n", "")
