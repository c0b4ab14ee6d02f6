"""The list of work: what waits for staff, numbered, with buttons where the platform has them.

Where a message can be changed and pressed, the newest list in a staff room stays true: it is edited
when the work changes. What was in it keeps its number, so that a number that was read goes on to
mean the same; what is new comes behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import structs

from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.platforms.places import PlaceKind
from dialogues.core import Audience, Choice, Notice, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import HideReason
from dialogues.items import Item, ItemState
from dialogues.objections.rules import undecided
from dialogues.pauses import lasts
from storage.offers import Offer
from storage.rows import WORK, Row

#: For how many of a list of work there are buttons: as many as one message can have.
_PRESSED = 8


def work(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    """The numbered list of work; its numbers can be typed until the next list."""
    notice, items = _listed(services, dialogue, (), press=asker.can.press)
    services.store.offers.offer(asker.here, Offer("work", dialogue.id, asker.stands_at, items))
    if asker.can.press and asker.can.edit and asker.place.kind is PlaceKind.STAFF:
        notice = structs.replace(notice, slot=WORK)
    return [notice]


def work_again(services: Services, row: Row) -> tuple[Notice, ...]:
    """The list of a staff room as it is now, for the message that shows it; none where there is no
    such list any more."""
    dialogue = services.ledger.states.get(row.dialogue)
    listed = services.store.offers.newest(row.place, "work")
    if dialogue is None or listed is None or listed.dialogue != dialogue.id:
        return ()
    notice, items = _listed(services, dialogue, listed.items, press=True)
    if items != listed.items:
        with services.store.transaction():
            services.store.offers.offer(row.place, _longer(listed, items))
    return (notice,)


def _longer(listed: Offer, items: tuple[str, ...]) -> Offer:
    """The same list with more in it."""
    return Offer(listed.kind, listed.dialogue, listed.stood_at, items)


def _listed(
    services: Services, dialogue: Dialogue, before: tuple[str, ...], *, press: bool
) -> tuple[Notice, tuple[str, ...]]:
    """The list, and its items by number: those of the list ``before`` it first."""
    rows, notes = [*_waiting(dialogue), *_to_rule(dialogue)], _paused(dialogue)
    for frame in dialogue.frames:
        talk = services.talk(frame)
        rows += talk.todo(dialogue, frame)
        if dialogue.status is not Status.CLOSED:
            notes += talk.notes(dialogue, frame)
    items = [*before]
    for row in rows:
        number = str(row["item"])
        if not before or number not in items:
            items.append(number)
            row["place"] = len(items)
        else:
            row["place"] = items.index(number) + 1
    rows.sort(key=lambda row: int(str(row["place"])))
    parked = services.store.outbox.counts().get("parked", 0)
    data: dict[str, Value] = {"rows": rows, "notes": notes, "parked": parked}
    choices = tuple(_pressed(dialogue, _with_buttons(rows))) if press else ()
    notice = Notice("work", {**data, "dialogue": dialogue.id}, Audience.PERSON, choices=choices)
    return notice, tuple(items)


def _with_buttons(rows: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """The first of the list that can be pressed; their lines need not say what to type."""
    mine = [row for row in rows if row["what"] in ("work_review", "work_revised")][:_PRESSED]
    for row in mine:
        row["pressed"] = True
    return mine


def _pressed(dialogue: Dialogue, mine: Sequence[Mapping[str, Value]]) -> Iterator[Choice]:
    """What can be pressed for each of ``mine``: ok, hiding with each reason, showing again; and the
    list anew, with what comes after them."""
    for row in mine:
        number, place = str(row["item"]), int(str(row["place"]))
        index = dialogue.items.by_number[number].round
        if row["what"] == "work_revised":
            yield Choice(dialogue.id, index, number, "toon", place)
            continue
        yield Choice(dialogue.id, index, number, "ok", place)
        for at, reason in enumerate(HideReason, 1):
            label = f"hide_{reason.value}"
            yield Choice(
                dialogue.id, index, number, f"verberg {at}", place, label=label, listed=True
            )
    if mine:
        yield Choice(dialogue.id, dialogue.current, "", "werk")


def _paused(dialogue: Dialogue) -> list[dict[str, Value]]:
    frame = dialogue.open_frame
    return [{"what": "work_paused"}] if frame is not None and lasts(frame.pauses) else []


def _to_rule(dialogue: Dialogue) -> list[dict[str, Value]]:
    """The objections to a draft that were reviewed and wait for a ruling."""
    if dialogue.draft is None or dialogue.draft.over:
        return []
    shown = filter(dialogue.items.shown, undecided(dialogue))
    return [_row(dialogue, dialogue.items.by_number[number], "work_ruling") for number in shown]


def _waiting(dialogue: Dialogue) -> list[dict[str, Value]]:
    """The items that wait for review, as long as they can be approved, and hidden items that their
    author has changed since."""
    return [
        _row(
            dialogue,
            item,
            "work_revised" if item.state is ItemState.HIDDEN else "work_review",
        )
        for item in dialogue.items.by_number.values()
        if item.state is ItemState.PENDING
        or (item.state is ItemState.HIDDEN and item.revised)
        or (
            item.state is ItemState.UNREVIEWED
            and dialogue.frames[item.round] is dialogue.open_frame
        )
    ]


def _row(dialogue: Dialogue, item: Item, what: str) -> dict[str, Value]:
    """An item of the list; ``what`` is the text that says what to do with it."""
    return {
        "item": item.number,
        "text": item.text,
        "about": item.about,
        "about_text": dialogue.items.by_number[item.about].text if item.about else None,
        "what": what,
    }
