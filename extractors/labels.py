"""Keys for comparing printed labels."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Cyrillic letters that OCR puts in place of Latin ones of the same shape. The documents are Spanish and Portuguese,
# where no Cyrillic occurs at all, so the mapping cannot change a correct label.
_LOOK_ALIKES = str.maketrans("АВЕЗКМНОРСТУХІЅЈаеорсухіѕјтвнкмз", "ABE3KMHOPCTYXISJaeopcyxisjTBHKM3")

_SHORT = 500


def latin(text: str) -> str:
    """The text with look-alike Cyrillic letters replaced by Latin ones."""
    return text.translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """Key of a label: look-alikes, accents, case, spaces and punctuation removed.

    `Alc./ Prog.`, `ALC. / PROG.` and `Alc./Prog.` share one key, and so does `тот AL:` with `Total`. A label of
    signs alone, such as `%`, is its own key.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold_long(text)


def _fold(text: str) -> str:
    if text.isascii():
        key = "".join(filter(str.isalnum, text.upper()))
    else:
        decomposed = unicodedata.normalize("NFKD", latin(text)).upper()
        key = "".join(character for character in decomposed if character.isalnum())
    return key or "".join(text.split())


# Every cell is compared with the labels of every layout, and the same texts come again on every page.
_fold_short = lru_cache(maxsize=20_000)(_fold)
_fold_long = lru_cache(maxsize=16)(_fold)
