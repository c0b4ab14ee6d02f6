"""The charter (afspraken): what is agreed before a dialogue starts.

The keys are what people type (docs/commands.md); the values are kept as typed, but for dates
and numbers. Nothing starts while a required key is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """The level of participation (participation ordinance of Haarlem, CVDR716990)."""

    INFORM = "meeweten"
    THINK = "meedenken"
    JOIN = "meedoen"
    DECIDE = "meebeslissen"


class Phase(StrEnum):
    """The phase of policy that the dialogue is about (national law of 1 January 2025)."""

    PREPARATION = "voorbereiding"
    EXECUTION = "uitvoering"
    EVALUATION = "evaluatie"


class BallotMode(StrEnum):
    CONFIDENTIAL = "confidential"
    OPEN = "open"


class Review(StrEnum):
    """Whether contributions are shown before or after a moderator has read them."""

    AFTERWARDS = "achteraf"
    BEFORE = "vooraf"


class Reveal(StrEnum):
    """When the figures of an open ballot are shown."""

    LIVE = "meteen"
    AFTER_CLOSING = "na-sluiting"


class Initiator(StrEnum):
    TOWN = "gemeente"
    RESIDENTS = "bewoners"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as it was typed, and what it comes to in minutes."""

    typed: str
    minutes: int

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Charter:
    """The charter; ``None`` or empty where nothing was agreed.

    ``minimum`` is the number of participants below which there is a report and no advice;
    ``addresses`` the number of addresses invited; ``quotes`` whether contributions may be quoted;
    ``concept`` for how long the document is a draft first, that can be objected to.
    """

    level: Level | None = None
    decider: str = ""
    answer_by: date | None = None
    fixed: str = ""
    open: str = ""
    phase: Phase | None = None
    ballot: BallotMode = BallotMode.CONFIDENTIAL
    reveal: Reveal = Reveal.LIVE
    review: Review = Review.AFTERWARDS
    initiator: Initiator | None = None
    audience: str = ""
    addresses: int | None = None
    invitation: str = ""
    agenda: str = ""
    minimum: int = 10
    quotes: bool = True
    language: str = ""
    decision: str = ""
    concept: Length | None = None


#: The word people type for each field, in the order in which the form asks for them.
KEYS: dict[str, str] = {
    "level": "niveau",
    "decider": "beslisser",
    "answer_by": "antwoord",
    "fixed": "vast",
    "open": "open",
    "phase": "fase",
    "ballot": "stemming",
    "reveal": "uitslag",
    "review": "toetsing",
    "initiator": "initiatief",
    "audience": "voor",
    "addresses": "adressen",
    "invitation": "uitnodiging",
    "agenda": "agenda",
    "minimum": "minimum",
    "quotes": "citaten",
    "language": "taal",
    "decision": "besluit",
    "concept": "concept",
}

#: The fields whose values are chosen from words of ours.
CHOSEN = frozenset(
    {"level", "phase", "ballot", "reveal", "review", "initiator", "quotes", "language"}
)

REQUIRED = ("level", "decider", "answer_by", "fixed", "open", "phase")

#: The words for the values that are not kept as typed.
BALLOT_WORDS = {"vertrouwelijk": BallotMode.CONFIDENTIAL, "open": BallotMode.OPEN}


def missing(charter: Charter) -> tuple[str, ...]:
    """The required keys (as typed) that still have no value."""
    names = [name for name in REQUIRED if not getattr(charter, name)]
    if charter.level is Level.DECIDE and not charter.decision:
        names.append("decision")
    return tuple(KEYS[name] for name in names)


def changed(charter: Charter, values: dict[str, object]) -> Charter:
    """The charter with the given fields replaced."""
    return replace(charter, **values)  # type: ignore[arg-type]
