"""Which dialogue a message is about: the one function that decides it (docs/commands.md)."""

from __future__ import annotations

from bot.desk.asker import Asker, language_of
from bot.desk.services import Services
from commands.said import Where
from dialogues.core import Refused, Role
from dialogues.dialogue import Dialogue, Status

#: Looked up once: reading an enum's member costs as much as a call, and every vote needs it.
_PERSONAL, _OPEN = Where.PERSONAL, Status.OPEN


def which(services: Services, asker: Asker, target: str = "") -> Dialogue:
    """The dialogue the asker means; raises ``Refused`` with the possibilities when that is
    unclear."""
    if not target and asker.where is _PERSONAL and asker.origin.near is None:
        chosen = _chosen(services, asker)
        if chosen is not None and _active(asker, chosen):
            return asker.about(chosen)  # nearly always: no list of all dialogues for every vote
    return asker.about(_which(services, asker, target))


def perhaps(services: Services, asker: Asker, target: str = "") -> Dialogue | None:
    """The dialogue as ``which`` finds it, or None where there is none or it is unclear."""
    try:
        return which(services, asker, target)
    except Refused:
        return None


def spoken(services: Services, asker: Asker) -> str:
    """The language of an answer that is about no dialogue: that of the dialogue that is meant here,
    or of all that could be; "" where they differ."""
    try:
        found = [_which(services, asker, "")]
    except Refused:
        found = [d for d in _in_sight(services, asker) if d.status is not Status.CLOSED]
    languages = {language_of(dialogue) for dialogue in found}
    return languages.pop() if len(languages) == 1 else ""


def _which(services: Services, asker: Asker, target: str) -> Dialogue:
    known = _in_sight(services, asker)
    if target:
        return _named(known, target)
    if asker.where is Where.ROOM:
        return _in_room(known)
    known = _near(services, asker, known) or known
    active = [d for d in known if _active(asker, d)]
    if len(active) == 1:
        return active[0]
    chosen = _chosen(services, asker)
    if chosen is not None and (chosen in active or not active):
        return chosen
    if active:
        raise Refused("which_dialogue", options=[_option(d) for d in active])
    closed = [d for d in known if d.status is Status.CLOSED]
    if not closed:
        raise Refused("no_dialogue", moderator=Role.MODERATOR in asker.roles)
    return _last(closed)


def _chosen(services: Services, asker: Asker) -> Dialogue | None:
    """The dialogue whose Meedoen was used last here, or that was chosen here by name."""
    return services.ledger.states.get(services.store.places.dialogue(asker.here))


def _active(asker: Asker, dialogue: Dialogue) -> bool:
    """Whether a dialogue can be meant without being named: an open one; for staff also in
    preparation."""
    if asker.roles_in(dialogue.room):
        return dialogue.status is not Status.CLOSED
    return dialogue.status is _OPEN


def _in_sight(services: Services, asker: Asker) -> list[Dialogue]:
    """The dialogues of this room, or of a staff room's rooms, or all (personal conversation)."""
    states = list(services.ledger.states.values())
    if asker.where is Where.ROOM:
        room = services.town.rooms.room_at(asker.place)
        return [d for d in states if d.room == room]
    if asker.where is Where.STAFF:
        rooms = services.town.rooms.rooms_of_staff(asker.place)
        return [d for d in states if d.room in rooms]
    return states


def _near(services: Services, asker: Asker, known: list[Dialogue]) -> list[Dialogue]:
    """The dialogues of the room from which somebody speaks in person, if any."""
    near = asker.origin.near
    room = services.town.rooms.room_at(near) if near is not None else None
    return [d for d in known if d.room == room] if room is not None else []


def _named(known: list[Dialogue], target: str) -> Dialogue:
    exact = [d for d in known if d.id == target]
    in_room = [d for d in known if d.room == target]
    is_open = [d for d in in_room if d.status is _OPEN]
    active = [d for d in in_room if d.status is not Status.CLOSED]
    for candidates in (exact, is_open, active, in_room):
        if candidates:
            return _last(candidates)
    raise Refused("no_such_dialogue", target=target, options=[_option(d) for d in known])


def _in_room(known: list[Dialogue]) -> Dialogue:
    for status in (Status.OPEN, Status.CLOSED):
        candidates = [d for d in known if d.status is status]
        if candidates:
            return _last(candidates)
    raise Refused("no_dialogue_here")


def _last(dialogues: list[Dialogue]) -> Dialogue:
    """The dialogue that closed last, else the one opened last."""
    return max(
        enumerate(dialogues),
        key=lambda row: (row[1].closed_at.timestamp() if row[1].closed_at else 0.0, row[0]),
    )[1]


def _option(dialogue: Dialogue) -> dict[str, str]:
    return {"id": dialogue.id, "title": dialogue.title, "room": dialogue.room}
