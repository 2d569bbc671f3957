"""A headless Chromium, spoken to through a pipe: no driver package, no port, no network."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def executable() -> str | None:
    """Where a Chromium is, None when there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class BrowserError(RuntimeError):
    """The browser said no, or nothing in time."""


class Browser:
    """One browser with one page. Use it as a context manager."""

    def __init__(self, program: str, seconds: float = 60.0) -> None:
        self._seconds = seconds
        self._profile = tempfile.mkdtemp(prefix="chromium")
        to_browser, self._to = os.pipe()
        self._from, from_browser = os.pipe()

        def pipes() -> None:
            # the browser reads from 3 and writes to 4; what lies there now may be one of ours
            read, written = os.dup(to_browser), os.dup(from_browser)
            os.dup2(read, 3)
            os.dup2(written, 4)

        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            preexec_fn=pipes,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._ids = itertools.count(1)
        self._buffer = b""
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", {"url": "about:blank"}, None)["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True}, None)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Security"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(BrowserError, OSError):
            self._send("Browser.close", {}, None)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for end in (self._to, self._from):
            os.close(end)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command to the page."""
        return self._call(method, parameters, self._session)

    def size(self, width: int, height: int, *, dark: bool = False, media: str = "") -> None:
        """The window, and whether the reader prefers dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded and drawn."""
        # a new fragment of the page that is open would load nothing
        self._go("about:blank")
        self.events.clear()
        self._go(address)
        self.settle()

    def _go(self, address: str) -> None:
        self.events.clear()
        self.call("Page.navigate", url=address)
        self._until(lambda: any(event.get("method") == "Page.loadEventFired" for event in self.events))

    def settle(self) -> None:
        """Wait until every chart of the page is drawn, and laid out."""
        self._until(
            lambda: self.run(
                "[...document.querySelectorAll('[data-chart].drawn')].every((chart) => chart.querySelector('svg'))"
            )
        )
        # asks for the layout, and so waits for it; unlike a frame it comes without scripts as well
        self.call("Page.getLayoutMetrics")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise BrowserError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression holds, over a change of page if it comes to that."""

        def holds() -> bool:
            try:
                return bool(self.run(condition))
            except BrowserError as error:
                # between two pages there is none to ask
                if "gone" in str(error):
                    raise
                return False

        self._until(holds)

    def press(self, key: str, code: int) -> None:
        """One key of the keyboard."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def picture(self, file: Path, *, whole: bool = False, most: int = 4_000) -> None:
        """A PNG of what is shown, or of the whole page down to so many pixels."""
        parameters: dict[str, Any] = {"format": "png"}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            height = min(size["height"], most)
            clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
            parameters |= {"captureBeyondViewport": True, "clip": clip}
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", **parameters)["data"]))

    def complaints(self) -> list[str]:
        """What the console and the log said since the page was opened."""
        found = []
        for event in self.events:
            parameters = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(str(parameters["exceptionDetails"].get("exception", {}).get("description")))
            elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                found.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
            elif event.get("method") == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
                found.append(
                    str([argument.get("value") or argument.get("description") for argument in parameters["args"]])
                )
        return found

    def requested(self) -> list[str]:
        """Every address asked for since the page was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def _call(self, method: str, parameters: dict[str, Any], session: str | None) -> dict[str, Any]:
        number = self._send(method, parameters, session)
        answer: list[dict[str, Any]] = []

        def answered() -> bool:
            return bool(answer)

        self._until(answered, lambda message: answer.append(message) if message.get("id") == number else None)
        if "error" in answer[0]:
            raise BrowserError(f"{method}: {answer[0]['error']}")
        return answer[0]["result"]

    def _send(self, method: str, parameters: dict[str, Any], session: str | None) -> int:
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return number

    def _until(self, is_so: Any, hear: Any = None) -> None:
        deadline = time.monotonic() + self._seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise BrowserError("The browser did not answer in time.")
            ready, _, _ = select.select([self._from], [], [], 0.05)
            if not ready:
                continue
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise BrowserError("The browser is gone.")
            self._buffer += piece
            *messages, self._buffer = self._buffer.split(b"\0")
            for message in map(json.loads, messages):
                if hear:
                    hear(message)
                if "method" in message:
                    self.events.append(message)
