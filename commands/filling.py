"""Reads what follows a word (``Word.fill``) into a value of ``said.py``.

Here stands what many words have in common, and what everybody's words need. The words about a
dialogue are read in ``filling_dialogues.py``, those about items in ``filling_items.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from commands.cleaning import without_end
from commands.keyvalues import unquoted
from commands.said import Language, Link, Quiet, Results, Said
from commands.times.moments import is_moment
from commands.wrong import Wrong, wrong

if TYPE_CHECKING:
    from commands.vocabulary import Vocabulary
    from commands.word import Word


#: What stands between an item, or a number, and what follows it.
GAP = r"(?=[\s:,.;]|\Z)[:,.;]?\s*"
_ROUND = re.compile(r"(?:ronde|round)?\s*([1-9][0-9]{0,3})\.?\Z", re.IGNORECASE)
_CROCKFORD = str.maketrans("OIL", "011", " -\t\n\xa0")


class Typed(NamedTuple):
    """A typed word and the text after it; ``known`` are all words and letters."""

    word: Word
    rest: str
    known: Vocabulary

    @property
    def name(self) -> str:
        return self.word.dutch

    def item_in(self, text: str) -> tuple[str, str] | Wrong:
        """The item at the beginning of a text, if it fits this word, and the text after it."""
        return item_in(self.word, text, self.known)


def item_in(word: Word, text: str, known: Vocabulary) -> tuple[str, str] | Wrong:
    """The item at the beginning of a text, if it fits a word, and the text after it."""
    match = known.item.match(text)
    letter = match[1].strip().upper() if match else ""
    number = match[2].lstrip("0") if match else ""
    if match is None or letter not in known.letters or not number:
        example = f"{example_of(word, known)}7"
        return wrong("item_unreadable", word=word.dutch, value=shown(text), example=example)
    if number != match[2]:
        return wrong("item_leading_zero", value=letter + match[2], nearest=letter + number)
    letters = _letters(word, known)
    if letter not in letters:
        value = letter + number
        return wrong("item_wrong_kind", word=word.dutch, value=value, letters=letters)
    return letter + number, text[match.end() :]


def _letters(word: Word, known: Vocabulary) -> tuple[str, ...]:
    """The letters of the items that fit a word's first parameter for an item."""
    for parameter in word.parameters:
        if parameter.shape in ("item", "items", "target", "targets"):
            return tuple(parameter.letters) or known.fitting(parameter.fits)
    return tuple(known.letters)


def example_of(word: Word, known: Vocabulary) -> str:
    """Of the letters that fit a word, the one of which most can be done."""
    letters = _letters(word, known)

    def much(letter: str) -> int:
        it = known.letters[letter]
        return it.contribution + it.votable + it.takes_reasons + it.can_hide + it.can_change

    return max(letters, key=much)


def item_alone(make: Callable[[str], Said]) -> Callable[[Typed], Said]:
    """Reads an item with nothing after it."""

    def fill(typed: Typed) -> Said:
        if not typed.rest:
            return missing(typed, "item")
        found = typed.item_in(typed.rest)
        if isinstance(found, Wrong):
            return found
        return make(found[0]) if not found[1] else too_much(typed, found[1])

    return fill


def item_and_text(make: Callable[[str, str], Said], what: str) -> Callable[[Typed], Said]:
    """Reads an item and words after it; ``what`` names the words in a refusal."""

    def fill(typed: Typed) -> Said:
        if not typed.rest:
            return missing(typed, "item", what)
        found = typed.item_in(typed.rest)
        if isinstance(found, Wrong):
            return found
        item, text = found[0], unquoted(found[1])
        if not text:
            return wrong("text_missing", word=typed.name, item=item)
        return make(item, text)

    return fill


def text_alone(make: Callable[[str], Said]) -> Callable[[Typed], Said]:
    """Reads words, at least one."""

    def fill(typed: Typed) -> Said:
        text = unquoted(typed.rest)
        return make(text) if text else wrong("text_missing", word=typed.name, item="")

    return fill


def anything(make: Callable[[str], Said]) -> Callable[[Typed], Said]:
    """Reads words, or none."""
    return lambda typed: make(unquoted(typed.rest))


def nothing_more(said: Said) -> Callable[[Typed], Said]:
    """Reads nothing; anything after the word is refused."""
    return lambda typed: refuse_more(typed) if typed.rest else said


def refuse_more(typed: Typed) -> Wrong:
    """What is wrong with text behind a word that takes none: a moment, or other words."""
    if is_moment(typed.rest):
        return wrong("moment_no_place", word=typed.name, value=without_at(typed.rest))
    return too_much(typed, typed.rest)


def without_at(rest: str) -> str:
    """The words of a moment without the "om" before them."""
    return unquoted(re.sub(r"\A(?:om|at)\s+", "", rest.strip(), flags=re.IGNORECASE))[:60]


def always(said: Said) -> Callable[[Typed], Said]:
    """Reads nothing; anything may follow the word."""
    return lambda _typed: said


def missing(typed: Typed, *what: str) -> Wrong:
    return wrong("missing", word=typed.name, what=what)


def too_much(typed: Typed, rest: str) -> Wrong:
    return wrong("too_much", word=typed.name, rest=shown(rest))


def results(typed: Typed) -> Said:
    if not typed.rest:
        return Results(None)
    number = _ROUND.match(without_end(typed.rest))
    if number is None:
        return wrong("number_unreadable", word=typed.name, value=shown(typed.rest))
    return Results(int(number[1]))


def language(typed: Typed) -> Said:
    codes = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en",
             "english": "en"}  # fmt: skip
    code = codes.get(without_end(typed.rest).casefold())
    if code is None:
        value = shown(typed.rest)
        return wrong("value_unknown", key=typed.name, value=value, options=("nl", "en"))
    return Language(code)


def quiet(typed: Typed) -> Said:
    """``stil``, or ``stil nee`` to take it back."""
    rest = typed.rest.casefold().rstrip(" .!")
    if rest not in ("", "nee", "no", "uit", "off"):
        return too_much(typed, typed.rest)
    return Quiet(bool(rest))


def link(typed: Typed) -> Said:
    if len(typed.rest) > 60:
        return too_much(typed, typed.rest)
    return Link(typed.rest.upper().translate(_CROCKFORD))


def shown(text: str) -> str:
    """The beginning of what was typed, short enough to repeat in an answer."""
    return " ".join(text[:60].split())[:40]
