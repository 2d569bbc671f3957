"""Repairs of what OCR typically confuses, each with its reason. What was read is kept beside the repair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.labels import latin
from extractors.numerals import is_number
from extractors.spec import Numbers

_AS_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "і": "1"})
_DECIMALS = 2
_AMOUNT = re.compile(r"(?P<sign>[-(]?)(?P<rest>(?:\d{1,3}(?:[.,'’´`]\d{3})*|\d+)[.,]\d{2})(?P<close>\)?)")
_SOME_DIGITS = re.compile(r"(?P<sign>[-(]?)(?P<rest>\d[\d.,'’´`]*\d)(?P<close>\)?)")
_ENDS_IN_DECIMALS = re.compile(r"[.,]\d{2}\)?%?$")
_BLANK_SIGNS = ("", "-", "--")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text made whole, and why; `is_certain` where what was read could mean nothing else."""

    text: str
    reason: str | None = None
    is_certain: bool = True


def number_repaired(text: str, numbers: Numbers, has_decimals: bool) -> Repaired | None:
    """A number in the format of its source, or None when the text cannot be made one.

    `has_decimals` says that the column prints amounts with two decimals: then separators that were lost or swapped
    are restored from the right.
    """
    plain = " ".join(text.split())
    if plain.count("$") > 1 or sum(_ENDS_IN_DECIMALS.search(part) is not None for part in plain.split()) > 1:
        return None  # two figures, which must not become one
    if is_number(plain, numbers) and (not has_decimals or _has_two_decimals(plain, numbers)):
        return Repaired(plain)
    reasons = []
    if (letters := latin(plain)) != plain:
        reasons.append("Cyrillic letters")
    # A dollar sign has the shape of an S: a digit never stands for it, but a letter does.
    money = re.sub(r"^([-(]?)\s*[S§]\s*(?=[\dOolI|])", r"\1$", letters)
    digits = money.translate(_AS_DIGITS)
    if digits != letters:
        reasons.append("letters for digits")
    sign = "$" if "$" in digits else ""
    bare = re.sub(r"[\s$]", "", digits)
    if bare in _BLANK_SIGNS:
        return None
    if is_number(bare, numbers) and (not has_decimals or _has_two_decimals(bare, numbers)):
        return Repaired(_signed(sign, bare), _why(reasons or ["spaces inside the number"]))
    found = _AMOUNT.fullmatch(bare)
    certain = found is not None
    if found is None and has_decimals:
        found = _SOME_DIGITS.fullmatch(bare)
    if found is None:
        return None
    figures = re.sub(r"\D", "", found["rest"])
    if len(figures) <= _DECIMALS:
        return None
    apostrophes = re.fullmatch(r"[-(]?[\d,.]*['’´`][\d,.]*\)?", bare) is not None
    rebuilt = found["sign"] + _grouped(figures, numbers) + found["close"]
    reasons.append("apostrophe for millions" if apostrophes and certain else "separators restored")
    return Repaired(_signed(sign, rebuilt), _why(reasons), certain)


def code_repaired(text: str, pattern: str | None) -> Repaired | None:
    """A code that matches its pattern, or None when the text cannot be made one."""
    plain = " ".join(text.split())

    def fits(candidate: str) -> bool:
        return pattern is None or re.fullmatch(pattern, candidate, re.IGNORECASE) is not None

    if fits(plain):
        return Repaired(plain)
    for candidate, reason in (
        (latin(plain), "Cyrillic letters"),
        (re.sub(r"\s", "", latin(plain)), "spaces inside the code"),
        (re.sub(r"\s", "", latin(plain)).translate(_AS_DIGITS), "letters for digits"),
        (re.sub(r"[\s.]", "", latin(plain)).translate(_AS_DIGITS), "stray points"),
    ):
        if fits(candidate):
            return Repaired(candidate, reason)
    return None


def text_repaired(text: str) -> Repaired:
    """Words in Latin letters: the documents are Spanish and Portuguese, so that a Cyrillic letter is misread."""
    letters = latin(text)
    return Repaired(letters, None if letters == text else "Cyrillic letters")


def has_two_decimals(text: str, numbers: Numbers) -> bool:
    """True for a number printed with two decimals."""
    return is_number(text, numbers) and _has_two_decimals(text, numbers)


def _has_two_decimals(text: str, numbers: Numbers) -> bool:
    return re.search(re.escape(numbers.decimal) + r"\d{2}\)?\s?%?$", text) is not None or text.strip() == "-"


def _grouped(figures: str, numbers: Numbers) -> str:
    whole, decimals = figures[:-_DECIMALS].lstrip("0") or "0", figures[-_DECIMALS:]
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return numbers.thousands.join(groups) + numbers.decimal + decimals


def _signed(sign: str, text: str) -> str:
    return text.replace("-", f"-{sign}", 1) if text.startswith("-") else f"{sign}{text}"


def _why(reasons: list[str]) -> str:
    return ", ".join(dict.fromkeys(reasons))
