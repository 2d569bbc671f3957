"""What is told of a refresh, to whom, and that a message that reaches nobody changes nothing."""

import json
import stat
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from orchestration import alerts, attempts
from orchestration.outcomes import Attempt, Document, Extraction
from orchestration.paths import Paths

FAILED = Attempt(
    "2026-11-20T06:00:00+00:00",
    "2026-11-20T06:01:20+00:00",
    "not_published",
    "20261119T060000-000000",
    problems=["it_adds_up: Everything adds up. (3 failing rows)"],
)


@pytest.fixture
def command(tmp_path: Path) -> tuple[str, Path]:
    """A command that keeps what it is told, and where."""
    told = tmp_path / "told.json"
    script = tmp_path / "tell me.py"
    script.write_text(
        "import os, pathlib, sys\n"
        f"pathlib.Path({str(told)!r}).write_text(os.environ['CONTRASTE_ALERT_SUBJECT'] + '\\n' + sys.stdin.read())\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return f"'{sys.executable}' '{script}'", told


@pytest.fixture
def listening() -> Iterator[tuple[str, list[dict]]]:
    """An address on this machine that keeps what is posted to it."""
    posted: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            posted.append(content)
            self.send_response(500 if "refuse" in self.path else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()
        thread.join()


def test_nobody_is_told_unless_somebody_asked(paths: Paths, command: tuple[str, Path]) -> None:
    assert alerts.tell(paths, FAILED, {}) == []
    assert not command[1].exists()


def test_a_failure_is_told_to_a_command_and_an_address(
    paths: Paths, command: tuple[str, Path], listening: tuple[str, list[dict]]
) -> None:
    url, posted = listening
    told = {"CONTRASTE_ALERT_COMMAND": command[0], "CONTRASTE_ALERT_URL": url}
    assert alerts.tell(paths, FAILED, told) == []
    subject, content = command[1].read_text().split("\n", 1)
    assert subject.startswith("Contraste published nothing (")
    assert json.loads(content) == posted[0]
    assert posted[0]["problems"] == ["it_adds_up: Everything adds up. (3 failing rows)"]
    assert posted[0]["served"] == "20261119T060000-000000"
    assert posted[0]["text"].splitlines() == [subject, *FAILED.problems]


def test_what_is_fine_is_not_told(paths: Paths, listening: tuple[str, list[dict]]) -> None:
    fine = Attempt("2026-11-20T06:00:00+00:00", outcome="published", quarantined=[("viejo.pdf", "no table")])
    assert alerts.tell(paths, fine, {"CONTRASTE_ALERT_URL": listening[0]}) == []
    assert listening[1] == []


def test_only_what_is_new_in_quarantine_is_told(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, listening: tuple[str, list[dict]]
) -> None:
    url, posted = listening
    monkeypatch.setenv("CONTRASTE_ALERT_URL", url)
    held = [Document("viejo.pdf", None, None, "quarantined", "no table", 0)]
    Extraction("1", documents=held).save(paths)
    attempts.end(paths, attempts.begin(paths), "published", [])
    assert posted[0]["subject"].startswith("Contraste published, and put a document into quarantine (")
    assert posted[0]["quarantined"] == [{"document": "viejo.pdf", "reason": "no table"}]

    new = Document("$(touch /tmp/x).pdf", None, None, "quarantined", "`id`", 0)
    Extraction("2", documents=[*held, new]).save(paths)
    attempts.end(paths, attempts.begin(paths), "published", [])
    assert [each["document"] for each in posted[1]["quarantined"]] == ["$(touch /tmp/x).pdf"]

    attempts.end(paths, attempts.begin(paths), "published", [])
    assert len(posted) == 2


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("CONTRASTE_ALERT_COMMAND", "/no/such/program", "CONTRASTE_ALERT_COMMAND did not take the alert: "),
        (
            "CONTRASTE_ALERT_COMMAND",
            "'unclosed",
            "CONTRASTE_ALERT_COMMAND did not take the alert: No closing quotation",
        ),
        ("CONTRASTE_ALERT_URL", "file:///etc/passwd", "CONTRASTE_ALERT_URL did not take the alert: it is no http"),
        ("CONTRASTE_ALERT_URL", "http://127.0.0.1:9/", "CONTRASTE_ALERT_URL did not take the alert: "),
    ],
)
def test_an_alert_that_reaches_nobody_is_a_sentence(paths: Paths, variable: str, value: str, sentence: str) -> None:
    [said] = alerts.tell(paths, FAILED, {variable: value})
    assert said.startswith(sentence)


def test_an_address_that_refuses_is_a_sentence(paths: Paths, listening: tuple[str, list[dict]]) -> None:
    [said] = alerts.tell(paths, FAILED, {"CONTRASTE_ALERT_URL": f"{listening[0]}/refuse"})
    assert "500" in said


def test_a_command_that_fails_is_a_sentence(paths: Paths) -> None:
    command = f"{sys.executable} -c 'import sys; sys.exit(\"no mail today\")'"
    [said] = alerts.tell(paths, FAILED, {"CONTRASTE_ALERT_COMMAND": command})
    assert said.endswith("it ended with 1: no mail today")
