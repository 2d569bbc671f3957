"""A PostgreSQL server of the test's own: in a temporary folder, reached through its socket, ended with the test."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NoServerError(RuntimeError):
    """There is no PostgreSQL server to start here; the sentence says why."""


@dataclass(frozen=True)
class Server:
    """A running server; its superuser is called postgres."""

    socket: Path

    def url(self, role: str = "postgres", database: str = "postgres") -> str:
        return f"postgresql://{role}@/{database}?host={self.socket}"


@contextmanager
def server() -> Iterator[Server]:
    """Start a server. NoServerError where there are no programs of it, or no user that may run them."""
    programs, user = _programs(), _user()
    # a socket's path may have about 100 letters, which pytest's folders soon have
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if user:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        _run(user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        _run(user, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "60", "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = shutil.which("initdb")
    if found:
        return found[-1].parent
    if there:
        return Path(there).resolve().parent
    raise NoServerError("PostgreSQL's server programs are not installed (Debian: apt install postgresql)")


def _user() -> str | None:
    """Whom to start it as: the server refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        if shutil.which("runuser"):
            return name
    raise NoServerError("PostgreSQL does not run as root, and there is no runuser or other user to start it as")


def _run(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    prefix = ["runuser", "-u", user, "--"] if user else []
    done = subprocess.run(
        [*prefix, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise NoServerError(f"{words[0]} did not work: {done.stdout.strip().splitlines()[-1:]}")
