"""What fits behind a word while somebody fills it in: items, meetings, formats, dialogues, rooms.

Reads only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.desk.meetings import searching
from bot.desk.mine import authored
from bot.desk.pressable import on_item
from bot.desk.services import Services
from bot.platforms.menu import Searched, Suggestion
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import shortened
from commands.word import Fits
from dialogues.core import Choice, Role
from dialogues.dialogue import Dialogue, Status
from dialogues.items import REASON, ItemState

#: Who sees what is not shown to all.
_REVIEWS = frozenset({Role.MODERATOR.value, Role.YOUTH_WORKER.value})

#: Of all items those of whoever looks for them.
_MINE = "mine"

#: What may be offered for the choice on an item.
CHOICES = "choices"

#: How many are offered, and how long one reads at most.
MOST, LABEL = 25, 100


def search(services: Services, searched: Searched) -> tuple[Suggestion, ...]:
    """What fits, at most ``MOST``; those that hold what was typed so far."""
    found = (one for each in searched.suggests.split("|") for one in _of(services, searched, each))
    return fitting(searched, found)


def fitting(searched: Searched, found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Of these those that hold what was typed so far, at most ``MOST``."""
    typed = searched.text.casefold().strip()
    fits = (one for one in found if typed in one.label.casefold() or typed in one.value.casefold())
    return tuple(one for one, _ in zip(fits, range(MOST), strict=False))


def _of(services: Services, searched: Searched, suggests: str) -> Iterable[Suggestion]:
    """All of one kind that may be filled in."""
    kind = suggests.partition(":")[0]
    if kind not in _KINDS:
        return ()
    return _KINDS[kind](services, replace(searched, suggests=suggests))


def _items(services: Services, searched: Searched) -> Iterator[Suggestion]:
    """The items of the dialogue that is meant, the newest first. What is not shown to all finds
    only who reviews it, or its author: reasons stand nowhere before a round is over."""
    dialogue = _meant(services, searched)
    if dialogue is None:
        return
    which = searched.suggests.partition(":")[2] or Fits.ANY.value
    mine = _own(services, searched, dialogue)
    fits = tuple(Fits)
    letters = services.known.fitting(Fits(which)) if which in fits else tuple(which)
    for item in reversed(dialogue.items.by_number.values()):
        own = item.author in mine
        if (which == _MINE and not own) or (which != _MINE and item.number[0] not in letters):
            continue
        shown = item.state is ItemState.SHOWN and item.number[0] != REASON.letter
        if own or shown or searched.roles & _REVIEWS:
            words = services.words(item.text) or item.label
            yield Suggestion(item.number, shortened(f"{item.number} {words}".strip(), LABEL))


def choosable(services: Services, searched: Searched) -> tuple[Choice, ...]:
    """What can be chosen on the item that was filled in before; without one on the only item of the
    round, or on any where that is the same for each. What is filled in with a form is left out."""
    dialogue = _meant(services, searched)
    frame = dialogue.open_frame if dialogue is not None else None
    if dialogue is None or frame is None:
        return ()
    letters, items = services.known.fitting(Fits.VOTABLE), dialogue.items
    shown = [
        number
        for number in items.by_number
        if number[0] in letters and items.shown(number) and dialogue.round_of(number) == frame.index
    ]
    given = searched.filled.get("item", "").strip().upper()
    alike = services.talk(frame).presses is None
    meant = [given] if given in shown else shown if not given and (alike or len(shown) == 1) else []
    platform = searched.place.platform if searched.place is not None else ""
    person = services.store.people.known(platform, searched.account) or ""
    found = (
        one
        for number in meant[:1]
        for one in on_item(services, dialogue, person, number, 0, press=True)
    )
    return tuple(one for one in found if one.choice and not one.form)


def _own(services: Services, searched: Searched, dialogue: Dialogue) -> frozenset[str]:
    """Who somebody is as an author in a dialogue: a participant, and the ballots of reasons."""
    platform = searched.place.platform if searched.place is not None else ""
    person = services.store.people.known(platform, searched.account)
    return authored(services, person, dialogue) if person is not None else frozenset()


def _formats(services: Services, _searched: Searched) -> Iterator[Suggestion]:
    for name in sorted(services.formats):
        if not services.formats[name].imported:
            yield Suggestion(name, name)


def _dialogues(services: Services, searched: Searched) -> Iterator[Suggestion]:
    for dialogue in _in_sight(services, searched):
        yield Suggestion(dialogue.id, shortened(f"{dialogue.title} ({dialogue.id})", LABEL))


def _rooms(services: Services, searched: Searched) -> Iterator[Suggestion]:
    """The rooms that whoever asks has a role for: those of the staff room, elsewhere all."""
    place, rooms = searched.place, services.town.rooms
    of_staff = place is not None and place.kind is PlaceKind.STAFF
    names = rooms.rooms_of_staff(place) if place is not None and of_staff else rooms.rooms
    yield from (Suggestion(name, name) for name in names if searched.roles)


def _meant(services: Services, searched: Searched) -> Dialogue | None:
    """The dialogue that is meant, as far as that is clear: the one open here, else the last."""
    seen = _in_sight(services, searched)
    is_open = [dialogue for dialogue in seen if dialogue.status is Status.OPEN]
    chosen = services.ledger.states.get(services.store.places.dialogue(_here(searched)))
    if chosen in seen:
        return chosen
    return next(reversed(is_open or seen), None)


def _here(searched: Searched) -> str:
    """Where a dialogue is chosen by name: in the staff room, else by each person."""
    place = searched.place
    if place is None or place.kind is PlaceKind.ROOM:
        platform = place.platform if place is not None else ""
        return str(Place(platform, PlaceKind.PERSONAL, searched.account))
    return str(place)


def _in_sight(services: Services, searched: Searched) -> list[Dialogue]:
    """The dialogues of the room or the staff room's rooms; all where it is neither. Those in
    preparation only staff sees."""
    place, rooms = searched.place, services.town.rooms
    states = list(services.ledger.states.values())
    if place is not None and place.kind is PlaceKind.STAFF:
        states = [d for d in states if d.room in rooms.rooms_of_staff(place)]
    elif place is not None:
        states = [d for d in states if d.room == rooms.room_at(place)]
    return [d for d in states if searched.roles or d.status is not Status.PREPARING]


_KINDS: dict[str, Callable[[Services, Searched], Iterator[Suggestion]]] = {
    "dialogues": _dialogues,
    "formats": _formats,
    "items": _items,
    "meetings": searching.meetings,
    "rooms": _rooms,
}
