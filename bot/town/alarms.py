"""Alarm words in rooms of young people: words that staff has to look at at once.

What is heard is told without the words themselves; what they mean is for people to judge.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

#: At the end of an entry: it also matches longer words that begin with it.
_LONGER = "*"


def _plain(text: str) -> list[str]:
    """The words of a text without capitals and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(bare.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold())


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """A list of entries, each one word or several in a row; a ``*`` at the end stands for any
    ending."""

    entries: tuple[str, ...] = ()

    def heard(self, text: str) -> bool:
        """Whether a text contains one of the entries. Takes time in proportion to its length."""
        return _pattern(self.entries).search(f" {' '.join(_plain(text))} ") is not None


@cache
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all entries, for text with single spaces between its words."""
    parts = []
    for entry in entries:
        words = " ".join(map(re.escape, _plain(entry)))
        if words:
            parts.append(f"{words}[^ ]*" if entry.rstrip().endswith(_LONGER) else words)
    return re.compile(f" (?:{'|'.join(parts)}) ") if parts else re.compile(r"(?!)")


def alarm_words(more: Iterable[str] = ()) -> AlarmWords:
    """The entries of ``alarm_words.toml`` in every language, and those of a room."""
    return AlarmWords((*_kept(), *more))


@cache
def _kept() -> tuple[str, ...]:
    text = files("bot.town").joinpath("alarm_words.toml").read_text(encoding="utf-8")
    return tuple(entry for entries in tomllib.loads(text).values() for entry in entries)
