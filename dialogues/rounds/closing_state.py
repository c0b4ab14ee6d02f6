"""What a closing round is made of: recommendations, intents, events, state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dialogues.ballots import BallotBox
from dialogues.rounds.machine import Room


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What may be asked of the council: a statement, or the winning ``option`` of a poll.

    ``label`` holds the town's words: a poll's question and option, or only the question where a
    resident suggested the option (``suggested`` is its X number; the text is kept there).
    ``number`` is provisional until the vote opens.
    """

    number: str
    item: str
    option: int | None = None
    label: str = ""
    suggested: str = ""

    @property
    def rests_on(self) -> str:
        """The item that has to be shown for this recommendation to stand."""
        return self.suggested or self.item


@dataclass(frozen=True, slots=True)
class DropRecommendation:
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddRecommendation:
    """``source``: a shown statement, or a poll with a winning option."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderRecommendations:
    """``numbers`` come first, in this order; the others follow as they were."""

    numbers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CastConsent:
    """``choice``: yes, no, or None to take the vote back."""

    before_numbers: ClassVar[bool] = True  # recommendations have none before the vote opens

    item: str
    choice: str | None


@dataclass(frozen=True, slots=True)
class RecommendationsProposed:
    """By the written rule; ``winners`` are the options of polls that a moderator may add."""

    round: int
    recommendations: tuple[Recommendation, ...]
    winners: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class RecommendationDropped:
    round: int
    number: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecommendationAdded:
    round: int
    recommendation: Recommendation
    reason: str


@dataclass(frozen=True, slots=True)
class RecommendationsOrdered:
    """All provisional numbers in their new order, and the items they came from."""

    round: int
    numbers: tuple[str, ...]
    sources: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """The recommendations with their numbers for good."""

    round: int
    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class ClosingWithoutVote:
    """There was nothing to vote on when the vote would have opened; the round closes."""

    ends_round: ClassVar[bool] = True

    round: int


@dataclass(frozen=True, slots=True)
class ConsentCast:
    """The ballot is the ``by`` of its line in the journal, the time its ``at``."""

    round: int
    item: str
    choice: str | None
    order: str


@dataclass(slots=True)
class State:
    """``drafts``: everything ever proposed or added, by provisional number; ``order``: what was
    not dropped; ``fixed``: by number for good. ``vote_at`` is when the vote opens or opened;
    ``over`` says that there is none any more to wait for."""

    room: Room
    box: BallotBox = field(default_factory=BallotBox)
    drafts: dict[str, Recommendation] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    winners: dict[str, Recommendation] = field(default_factory=dict)
    fixed: dict[str, Recommendation] = field(default_factory=dict)
    vote_at: datetime | None = None
    over: bool = False


def draft(state: State) -> list[Recommendation]:
    """The recommendations as they would go to the vote now, with provisional numbers.

    One whose statement or option is hidden, withdrawn or erased drops out by itself.
    """
    standing = (state.drafts[number] for number in state.order)
    return [r for r in standing if state.room.items.shown(r.rests_on)]
