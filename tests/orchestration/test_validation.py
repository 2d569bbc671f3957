"""The process that checks the rules."""

import multiprocessing
from multiprocessing.process import BaseProcess

import pytest

from orchestration import validation
from orchestration.paths import Paths
from orchestration.validation import ValidationError


def prepared(paths: Paths) -> BaseProcess:
    before = multiprocessing.active_children()
    validation.prepare(paths)
    [process] = [child for child in multiprocessing.active_children() if child not in before]
    return process


def test_what_goes_wrong_there_is_a_sentence_here(paths: Paths) -> None:
    with pytest.raises(ValidationError, match=r"The rules could not be checked: .*warehouse\.duckdb"):
        validation.validate(paths, on_rule=lambda _: None)


def test_it_ends_when_nobody_waits_for_it_any_more(paths: Paths) -> None:
    process = prepared(paths)
    validation._waiting.pop(paths.build_database).close()
    process.join(timeout=60)
    assert process.exitcode == 0


def test_a_process_that_dies_is_a_sentence_here(paths: Paths) -> None:
    process = prepared(paths)
    process.kill()
    process.join(timeout=60)
    with pytest.raises(ValidationError, match="ended before it was done"):
        validation.validate(paths, on_rule=lambda _: None)
