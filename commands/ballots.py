"""Votes as people type or tap them: choices on statements, offers of several, and consent.

Polls are in ``commands.poll_ballots``. A message is an answer to an offer only when all of it is
places and choices; where that is so but it cannot be counted, the ``Wrong`` says why and nothing
counts. Whoever waits for a number (a near-duplicate, a form) looks at the message first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from commands.keyvalues import unquoted
from commands.said import Wrong, wrong

Choice: TypeAlias = Literal["agree", "disagree", "pass", "none"]

_CHOICES: dict[str, Choice] = {
    "eens": "agree",
    "mee eens": "agree",
    "e": "agree",
    "agree": "agree",
    "a": "agree",
    "oneens": "disagree",
    "niet eens": "disagree",
    "niet mee eens": "disagree",
    "o": "disagree",
    "disagree": "disagree",
    "d": "disagree",
    "weet ik niet": "pass",
    "weet niet": "pass",
    "weetikniet": "pass",
    "weetniet": "pass",
    "don't know": "pass",
    "pas": "pass",
    "pass": "pass",
    "p": "pass",
    "?": "pass",
    "niets": "none",
    "nothing": "none",
}
_REACTIONS: dict[str, Choice] = {"👍": "agree", "👎": "disagree", "🤷": "pass"}
_CONSENT: dict[str, Literal["yes", "no", "none"]] = {
    "ja": "yes",
    "j": "yes",
    "yes": "yes",
    "y": "yes",
    "nee": "no",
    "n": "no",
    "no": "no",
    "niets": "none",
    "nothing": "none",
}

# Skin tones, the signs for man and woman, the joiner and the variation selectors.
_DRESSING = re.compile("[\U0001f3fb-\U0001f3ff\u2640\u2642\u200d\ufe0e\ufe0f]")
_KEYCAP = re.compile("([0-9])[\ufe0e\ufe0f]?\u20e3")

_PLACE = r"(?P<place>[0-9]{1,2})"
_WORDS = "|".join(
    re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")
    for word in sorted(_CHOICES, key=len, reverse=True)
)
_WORD = rf"(?:{_WORDS}|👍|👎|🤷)"
_END = r"(?=[\s,;.!]|\Z)[\s,;.!]*"
_ANSWER = re.compile(rf"(?:{_PLACE}\s?[:.)=]?\s*(?P<choice>{_WORD})|(?P<alone>{_WORD})){_END}")
_NUMBER = re.compile(rf"{_PLACE}[:.)]?{_END}")

#: An answer to an offer is short; nothing longer is looked at.
_LONGEST = 400

_WITH_REASON = re.compile(r"([^\W\d_]+)(?:[\s,:;.!-]+(.*))?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answers:
    """The choices of one message, each with the place (from 1) it answers, as typed."""

    choices: tuple[tuple[int, Choice], ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """A vote on a recommendation; the reason matters only with "no"."""

    choice: Literal["yes", "no", "none"]
    reason: str = ""


def bare(text: str) -> str:
    """The text with keycap digits as digits and without skin tones and selectors."""
    return _DRESSING.sub("", _KEYCAP.sub(r"\1", text))


def statement_choice(word: str) -> Choice | None:
    """The choice on one statement that this word, or few words, stand for."""
    if len(word) > _LONGEST:
        return None
    text = " ".join(bare(word).casefold().replace("’", "'").split())
    return _CHOICES.get(text) or _CHOICES.get(text.rstrip(" .!,;")) or _REACTIONS.get(text)


def offer_answers(text: str, places: int) -> Answers | Wrong | None:
    """What a message says about an offer with so many places; None when it is no answer.

    With places (``1 eens 2 oneens 3 ?``) or in their order (``e o ?``, at least two); one word
    alone when one place is open. "niets" takes a vote back, but only with its place: alone it may
    be a reason somebody is giving.
    """
    if len(text) > _LONGEST:
        return None
    text = bare(text).casefold().strip(" \t\n,;")
    placed: list[tuple[int, Choice]] = []
    loose: list[Choice] = []
    unfinished: list[int] = []
    at = 0
    while at < len(text):
        if (found := _ANSWER.match(text, at)) is not None:
            if found["choice"] is not None:
                placed.append((int(found["place"]), _choice(found["choice"])))
            else:
                loose.append(_choice(found["alone"]))
        elif (found := _NUMBER.match(text, at)) is not None:
            unfinished.append(int(found["place"]))
        else:
            return None
        at = found.end()
    if unfinished and not placed and not loose:
        return wrong("bare_numbers", places=places)
    if placed and loose:
        return wrong("answers_mixed")
    if unfinished:
        return wrong("answers_unfinished", place=unfinished[0])
    return _with_places(placed, places) if placed else _in_order(loose, places)


def consent(rest: str) -> Consent | Wrong:
    """A vote on a recommendation: yes, no with or without a reason, or taken back."""
    found = _WITH_REASON.match(rest.strip())
    choice = _CONSENT.get(found[1].casefold()) if found is not None else None
    if found is None or choice is None:
        return wrong("consent_unreadable", value=rest[:40].strip())
    return Consent(choice, unquoted(found[2] or ""))


def reaction_statement(emoji: str) -> Choice | None:
    """The choice a reaction stands for, whatever its skin tone or gender."""
    return _REACTIONS.get(_DRESSING.sub("", emoji)) if len(emoji) < 16 else None


def reaction_option(emoji: str) -> int | None:
    """The option (1 to 9) a keycap reaction stands for."""
    found = _KEYCAP.fullmatch(emoji)
    return int(found[1]) if found is not None and found[1] != "0" else None


def _choice(matched: str) -> Choice:
    choice = statement_choice(matched)
    assert choice is not None, matched
    return choice


def _with_places(placed: list[tuple[int, Choice]], places: int) -> Answers | Wrong:
    seen: set[int] = set()
    for place, _ in placed:
        if not 1 <= place <= places:
            return wrong("place_unknown", place=place, places=places)
        if place in seen:
            return wrong("place_twice", place=place)
        seen.add(place)
    return Answers(tuple(placed))


def _in_order(loose: list[Choice], places: int) -> Answers | Wrong | None:
    if not loose or "none" in loose:
        return None
    if len(loose) > places:
        return wrong("answers_too_many", given=len(loose), places=places)
    if len(loose) == 1 and places > 1:
        return wrong("which_place", places=places)
    return Answers(tuple(enumerate(loose, start=1)))
