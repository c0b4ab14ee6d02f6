"""Which dialogue a message is about: the one function that decides it (docs/commands.md)."""

from __future__ import annotations

from bot.desk.asker import Asker, language_of
from bot.desk.services import Services
from bot.ledger import offered_words
from commands.said import Where
from commands.word import OVER, Word
from dialogues.core import Refused, Role
from dialogues.dialogue import Dialogue, Status
from dialogues.followup.days import asks, unanswered

#: Who makes documents: to them a closed dialogue matters as much as the open one.
_HAND_OVER = frozenset({Role.MODERATOR, Role.CLERK})

#: Looked up once: reading an enum's member costs as much as a call, and every vote needs it.
_PERSONAL, _OPEN = Where.PERSONAL, Status.OPEN


def which(
    services: Services, asker: Asker, target: str = "", word: Word | None = None, item: str = ""
) -> Dialogue:
    """The dialogue the asker means with a word about an item (None, "": something else); raises
    ``Refused`` with the possibilities when that is unclear."""
    if not target and asker.where is _PERSONAL and not asker.held and asker.origin.near is None:
        chosen = _chosen(services, asker)
        if chosen is not None and chosen.status is _OPEN and (word is None or _OPEN in word.among):
            return asker.about(chosen)  # nearly always: no list of all dialogues for every vote
    return asker.about(_which(services, asker, target, word, item))


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
        found = [_which(services, asker, "", None, "")]
    except Refused:
        found = [d for d in in_sight(services, asker) if d.status is not Status.CLOSED]
    languages = {language_of(dialogue) for dialogue in found}
    return languages.pop() if len(languages) == 1 else ""


def spoken_at(services: Services, place: str) -> str:
    """The language of what is said unread in a conversation: that of the dialogue it is about, or
    of all that are not closed; "" where they differ."""
    states = services.ledger.states
    chosen = states.get(services.store.places.dialogue(place))
    found = [d for d in states.values() if d.status is not Status.CLOSED]
    languages = {language_of(dialogue) for dialogue in ([chosen] if chosen else found)}
    return languages.pop() if len(languages) == 1 else ""


def in_sight(services: Services, asker: Asker) -> list[Dialogue]:
    """The dialogues of this room, or of a staff room's rooms, or all (personal conversation)."""
    states = list(services.ledger.states.values())
    if asker.where is Where.ROOM:
        room = services.town.rooms.room_at(asker.place)
        return [d for d in states if d.room == room]
    if asker.where is Where.STAFF:
        rooms = services.town.rooms.rooms_of_staff(asker.place)
        return [d for d in states if d.room in rooms]
    return states


def option(dialogue: Dialogue) -> dict[str, str]:
    """A dialogue as one of several that are asked about."""
    return {"id": dialogue.id, "title": dialogue.title, "room": dialogue.room}


def _which(services: Services, asker: Asker, target: str, word: Word | None, item: str) -> Dialogue:
    known = in_sight(services, asker)
    if target:
        return _named(known, target)
    if asker.where is Where.ROOM:
        return _in_room(known, item)
    known = _near(services, asker, known) or known
    active = [d for d in known if can_be_meant(asker, d) or _is_contested(d, word)]
    fitting = [d for d in active if word is None or d.status in word.among] or active
    meant = _offered(services, asker, known, word) or _held(services, asker, known, item)
    if meant is not None and not _is_over(meant, word, fitting):
        return meant
    if item:
        fitting = [d for d in fitting if item in d.items.by_number] or fitting
    if len(fitting) == 1:
        return fitting[0]
    here = [d for d in fitting if d.status is _OPEN] if asker.origin.near is not None else []
    if len(here) == 1 and not asker.held & _HAND_OVER:
        return here[0]
    chosen = _chosen(services, asker)
    if chosen is not None and (chosen in fitting or not active):
        return chosen
    if fitting:
        raise Refused("which_dialogue", options=[option(d) for d in fitting], staff=asker.staff)
    closed = [d for d in known if d.status is Status.CLOSED]
    if not closed:
        raise Refused("no_dialogue", moderator=Role.MODERATOR in asker.roles)
    return _last(closed)


def _chosen(services: Services, asker: Asker) -> Dialogue | None:
    """The dialogue whose Meedoen was used last here, or that was chosen here by name."""
    return services.ledger.states.get(services.store.places.dialogue(asker.here))


def _offered(
    services: Services, asker: Asker, known: list[Dialogue], word: Word | None
) -> Dialogue | None:
    """The dialogue for which the bot has just offered this word to staff here, if it still fits."""
    if word is None or not asker.held:
        return None
    offers = services.store.offers
    name = offered_words.about(offers, asker.here, word.dutch, asker.milliseconds)
    dialogue = services.ledger.states.get(name)
    fits = dialogue is not None and dialogue in known and dialogue.status in word.among
    return dialogue if fits else None


def _held(services: Services, asker: Asker, known: list[Dialogue], item: str) -> Dialogue | None:
    """The dialogue that staff chose here, open or not. In person a word with an item is about the
    dialogue that has the item."""
    chosen = _chosen(services, asker) if asker.held else None
    if chosen is None or chosen not in known:
        return None
    elsewhere = item and asker.where is _PERSONAL and item not in chosen.items.by_number
    return None if elsewhere else chosen


def _is_over(meant: Dialogue, word: Word | None, fitting: list[Dialogue]) -> bool:
    """Whether a word cannot be about the closed dialogue that was chosen here, while it can be
    about another."""
    if word is None or meant.status is not Status.CLOSED or meant.status in word.among:
        return False
    return any(dialogue.status in word.among for dialogue in fitting)


def can_be_meant(asker: Asker, dialogue: Dialogue) -> bool:
    """Whether a dialogue can be meant without being named: an open one; for staff also one in
    preparation, and a closed one that still waits for its document or for the council's answer."""
    if not asker.roles_in(dialogue.room):
        return dialogue.status is _OPEN
    return dialogue.status is not Status.CLOSED or waits(dialogue)


def _is_contested(dialogue: Dialogue, word: Word | None) -> bool:
    """Whether a word that is about what is over can be about the draft of this dialogue."""
    draft = dialogue.draft
    return word is not None and word.among == OVER and draft is not None and not draft.over


def waits(dialogue: Dialogue) -> bool:
    """Whether a closed dialogue waits for its document, or for the council's answer."""
    if dialogue.advice is None or not dialogue.advice.manifest:
        return True
    if dialogue.charter.answer_by is None:
        return False
    return bool(unanswered(dialogue)) if asks(dialogue) else not dialogue.answer_overdue


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
    raise Refused("no_such_dialogue", target=target, options=[option(d) for d in known])


def _in_room(known: list[Dialogue], item: str) -> Dialogue:
    """The open dialogue of a room, else the one that closed last; for a word about an item the one
    of these that has it."""
    candidates = [d for d in known if d.status is _OPEN]
    closed = sorted((d for d in known if d.status is Status.CLOSED), key=_closing, reverse=True)
    candidates += closed
    having = [d for d in candidates if item and item in d.items.by_number]
    if not candidates:
        raise Refused("no_dialogue_here")
    return (having or candidates)[0]


def _closing(dialogue: Dialogue) -> float:
    return dialogue.closed_at.timestamp() if dialogue.closed_at else 0.0


def _last(dialogues: list[Dialogue]) -> Dialogue:
    """The dialogue that closed last, else the one opened last."""
    return max(enumerate(dialogues), key=lambda row: (_closing(row[1]), row[0]))[1]
