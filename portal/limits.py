"""How much of a release its site shows, so that a warehouse of millions of rows still has a site that can be copied.

Everything is in the tables of the release; the site of a warehouse that people read through is whole.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a site shows at most: those documents first that have differences, then the latest.

    `documents` have pages for their cells, of which there are no more than `cells`; `institutions` have a page, and
    their pages list `lines` budget lines together (each lists a first page whatever the others took). They and the
    pages of programmes and indicators are made of `rows` lines and as many goals, an equal share of each institution.
    """

    documents: int = 400
    cells: int = 150_000
    institutions: int = 200
    lines: int = 60_000
    rows: int = 300_000

    @classmethod
    def of_documents(cls, documents: int) -> Limits:
        """The limits of a site of so many documents, with room for as many cells for each as there is by default."""
        return cls(documents=documents, cells=documents * (cls.cells // cls.documents))
