"""Reads a message: prefix, dialogue, word, and what follows the word.

In rooms a message is meant for the bot only with the prefix. In the staff room and the personal
conversation the prefix may be left out; there a message that does not begin with a word this
person may use here is ``Plain``, unless it looks like a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from commands.cleaning import clean
from commands.everyday import everyday, first_words, only_a_meeting, opened
from commands.filling import Typed, item_in
from commands.followup.filling_commitments import asked_about
from commands.followup.phrases import progress_said
from commands.followup.said_commitments import Register
from commands.meetings.said import Agenda
from commands.meetings.words import with_meeting
from commands.nearest import nearest
from commands.said import Explain, ForgetMe, Plain, Said, Unknown, Vote, Where
from commands.times.moments import is_moment
from commands.vocabulary import Vocabulary, may
from commands.word import Shape, Word
from commands.wrong import Wrong, wrong
from dialogues.core import Role

_BLANKS = " \t\r\n\f\v\xa0\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FIRST = re.compile(r"[^\W\d_][^\s:=,.;!?]{0,39}")

#: Answers to a question of the bot; with a prefix they are still answers.
_ANSWERS = re.compile(
    r"(?:[0-9]|(?:ja|nee|yes|no|stop|terug|back|klaar|done)\b).{0,200}", re.IGNORECASE | re.DOTALL
)

#: Correct English words that are one edit away from a word of no kind of round.
_NO_ERRORS = frozenset({"changed", "changes", "languages", "linked"})

#: The sentence that confirms ``vergeetmij``, without its comma.
_CONFIRM_FORGET = frozenset(
    {
        ("ja", "vergeet", "mij"),
        ("ja", "vergeetmij"),
        ("yes", "forget", "me"),
        ("yes", "forgetme"),
    }
)

#: The word for a vote, which may be left out.
VOTE = "stem"

#: The words for what was promised and for meetings, of which a number alone is one.
REGISTER, AGENDA = "register", "agenda"

#: The word for help, and the one that explains what is typed behind it.
HELP, EXPLAIN = "hulp", "uitleg"


@dataclass(frozen=True, slots=True)
class Reading:
    """``target`` is the dialogue named with "@", or empty; ``word`` the canonical word, if any."""

    target: str
    said: Said
    word: str = ""


def read(
    known: Vocabulary,
    text: str,
    where: Where,
    roles: Collection[Role] = frozenset(),
    prefix: str = "!",
) -> Reading | None:
    """What a message says; None for talk in a room. ``known`` are all words.

    A word that this person may not use, or not here, gives a ``Wrong`` where the prefix was typed.
    """
    if where is Where.ROOM and not text[:200].lstrip(_BLANKS).startswith(prefix):
        return None
    cleaned = clean(text)
    if isinstance(cleaned, Wrong):
        return Reading("", cleaned)
    whole = cleaned.strip()
    target, body, prefixed = opened(whole, prefix)
    if where is Where.ROOM and not (prefixed and body[:1].isalnum()):
        return None
    if not body[:1].isalnum():
        return Reading("", Plain(whole))
    if _confirms_forgetting(body):
        return Reading(target, ForgetMe(confirmed=True), "vergeetmij")
    found = _phrase(known, body)
    if found is None:
        return _without_word(known, whole, target, body, where, roles, prefixed)
    word, rest = found
    if word.names:
        named, rest, _ = opened(rest.lstrip(), prefix)
        target = target or named
    if word.dutch == HELP and _is_form(known, rest):
        return Reading(target, Explain(rest.strip(" .!?")), EXPLAIN)
    fill, others = with_meeting(word, rest) or (word.fill, frozenset())
    yours = may(word, roles) or any(role.value in others for role in roles)
    here = where in word.where
    talk = not word.parameters and len(rest.split()) > 1  # "Mijn winkel leeft van…"
    talk = talk and not is_moment(rest)
    if not prefixed and (talk or not (yours and here)):
        return Reading("", Plain(whole))
    if not yours:
        return Reading(target, wrong("word_not_yours", word=word.dutch), word.dutch)
    if not here:
        places = tuple(place.value for place in Where if place in word.where)
        return Reading(target, wrong("word_not_here", word=word.dutch, places=places), word.dutch)
    return Reading(target, fill(Typed(word, rest.strip(), known)), word.dutch)


def words_on_item(
    known: Vocabulary, text: str, where: Where, roles: Collection[Role], prefix: str = "!"
) -> tuple[str, tuple[str, ...]] | None:
    """The item that a text begins with, with more behind it, and the words of staff that take such
    an item and more; None where there are none."""
    _, body, _ = opened(text.strip(), prefix)
    found = known.item.match(body)
    if found is None or not body[found.end() :].strip():
        return None
    letter = known.letters.get(found[1].strip().upper())
    if letter is None:
        return None
    words = tuple(
        word.dutch
        for word in known.words_for(roles, where)
        if not may(word, ())
        and len(word.parameters) > 1
        and word.parameters[0].shape is Shape.ITEM
        and known.belongs(word, [letter])
    )
    return (f"{letter.letter}{found[2]}", words) if words else None


def _phrase(known: Vocabulary, text: str) -> tuple[Word, str] | None:
    """The word whose longest form begins the text, and the text after it."""
    words = first_words(text, known.longest_form)
    for count in range(len(words), 0, -1):
        word = known.by_form.get(tuple(form for form, _ in words[:count]))
        if word is not None:
            return word, text[words[count - 1][1] :]
    return None


def _is_form(known: Vocabulary, text: str) -> bool:
    """Whether a text is a word of the bot as a whole."""
    return tuple(text.strip(" .!?").casefold().split()) in known.by_form


def _confirms_forgetting(text: str) -> bool:
    words = first_words(text[:60], max(map(len, _CONFIRM_FORGET)))
    return (
        bool(words)
        and tuple(form for form, _ in words) in _CONFIRM_FORGET
        and not text[words[-1][1] :].strip()
    )


def _without_word(
    known: Vocabulary,
    whole: str,
    target: str,
    body: str,
    where: Where,
    roles: Collection[Role],
    prefixed: bool,
) -> Reading | None:
    """A message that does not begin with a known word."""
    commitment = asked_about(body)
    if commitment and not _says_progress(known, body, roles):
        return Reading(target, Register(commitment), REGISTER)
    meeting = only_a_meeting(body)
    if meeting:
        return Reading(target, Agenda(meeting), AGENDA)
    if where is not Where.ROOM:
        if prefixed and (_ANSWERS.fullmatch(body) or known.begins(body)):
            return Reading(target, Plain(body))
        vote = _vote_without_word(known, body) if where is Where.PERSONAL else None
        if vote is not None:
            return Reading(target, vote, VOTE)
    unknown = _half_known(known, body, where, roles, prefixed) or _mistyped(
        known, body, where, roles, prefixed
    )
    if unknown is not None:
        return Reading(target, unknown)
    return None if where is Where.ROOM else Reading("", Plain(whole))


def _says_progress(known: Vocabulary, text: str, roles: Collection[Role]) -> bool:
    """Whether somebody who may say so says how far something is: "T3 klaar"."""
    return may(known.by_dutch["voortgang"], roles) and progress_said(known, text) is not None


def _vote_without_word(known: Vocabulary, text: str) -> Vote | None:
    """A vote without ``stem``: an item and a choice, of whatever kind of round; else None."""
    found = item_in(known.by_dutch[VOTE], text, known)
    if isinstance(found, Wrong) or not found[1]:
        return None
    item, rest = found
    return Vote(item, rest) if known.is_vote(item[0], rest) else None


def _half_known(
    known: Vocabulary, text: str, where: Where, roles: Collection[Role], prefixed: bool
) -> Said | None:
    """A first word such as "gesprek" whose second word is missing or unknown; else None."""
    words = [form for form, _ in first_words(text, known.longest_form)]
    if not words or words[0] not in known.heads:
        return None
    forms = {
        " ".join(form): word
        for form, word in known.by_form.items()
        if form[0] == words[0] and len(form) == 2 and may(word, roles)
    }
    if not forms:
        return None
    if len(words) == 1:
        first = {word.dutch: form for form, word in reversed(forms.items())}
        options = tuple(reversed(first.values()))  # of each word the form that is named first
        return wrong("subword_missing", word=words[0], options=options)
    said = everyday(known, text, where, roles)
    if said is not None:
        return Unknown(*said)
    typed = " ".join(words[:2])
    near = nearest(words[1], [form.split()[1] for form in forms])
    return Unknown(typed, f"{words[0]} {near}" if near else "") if near or prefixed else None


def _mistyped(
    known: Vocabulary, text: str, where: Where, roles: Collection[Role], prefixed: bool
) -> Unknown | None:
    """An unknown word; without a prefix only one that is clearly a typing error."""
    first = _FIRST.match(text)
    if first is None:
        return None
    typed = first[0].casefold()
    if prefixed:
        said = everyday(known, text, where, roles)
        if said is not None:
            return Unknown(*said)
        alone = [
            form[0] for form, word in known.by_form.items() if may(word, roles) and len(form) == 1
        ]
        return Unknown(first[0], nearest(typed, [*alone, *sorted(known.heads)]))
    if len(typed) < 5 or typed in _NO_ERRORS or typed in known.no_errors:
        return None
    rest = text[first.end() :].lstrip(" :,")
    for word in known.words_for(roles, where):
        singles = [form for form in word.forms if " " not in form and form[0] == typed[0]]
        near = nearest(typed, singles, most=1)
        if near and _plausible(known, word, typed, rest):
            return Unknown(first[0], near)
    return None


def _plausible(known: Vocabulary, word: Word, typed: str, rest: str) -> bool:
    """Whether the text after a mistyped word fits that word's parameters (for a moment:
    nothing)."""
    shape = word.parameters[0].shape if word.parameters else Shape.MOMENT
    if shape is Shape.MOMENT or (not rest and not word.parameters[0].required):
        return not rest
    if word.dutch == VOTE:
        return isinstance(item_in(word, rest, known), tuple) or known.is_answer(rest)
    if shape in (Shape.ITEM, Shape.ITEMS):
        return isinstance(item_in(word, rest, known), tuple)
    if shape in (Shape.TARGET, Shape.TARGETS):
        return isinstance(item_in(word, rest, known), tuple) or rest[:1].isdigit()
    if shape is Shape.PAIRS:
        return "=" in rest[:200]
    return bool(rest) and len(typed) > 5
