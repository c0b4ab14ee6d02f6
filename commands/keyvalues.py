"""Reads ``key=value`` pairs as people type them, with straight, curly or no quotes.

A quoted value ends at a quote that is followed by the next ``key=`` or by nothing, so quotes
inside a value do no harm; where a quote seems forgotten the text is refused, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.nearest import nearest
from commands.wrong import Wrong, wrong

_FAMILIES = ('"“”„‟«»＂', "'‘’‚‛‹›")
#: A key is letters, with a hyphen between two of them where there is one ("a-geeft").
_WORD = r"[^\W\d_](?:-?[^\W\d_]){0,19}"
_NEXT_KEY = rf"{_WORD}[ \t]?="

_KEY = re.compile(rf"\s*({_WORD})[ \t]?=[ \t]*")
_FIRST_KEY = re.compile(rf"(?<!\S){_NEXT_KEY}")
_BARE = re.compile(r"\S*")


@dataclass(frozen=True, slots=True)
class _Family:
    """Quotes that can close each other, and the patterns of a value between them."""

    any: re.Pattern[str]
    closing: re.Pattern[str]
    opening: re.Pattern[str]


_QUOTES: dict[str, _Family] = {
    quote: _Family(
        any=re.compile(f"[{family}]"),
        closing=re.compile(rf"[{family}](?:\s*\Z|\s+(?={_NEXT_KEY}))"),
        opening=re.compile(rf"(?<!\S){_NEXT_KEY}[ \t]*[{family}]"),
    )
    for family in _FAMILIES
    for quote in family
}


def head(text: str) -> tuple[str, str]:
    """The text before the first ``key=``, and the rest.

    A text that begins with a quote is read up to the quote that closes it.
    """
    if text[:1] in _QUOTES:
        ended = _quoted(text, 0)
        if ended is not None:
            return text[1 : ended[0]].strip(), text[ended[1] :]
    first = _FIRST_KEY.search(text)
    if first is None:
        return unquoted(text), ""
    return unquoted(text[: first.start()]), text[first.start() :]


def pairs(text: str, keys: Mapping[str, str]) -> dict[str, str] | Wrong:
    """The values by canonical key; ``keys`` maps every key that may be typed to its canonical
    one."""
    found: dict[str, str] = {}
    at = 0
    last = ""
    while at < len(text.rstrip()):
        match = _KEY.match(text, at)
        if match is None:
            return wrong("quotes_needed", key=last, rest=_shown(text[at:]))
        typed = match[1].casefold()
        key = keys.get(typed)
        if key is None:
            known = tuple(dict.fromkeys(keys.values()))
            return wrong("key_unknown", key=typed, nearest=nearest(typed, keys), known=known)
        if key in found:
            return wrong("key_twice", key=key)
        value, at = _value(text, match.end())
        if at < 0:
            return wrong("quote_open", key=key)
        if not value:
            return wrong("value_empty", key=key)
        found[key] = value
        last = key
    return found


def absent(found: Mapping[str, str], required: Sequence[str]) -> tuple[str, ...]:
    """The required keys that were not given."""
    return tuple(key for key in required if key not in found)


def opens_a_quote(text: str) -> bool:
    """Whether a text begins with a quote."""
    return text[:1] in _QUOTES


def unquoted(text: str) -> str:
    """The text without quotes around all of it."""
    text = text.strip()
    family = _QUOTES.get(text[:1])
    if family is not None and len(text) > 2 and family.any.match(text[-1]):
        inner = text[1:-1]
        if not family.any.search(inner):
            return inner.strip()
    return text


def _value(text: str, start: int) -> tuple[str, int]:
    """The value that starts here, and the position after it; -1 when its quote is never closed."""
    if text[start : start + 1] in _QUOTES:
        ended = _quoted(text, start)
        return ("", -1) if ended is None else (text[start + 1 : ended[0]].strip(), ended[1])
    match = _BARE.match(text, start)
    assert match is not None
    return match[0], match.end()


def _quoted(text: str, start: int) -> tuple[int, int] | None:
    """Where the value quoted from here ends and what follows begins.

    A new ``key="`` inside means that a quote was forgotten.
    """
    family = _QUOTES[text[start]]
    closed = family.closing.search(text, start + 1)
    if closed is None or family.opening.search(text, start + 1, closed.start() + 1):
        return None
    return closed.start(), closed.end()


def _shown(rest: str) -> str:
    return rest.strip()[:40]
