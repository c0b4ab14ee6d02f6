"""Rooms of young people: the protection that always holds there, whatever the charter says.

What they write is read before others see it, and votes are confidential. The bot begins no
conversation there, asks nothing that was not asked for and counts nothing a person. Words that
cannot wait reach staff at once, without the words (``bot/town/alarms.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.platforms.facts import Origin
from bot.platforms.places import PlaceKind
from bot.text.informal import DUTCH, YOUNG
from dialogues import intents as it
from dialogues.charter import BallotMode, Review
from dialogues.core import Audience, Notice, Refused
from dialogues.dialogue import Dialogue, Status

#: The values of the charter that are fixed there, by field.
_ALWAYS: dict[str, object] = {"ballot": BallotMode.CONFIDENTIAL, "review": Review.BEFORE}
_REFUSALS = {"ballot": "youth_ballot", "review": "youth_review"}


def is_youth(services: Services, room: str) -> bool:
    return room in services.town.rooms.youth


def said_to(services: Services, room: str, language: str) -> str:
    """The language for somebody in this room: Dutch with "je" for young people. ``language`` "" is
    the town's."""
    if is_youth(services, room) and (language or services.town.language) == DUTCH:
        return YOUNG
    return language


def said_in(services: Services, origin: Origin, language: str, room: str = "") -> str:
    """The language for whoever did something, about the dialogue of ``room``, or "" where they were
    near no dialogue's: then about what they talk of in their own conversation."""
    if not services.town.rooms.youth:
        return language
    about = room or services.town.rooms.room_at(origin.near or origin.place) or ""
    if not about and origin.place.kind is PlaceKind.PERSONAL:
        about = _talked_about(services, str(origin.place))
    return said_to(services, about, language)


def _talked_about(services: Services, conversation: str) -> str:
    """The room of the dialogue that somebody's own conversation is about; where it is about none
    yet, that of all that are not closed, if they are all of young people; else ""."""
    states = services.ledger.states
    chosen = states.get(services.store.places.dialogue(conversation))
    if chosen is not None:
        return chosen.room
    rooms = {d.room for d in states.values() if d.status is not Status.CLOSED}
    return min(rooms, default="") if all(is_youth(services, room) for room in rooms) else ""


def protected(services: Services, room: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields of a charter with the values fixed in this room; raises ``Refused`` for others."""
    if not is_youth(services, room):
        return dict(fields)
    for name, value in _ALWAYS.items():
        if fields.get(name, value) != value:
            raise Refused(_REFUSALS[name])
    return {**fields, **_ALWAYS}


def before_start(services: Services, asker: Asker, dialogue: Dialogue) -> None:
    """Before the start: raise ``Refused`` when the room has no staff room, and set the fixed values
    in the charter where it has others."""
    if not is_youth(services, dialogue.room):
        return
    if not services.town.rooms.staff_places(dialogue.room):
        raise Refused("youth_staff_missing", room=dialogue.room)
    charter = dialogue.charter
    if any(getattr(charter, name) != value for name, value in _ALWAYS.items()):
        services.act(asker, dialogue, it.SetCharter(_ALWAYS))


def unheard(services: Services, asker: Asker, words: str) -> list[Notice]:
    """What was said in a pause is kept nowhere. Where it holds words that cannot wait, staff hears
    that somebody said such words, and whoever did hears whom they can call."""
    alarming = services.town.rooms.youth.get(asker.subject.room)
    state = services.ledger.states.get(asker.subject.dialogue)
    if alarming is None or state is None or asker.staff or not alarming.heard(words):
        return []
    data = {"title": state.title}
    services.ledger.tell(state, Notice("youth_alarm_paused", data, Audience.STAFF), asker.at)
    return [Notice("youth_cared_paused", {})]


def cared_for(services: Services, notices: list[Notice] | None) -> list[Notice] | None:
    """The answer, with a notice added when a young person's words were just reported to staff: that
    they were, and whom they can call."""
    if not services.ledger.outgoing.alarmed:
        return notices
    services.ledger.outgoing.alarmed = False
    return [*(notices or ()), Notice("youth_cared_for", {})]
