"""Votes by reactions in the room, on an open ballot's items.

Typed votes and reactions are expressions, ordered by time. What counts is the newest that still
stands; where several may be chosen, what was typed last and the reactions after it. The item's kind
of round says what a reaction means.
"""

from __future__ import annotations

from bot.desk import paused
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.votes import may_vote, restand
from commands.said import Where
from dialogues.core import Notice
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import TellRoom
from dialogues.machine import Stage, require_open


def reacted(services: Services, asker: Asker, shown: str, item: str, emoji: str) -> list[Notice]:
    """A reaction on a message that shows an item of the dialogue ``shown`` ("": of the room's
    dialogue). No effect where it shows no item or the reaction means nothing."""
    dialogue = _here(services, asker)
    if dialogue is None or (shown and dialogue.id != shown):
        return []
    if asker.where is not Where.ROOM or not item:
        return []
    meaning = _meaning(services, dialogue, item, emoji)
    if dialogue.confidential:
        if meaning is not None and not asker.staff:
            services.act(asker, dialogue, TellRoom())
        return []
    index = dialogue.round_of(item)
    if meaning is None or index is None or dialogue.frames[index].stage is not Stage.OPEN:
        return []
    may_vote(asker)
    require_open(dialogue.frames[index], asker.at)  # before the reaction is kept
    ballot = services.ballot(asker, dialogue, index)
    services.store.sources.react(
        asker.cause, dialogue.id, item, ballot, meaning, asker.milliseconds, asker.origin.order
    )
    restand(services, asker, dialogue, item, ballot)
    return []


def unreacted(services: Services, asker: Asker, target: bytes) -> list[Notice]:
    """A reaction was removed, by anybody: what the ballot expressed besides it counts."""
    known = services.store.sources.reaction(target)
    if known is None:
        return []
    name, item, ballot = known
    dialogue = services.ledger.states.get(name)
    paused.check(asker, dialogue)
    services.store.sources.unreact(target)
    index = dialogue.round_of(item) if dialogue is not None else None
    if dialogue is None or index is None or dialogue.frames[index].stage is not Stage.OPEN:
        return []
    restand(services, asker, dialogue, item, ballot)
    return []


def _here(services: Services, asker: Asker) -> Dialogue | None:
    room = services.town.rooms.room_at(asker.place)
    if room is None:
        return None
    found = services.ledger.open_in(room)
    return found if found is not None and found.status is Status.OPEN else None


def _meaning(services: Services, dialogue: Dialogue, item: str, emoji: str) -> str | None:
    """The choice that a reaction means on this item, as it is stored with it; None when it means
    none."""
    index = dialogue.round_of(item)
    if index is None or not dialogue.items.shown(item) or not dialogue.letter(item).votable:
        return None
    return services.talk(dialogue.frames[index]).meaning(dialogue, item, emoji)
