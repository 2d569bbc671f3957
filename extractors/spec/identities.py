"""Arithmetic that holds on every printed row of a table, so that the figures of a row vouch for each other."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from extractors.spec.language import Name, Strict

_NAME = r"[a-z][a-z0-9_]*"
_SUM = re.compile(rf"({_NAME})\s*=\s*({_NAME}(?:\s*[-+]\s*{_NAME})*)")
_RATIO = re.compile(rf"({_NAME})\s*=\s*({_NAME})\s*/\s*({_NAME})")


class RowIdentity(Strict):
    """`result` is the sum of `plus` less `minus`, or, where `denominator` is given, what the one column of `plus` is of
    the denominator, as a ratio or a percentage rounded as printed."""

    result: Name
    plus: tuple[Name, ...]
    minus: tuple[Name, ...] = ()
    denominator: Name | None = None

    @property
    def columns(self) -> list[str]:
        """Every column that it names."""
        return [self.result, *self.plus, *self.minus, *([self.denominator] if self.denominator else [])]


def _parsed(value: object) -> object:
    if not isinstance(value, str):
        return value
    if ratio := _RATIO.fullmatch(value.strip()):
        return {"result": ratio[1], "plus": (ratio[2],), "denominator": ratio[3]}
    if (total := _SUM.fullmatch(value.strip())) is None:
        raise ValueError(
            f"{value!r} is no identity: write `a = b - c`, `a = b + c` or `a = b / c` with names of columns"
        )
    terms = re.findall(rf"([-+]?)\s*({_NAME})", total[2])
    return {
        "result": total[1],
        "plus": tuple(name for sign, name in terms if sign != "-"),
        "minus": tuple(name for sign, name in terms if sign == "-"),
    }


Identity = Annotated[RowIdentity, BeforeValidator(_parsed)]
"""A row identity, written as `a = b - c` or `a = b / c`."""
