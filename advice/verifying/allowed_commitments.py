"""Checks that the rules allow what stands in the journal of a commitment, line by line.

Every line is decided on again, in the state before it: it has to be what the rules give for what
somebody wanted, or for the step that was due by itself. When such a step was really done stands in
no journal: a line is right if there is a moment with which the rules give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from advice.verifying.allowed import Doubtful
from commitments import events as ev
from commitments import intents as it
from commitments.commitment import Commitment
from commitments.decide import decide
from commitments.due import next_due
from dialogues.core import Context, Refused
from dialogues.followup.again import told_at
from dialogues.record import Line

#: Who a line is by that happened by itself.
_CLOCK = "clock"


def _same(intent: type, *fields: str) -> Callable[[Any], object]:
    """An intent with the same fields as its event."""
    return lambda event: intent(**{name: getattr(event, name) for name in fields})


_WANTED: dict[type, Callable[[Any], object]] = {
    ev.CommitmentChanged: _same(it.Correct, "what"),
    ev.CommitmentLate: lambda _event: it.Lapse(),
    ev.CommitmentMade: _same(
        it.Make, "what", "source", "room", "zone", "language", "town", "own_hour", "told"
    ),
    ev.CommitmentPostponed: _same(it.Postpone, "due", "want"),
    ev.CommitmentProgressed: _same(it.NoteProgress, "state", "text", "source", "told"),
}

_STEPS: dict[type, it.Step] = {
    ev.CommitmentLate: it.Step.LATE,
    ev.CommitmentMakerErased: it.Step.ERASE,
    ev.CommitmentNear: it.Step.NEAR,
}

#: Every event that is decided on again.
CHECKED = frozenset((*_WANTED, *_STEPS))


def check(commitment: Commitment, line: Line) -> None:
    """Raise ``Doubtful`` for a line that the rules would not give in this state."""
    event: Any = line.event
    if isinstance(event, ev.CommitmentMade) != (commitment.position == 0):
        raise _doubtful(commitment, line, "a journal begins with its making, once")
    refused = ""
    for intent in _candidates(commitment, line):
        try:
            if decide(commitment, intent, Context(line.at, line.by))[:1] == [event]:
                return
        except Refused as refusal:
            refused = refusal.code
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            refused = type(error).__name__
    because = f" ({refused})" if refused else ""
    raise _doubtful(commitment, line, f"that is not what the rules give{because}")


def _candidates(commitment: Commitment, line: Line) -> Iterator[object]:
    """What may have been wanted, or was due."""
    event: Any = line.event
    if type(event) in _WANTED:
        yield _WANTED[type(event)](event)
    due = next_due(commitment) if line.by == _CLOCK else None
    if due is not None and due.step is _STEPS.get(type(event)) and due.at == line.at:
        for now in _moments(commitment, event, line.at):
            yield replace(due, now=now)


def _moments(commitment: Commitment, event: Any, at: datetime) -> Iterator[datetime]:
    """When a step may really have been done."""
    yield at
    if isinstance(event, ev.CommitmentLate) and event.times > 0:
        yield max(at, told_at(commitment.first_day, commitment.place, min(event.times, 100) - 1))
    if isinstance(event, ev.CommitmentNear) and not event.told:
        yield max(at, told_at(commitment.due, commitment.place, 0))


def _doubtful(commitment: Commitment, line: Line, why: str) -> Doubtful:
    return Doubtful(f"{commitment.name}, line {line.seq} ({type(line.event).__name__}): {why}")
