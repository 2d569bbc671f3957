"""Keys for comparing printed labels."""

from __future__ import annotations

import unicodedata

# Cyrillic letters that OCR puts in place of Latin ones of the same shape. The documents are Spanish and Portuguese,
# where no Cyrillic occurs at all, so the mapping cannot change a correct label.
_LOOK_ALIKES = str.maketrans("АВЕЗКМНОРСТУХІЅЈаеорсухіѕјтвнкмз", "ABE3KMHOPCTYXISJaeopcyxisjTBHKM3")


def latin(text: str) -> str:
    """The text with look-alike Cyrillic letters replaced by Latin ones."""
    return text.translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """Key of a label: look-alikes, accents, case, spaces and punctuation removed.

    `Alc./ Prog.`, `ALC. / PROG.` and `Alc./Prog.` share one key, and so does `тот AL:` with `Total`. A label of
    signs alone, such as `%`, is its own key.
    """
    decomposed = unicodedata.normalize("NFKD", latin(text)).upper()
    return "".join(character for character in decomposed if character.isalnum()) or "".join(text.split())
