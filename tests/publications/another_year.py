"""The same publication for another year: what is printed above its tables says so, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

from tests.publications.printed_figures import Page, Publication


def in_another_year(publication: Publication, printed: str, instead: str) -> Publication:
    """The publication with the year `instead` of the `printed` one in every heading."""
    return replace(publication, pages=tuple(_of_year(page, printed, instead) for page in publication.pages))


def _of_year(page: Page, printed: str, instead: str) -> Page:
    return replace(
        page, heading=tuple(tuple(field.replace(printed, instead) for field in line) for line in page.heading)
    )
