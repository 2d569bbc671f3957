"""Where the chatter of the libraries goes: files under `logs/`, never the terminal."""

import logging
from functools import cache
from typing import TYPE_CHECKING

from orchestration.paths import Paths

if TYPE_CHECKING:
    from dagster import LoggerDefinition

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def to_files(paths: Paths) -> None:
    """Send everything this process logs or warns of to `logs/libraries.log`."""
    paths.logs.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(_file_handler(paths, "libraries.log"))
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)


def dagster_logger(paths: Paths) -> "LoggerDefinition":
    """What Dagster would print of each event goes to `logs/dagster.log`; its UI shows the events anyway."""
    from dagster import InitLoggerContext, LoggerDefinition

    def file_logger(context: InitLoggerContext) -> logging.Logger:
        paths.logs.mkdir(parents=True, exist_ok=True)
        log = logging.Logger("dagster", logging.INFO)
        log.addHandler(_file_handler(paths, "dagster.log"))
        return log

    return LoggerDefinition(file_logger, description="Writes to logs/dagster.log.")


@cache
def _file_handler(paths: Paths, name: str) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(paths.logs / name, maxBytes=5_000_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler
