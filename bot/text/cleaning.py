"""Words of people, before they are shown: one line, nothing invisible, no direction turned."""

from __future__ import annotations

import re
import unicodedata

_REGION_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)")

#: The last two of every plane, which are no characters and in HTML an error.
_NO_CHARACTERS = "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000)
                         for end in (0xFFFE, 0xFFFF))  # fmt: skip
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb"
    f"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff{_NO_CHARACTERS}]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TWO_WAYS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MOST_MARKS = 6


def clean(words: str) -> str:
    """The words on one line, without what is invisible and without marks stacked out of sight.

    Joiners within Arabic, Persian and emoji stay, directional overrides and isolates go.
    """
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    words = _visible(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", words))
    if not words.isascii():
        words = _unstacked(unicodedata.normalize("NFC", words))
    return " ".join(words.split())


def _visible(words: str) -> str:
    """The words without invisible characters, but for those that make a region's flag."""
    parts = _REGION_FLAG.split(words)
    parts[::2] = (_INVISIBLE.sub("", part) for part in parts[::2])
    return "".join(parts)


def _unstacked(words: str) -> str:
    marks, out = 0, []
    for character in words:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            out.append(character)
    return "".join(out)


def isolated(words: str) -> str:
    """The words between FSI and PDI where they could turn the direction of what stands around."""
    return f"\u2068{words}\u2069" if _TWO_WAYS.search(words) else words
