"""Makes people's text fit to print: control characters, line ends, shortening, direction.

Nothing here rewrites words. A shortened text is a prefix of the whole one, letter for letter.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from advice.document import Quote, Typed

#: A run without spaces counts as one word for each so many characters.
LONG_WORD = 20

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_RUN = re.compile(r"\S+")
_WORD = re.compile(r"\w+")

_OPENS_ISOLATE = "\u2066\u2067\u2068"
_CLOSES_ISOLATE = "\u2069"
_OPENS_EMBEDDING = "\u202a\u202b\u202d\u202e"
_CLOSES_EMBEDDING = "\u202c"


def visible(text: str) -> str:
    """The text with line ends as ``\\n`` and every other control character shown as U+FFFD."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The visible text with each line end and tab as one space."""
    return visible(_BREAKS.sub(" ", text.replace("\r\n", "\n")))


def words_in(text: str) -> int:
    """How many words a text has: counted by spaces or by letters, whichever is more."""
    return max(len(text.split()), len(_WORD.findall(text)))


def _weight(run: str) -> int:
    return max(words_in(run), -(-len(run) // LONG_WORD))


def shortened(text: str, limit: int) -> tuple[str, bool]:
    """The longest prefix of at most ``limit`` words that ends with one, and whether it is cut."""
    spent = end = 0
    for run in _RUN.finditer(text):
        spent += _weight(run.group())
        if spent > limit:
            if end:
                return text[:end], True
            word = run.group()
            fits = bisect_right(range(1, len(word)), limit, key=lambda n: _weight(word[:n]))
            return text[: _whole_letters(text, run.start() + fits)], True
        end = run.end()
    return text, False


def quote(text: str, limit: int | None = None) -> Quote:
    """A contribution as a quote, shortened where there is a limit."""
    return Quote(text) if limit is None else Quote(*shortened(text, limit))


def typed(value: object, limit: int | None = None) -> Typed:
    """A typed value on one line, shortened where there is a limit."""
    text = one_line(str(value))
    return Typed(text) if limit is None else Typed(*shortened(text, limit))


def _whole_letters(text: str, end: int) -> int:
    """The last position up to ``end`` that does not cut a letter or emoji from its marks."""
    place = min(end, len(text))
    while place > 1 and _joined(text, place):
        place -= 1
    return place if place > 1 else min(end, len(text))


def _joined(text: str, place: int) -> bool:
    if place >= len(text):
        return False
    after, before = text[place], text[place - 1]
    if before == "\u200d" or after in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if "\U0001f1e6" <= after <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff":
        return True
    return unicodedata.category(after).startswith("M")


def letters_of(text: str) -> Iterator[str]:
    """The text by letter: each with its marks, an emoji as a whole."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _joined(text, place):
            yield text[start:place]
            start = place


def breakable(text: str, most: int) -> str:
    """The text with invisible room to go to the next line in every run of more letters than
    ``most``: for paper, where such a run would leave the page."""
    return _RUN.sub(lambda run: _broken(run.group(), most) if len(run[0]) > most else run[0], text)


def _broken(run: str, most: int) -> str:
    letters = list(letters_of(run))
    parts = ("".join(letters[at : at + most]) for at in range(0, len(letters), most))
    return "\u200b".join(parts)


def isolated(text: str) -> str:
    """The text between isolates, where its direction can differ from the line around it.

    What the text opens is closed, and what it closes too often is opened before it, so that it
    cannot move the words after it.
    """
    if not any(unicodedata.bidirectional(c) in _TURNS for c in text):
        return text
    isolates = missing = embeddings = 0
    for c in text:
        if c in _OPENS_ISOLATE:
            isolates += 1
        elif c == _CLOSES_ISOLATE:
            if isolates:
                isolates -= 1
            else:
                missing += 1
        elif c in _OPENS_EMBEDDING:
            embeddings += 1
        elif c == _CLOSES_EMBEDDING and embeddings:
            embeddings -= 1
    ends = _CLOSES_EMBEDDING * embeddings + _CLOSES_ISOLATE * isolates
    return "\u2068" * (missing + 1) + text + ends + _CLOSES_ISOLATE


_TURNS = frozenset(["R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "LRI", "RLI", "FSI", "PDI"])
