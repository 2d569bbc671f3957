"""One writer over processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration import writer
from orchestration.paths import Paths
from orchestration.writer import WriterBusyError, writing

# takes the lock, says so, and waits; with "fork" a forked child outlives it
HOLDER = """
import multiprocessing, pathlib, sys, time
from orchestration.writer import writing
with writing(pathlib.Path(sys.argv[1]), "a refresh"):
    if sys.argv[2] == "fork":
        worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(30,))
        worker.start()
        print(worker.pid, flush=True)
    else:
        print("held", flush=True)
    time.sleep(30)
"""


def hold(lock: Path, how: str = "plain") -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock), how], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stdout
    return process, process.stdout.readline().strip()


def test_a_second_process_is_told_who_writes(paths: Paths) -> None:
    process, _ = hold(paths.writer_lock)
    try:
        with pytest.raises(WriterBusyError) as busy, writing(paths.writer_lock, "a rollback"):
            pytest.fail("two writers")
        holder = writer.holder(paths.writer_lock)
        assert holder and holder.pid == process.pid and holder.task == "a refresh"
        assert f"process {process.pid}, a refresh, since {holder.started_at}" in str(busy.value)
        assert "Wait until it ends" in str(busy.value)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", ["plain", "fork"])
def test_the_lock_is_free_once_its_holder_was_killed(paths: Paths, how: str) -> None:
    process, said = hold(paths.writer_lock, how)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    try:
        assert writer.holder(paths.writer_lock) is None
        with writing(paths.writer_lock, "a refresh"):
            holder = writer.holder(paths.writer_lock)
            assert holder and holder.pid == os.getpid()
    finally:
        if how == "fork":
            os.kill(int(said), signal.SIGKILL)


def test_the_holder_may_take_it_again(paths: Paths) -> None:
    with writing(paths.writer_lock, "a refresh"):
        with writing(paths.writer_lock, "publishing"):
            pass
        holder = writer.holder(paths.writer_lock)
        assert holder and holder.task == "a refresh"
    assert writer.holder(paths.writer_lock) is None


def test_an_error_inside_gives_it_back(paths: Paths) -> None:
    with pytest.raises(ValueError, match="inside"), writing(paths.writer_lock, "a refresh"):
        raise ValueError("inside")
    with writing(paths.writer_lock, "a refresh"):
        pass


def test_nobody_writes_in_a_warehouse_that_is_not_there_yet(tmp_path: Path) -> None:
    assert writer.holder(tmp_path / "nowhere" / "writer.lock") is None
