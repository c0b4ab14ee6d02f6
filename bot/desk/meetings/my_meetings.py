"""The part of ``mijn`` about meetings: what somebody signed up for or proposed, with the number,
the hours, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from bot.desk import evaluating, mine
from bot.desk.asker import Asker
from bot.desk.meetings.near import coming
from bot.desk.services import Services
from bot.desk.which import which
from commands.said import Mine, Where
from commands.word import Word
from dialogues.core import Notice, Refused, Text, Value
from meetings import announce
from meetings.meeting import Meeting, SignUp


def answer(
    services: Services, asker: Asker, target: str, word: Word | None, said: Mine
) -> list[Notice]:
    """What is theirs in the dialogue that is meant, and their meetings; where there is no dialogue
    the meetings alone, or that there are none of theirs among those that are near. Raises
    ``Refused`` where nothing is near either."""
    hidden = asker.where is Where.STAFF and not asker.staff  # all staff would read it
    found = [] if hidden else listed(services, asker)
    try:
        dialogue = which(services, asker, target, word)
    except Refused as refusal:
        if not refusal.code.startswith("no_dialogue"):
            raise
        if not found and (hidden or not coming(services, asker)):
            raise
        return found or [Notice("mine_no_meetings", {})]
    more = evaluating.offered(services, asker, dialogue)
    return [*mine.mine(services, asker, dialogue, said), *found, *more]


def listed(services: Services, asker: Asker) -> list[Notice]:
    """The notice with somebody's meetings, in the order of their hours; nothing without."""
    found = sorted(_mine(services, asker), key=lambda one: str(one[0].hours or "~"))
    if not found:
        return []
    rooms = {meeting.room for meeting, _, _ in found}
    if not asker.subject.room and len(rooms) == 1:
        asker.subject = structs.replace(asker.subject, room=rooms.pop())
    rows = [{**announce.values(m), **_own(m, own), "mine": made} for m, own, made in found]
    can = (choice for m, own, _ in found if own is not None for choice in announce.own(m, own))
    return [Notice("mine_meetings", {"rows": rows}, choices=tuple(can))]


def _mine(services: Services, asker: Asker) -> Iterator[tuple[Meeting, SignUp | None, bool]]:
    """The meetings that somebody signed up for, with that, and those that they proposed (True), as
    long as it is known."""
    for name in services.store.participants.current(asker.person):
        meeting = services.ledger.meetings.by_id.get(name)
        if meeting is None or meeting.erased:
            continue
        names = services.context(asker, meeting).names
        own = meeting.of(names)
        made = meeting.made_by in names and isinstance(meeting.title, Text)
        if own is not None or made:
            yield meeting, own, made


def _own(meeting: Meeting, own: SignUp | None) -> dict[str, Value]:
    """What a sign-up is now, and how the hours changed since it was given."""
    if own is None:
        return {"stand": "", "was": None}
    since = [change for change in meeting.changes if change.at >= own.at]
    return {
        "stand": own.stand.value,
        "number": own.number,
        "until": own.until,
        "day": own.day,
        "hour": own.hour,
        "was": since[0].was.begins_at if since else None,
        "want": since[-1].want if since else "",
    }
