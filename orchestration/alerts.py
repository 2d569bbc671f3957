"""Tells somebody when a refresh published nothing or put a new document into quarantine.

Off unless CONTRASTE_ALERT_COMMAND or CONTRASTE_ALERT_URL is set: a command that gets the message as JSON on its
standard input, an address it is posted to. What happens to the message never changes what the refresh came to.
"""

import json
import os
import shlex
import socket
import subprocess
import urllib.request
from collections.abc import Mapping
from typing import Any

from orchestration.outcomes import Attempt
from orchestration.paths import Paths

COMMAND_VARIABLE = "CONTRASTE_ALERT_COMMAND"
URL_VARIABLE = "CONTRASTE_ALERT_URL"
SUBJECT_VARIABLE = "CONTRASTE_ALERT_SUBJECT"
_COMMAND_SECONDS, _URL_SECONDS = 60, 10
_LISTED = 10


def message(paths: Paths, attempt: Attempt) -> dict[str, Any] | None:
    """What there is to tell of a refresh; None when it needs nobody. `text` says all of it, for a chat."""
    if attempt.outcome != "not_published" and not attempt.newly_quarantined:
        return None
    quarantined = [{"document": name, "reason": reason} for name, reason in attempt.newly_quarantined]
    if attempt.outcome == "not_published":
        subject = "Contraste published nothing"
    else:
        documents = "a document" if len(quarantined) == 1 else f"{len(quarantined)} documents"
        subject = f"Contraste published, and put {documents} into quarantine"
    subject += f" ({socket.gethostname()})"
    lines = [*attempt.problems, *(f"{each['document']}: {each['reason']}" for each in quarantined)]
    more = [f"and {len(lines) - _LISTED} more: contraste status --all"] if len(lines) > _LISTED else []
    return {
        "subject": subject,
        "text": "\n".join([subject, *lines[:_LISTED], *more]),
        "outcome": attempt.outcome,
        "started_at": attempt.started_at,
        "ended_at": attempt.ended_at,
        "served": attempt.version,
        "problems": list(attempt.problems),
        "quarantined": quarantined,
        "warehouse": str(paths.home),
    }


def tell(paths: Paths, attempt: Attempt, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Tell whoever is to be told; one sentence for every way that did not work."""
    command, url = environment.get(COMMAND_VARIABLE), environment.get(URL_VARIABLE)
    said = message(paths, attempt) if command or url else None
    if said is None:
        return []
    content = json.dumps(said, ensure_ascii=False).encode()
    failures = []
    if command and (reason := _run(command, content, {**environment, SUBJECT_VARIABLE: said["subject"]})):
        failures.append(f"{COMMAND_VARIABLE} did not take the alert: {reason}")
    if url and (reason := _post(url, content)):
        failures.append(f"{URL_VARIABLE} did not take the alert: {reason}")
    return failures


def _run(command: str, content: bytes, environment: Mapping[str, str]) -> str | None:
    """Without a shell: nothing a document says can become part of a command."""
    try:
        done = subprocess.run(
            shlex.split(command),
            input=content,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return f"it ended with {done.returncode}{': ' + last[0] if last else ''}"


def _post(url: str, content: bytes) -> str | None:
    if not url.startswith(("http://", "https://")):
        return "it is no http or https address"
    request = urllib.request.Request(url, content, {"Content-Type": "application/json; charset=utf-8"})
    try:
        with urllib.request.urlopen(request, timeout=_URL_SECONDS):
            return None
    except (OSError, ValueError) as error:
        return str(error)
