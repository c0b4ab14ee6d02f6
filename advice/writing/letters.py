"""Which letters our fonts have: what they lack cannot stand in a PDF, and is shown as U+FFFD there.

A font says in its table ``cmap`` which characters it can draw. A letter with its marks has to come
from one font.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from advice.writing.lettering import letters_of

LACKING = "\N{REPLACEMENT CHARACTER}"

#: More marks than this on one letter are of no language, and would be drawn over other lines.
MOST_MARKS = 5

#: Our fonts by family, in the order in which they are tried (OFL.txt beside them).
FAMILIES = {
    "Noto Sans": "NotoSans",
    "Noto Sans Arabic": "NotoSansArabic",
    "Noto Sans Hebrew": "NotoSansHebrew",
    "Noto Sans Ethiopic": "NotoSansEthiopic",
    "Noto Sans Symbols": "NotoSansSymbols",
    "Noto Emoji": "NotoEmoji",
}


def printable(text: str) -> str:
    """The text with each letter that no font has as U+FFFD. A letter and its mark are one sign
    where there is such a one, so that a reader of the PDF meets both once."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\ufeff", ""))  # a mark of files, no letter
    return "".join(each if _is_drawn(each) else LACKING for each in letters_of(text))


def latin(text: str) -> str:
    """The text with all but the plainest letters as U+FFFD: for what no font sets together."""
    return "".join(
        each if each < "\u0250" and len(each) == 1 and _is_drawn(each) else LACKING
        for each in letters_of(text)
    )


@lru_cache(maxsize=4096)
def _is_drawn(letter: str) -> bool:
    """Whether one font has all of a letter: its sign, and the marks on it."""
    needed = set(map(ord, _SILENT.sub("", letter)))
    if sum(unicodedata.category(c).startswith("M") for c in letter) > MOST_MARKS:
        return False
    if len(letter) == 1 and letter < " ":
        return letter in "\n\t"
    return any(needed <= font for font in _fonts())


#: Signs that no font has to draw: direction, joining, where a line may break, the choice of a look.
_SILENT = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)


@lru_cache(maxsize=1)
def _fonts() -> Sequence[frozenset[int]]:
    folder = files("advice").joinpath("fonts")
    return [
        frozenset(characters(folder.joinpath(f"{file}-Regular.ttf").read_bytes()))
        for file in FAMILIES.values()
    ]


def characters(font: bytes) -> Iterator[int]:
    """The characters that a font file can draw."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
    start = next(place for tag, _, place, _ in places if tag == b"cmap")
    (parts,) = struct.unpack_from(">H", font, start + 2)
    for n in range(parts):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * n)
        if platform in (0, 3):
            yield from _mapped(font, start + offset)


def _mapped(font: bytes, at: int) -> Iterator[int]:
    """The characters of one part: pieces with their first and last one (forms 4 and 12)."""
    (form,) = struct.unpack_from(">H", font, at)
    if form == 12:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        for n in range(groups):
            first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * n)
            yield from range(first, last + 1)
    elif form == 4:
        (double,) = struct.unpack_from(">H", font, at + 6)
        lasts = struct.unpack_from(f">{double // 2}H", font, at + 14)
        firsts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
