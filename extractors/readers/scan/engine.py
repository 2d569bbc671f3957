"""The OCR engine: finds text in a picture and reads it, character by character with a confidence each.

It is an optional part of the installation (the group `ocr`). Its models are files of its wheel: nothing is downloaded,
as long as no language is asked for.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.errors import UnreadableDocument

MISSING = "the OCR engine is not installed"
_PACKAGES = ("rapidocr", "onnxruntime", "cv2")
_DETECTION_PIXELS = 1600
"""The longer side of the picture in which text is looked for; it is read in the full one."""
_MOST_LINES = 5_000
_BATCH = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """What one stretch of text says: characters, spaces among them, with confidences and centres (0 to 1, from the
    left edge of the picture to the right one)."""

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]


def is_installed() -> bool:
    """True when scans can be read here."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


def check_installed() -> None:
    """Raise UnreadableDocument naming the command when the engine is not installed."""
    if not is_installed():
        raise UnreadableDocument(
            f"it is scanned, and {MISSING}; `make install` or `pip install --group ocr` brings it, then refresh again."
        )


@cache
def engine_name() -> str | None:
    """Name and version of the engine; None where it is not installed."""
    if not is_installed():
        return None
    return " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("rapidocr", "onnxruntime"))


class Engine:
    """The models, loaded once for a process: about a second and half a gigabyte."""

    def __init__(self) -> None:
        check_installed()
        from rapidocr import RapidOCR

        engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,  # the classifier turns `0.00` upside down
                "Det.limit_type": "max",
                "Det.limit_side_len": _DETECTION_PIXELS,
                "Det.max_candidates": _MOST_LINES,
                "Rec.rec_batch_num": _BATCH,
                # the least width that a stretch is padded to: most stretches of a table are as short as `0.00`
                "Rec.rec_img_shape": [3, 48, 96],
                # threads of its own would wait for each other busily; batches are read side by side instead
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        # The whole call keeps no confidence for each character and reads in the picture made smaller for finding.
        self._find = engine._load_det_model()
        self._recognise = engine._load_rec_model()

    def find(self, picture: Any) -> list[tuple[float, float, float, float]]:
        """Boxes of text (x0, top, x1, bottom) in pixels of a grey picture, in reading order."""
        import cv2

        found = self._find(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
        if found.boxes is None:
            return []
        return [
            (float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max()))
            for box in found.boxes
        ]

    def read(self, pictures: Sequence[Any]) -> list[Reading]:
        """Read pictures of one line of text each."""
        import cv2
        from rapidocr.ch_ppocr_rec.typings import TextRecInput

        if not pictures:
            return []
        colour = [cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) for picture in pictures]
        # stretches of like width in one batch: each is padded to the widest
        order = sorted(range(len(colour)), key=lambda index: colour[index].shape[1] / colour[index].shape[0])
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]

        def recognise(batch: list[int]) -> Any:
            return self._recognise(TextRecInput(img=[colour[index] for index in batch], return_word_box=True))

        readings: dict[int, Reading] = {}
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for batch, result in zip(batches, pool.map(recognise, batches), strict=True):
                for index, text, words in zip(batch, result.txts or (), result.word_results or (), strict=True):
                    readings[index] = _reading(text, words)
        return [readings[index] for index in range(len(colour))]


@cache
def engine() -> Engine:
    """The engine of this process. Raises UnreadableDocument where it is not installed."""
    return Engine()


def _reading(text: str, words: Any) -> Reading:
    if not text.strip() or not words.line_txt_len:
        return Reading("", (), ())
    columns = [column for word in words.word_cols for column in word]
    centres: list[float] = []
    for character in text:
        # a space has no column of its own: it stands where the character before it does
        if character.isspace():
            centres.append(centres[-1] if centres else 0.0)
        else:
            centres.append(min(1.0, (columns.pop(0) + 0.5) / words.line_txt_len))
    return Reading(text, tuple(round(float(value), 3) for value in words.confs), tuple(centres))
