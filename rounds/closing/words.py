"""The words of a closing round: yes or no to a recommendation, and changes to the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commands.choices import ANY, YES_OR_NO, Answers, answers, bare, grammar, yes_or_no
from commands.filling import Typed, item_and_text, missing, too_much
from commands.keyvalues import unquoted
from commands.said import Said
from commands.vocabulary import KindWords
from commands.votes_said import answers_said, nearly
from commands.word import (
    BACKSTAGE,
    LIST_LIMIT,
    MODERATOR,
    REASON,
    RUNNING,
    Fits,
    Parameter,
    Shape,
    Word,
)
from commands.wrong import Wrong, wrong
from rounds.closing.draft import LETTER

_GRAMMAR = grammar(YES_OR_NO, LETTER.letter, in_order=True)
_PLACED = grammar(YES_OR_NO, LETTER.letter)
_PLACE = re.compile(r"\s*[aA]?([0-9]{1,2})\s?[:.)=]?\s*([^\W\d_].*)\Z", re.DOTALL)
_WITH_REASON = re.compile(r"([^\W\d_]+)(?:[\s,:;.!-]+(.*))?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AdviceDrop:
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdviceAdd:
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdviceOrder:
    items: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Consent:
    """A vote on a recommendation, yes, no or none; the reason matters only with "no"."""

    choice: str
    reason: str = ""


def consent(rest: str) -> Consent | Wrong:
    """Read a vote on a recommendation: yes, no with or without a reason, or taken back."""
    found = _WITH_REASON.match(rest.strip())
    choice = YES_OR_NO.get(found[1].casefold()) if found is not None else None
    if found is None or choice is None:
        return wrong("consent_unreadable", value=rest[:40].strip())
    return Consent(choice, unquoted(found[2] or ""))


def offer_answers(text: str, places: int, asked: Sequence[int] = ()) -> Answers | Wrong | None:
    """Read ``1 ja 2 nee`` or ``ja nee`` as votes on the recommendations offered; None when it is no
    such answer. One ``ja`` to several may be meant for something else."""
    found = answers_said(_GRAMMAR, text, places, asked)
    alone = isinstance(found, Wrong) and found.code == "which_place"
    return None if alone else found


def with_reason(text: str, places: int) -> tuple[int, str] | None:
    """Read ``2 nee Het is te duur`` as a place of the list and a vote with its reason; None when it
    is no such answer."""
    found = _PLACE.match(bare(text))
    if found is None or not 1 <= int(found[1]) <= places:
        return None
    vote = consent(found[2])
    if isinstance(vote, Wrong) or vote.choice != "no" or not vote.reason:
        return None
    more = _PLACED.answer.match(vote.reason.casefold())  # "1 nee 2 ja te duur"
    return (int(found[1]), found[2]) if more is None else None


def _order(typed: Typed) -> Said:
    items: list[str] = []
    rest = typed.rest
    if len(rest) > LIST_LIMIT:
        return too_much(typed, rest)
    while typed.known.item.match(rest):
        found = typed.item_in(rest)
        if isinstance(found, Wrong):
            return found
        if found[0] in items:
            return wrong("item_twice", item=found[0])
        items.append(found[0])
        rest = found[1]
    lacking = tuple(n for n, has in (("items", items), ("reden", rest)) if not has)
    return missing(typed, *lacking) if lacking else AdviceOrder(tuple(items), unquoted(rest))


_OWN = Parameter("item", Shape.ITEM, letters=LETTER.letter)

WORDS = KindWords(
    letters=(LETTER,),
    words=(
        Word(
            "advies erbij",
            "advice add",
            "help_advice_add",
            MODERATOR,
            BACKSTAGE,
            item_and_text(AdviceAdd, "reden"),
            parameters=(Parameter("item", Shape.ITEM, fits=Fits.RECOMMENDABLE), REASON),
            among=RUNNING,
        ),
        Word(
            "advies orde",
            "advice order",
            "help_advice_order",
            MODERATOR,
            BACKSTAGE,
            _order,
            parameters=(Parameter("items", Shape.ITEMS, letters=LETTER.letter), REASON),
            among=RUNNING,
        ),
        Word(
            "advies weg",
            "advice drop",
            "help_advice_drop",
            MODERATOR,
            BACKSTAGE,
            item_and_text(AdviceDrop, "reden"),
            parameters=(_OWN, REASON),
            among=RUNNING,
        ),
    ),
    is_vote=lambda rest: isinstance(consent(rest), Consent),
    is_choice=lambda rest: yes_or_no(rest) is not None,
    nearly=lambda text: nearly(_GRAMMAR, text),
    is_answer=lambda text: answers(_PLACED, text, ANY) is not None,
    short=frozenset(word for word in YES_OR_NO if len(word) == 1),
    codes=(("consent_unreadable", ("value",)), ("item_twice", ("item",))),
)
