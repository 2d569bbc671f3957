"""A Superset of the test's own, asked as its pages ask it: over its REST interface."""

import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CONFIGURATION = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
# a test on this machine: no page is shown
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
"""


class Superset:
    """One running server and a session of its administrator."""

    def __init__(self, address: str) -> None:
        self.address, self._token = address, ""

    def sign_in(self, password: str) -> None:
        answer = self.ask(
            "/api/v1/security/login",
            {"username": "admin", "password": password, "provider": "db", "refresh": False},
        )
        self._token = answer["access_token"]

    def ask(self, path: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET, or POST what is given; AssertionError with the server's words when it refuses."""
        request = urllib.request.Request(
            self.address + path,
            None if content is None else json.dumps(content).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read().decode()[:2000]}") from None

    def sql(self, database: int, query: str) -> list[dict[str, Any]]:
        """What SQL Lab shows for a query."""
        return self.ask("/api/v1/sqllab/execute/", {"database_id": database, "sql": query, "runAsync": False})["data"]


@contextmanager
def superset(programs: Path, folder: Path) -> Iterator[Superset]:
    """Set up and start the Superset whose programs lie in `programs`; everything it writes goes into `folder`."""
    configuration = folder / "superset_config.py"
    configuration.write_text(_CONFIGURATION.format(secret=secrets.token_urlsafe(32), folder=folder), "utf-8")
    password = secrets.token_urlsafe(16)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {
        "SUPERSET_CONFIG_PATH": str(configuration),
        "SUPERSET_HOME": str(folder),
        "FLASK_APP": "superset",
        "PATH": f"{programs}:{os.environ['PATH']}",
    }

    def run(*command: str) -> None:
        done = subprocess.run(
            [str(programs / "superset"), *command], env=environment, cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]

    run("db", "upgrade")
    names = ("--username", "admin", "--firstname", "A", "--lastname", "B", "--email", "admin@example.org")
    run("fab", "create-admin", *names, "--password", password)
    run("init")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [str(programs / "gunicorn"), "-b", f"127.0.0.1:{port}", "-t", "300", "superset.app:create_app()"],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            started = Superset(f"http://127.0.0.1:{port}")
            _wait_for(started, server, folder / "server.log")
            started.sign_in(password)
            yield started
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_for(server: Superset, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-2000:]
        try:
            with urllib.request.urlopen(server.address + "/health", timeout=10):
                return
        except OSError:
            time.sleep(1)
    raise AssertionError(f"Superset did not start: {log.read_text()[-2000:]}")
