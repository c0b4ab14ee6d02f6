"""participatieparagraaf: how residents take part, for the town's own papers about its plans.

Level, frames, groups, means, planning and turnout, as the card and the charter have them. All of it
but what is planned stands in uitslag.json too, from which it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from advice.model import Journal, Participants, Result, Round
from advice.papers import paper
from advice.papers.paper import AboutDialogue
from advice.participants import untold
from advice.published import iso
from dialogues.dialogue import Dialogue
from dialogues.machine import Stage
from meetings.meeting import Meeting, Phase

SCHEMA = "stadsgesprek/participatieparagraaf/1"


class Means(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round: its title, ``kind`` and state (waiting, open, closed or skipped), and when it opens
    and closes, planned or as it was; None where that is not known. Times UTC ISO."""

    title: str
    kind: str
    state: str
    opens_at: str | None
    closes_at: str | None


class Gathering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A meeting of this dialogue: its number, title, state (planned, held, called_off), when it
    begins (UTC ISO), where, and for which groups; none is everybody."""

    number: str
    title: str
    state: str
    begins_at: str | None
    where: str
    groups: list[str]


class Paragraph(AboutDialogue, frozen=True, forbid_unknown_fields=True):
    """``charter`` has the keys of uitslag.json. ``begun``: a round has opened. ``participants`` are
    held back as there, and ``untold``: figures that are left out may be of five people or more."""

    interim: bool
    begun: bool
    charter: dict[str, Any]
    means: list[Means]
    meetings: list[Gathering]
    participants: Participants
    untold: bool
    journal: Journal


def paragraph(result: Result, dialogue: Dialogue, meetings: Iterable[Meeting]) -> Paragraph:
    """The paragraph of a result; ``dialogue`` is the state that it was made from, and says what is
    planned. Of the ``meetings`` those of this dialogue."""
    told = result.dialogue
    begun = len(result.rounds)
    return Paragraph(
        schema=SCHEMA,
        dialogue=told.id,
        title=told.title,
        town=told.town,
        room=told.room,
        zone=told.zone,
        language=told.language,
        simulated=result.simulated,
        interim=result.interim,
        begun=bool(begun),
        charter=told.charter,
        means=[*map(_begun, result.rounds), *_waiting(dialogue)],
        meetings=[*_gatherings(dialogue, meetings)],
        participants=result.participants,
        untold=untold(result),
        journal=result.journal,
    )


def as_told(result: Result, found: Paragraph) -> Paragraph:
    """A paragraph with all that also stands in uitslag.json taken from there: it is the same where
    nothing was changed."""
    begun = len(result.rounds)
    return paper.as_told(
        result,
        found,
        interim=result.interim,
        begun=bool(begun),
        charter=result.dialogue.charter,
        means=[*map(_begun, result.rounds), *found.means[begun:]],
        participants=result.participants,
        untold=untold(result),
        journal=result.journal,
    )


def _begun(round_: Round) -> Means:
    opened, closed = round_.opened_at, round_.closed_at
    return Means(round_.title, round_.kind, round_.state, opened, closed)


def _waiting(dialogue: Dialogue) -> Iterator[Means]:
    """The rounds that have not begun, with the hours at which they open by themselves."""
    for frame in dialogue.frames:
        if frame.stage is Stage.WAITING:
            announced = dialogue.announced.get(frame.index)
            known = announced is not None and not announced.off
            begins = announced.begins_at if announced is not None and known else None
            ends = announced.ends_at if announced is not None and known else None
            yield Means(
                frame.plan.title,
                frame.plan.kind,
                "waiting",
                iso(begins) if begins is not None else None,
                iso(ends) if ends is not None else None,
            )


_TOLD = (Phase.PLANNED, Phase.HELD, Phase.CALLED_OFF)


def _gatherings(dialogue: Dialogue, meetings: Iterable[Meeting]) -> Iterator[Gathering]:
    """The meetings of a dialogue that staff planned; one that a resident proposed has no title
    here, because those words are a person's."""
    for meeting in meetings:
        mine = meeting.plan.dialogue == dialogue.id or dialogue.schedule.meeting == meeting.id
        if not mine or meeting.phase not in _TOLD or not isinstance(meeting.title, str):
            continue
        hours, plan = meeting.hours, meeting.plan
        yield Gathering(
            meeting.name,
            meeting.title,
            meeting.phase.value,
            iso(hours.begins_at) if hours is not None else None,
            plan.where,
            [group.value for group in plan.audience],
        )
