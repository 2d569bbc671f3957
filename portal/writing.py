"""Writing pages: every page in both languages, with the same frame, escaped, and with relative links only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from portal.errors import PortalError, one_line
from portal.page_images import take_over
from portal.words import LANGUAGES, Text, in_language, word

MOST_BYTES = 150_000
MADE_OF = "assets/made-of.json"
"""What each lasting page of a site was made of, so that the next site can take over those that stay the same."""
_CLIPPED = 480
"""Characters of a text that a table shows; the cell it was read from shows all of it."""


@dataclass(frozen=True)
class Page:
    """One page, in both languages.

    `path` is its address from the root of a language, `section` the entry of the navigation it belongs to, `trail`
    the pages above it (title, address), `charts` the rows of each chart by the name of its specification. A lasting
    page says nothing of the release it belongs to, so that it stays the same file as long as its content does.
    `language` is that of the documents which a page of one institution quotes.
    """

    path: str
    template: str
    title: Text
    section: str
    content: Mapping[str, Any] = field(default_factory=dict)
    trail: Sequence[tuple[Text | str, str]] = ()
    has_charts: bool = False
    is_lasting: bool = False
    language: str = LANGUAGES[0]


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    section: str
    path: str
    title: Text
    is_main: bool = True
    """Whether it stands at the head of every page; else at its foot."""


class Writer:
    """Writes the pages of one site; `about` is what the foot of a page says of the release, `tongue` the language in
    which an institution (by its key) is quoted, `before` the site of the release before, from which lasting pages are
    taken over that are made of the same."""

    def __init__(
        self,
        site: Path,
        navigation: Sequence[Entry],
        about: Mapping[str, Any],
        tongue: Callable[[Any], str],
        before: Path | None = None,
    ) -> None:
        self._site, self._before = site, before
        self._frame = _digest([_code(), _plain(list(navigation))])
        self._made_of: dict[str, str] = {}
        self._was_made_of = _read(before / MADE_OF) if before else {}
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(_=_say, w=_word, data=_data, navigation=navigation, about=about)
        self._environment.filters.update(clip=clip, say=_said, inline=_inline, tongue=tongue)
        self.pages = self.taken_over = 0
        self.bytes = 0
        self.largest = ("", 0)

    def write(self, pages: Iterable[Page]) -> None:
        """Write the pages in both languages."""
        for page in pages:
            if page.is_lasting and self._stays(page):
                continue
            try:
                template = self._environment.get_template(page.template)
                for language in LANGUAGES:
                    self._write(page, template, language)
            except TemplateError as error:
                raise PortalError(f"The page {page.path} of the site cannot be made: {one_line(error)}") from error

    def finish(self) -> None:
        """Leave word for the next site of what the lasting pages were made of."""
        (self._site / MADE_OF).write_text(json.dumps(self._made_of, indent=0, sort_keys=True) + "\n", "utf-8")

    def _stays(self, page: Page) -> bool:
        """Take the page over in both languages if the release before made it of the very same."""
        made_of = _digest([self._frame, _plain(page)])
        self._made_of[page.path] = made_of
        if self._before is None or self._was_made_of.get(page.path) != made_of:
            return False
        for language in LANGUAGES:
            here = _address(page, language)
            target = self._site / here
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            if not take_over(self._before / here, target):
                return False
        for language in LANGUAGES:
            self._count(_address(page, language), (self._site / _address(page, language)).stat().st_size)
        self.taken_over += len(LANGUAGES)
        return True

    def _count(self, here: str, size: int) -> None:
        self.pages += 1
        self.bytes += size
        if size > self.largest[1]:
            self.largest = (here, size)

    def _write(self, page: Page, template: Any, language: str) -> None:
        here = _address(page, language)
        root = "../" * here.count("/")
        base = root if language == "es" else f"{root}en/"
        other = f"{root}en/{page.path}" if language == "es" else f"{root}{page.path}"
        text = template.render(page=page, lang=language, root=root, base=base, other=other, **page.content)
        content = text.encode()
        target = self._site / here
        target.parent.mkdir(parents=True, exist_ok=True)
        # what lies there may be the file of another release
        target.unlink(missing_ok=True)
        target.write_bytes(content)
        self._count(here, len(content))


def _address(page: Page, language: str) -> str:
    return page.path if language == "es" else f"{language}/{page.path}"


def _code() -> str:
    """A checksum of everything but the content that makes a page what it is: this package."""
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".html", ".yml"))
    return _digest([[path.relative_to(here).as_posix(), path.read_text("utf-8")] for path in files])


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: Any, seen: dict[int, int] | None = None) -> Any:
    """What a page is made of, as far as it can be written as JSON; the rest is told apart by its text.

    What stands in several places (a cell among the neighbours of others) is written out once and then told by the order
    in which it came up, which is the same for the same page.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    seen = {} if seen is None else seen
    if isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, type)):
        if id(value) in seen:
            return f"again {seen[id(value)]}"
        seen[id(value)] = len(seen)
        parts = (
            value.items() if isinstance(value, Mapping) else ((f.name, getattr(value, f.name)) for f in fields(value))
        )
        return {str(name): _plain(part, seen) for name, part in parts}
    if isinstance(value, list | tuple):
        return [_plain(each, seen) for each in value]
    return str(value)


def _read(file: Path) -> dict[str, str]:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


@pass_context
def _say(context: Context, spanish: str, english: str) -> str:
    return in_language((spanish, english), context["lang"])


@pass_context
def _said(context: Context, text: Text | str | None) -> str:
    return "" if text is None else in_language(text, context["lang"])


@pass_context
def _word(context: Context, group: str, code: object) -> str:
    return in_language(word(group, code), context["lang"])


@pass_context
def _data(context: Context, value: Any) -> Markup:
    """Data for a script, inside the page: nothing in it can end the element it stands in."""
    text = json.dumps(_in_one_language(value, context), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _in_one_language(value: Any, context: Context) -> Any:
    if isinstance(value, tuple):
        return in_language(value, context["lang"])  # type: ignore[arg-type]
    if isinstance(value, Mapping):
        return {
            # an address is given from the root of the language
            key: context["base"] + each if key == "href" and each else _in_one_language(each, context)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_in_one_language(each, context) for each in value]
    return value


def clip(text: object, longest: int = _CLIPPED) -> str:
    """A text of a source, cut where a table would drown in it."""
    shown = "" if text is None else str(text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _inline(text: object) -> str:
    """A text on one line."""
    return " ".join(str(text or "").split())


def paged(rows: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Rows by the page they stand on; one empty page when there are none."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [rows]


def runs(rows: Iterable[Any], key: Callable[[Any], Any]) -> list[list[Any]]:
    """Rows that follow each other and are of the same thing, which need say only once what they are of."""
    return [list(run) for _, run in groupby(rows, key)]


def numbered(path: str, number: int) -> str:
    """The address of the n-th page of a list that begins at `path`."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"
