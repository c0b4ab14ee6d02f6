"""Two people who turn out to be one, because somebody linked their accounts, count once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dialogues.core import Context
from meetings import events as ev
from meetings import intents as it
from meetings.meeting import Meeting, Phase, SignUp, Stand

#: What is kept of two sign-ups: whichever has most, and of two alike the earlier one.
_BEST = (Stand.PLACE, Stand.OFFERED, Stand.WAITS)


def twice(meeting: Meeting, *people: tuple[str, ...]) -> tuple[SignUp, SignUp] | None:
    """The sign-up that stays and the one that goes, where both ``people`` signed up for what is
    still planned; each is all of their participant ids."""
    found = [one for one in map(meeting.of, people) if one is not None]
    if meeting.phase is not Phase.PLANNED or len(found) < 2:
        return None
    stays, goes = sorted(found, key=lambda one: (_BEST.index(one.stand), one.number))
    return stays, goes


def _merge(meeting: Meeting, intent: it.MergePeople, _context: Context) -> list[object]:
    """The reminders that were asked for with either sign-up are those of the one that stays."""
    both = twice(meeting, (intent.gone,), (intent.kept,))
    if both is None:
        return []
    stays, goes = both
    events: list[object] = [ev.SignedOff(goes.number)]
    wanted = (stays.day or goes.day, stays.hour or goes.hour)
    if wanted != (stays.day, stays.hour):
        events.append(ev.RemindersSet(stays.number, *wanted))
    return events


def too_much_support(
    meeting: Meeting, gone: tuple[str, ...], kept: tuple[str, ...]
) -> Iterator[str]:
    """Whose support of a proposal goes: somebody's second, and that of its own author. ``gone`` and
    ``kept`` are all participant ids of the two."""
    given = [name for name in (*gone, *kept) if name in meeting.supporters]
    if meeting.made_by in (*gone, *kept):
        yield from given
    elif len(given) > 1:
        yield from (name for name in given if name in gone)


MERGING: dict[type, Callable[[Meeting, Any, Context], list[object]]] = {it.MergePeople: _merge}
