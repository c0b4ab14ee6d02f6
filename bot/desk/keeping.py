"""``bewaar vast`` and ``bewaar los``: the clerk holds what would be destroyed by itself."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.services import Services
from commands import said_keeping as words
from commands.said import Where
from dialogues.core import Notice, Value
from dialogues.destroying import HoldDestruction, ResumeDestruction
from dialogues.dialogue import Dialogue


def held(services: Services, asker: Asker) -> list[Value]:
    """The titles of the dialogues of which nothing is destroyed by itself now: in a room those of
    the room, in person those that this person took part in. Why stands in the journal alone."""
    states, participants = services.ledger.states, services.store.participants
    if asker.where is Where.PERSONAL:
        found = [
            states[name] for name, _ in participants.participations(asker.person) if name in states
        ]
    else:
        here = services.town.rooms.room_at(asker.origin.place)
        found = [each for each in states.values() if each.room == here]
    return [each.title for each in found if each.held]


def hold(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.HoldDestruction
) -> list[Notice]:
    services.act(asker, dialogue, HoldDestruction(said.reason))
    return [Notice("destruction_held", {"title": dialogue.title, "reason": said.reason})]


def resume(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.ResumeDestruction
) -> list[Notice]:
    """Lift a hold; what was due meanwhile is destroyed at once."""
    services.act(asker, dialogue, ResumeDestruction(said.reason))
    closed = dialogue.closed_at
    day = None
    if closed is not None:
        due = max(closed + timedelta(days=dialogue.objection_days), asker.at)
        day = due.astimezone(ZoneInfo(dialogue.zone)).date()
    return [Notice("destruction_resumed", {"title": dialogue.title, "day": day})]
