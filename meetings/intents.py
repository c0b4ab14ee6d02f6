"""What can be wanted of a meeting, by a person or by the clock; it may be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogues.core import Text
from meetings.meeting import NOTHING_SAID, Group, Hours, Plan


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    title: str
    room: str
    zone: str
    language: str
    hours: Hours
    plan: Plan
    town: str = ""


@dataclass(frozen=True, slots=True)
class ProposeMeeting:
    """For ``asked`` see the event."""

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
class ShowProposal:
    pass


@dataclass(frozen=True, slots=True)
class SupportProposal:
    pass


@dataclass(frozen=True, slots=True)
class WithdrawSupport:
    pass


@dataclass(frozen=True, slots=True)
class TakeProposal:
    """Plan what was proposed; without ``hours`` at those that were wished for."""

    hours: Hours | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class DeclineProposal:
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    pass


@dataclass(frozen=True, slots=True)
class Forget:
    """Whoever it is by asked to be forgotten: their sign-up, name, support and proposal go."""


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Two participants turn out to be one person: of two sign-ups one goes."""

    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class MoveMeeting:
    hours: Hours
    want: str


@dataclass(frozen=True, slots=True)
class CallOff:
    """For ``rest`` and ``told`` see the event."""

    reason: str
    rest: int = 0
    told: bool = True


@dataclass(frozen=True, slots=True)
class NotePrepared:
    """For both see the event."""

    dialogue: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SignUpFor:
    """Sign up as one of a group; whoever is offered a place takes it so."""

    group: Group


@dataclass(frozen=True, slots=True)
class SignUpOthers:
    """Sign up so many people of a group who have no account; 0 takes it back."""

    group: Group
    people: int


@dataclass(frozen=True, slots=True)
class GiveName:
    name: Text


@dataclass(frozen=True, slots=True)
class SignOff:
    pass


@dataclass(frozen=True, slots=True)
class KeepContribution:
    """Keep words for the dialogue of this time."""

    text: Text


@dataclass(frozen=True, slots=True)
class GiveKept:
    """What was kept was given in the dialogue."""


@dataclass(frozen=True, slots=True)
class SetReminders:
    day: bool
    hour: bool


@dataclass(frozen=True, slots=True)
class SetAttended:
    people: int


@dataclass(frozen=True, slots=True)
class Agree:
    text: str
    who: str = ""
    by: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class DivideTables:
    """Divide who has a place over so many tables."""

    tables: int


class Step(StrEnum):
    """What happens by itself, in the order in which it happens at the same moment."""

    PREPARE = "prepare"
    REMIND_DAY = "remind_day"
    REMIND_HOUR = "remind_hour"
    DRAW = "draw"
    OFFER = "offer"
    PLACE = "place"
    BEGIN = "begin"
    END = "end"
    LAPSE = "lapse"
    ASK = "ask"
    HAND_ON = "hand_on"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is due ``at`` (UTC). ``number``: for OFFER that of the sign-up, for HAND_ON that
    of the meeting where what was kept goes. ``now`` is when it is really done, which the ledger
    fills in. ``straight``: whoever waits cannot be asked in person, so that a place that came free
    is given to them at once. ``seed``: chance for a draw."""

    at: datetime
    step: Step
    number: int = 0
    now: datetime | None = None
    straight: bool = False
    seed: str = ""
