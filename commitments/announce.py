"""The notices about commitments: what the room and staff hear, and how a list says each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from commitments import events as ev
from commitments.commitment import Commitment
from commitments.intents import Step
from dialogues.core import Audience, Notice, Value

#: A message names so many commitments; of more it says how many.
MOST = 10


def values(commitment: Commitment) -> dict[str, Value]:
    """What is said of a commitment."""
    what, last = commitment.said, commitment.notes[-1] if commitment.notes else None
    return {
        "commitment": commitment.name,
        "kind": what.kind.value,
        "text": what.text,
        "answers": "" if what.text else commitment.source.name,
        "who": what.who,
        "body": what.body.value if what.body is not None else "",
        "due": commitment.due,
        "state": commitment.state.value,
        "source": commitment.source.name,
        "room": commitment.room,
        "made_at": commitment.made_at,
        "since": commitment.at,
        "note": last.text if last is not None else "",
        "note_source": last.source if last is not None else "",
        "noted": last.state.value if last is not None else "",
    }


def announce(commitment: Commitment, event: Any) -> Iterator[Notice]:
    """What the room hears of an event. One of the whole town has no room, and is told to whoever
    asks; that a commitment is near or late is said of several at once (``together``)."""
    told = _ROOM.get(type(event))
    if told is None or not commitment.room or not getattr(event, "told", True):
        return
    yield Notice(told, {**values(commitment), **_more(commitment, event)}, Audience.ROOM)


def _more(commitment: Commitment, event: Any) -> dict[str, Value]:
    if isinstance(event, ev.CommitmentPostponed):
        was = commitment.postponed[-1].was
        return {"was": commitment.due.fromisoformat(was), "want": event.want}
    return {}


_ROOM: dict[type, str] = {
    ev.CommitmentMade: "commitment_made",
    ev.CommitmentPostponed: "commitment_postponed",
    ev.CommitmentProgressed: "commitment_progressed",
}

_TOGETHER = {Step.LATE: "commitments_late", Step.NEAR: "commitments_near"}


def together(commitments: Sequence[Commitment], step: Step) -> Notice:
    """The one message about all commitments of a room that are late now, or near. Those of the
    whole town have no room: staff hears of them."""
    staff = step is Step.NEAR or not commitments[0].room
    rows: list[Value] = [values(one) for one in commitments[:MOST]]
    data: dict[str, Value] = {
        "rows": rows,
        "more": max(len(commitments) - MOST, 0),
        "staff": staff,
    }
    return Notice(_TOGETHER[step], data, Audience.STAFF if staff else Audience.ROOM)
