"""The words about commitments, in alphabetical order, with who may use them."""

from __future__ import annotations

from commands.followup import filling_commitments as filling
from commands.word import (
    ALL,
    ANYWHERE,
    BACKSTAGE,
    Parameter,
    Shape,
    Who,
    Word,
)

#: What people say for the register without a word of the bot.
_ASKED = (
    *("toezeggingen", "wat is er toegezegd", "welke toezeggingen zijn er", "wat is er beloofd"),
    *("wat heeft de gemeente beloofd", "welke afspraken zijn er", "wat is er afgesproken"),
    *("commitments", "promises", "what was promised", "what was agreed"),
)

COMMITMENT_WORDS: tuple[Word, ...] = (
    Word(
        "register",
        "register",
        "help_register",
        ALL,
        ANYWHERE,
        filling.register,
        asked=_ASKED,
        parameters=(Parameter("toezegging", Shape.WORD, required=False),),
    ),
    Word(
        "toezegging",
        "commitment",
        "help_commitment",
        frozenset({Who.OFFICIAL, Who.CLERK}),
        BACKSTAGE,
        filling.commit,
        also=("toezeggen", "commit"),
        parameters=(
            Parameter("tekst", Shape.TEXT),
            Parameter(
                "gegevens",
                Shape.PAIRS,
                keys=(
                    ("wie", "who", "key_meeting_wie"),
                    ("voor", "by", "key_meeting_voor_dag"),
                    ("bij", "about", "key_commitment_bij"),
                ),
            ),
        ),
    ),
)
