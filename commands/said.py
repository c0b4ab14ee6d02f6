"""The types of what a person can say to the bot, one frozen type for each word.

What can be said in one kind of round alone stands in that kind's ``words.py``.

Nothing here has been checked against a dialogue: item numbers are only well formed, moments are
still words (``commands.moments`` reads them when the clock is known), votes are still words (the
kind of round reads them when the open question is known).

What is recognised but badly filled is a ``Wrong`` of ``wrong.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Where(StrEnum):
    """The sort of place in which something was typed."""

    ROOM = "room"
    STAFF = "staff"
    PERSONAL = "personal"


#: The format of a dialogue for which none is named.
ORDINARY = "gesprek"

# --- words of a moderator about a dialogue


@dataclass(frozen=True, slots=True)
class NewDialogue:
    """``values`` are charter values by their Dutch key, as typed; ``room`` may be empty; ``word``
    is the ``format`` as typed, or where the title is empty perhaps the title."""

    format: str
    title: str
    room: str
    values: Mapping[str, str]
    word: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SetCharter:
    """Without values: show the charter. ``want`` is the reason for a change after the start."""

    values: Mapping[str, str]
    want: str


@dataclass(frozen=True, slots=True)
class Start:
    """``until`` is when the first round closes and ``opens`` when it opens: moments in words, empty
    when none was given."""

    until: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class SetSchedule:
    """The hours of rounds as moments in words, by the number of the round (0: the end). Without
    hours: show the schedule. ``want`` is the reason for a change."""

    hours: Mapping[int, str]
    want: str = ""


@dataclass(frozen=True, slots=True)
class NextRound:
    """``sure``: without being asked, whatever is lost."""

    until: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Until:
    moment: str


@dataclass(frozen=True, slots=True)
class StopCollecting:
    """No more contributions in this round; voting goes on."""


@dataclass(frozen=True, slots=True)
class CloseRound:
    """Close the round that is open, and the dialogue; ``sure`` as above."""

    sure: bool = False


@dataclass(frozen=True, slots=True)
class Discard:
    """Throw away a dialogue that has not begun; ``dialogue`` (an id) may be empty."""

    dialogue: str


@dataclass(frozen=True, slots=True)
class Retitle:
    """``want`` is the reason for a change after the start."""

    title: str
    want: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose the dialogue (by id or title) that the staff room is about from now on; "" asks which
    there are."""

    dialogue: str


@dataclass(frozen=True, slots=True)
class StaffRoom:
    """Make this place the staff room of a room; ``room`` may be empty."""

    room: str


# --- words of everybody


@dataclass(frozen=True, slots=True)
class Further:
    """Get the next list, though this one is not finished."""


@dataclass(frozen=True, slots=True)
class Join:
    """Take part: open the personal conversation, or get the next offer."""


@dataclass(frozen=True, slots=True)
class Status:
    """Show how far the dialogue is."""


@dataclass(frozen=True, slots=True)
class Explain:
    """Say what a word means; "" for what can be explained."""

    word: str


@dataclass(frozen=True, slots=True)
class Help:
    """Show what this person can do here now."""


@dataclass(frozen=True, slots=True)
class Results:
    """Show a round's result; ``round`` None: the last one with a result."""

    round: int | None


@dataclass(frozen=True, slots=True)
class Mine:
    """Show what this person gave, with its state and the receipts."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Give all that is kept of this person."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Show what is stored about this person and who can see it."""


@dataclass(frozen=True, slots=True)
class Language:
    code: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Get nothing unasked any more, or (``off``) as before."""

    off: bool = False


@dataclass(frozen=True, slots=True)
class Unlink:
    """Have one's accounts be those of two people again."""


@dataclass(frozen=True, slots=True)
class Link:
    """Link accounts. ``code`` empty: give one. Else in capitals, with O as 0 and I and L as 1."""

    code: str


# --- words of a resident


@dataclass(frozen=True, slots=True)
class Vote:
    """``item`` is empty when it was left out; ``rest`` is read by the item's kind of round."""

    item: str
    rest: str


@dataclass(frozen=True, slots=True)
class Why:
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    item: str


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """``confirmed`` when the sentence "ja, vergeet mij" was typed."""

    confirmed: bool


# --- words of officials, moderators and the clerk about items


@dataclass(frozen=True, slots=True)
class Work:
    """Show the numbered list of what waits for a moderator."""


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve items: numbers of items ("S3") or of the last list ("3"), each once."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hide:
    """``target`` is an item or a number of the last list; ``reason`` a number or words."""

    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Show:
    target: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Make the advice (or report) and post it."""


# --- no word


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that is no word: an answer to an open question, or talk."""

    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An unknown word; ``nearest`` is the one probably meant, or empty."""

    word: str
    nearest: str


#: One of the types above, or one of a kind of round for its own words.
Said: TypeAlias = object
