"""What a workbook shows: a stored number under its number format, as text.

Covers the formats that public offices use: General, fixed decimals, thousands, percent, accounting (with a dash for
zero), negatives in parentheses, literal text, dates. A format outside these raises ValueError, because text that
only resembles the printed one would be an invention.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(General)|([0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(.)', re.I)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DATE_TOKEN = re.compile(r'y{2,4}|m{1,4}|d{1,4}|h{1,2}|s{1,2}|AM/PM|"[^"]*"|\\.|.', re.IGNORECASE)
_OF_THE_SYSTEM = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd hh:mm"}
"""Built-in formats that every computer shows in its own order of day and month: only the year first is unambiguous."""
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color\d+", re.IGNORECASE)
_GENERAL_CHARACTERS = 11
"""General shows at most eleven characters, decimal point included."""
_LARGEST = 20
"""Numbers of more digits before the point are refused: no public amount has them, a hostile one may."""


def displayed(value: object, number_format: str) -> str:
    """The text a workbook displays for `value` under `number_format`.

    Raises ValueError for a number format that is not covered.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, number_format)
    if isinstance(value, int | float | Decimal):
        exact = _exact(value)
        if not exact.is_finite() or exact.adjusted() >= _LARGEST:
            raise ValueError(f"the value {value!r}")
        return _number(exact, number_format)
    raise ValueError(f"a value of type {type(value).__name__}")


def _exact(value: int | float | Decimal) -> Decimal:
    # A workbook shows 15 significant digits of its binary numbers.
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)


def _number(value: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    if len(sections) == 1:
        sign, section = ("-" if value < 0 else ""), sections[0]
    elif value < 0:
        sign, section = "", sections[1]
    elif value == 0 and len(sections) >= 3:
        sign, section = "", sections[2]
    else:
        sign, section = "", sections[0]
    text = _section(abs(value), section)
    if sign and not re.search(r"[1-9]", text):
        sign = ""  # -0.001 under 0.00 shows 0.00
    return (sign + text).strip()


def _sections(number_format: str) -> list[str]:
    parts, quoted, current = [], False, ""
    for character in number_format or "General":
        if character == '"':
            quoted = not quoted
        if character == ";" and not quoted:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def _section(value: Decimal, section: str) -> str:
    percent = "%" in re.sub(r'"[^"]*"|\\.', "", section)
    text, numbers = "", 0
    for match in _TOKEN.finditer(section):
        quoted, escaped, _padding, _repeated, bracket, general, digits, other = match.groups()
        if quoted is not None:
            text += quoted
        elif escaped:
            text += escaped
        elif bracket is not None:
            if bracket.startswith("$"):
                text += bracket[1:].partition("-")[0]
            elif not _COLOUR.fullmatch(bracket):
                raise ValueError(f"the number format {section!r}")  # a condition or a stretch of time
        elif general or other == "@":
            # A number in a cell formatted as text is shown as under General.
            text += _general(value)
            numbers += 1
        elif digits:
            if set(digits) == {"?"}:
                continue  # a placeholder for alignment only, as in the accounting dash
            text += _digits(value * 100 if percent else value, digits)
            numbers += 1
        elif other:
            if other.isalpha() or other in "/,":
                raise ValueError(f"the number format {section!r}")
            text += other
    if numbers > 1:
        raise ValueError(f"the number format {section!r}")  # digits in groups, as in 000-00-0000
    return text


def _digits(value: Decimal, digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    if whole.endswith(",") or ("," in whole and whole.count("0") > 1):
        raise ValueError(f"the number format {digits!r}")
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{rounded:{',' if ',' in whole else ''}f}"
    integer, _, decimals = text.partition(".")
    integer = integer.zfill(whole.count("0")) if "," not in whole else integer
    if integer == "0" and "0" not in whole:
        integer = ""
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        if decimals.endswith("0"):
            decimals = decimals[:-1]
    return f"{integer}.{decimals}" if decimals else integer


def _general(value: Decimal) -> str:
    whole = len(str(int(value)))
    if whole > _GENERAL_CHARACTERS or (value and value < Decimal("0.0001")):
        raise ValueError(f"General for {value}, which a workbook would show in scientific notation")
    rounded = value.quantize(Decimal(1).scaleb(-max(0, _GENERAL_CHARACTERS - 1 - whole)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: dt.datetime | dt.date | dt.time, number_format: str) -> str:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S") if value.second else value.strftime("%H:%M")
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    text, after_hour = "", False
    section = re.sub(r"\[[^\]]*\]", "", number_format.split(";")[0])
    section = _OF_THE_SYSTEM.get(section, section)
    if not _DATE.search(section):
        raise ValueError(f"the date format {number_format!r}")
    for token in _DATE_TOKEN.findall(section):
        key = token.lower()
        if key in ("yyyy", "yyy"):
            text += f"{moment.year:04d}"
        elif key == "yy":
            text += f"{moment.year % 100:02d}"
        elif key in ("mm", "m") and after_hour:
            text += f"{moment.minute:02d}"
        elif key == "mm":
            text += f"{moment.month:02d}"
        elif key == "m":
            text += str(moment.month)
        elif key == "dd":
            text += f"{moment.day:02d}"
        elif key == "d":
            text += str(moment.day)
        elif key in ("hh", "h"):
            text += f"{moment.hour:02d}"
        elif key in ("ss", "s"):
            text += f"{moment.second:02d}"
        elif key in ("mmm", "mmmm", "ddd", "dddd", "am/pm"):
            raise ValueError(f"the date format {number_format!r}")
        else:
            text += token.strip('"').removeprefix("\\")
        if key.strip():
            after_hour = key in ("hh", "h") or (after_hour and not key.isalpha())
    return text.strip()
