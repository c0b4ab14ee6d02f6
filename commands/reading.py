"""From a message to what was said: prefix, target, word, and what follows the word.

In rooms a message is meant for the bot only with the prefix. In the staff room and the personal
conversation the prefix may be left out; there a message that does not begin with a word this
person may use here is ``Plain``, unless it looks like a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from commands import ballots
from commands.cleaning import clean
from commands.filling import fill, item_in
from commands.nearest import nearest
from commands.said import ForgetMe, Plain, Said, Unknown, Vote, Where, Wrong, wrong
from commands.several import yes_or_no
from commands.words import (
    BY_FORM,
    CONFIRM_FORGET,
    HEADS,
    LONGEST_FORM,
    Shape,
    Word,
    may,
    words_for,
)
from dialogues.core import Role

_BLANKS = " \t\r\n\f\v\xa0\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_TARGET = re.compile(r"@([\w-]{1,80})(?:[:,]?\s+|\Z)")
_WORD = re.compile(r"\s*([^\W_]{1,40})(?:[:=]|[.,;!?]+(?=\s|\Z)|(?=\s|\Z))")
_FIRST = re.compile(r"[^\W\d_][^\s:=,.;!?]{0,39}")

#: What somebody answers the bot with; with a prefix it is still an answer.
_ANSWERS = re.compile(
    r"(?:[0-9]|(?:ja|nee|yes|no|stop|terug|back|klaar|done)\b).{0,200}", re.IGNORECASE | re.DOTALL
)

#: Right words one edit away from a word of ours.
_NO_ERRORS = frozenset(
    {"changed", "changes", "languages", "linked", "questions", "stalling", "stellig", "statements",
     "supports", "vraagt", "vraagje"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """``target`` is the dialogue named with "@", or empty; ``word`` the canonical word, if any."""

    target: str
    said: Said
    word: str = ""


def read(
    text: str, where: Where, roles: Collection[Role] = frozenset(), prefix: str = "!"
) -> Reading | None:
    """What was said; None for talk in a room.

    A word this person may not use, or not here, is a ``Wrong`` where the prefix was typed.
    """
    if where is Where.ROOM and not text[:200].lstrip(_BLANKS).startswith(prefix):
        return None
    cleaned = clean(text)
    if isinstance(cleaned, Wrong):
        return Reading("", cleaned)
    whole = cleaned.strip()
    target, body, prefixed = _opened(whole, prefix)
    if where is Where.ROOM and not (prefixed and body[:1].isalnum()):
        return None
    if not body[:1].isalnum():
        return Reading("", Plain(whole))
    if _confirms_forgetting(body):
        return Reading(target, ForgetMe(confirmed=True), "vergeetmij")
    found = _phrase(body)
    if found is None:
        return _without_word(whole, target, body, where, roles, prefixed)
    word, rest = found
    yours, here = may(word, roles), where in word.where
    talk = not word.parameters and len(rest.split()) > 1  # "Mijn winkel leeft van…"
    if not prefixed and (talk or not (yours and here)):
        return Reading("", Plain(whole))
    if not yours:
        return Reading(target, wrong("word_not_yours", word=word.dutch), word.dutch)
    if not here:
        places = tuple(place.value for place in Where if place in word.where)
        return Reading(target, wrong("word_not_here", word=word.dutch, places=places), word.dutch)
    return Reading(target, fill(word.dutch, rest), word.dutch)


def _opened(text: str, prefix: str) -> tuple[str, str, bool]:
    """The target, what follows it, and whether the prefix was typed (before or after it)."""
    prefixed = text.startswith(prefix)
    body = text[len(prefix) :].lstrip() if prefixed else text
    named = _TARGET.match(body)
    if named is None:
        return "", body, prefixed
    body = body[named.end() :]
    if not prefixed and body.startswith(prefix):
        prefixed, body = True, body[len(prefix) :].lstrip()
    return named[1].casefold(), body, prefixed


def _first_words(text: str) -> list[tuple[str, int]]:
    """Up to as many words as the longest form has, each with where it ends."""
    words: list[tuple[str, int]] = []
    at = 0
    while len(words) < LONGEST_FORM and (match := _WORD.match(text, at)) is not None:
        words.append((match[1].casefold(), match.end()))
        at = match.end()
    return words


def _phrase(text: str) -> tuple[Word, str] | None:
    """The longest form the text begins with, and what follows it."""
    words = _first_words(text)
    for count in range(len(words), 0, -1):
        word = BY_FORM.get(tuple(form for form, _ in words[:count]))
        if word is not None:
            return word, text[words[count - 1][1] :]
    return None


def _confirms_forgetting(text: str) -> bool:
    words = _first_words(text[:60])
    return (
        bool(words)
        and tuple(form for form, _ in words) in CONFIRM_FORGET
        and not text[words[-1][1] :].strip()
    )


def _without_word(
    whole: str, target: str, body: str, where: Where, roles: Collection[Role], prefixed: bool
) -> Reading | None:
    """A message that does not begin with a word of ours."""
    if where is not Where.ROOM:
        if prefixed and (_ANSWERS.fullmatch(body) or _is_choice(body)):
            return Reading(target, Plain(body))
        vote = _vote_without_word(body) if where is Where.PERSONAL else None
        if vote is not None:
            return Reading(target, vote, "stem")
    unknown = _half_known(body, roles, prefixed) or _mistyped(body, where, roles, prefixed)
    if unknown is not None:
        return Reading(target, unknown)
    return None if where is Where.ROOM else Reading("", Plain(whole))


def _is_choice(text: str) -> bool:
    answers = ballots.offer_answers(text, 99)
    return answers is not None and not (
        isinstance(answers, Wrong) and answers.code != "which_place"
    )


def _vote_without_word(text: str) -> Vote | None:
    """``S7 eens``, ``A1 ja`` or ``P1 2``: an item with a vote, were it one that fits another."""
    found = item_in("stem", text)
    if isinstance(found, Wrong) or not found[1]:
        return None
    item, rest = found
    if item[0] == "S":
        fits = ballots.statement_choice(rest) is not None or yes_or_no(rest) is not None
    elif item[0] == "A":
        consents = isinstance(ballots.consent(rest), ballots.Consent)
        fits = consents or ballots.statement_choice(rest) is not None
    else:
        fits = re.fullmatch(r"[0-9][0-9\s,;=:>]{0,200}|niets|nothing", rest) is not None
    return Vote(item, rest) if fits else None


def _half_known(text: str, roles: Collection[Role], prefixed: bool) -> Said | None:
    """A word like "gesprek" that means nothing without a good second one."""
    words = [form for form, _ in _first_words(text)]
    if not words or words[0] not in HEADS:
        return None
    forms = {
        " ".join(form): word
        for form, word in BY_FORM.items()
        if form[0] == words[0] and len(form) == 2 and may(word, roles)
    }
    if not forms:
        return None
    if len(words) == 1:
        first = {word.dutch: form for form, word in reversed(forms.items())}
        options = tuple(reversed(first.values()))  # of each word the form that is named first
        return wrong("subword_missing", word=words[0], options=options)
    typed = " ".join(words[:2])
    near = nearest(words[1], [form.split()[1] for form in forms])
    return Unknown(typed, f"{words[0]} {near}" if near else "") if near or prefixed else None


def _mistyped(text: str, where: Where, roles: Collection[Role], prefixed: bool) -> Unknown | None:
    """An unknown word; without a prefix only one that is clearly a typing error."""
    first = _FIRST.match(text)
    if first is None:
        return None
    typed = first[0].casefold()
    if prefixed:
        known = [form[0] for form, word in BY_FORM.items() if may(word, roles) and len(form) == 1]
        return Unknown(first[0], nearest(typed, [*known, *sorted(HEADS)]))
    if len(typed) < 5 or typed in _NO_ERRORS:
        return None
    rest = text[first.end() :].lstrip(" :,")
    for word in words_for(roles, where):
        singles = [form for form in word.forms if " " not in form and form[0] == typed[0]]
        near = nearest(typed, singles, most=1)
        if near and _plausible(word, typed, rest):
            return Unknown(first[0], near)
    return None


def _plausible(word: Word, typed: str, rest: str) -> bool:
    """Whether what follows a mistyped word is what that word needs (a moment: nothing)."""
    shape = word.parameters[0].shape if word.parameters else Shape.MOMENT
    if shape is Shape.MOMENT or (not rest and not word.parameters[0].required):
        return not rest
    if word.dutch == "stem":
        return (
            isinstance(item_in("stem", rest), tuple) or ballots.offer_answers(rest, 99) is not None
        )
    if shape in (Shape.ITEM, Shape.ITEMS):
        return isinstance(item_in(word.dutch, rest), tuple)
    if shape in (Shape.TARGET, Shape.TARGETS):
        return re.match(r"(?:[SVPRA]\s?)?[0-9]", rest, re.IGNORECASE) is not None
    if shape is Shape.PAIRS:
        return "=" in rest[:200]
    return bool(rest) and len(typed) > 5
