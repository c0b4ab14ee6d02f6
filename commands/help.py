"""The lines of ``hulp``: at most five things that this person can do in this place now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commands.said import Where
from commands.vocabulary import Vocabulary
from dialogues.core import Role

#: The most lines of help.
MOST = 5


class Progress(StrEnum):
    """The progress of the dialogue that is meant in this place."""

    NONE = "none"
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rounds of a dialogue add to help, as codes.

    For staff: ``urgent`` things, the course (``before`` closing this round or opening the next
    one), and what still has to be ``prepared``; for a ``resident`` in the open round.
    """

    urgent: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    prepared: tuple[str, ...] = ()
    resident: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What help depends on.

    ``is_open``: a round is open; ``paused``: it is paused; ``given``: this person gave a
    contribution; ``waiting``: how many items wait for a moderator; ``last``: the open round is the
    dialogue's last; ``results``: a round has closed; ``several``: it is not clear which of several
    is meant; ``hints``: what the kinds of rounds add; ``meetings``: what the meetings that are near
    add; ``draft``: what the draft of a document adds, and ``follow_up`` what the document does
    after it was made.
    """

    where: Where
    roles: frozenset[Role]
    progress: Progress
    is_open: bool = False
    paused: bool = False
    collecting: bool = False
    given: bool = False
    waiting: int = 0
    last: bool = False
    results: bool = False
    several: bool = False
    hints: Hints = Hints()
    meetings: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()


def things_to_do(known: Vocabulary, now: Situation) -> tuple[str, ...]:
    """Codes of help, the most important first; each names a word that this person may use here."""
    codes = _staff(now) if now.roles and now.where is not Where.ROOM else _resident(now)
    usable = {word.help for word in known.words_for(now.roles, now.where)}
    return tuple(dict.fromkeys(code for code in codes if code in usable))[:MOST]


def _staff(now: Situation) -> list[str]:
    codes: list[str] = []
    codes += now.draft
    if now.paused:
        codes.append("help_resume")
    if now.waiting:
        codes += ["help_work", "help_approve", "help_hide"]
    codes += now.hints.urgent
    if now.several:
        codes.append("help_choose")
    elif now.progress is Progress.NONE:
        codes += ["help_new_dialogue", "help_new_meeting"]
    if now.progress is Progress.PREPARING:
        codes += ["help_start", "help_charter", *now.hints.prepared, "help_explain"]
    if now.progress is Progress.OPEN and not now.paused:
        codes += [*now.hints.before, *now.hints.prepared]
        codes.append("help_close" if now.last else "help_next_round")
        codes += ["help_until", "help_hide"]
        if now.collecting:
            codes.append("help_stop_collecting")
    if now.progress is Progress.CLOSED:
        codes += [*now.follow_up, "help_advice", "help_results", "help_new_dialogue"]
    codes += [*now.meetings, "help_status", "help_results"]
    if now.is_open:
        codes.append("help_pause")
    return [*codes, "help_privacy", "help_new_meeting", "help_language"]


def _resident(now: Situation) -> list[str]:
    """The codes for a resident, and for staff asking in the room."""
    codes: list[str] = [*now.draft]
    if now.is_open:
        codes += now.hints.resident
        if now.given:
            codes.append("help_mine")
    codes += now.meetings[:1] if now.is_open else now.meetings
    if now.results:
        codes.append("help_results")
    if now.progress is not Progress.NONE:
        codes += ["help_status", "help_mine"]
    return [*codes, "help_privacy", "help_language"]
