"""The words about what becomes of an advice, in alphabetical order, with who may use them."""

from __future__ import annotations

from collections.abc import Iterable

from commands.followup import filling
from commands.followup.filling import BODY_WORDS, OUTCOME_WORDS, STATE_WORDS
from commands.word import (
    ANSWERER,
    ANYWHERE,
    BACKSTAGE,
    CLERK,
    CLOSED,
    TEXT,
    Fits,
    Parameter,
    Shape,
    Word,
)

_ITEM = Parameter("item", Shape.ITEM, fits=Fits.RECOMMENDATION)
_SOURCE = ("bron", "source", "key_source")


def _few(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, "") for word in words)


FOLLOWUP_WORDS: tuple[Word, ...] = (
    Word(
        "ontvangen",
        "received",
        "help_received",
        CLERK,
        BACKSTAGE,
        filling.received,
        parameters=(Parameter("zaaknummer", Shape.TEXT),),
        among=CLOSED,
        asked=(
            *("advies ontvangen", "het advies is ontvangen", "we hebben het advies ontvangen"),
            *("wij hebben het advies ontvangen", "advies is ontvangen", "advice received"),
            *("the advice was received", "we received the advice"),
        ),
        names=True,
    ),
    Word(
        "reactie",
        "response",
        "help_response",
        ANSWERER,
        ANYWHERE,
        filling.response,
        parameters=(
            _ITEM,
            Parameter("uitkomst", Shape.WORD, values=(("", _few(OUTCOME_WORDS.values())),)),
            TEXT,
            Parameter(
                "gegevens",
                Shape.PAIRS,
                keys=(
                    ("van", "body", "key_body"),
                    _SOURCE,
                    ("klaar", "done", "key_done"),
                ),
                values=(("van", _few(BODY_WORDS.values())),),
            ),
        ),
        among=CLOSED,
        names=True,
    ),
    Word(
        "uitstel",
        "postpone",
        "help_postpone",
        ANSWERER,
        BACKSTAGE,
        filling.postpone,
        parameters=(
            Parameter("item", Shape.ITEM, required=False, fits=Fits.RECOMMENDATION),
            Parameter("dag", Shape.TEXT),
            Parameter("gegevens", Shape.PAIRS, keys=(("want", "because", "key_want"),)),
        ),
        among=CLOSED,
        names=True,
    ),
    Word(
        "voortgang",
        "progress",
        "help_progress",
        ANSWERER,
        ANYWHERE,
        filling.progress,
        parameters=(
            _ITEM,
            Parameter("stand", Shape.WORD, values=(("", _few(STATE_WORDS.values())),)),
            TEXT,
            Parameter("gegevens", Shape.PAIRS, required=False, keys=(_SOURCE,)),
        ),
        among=CLOSED,
        names=True,
    ),
)
