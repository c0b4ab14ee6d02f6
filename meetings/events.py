"""The events of a meeting, as they stand in its journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogues.core import Text
from meetings.meeting import Group, Hours, Plan
from meetings.proposal_events import MeetingProposed as MeetingProposed
from meetings.proposal_events import ProposalDeclined as ProposalDeclined
from meetings.proposal_events import ProposalErased as ProposalErased
from meetings.proposal_events import ProposalLapsed as ProposalLapsed
from meetings.proposal_events import ProposalShown as ProposalShown
from meetings.proposal_events import ProposalSupported as ProposalSupported
from meetings.proposal_events import ProposalSupportWithdrawn as ProposalSupportWithdrawn
from meetings.proposal_events import ProposalTaken as ProposalTaken
from meetings.proposal_events import ProposalWithdrawn as ProposalWithdrawn


@dataclass(frozen=True, slots=True)
class MeetingPlanned:
    """Staff planned a meeting."""

    title: str
    room: str
    zone: str
    language: str
    hours: Hours
    plan: Plan
    town: str = ""


@dataclass(frozen=True, slots=True)
class DialoguePrepared:
    """The dialogue of this time of a series stands ready; with ``refusal`` (a code) it does not
    open by itself."""

    dialogue: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """The meeting has other hours; who signed up stays so."""

    hours: Hours
    want: str


@dataclass(frozen=True, slots=True)
class MeetingCalledOff:
    """With ``rest`` so many later times of the series are called off too; those are not told of
    one by one (not ``told``)."""

    reason: str
    rest: int = 0
    told: bool = True


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A sign-up with its number; ``waits``: it stands on the waiting list. ``people`` and ``staff``
    are for those without an account whom staff signs up."""

    number: int
    group: Group
    waits: bool = False
    people: int = 1
    staff: bool = False


@dataclass(frozen=True, slots=True)
class NameGiven:
    """The name of whoever signed up, for the list at the door."""

    number: int
    name: Text


@dataclass(frozen=True, slots=True)
class NameErased:
    """Whoever signed up asked to be forgotten: the name is gone."""

    number: int


@dataclass(frozen=True, slots=True)
class SignedOff:
    """A sign-up was taken back, or counts for fewer ``people`` from now on."""

    number: int
    people: int = 0


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A place that came free is on offer to a sign-up until then."""

    number: int
    until: datetime


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """A sign-up of the waiting list has a place from now on; ``straight``: without being asked."""

    number: int
    straight: bool = False


@dataclass(frozen=True, slots=True)
class OfferLapsed:
    """The offered place was not taken: the sign-up is off the waiting list."""

    number: int


@dataclass(frozen=True, slots=True)
class RemindersSet:
    """Whether a sign-up is reminded a day and an hour before."""

    number: int
    day: bool
    hour: bool


@dataclass(frozen=True, slots=True)
class RemindersGiven:
    """Who asked for it was reminded: a day before, else (not ``day``) an hour; not ``told`` where
    that came too late."""

    day: bool
    told: bool = True


@dataclass(frozen=True, slots=True)
class ContributionKept:
    """What somebody said between two times of a series, for the dialogue of the next one."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class KeptErased:
    """What was kept is gone: whoever said it took it back, or was forgotten."""

    number: int


@dataclass(frozen=True, slots=True)
class KeptGiven:
    """The dialogue is open: what was kept stands there, and here no more."""


@dataclass(frozen=True, slots=True)
class KeptHandedOn:
    """This time did not take place: what was kept waits at the ``meeting`` with that number now; 0:
    the series is over, and it was erased."""

    meeting: int


@dataclass(frozen=True, slots=True)
class MeetingBegan:
    """The hour of the meeting is there; ``late`` by so many minutes."""

    late: int = 0


@dataclass(frozen=True, slots=True)
class MeetingMissed:
    """The meeting did not begin at its hour, because the bot was away too long."""


@dataclass(frozen=True, slots=True)
class MeetingLapsed:
    """Nobody said what becomes of a missed meeting."""


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """The meeting is over."""


@dataclass(frozen=True, slots=True)
class Attended:
    """So many people were there."""

    people: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something was agreed. ``who`` is an office or a group and ``by`` a day (ISO); "" where that
    was not said. ``table``: at which table, 0 for the whole meeting.
    With the ``number`` of an earlier one it says what that lacked."""

    number: int
    text: str
    who: str = ""
    by: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class AgreementsAsked:
    """Staff was asked for what the agreements lack: who does it, or by which day."""


@dataclass(frozen=True, slots=True)
class TablesListed:
    """So many ``people`` are to be divided over so many ``tables``; the hash is that of the list of
    those who have a place now (``meetings.tables.listing``)."""

    tables: int
    people: int
    listing_hash: str


@dataclass(frozen=True, slots=True)
class TablesDrawn:
    """The seed with which who is on that list was divided over the tables."""

    seed: str


@dataclass(frozen=True, slots=True)
class SignUpsErased:
    """Nobody can tell any more who signed up; the figures stay."""


#: Every event of a meeting.
EVENTS: tuple[type, ...] = (
    MeetingPlanned,
    MeetingProposed,
    ProposalShown,
    ProposalSupported,
    ProposalSupportWithdrawn,
    ProposalTaken,
    ProposalDeclined,
    ProposalWithdrawn,
    ProposalLapsed,
    ProposalErased,
    DialoguePrepared,
    MeetingMoved,
    MeetingCalledOff,
    SignedUp,
    NameGiven,
    NameErased,
    SignedOff,
    PlaceOffered,
    PlaceGiven,
    OfferLapsed,
    RemindersSet,
    RemindersGiven,
    ContributionKept,
    KeptErased,
    KeptGiven,
    KeptHandedOn,
    MeetingBegan,
    MeetingMissed,
    MeetingLapsed,
    MeetingHeld,
    Attended,
    Agreed,
    AgreementsAsked,
    TablesListed,
    TablesDrawn,
    SignUpsErased,
)
