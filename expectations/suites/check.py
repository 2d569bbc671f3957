"""What a suite is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A rule in SQL: no row of `population` may satisfy `unexpected`.

    `population` is a query on the built database that selects the rows the rule speaks of, with the columns that
    help a person find them; `unexpected` is a condition on those columns.
    """

    rule_id: str
    population: str
    unexpected: str
