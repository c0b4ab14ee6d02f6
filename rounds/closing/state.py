"""The settings, intents, events, state and report of a closing round."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dialogues.ballots import BallotBox
from dialogues.core import Text
from dialogues.format import setting
from dialogues.machine import Scope
from dialogues.recommendations import Recommendation
from dialogues.report import ItemReport

#: What can be said of a recommendation.
CHOICES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class DropRecommendation:
    moderates: ClassVar[bool] = True

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddRecommendation:
    """``source``: a shown item that can be recommended, as its kind of round says."""

    moderates: ClassVar[bool] = True

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderRecommendations:
    """``numbers`` come first, in this order; the others follow as they were."""

    moderates: ClassVar[bool] = True

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
    """The recommendations of the written rule, with the numbers that they keep."""

    round: int
    recommendations: tuple[Recommendation, ...]


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
    """All numbers in their new order, and the items they came from."""

    round: int
    numbers: tuple[str, ...]
    sources: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """The recommendations that are voted on, in their order."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationReport(ItemReport):
    """A recommendation with its consent vote, {yes, no}; ``source`` is the item it comes from,
    ``option`` the number of an option of it. ``asks`` are the town's words as they are published;
    ``suggested`` is the text of a resident's option that it asks for, after the town's question."""

    source: str
    option: int | None = None
    asks: str = ""
    suggested: Text | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``prepare``: how many minutes after its opening the vote of the round opens."""

    prepare: int = setting(60, 0, 7 * 24 * 60)


@dataclass(slots=True)
class State:
    """``drafts``: every recommendation ever proposed or added, by number; ``order``: the numbers
    that were not dropped; ``fixed``: the recommendations that are voted on. ``vote_at`` is when the
    vote opens or opened; ``over``: there will be no vote any more."""

    scope: Scope
    box: BallotBox = field(default_factory=BallotBox)
    drafts: dict[str, Recommendation] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    fixed: dict[str, Recommendation] = field(default_factory=dict)
    vote_at: datetime | None = None
    over: bool = False


def draft(state: State) -> list[Recommendation]:
    """The recommendations that would go to the vote now.

    Those whose statement or option is hidden, withdrawn or erased are left out.
    """
    standing = (state.drafts[number] for number in state.order)
    return [r for r in standing if state.scope.items.shown(r.rests_on)]
