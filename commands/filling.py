"""The functions that read what follows a word (``Word.fill``) into a value of ``said.py``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from commands import charter
from commands.cleaning import without_end
from commands.keyvalues import head, pairs, unquoted
from commands.moments import is_moment
from commands.nearest import nearest
from commands.said import (
    Approve,
    Choose,
    CloseRound,
    Discard,
    Hide,
    Language,
    Link,
    NewDialogue,
    NextRound,
    Quiet,
    Results,
    Retitle,
    Said,
    SetCharter,
    Show,
    StaffRoom,
    Start,
    Until,
    Vote,
    Wrong,
    wrong,
)

if TYPE_CHECKING:
    from commands.vocabulary import Vocabulary, Word

#: The most characters of a dialogue's title, so that it fits on a card.
TITLE_LIMIT = 120

#: A row of numbers longer than this, in characters, is not read.
LIST_LIMIT = 2_000

_GAP = r"(?=[\s:,.;]|\Z)[:,.;]?\s*"
_TARGET = re.compile(rf"#?([0-9]{{1,4}}){_GAP}")
_TOKEN = re.compile(r"(\S+)\s*")
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
        example = f"{_example(word, known)}7"
        return wrong("item_unreadable", word=word.dutch, value=_shown(text), example=example)
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


def _example(word: Word, known: Vocabulary) -> str:
    """Of the letters that fit a word, the one of which most can be done."""
    letters = _letters(word, known)

    def much(letter: str) -> int:
        it = known.letters[letter]
        return it.contribution + it.votable + it.takes_reasons + it.can_hide + it.can_change

    return max(letters, key=much)


def _target_in(typed: Typed, text: str) -> tuple[str, str] | Wrong:
    """An item, or a number of the last list of work, and the text after it."""
    match = _TARGET.match(text)
    if match is None:
        return typed.item_in(text)
    number = match[1].lstrip("0")
    if not number:
        example = f"{_example(typed.word, typed.known)}7"
        return wrong("item_unreadable", word=typed.name, value=match[1], example=example)
    if number != match[1]:
        return wrong("item_leading_zero", value=match[1], nearest=number)
    return number, text[match.end() :]


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
    return lambda typed: _refused(typed) if typed.rest else said


def _refused(typed: Typed) -> Wrong:
    """What is wrong with text behind a word that takes none: a moment, or other words."""
    if is_moment(typed.rest):
        return wrong("moment_no_place", word=typed.name, value=_at(typed.rest))
    return too_much(typed, typed.rest)


def always(said: Said) -> Callable[[Typed], Said]:
    """Reads nothing; anything may follow the word."""
    return lambda _typed: said


def missing(typed: Typed, *what: str) -> Wrong:
    return wrong("missing", word=typed.name, what=what)


def too_much(typed: Typed, rest: str) -> Wrong:
    return wrong("too_much", word=typed.name, rest=_shown(rest))


def moment(rest: str) -> str:
    """The words of a moment, without ``tot=`` and without quotes."""
    return unquoted(re.sub(r"\A(?:tot|until)\b\s*=?\s*", "", rest, flags=re.IGNORECASE))


def _at(rest: str) -> str:
    """The words of a moment without the "om" before them."""
    return unquoted(re.sub(r"\A(?:om|at)\s+", "", rest.strip(), flags=re.IGNORECASE))[:60]


#: The keys of a moment, by what may be typed.
_OPENS = {"om": "om", "at": "om"}
_CLOSES = {"tot": "tot", "until": "tot"}
_KEYED = re.compile(r"(?<!\S)([^\W\d_]{1,20})\s*=\s*")
_BARE = re.compile(r"(?P<key>om|at|tot|until)\s+(?!=)(?P<moment>.+)", re.IGNORECASE | re.DOTALL)
_YES = re.compile(r"(?:ja|yes)(?=\s|\Z)[.!]?\s*", re.IGNORECASE)


def _moments(typed: Typed, rest: str, keys: Mapping[str, str]) -> dict[str, str] | Wrong:
    """The words of moments by ``om`` and ``tot``; they run to the next key. A moment without a key
    is refused: nobody knows whether it is to open or to close."""
    bare = _BARE.fullmatch(rest)
    if bare is not None and "=" not in rest and bare["key"].casefold() in keys:
        return {keys[bare["key"].casefold()]: unquoted(bare["moment"])}
    named = list(_KEYED.finditer(rest))
    before = rest[: named[0].start()] if named else rest
    if before.strip():
        return wrong("moment_no_place", word=typed.name, value=_at(before))
    found: dict[str, str] = {}
    ends = [match.start() for match in named[1:]] + [len(rest)] * bool(named)
    for match, end in zip(named, ends, strict=True):
        key = keys.get(match[1].casefold())
        if key is None:
            known = tuple(dict.fromkeys(keys.values()))
            near = nearest(match[1].casefold(), keys)
            return wrong("key_unknown", key=match[1], nearest=near, known=known)
        if key in found:
            return wrong("key_twice", key=key)
        found[key] = unquoted(rest[match.end() : end])
        if not found[key]:
            return wrong("value_empty", key=key)
    return found


def start(typed: Typed) -> Said:
    if typed.rest.casefold().strip(" .!") in ("nu", "now"):
        return Start("")
    found = _moments(typed, typed.rest, _OPENS | _CLOSES)
    return found if isinstance(found, Wrong) else Start(found.get("tot", ""), found.get("om", ""))


def next_round(typed: Typed) -> Said:
    sure = _YES.match(typed.rest)
    found = _moments(typed, typed.rest[sure.end() if sure else 0 :], _CLOSES)
    return found if isinstance(found, Wrong) else NextRound(found.get("tot", ""), bool(sure))


def close(typed: Typed) -> Said:
    sure = _YES.fullmatch(typed.rest)
    return _refused(typed) if typed.rest and not sure else CloseRound(bool(sure))


def discard(typed: Typed) -> Said:
    name, *more = typed.rest.split(maxsplit=1) or [""]
    return too_much(typed, more[0]) if more else Discard(name.removeprefix("@").casefold())


def retitle(typed: Typed) -> Said:
    title, values = head(typed.rest)
    found = pairs(values, {"want": "want", "because": "want"})
    if isinstance(found, Wrong):
        return found
    title = " ".join(title.split())
    if not title:
        return missing(typed, "titel")
    if len(title) > TITLE_LIMIT:
        return wrong("value_too_long", key="titel", limit=TITLE_LIMIT)
    return Retitle(title, found.get("want", ""))


def new_dialogue(typed: Typed) -> Said:
    named = _TOKEN.match(typed.rest)
    if named is None:
        return missing(typed, "titel")
    title, values = head(typed.rest[named.end() :])
    found = pairs(values, {**charter.TYPED_KEYS, "in": "in"})
    if isinstance(found, Wrong):
        return found
    title = " ".join(title.split())
    if "=" in named[1]:
        return missing(typed, "titel")
    if len(title) > TITLE_LIMIT:
        return wrong("value_too_long", key="titel", limit=TITLE_LIMIT)
    room = found.pop("in", "")
    return NewDialogue(named[1].casefold(), title, room, found, named[1])


def set_charter(typed: Typed) -> Said:
    found = pairs(typed.rest, {**charter.TYPED_KEYS, "want": "want", "because": "want"})
    if isinstance(found, Wrong):
        return found
    want = found.pop("want", "")
    return SetCharter(found, want)


def choose(typed: Typed) -> Said:
    return Choose(without_end(typed.rest.removeprefix("@")).casefold())


def staff_room(typed: Typed) -> Said:
    name, *more = typed.rest.split(maxsplit=1) or [""]
    return (
        too_much(typed, more[0]) if more else StaffRoom(without_end(name.lstrip("#@")).casefold())
    )


def results(typed: Typed) -> Said:
    if not typed.rest:
        return Results(None)
    number = _ROUND.match(without_end(typed.rest))
    if number is None:
        return wrong("number_unreadable", word=typed.name, value=_shown(typed.rest))
    return Results(int(number[1]))


def language(typed: Typed) -> Said:
    codes = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en",
             "english": "en"}  # fmt: skip
    code = codes.get(without_end(typed.rest).casefold())
    if code is None:
        value = _shown(typed.rest)
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


def vote(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "keuze")
    found = typed.item_in(typed.rest)
    if isinstance(found, Wrong):
        return Vote("", typed.rest) if found.code == "item_unreadable" else found
    if not found[1]:
        return wrong("choice_missing", item=found[0])
    return Vote(found[0], found[1])


def approve(typed: Typed) -> Said:
    numbers: list[str] = []
    rest = typed.rest
    if len(rest) > LIST_LIMIT:
        return too_much(typed, rest)
    while rest:
        found = _target_in(typed, rest)
        if isinstance(found, Wrong):
            return found
        numbers.append(found[0])
        rest = found[1]
    return Approve(tuple(dict.fromkeys(numbers))) if numbers else missing(typed, "nummers")


def hide(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "reden")
    found = _target_in(typed, typed.rest)
    if isinstance(found, Wrong):
        return found
    return Hide(found[0], unquoted(found[1]))


def show(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item")
    found = _target_in(typed, typed.rest)
    if isinstance(found, Wrong):
        return found
    return too_much(typed, found[1]) if found[1] else Show(found[0])


def until(typed: Typed) -> Said:
    words = moment(typed.rest)
    return Until(words) if words else missing(typed, "moment")


def _shown(text: str) -> str:
    """The beginning of what was typed, short enough to repeat in an answer."""
    return " ".join(text[:60].split())[:40]
