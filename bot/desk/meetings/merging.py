"""What linking accounts changes in meetings: whoever signed up with both counts once, and the place
that is too many is free again; and so it is with their support of a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.desk.asker import Asker
from bot.desk.services import Services
from dialogues.core import Context, Text, Value
from meetings import intents as it
from meetings.meeting import Meeting
from meetings.merging import too_much_support, twice
from storage.linking import Shared


def merge(services: Services, asker: Asker, both: Shared) -> Iterator[dict[str, Value]]:
    """Merge what both have in a meeting; gives the sign-up that stayed, where there were two."""
    meeting = services.ledger.meetings.by_id.get(both.dialogue)
    if meeting is None:
        return
    gone, kept = _names(services, both.gone), _names(services, both.kept)
    for name in [*too_much_support(meeting, gone, kept)]:
        services.ledger.act(meeting.id, it.WithdrawSupport(), Context(asker.at, name))
    found = twice(meeting, gone, kept)
    if found is None:
        return
    stays, goes = found
    name_at_the_door = services.words(goes.name) if goes.name is not None else ""
    intent = it.MergePeople(goes.by, stays.by)
    services.ledger.act(meeting.id, intent, Context(asker.at, "clock"))
    if name_at_the_door and stays.name is None and not meeting.begun:
        _name(services, asker, meeting, stays.by, name_at_the_door)
    yield {"meeting": meeting.name, "title": meeting.title, "number": stays.number}


def _names(services: Services, participant: str) -> tuple[str, ...]:
    """All ids of a participant: a sign-up keeps that under which it was given, also where accounts
    were linked, parted and linked again."""
    return participant, *sorted(services.store.participants.others(participant))


def _name(services: Services, asker: Asker, meeting: Meeting, by: str, name: str) -> None:
    """The name for the list at the door stays, although the sign-up that it was given with goes."""
    services.ledger.act(meeting.id, it.GiveName(Text(name)), Context(asker.at, by))
