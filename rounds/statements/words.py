"""The words of statements: ``stelling``; agree, disagree and pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.choices import ANY, BACK, LONGEST, Answers, bare, grammar, sign
from commands.filling import text_alone
from commands.vocabulary import KindWords
from commands.votes_said import answers_said, nearly
from commands.word import OUT_FRONT, RESIDENT, TEXT, Word
from commands.wrong import Wrong
from rounds.statements.rules import LETTER

CHOICES: dict[str, str] = {
    "eens": "agree",
    "mee eens": "agree",
    "e": "agree",
    "agree": "agree",
    "a": "agree",
    "voor": "agree",
    "akkoord": "agree",
    "oneens": "disagree",
    "tegen": "disagree",
    "niet akkoord": "disagree",
    "against": "disagree",
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
    **BACK,
}
REACTIONS: dict[str, str] = {"👍": "agree", "👎": "disagree", "🤷": "pass"}

#: What may stand right behind a place: "3+ 4-".
_SIGNS = {"+": "agree", "-": "disagree", "?": "pass"}

_GRAMMAR = grammar({**CHOICES, **REACTIONS}, in_order=True)


@dataclass(frozen=True, slots=True)
class Statement:
    text: str


def choice(typed: str) -> str | None:
    """The choice on one statement that this text means, or None."""
    known = CHOICES.get(typed)
    if known is not None or len(typed) > LONGEST:
        return known
    text = " ".join(bare(typed).casefold().replace("’", "'").split())
    return CHOICES.get(text) or CHOICES.get(text.rstrip(" .!,;")) or REACTIONS.get(text)


def offer_answers(text: str, places: int, asked: Sequence[int] = ()) -> Answers | Wrong | None:
    """Read a message as answers to an offer with this many places; None when it is no answer."""
    return answers_said(_GRAMMAR, text, places, asked, _SIGNS)


def reaction(emoji: str) -> str | None:
    """The choice that a reaction means, whatever its skin tone or gender; None when it means
    none."""
    return REACTIONS.get(sign(emoji))


def _begins(text: str) -> bool:
    found = offer_answers(text, ANY)
    return found is not None and not (isinstance(found, Wrong) and found.code != "which_place")


WORDS = KindWords(
    letters=(LETTER,),
    words=(
        Word(
            "stelling",
            "statement",
            "help_statement",
            RESIDENT,
            OUT_FRONT,
            text_alone(Statement),
            parameters=(TEXT,),
        ),
    ),
    is_vote=lambda rest: choice(rest) is not None,
    is_choice=lambda rest: choice(rest) is not None,
    nearly=lambda text: nearly(_GRAMMAR, text),
    is_answer=lambda text: offer_answers(text, ANY) is not None,
    begins=_begins,
    no_opinion=lambda text: choice(text) == "pass",
    short=frozenset(word for word in CHOICES if len(word) == 1),
    no_errors=frozenset({"stalling", "stellig", "statements"}),
)
