"""The events of a proposed meeting."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.core import Text
from meetings.meeting import NOTHING_SAID, Hours, Plan


@dataclass(frozen=True, slots=True)
class MeetingProposed:
    """Somebody proposed a meeting; ``hours`` are those that were wished for, if any. With ``asked``
    it is not for the room to support: a councillor planned it, and the clerk has to agree.
    ``threshold`` is how many have to support it."""

    title: Text
    why: Text
    room: str
    zone: str
    language: str
    threshold: int
    hours: Hours | None = None
    plan: Plan = NOTHING_SAID
    asked: bool = False
    town: str = ""


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A moderator let the room see a proposal."""


@dataclass(frozen=True, slots=True)
class ProposalSupported:
    """Whoever the line is by supports the proposal. ``reached``: with this one there are enough."""

    reached: bool = False


@dataclass(frozen=True, slots=True)
class ProposalSupportWithdrawn:
    """Whoever the line is by supports the proposal no more."""


@dataclass(frozen=True, slots=True)
class ProposalTaken:
    """Staff plans what was proposed."""

    hours: Hours
    plan: Plan


@dataclass(frozen=True, slots=True)
class ProposalDeclined:
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn:
    """The author took the proposal back."""


@dataclass(frozen=True, slots=True)
class ProposalLapsed:
    """Nobody took the proposal in time."""


@dataclass(frozen=True, slots=True)
class ProposalErased:
    """The author asked to be forgotten: the words of the proposal are gone."""
