"""Review by moderators: the list of work, approving, hiding and showing items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import structs

from bot.desk import posts
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.votes import read
from commands import said as words
from commands.reasons import hide_reason
from dialogues import intents as it
from dialogues.core import Choice, Context, Notice, Refused, Value
from dialogues.decide import decide
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import HideReason
from dialogues.items import Item, ItemState
from storage.offers import Offer

#: For how many of a list of work there are buttons: as many as one message can have.
_PRESSED = 8


def work(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    """The numbered list of work; its numbers can be typed until the next list."""
    rows, notes = _waiting(dialogue), []
    for frame in dialogue.frames:
        talk = services.talk(frame)
        rows += talk.todo(dialogue, frame)
        if dialogue.status is not Status.CLOSED:
            notes += talk.notes(dialogue, frame)
    for place, row in enumerate(rows, 1):
        row["place"] = place
    offer = Offer("work", dialogue.id, asker.stands_at, tuple(str(r["item"]) for r in rows))
    services.store.offers.offer(asker.here, offer)
    parked = services.store.outbox.counts().get("parked", 0)
    notice = Notice("work", {"rows": rows, "notes": notes, "parked": parked})
    if asker.can.press:
        notice = structs.replace(notice, choices=tuple(_pressed(dialogue, rows)))
    return [notice]


def _pressed(dialogue: Dialogue, rows: Sequence[Mapping[str, Value]]) -> Iterator[Choice]:
    """What can be pressed for the first of the list: ok, hiding with each reason, showing again;
    and the list anew, with what comes after them."""
    mine = [row for row in rows if row["what"] in ("work_review", "work_revised")]
    for row in mine[:_PRESSED]:
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


def _waiting(dialogue: Dialogue) -> list[dict[str, Value]]:
    """The items that wait for review, as long as they can be approved, and hidden items that their
    author has changed since."""
    return [
        {
            "item": item.number,
            "text": item.text,
            "about": item.about,
            "about_text": dialogue.items.by_number[item.about].text if item.about else None,
            "what": "work_revised" if item.state is ItemState.HIDDEN else "work_review",
        }
        for item in dialogue.items.by_number.values()
        if item.state is ItemState.PENDING
        or (item.state is ItemState.HIDDEN and item.revised)
        or (
            item.state is ItemState.UNREVIEWED
            and dialogue.frames[item.round] is dialogue.open_frame
        )
    ]


def _target(services: Services, asker: Asker, dialogue: Dialogue, typed: str) -> Item:
    """An item by its number, or by its place in the last list of work."""
    number = typed.upper()
    if typed.isdigit():
        listed = services.store.offers.offered(asker.here, "work", asker.milliseconds)
        place = int(typed[:6])
        if listed is None or not 1 <= place <= len(listed.items) or listed.dialogue != dialogue.id:
            raise Refused("not_in_work", place=typed)
        number = listed.items[place - 1]
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    return item


def approve(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Approve
) -> list[Notice]:
    targets = [_target(services, asker, dialogue, typed) for typed in said.numbers]
    done: list[str] = []
    for item in targets:
        if item.number in done:
            continue
        services.talk(dialogue.frames[item.round]).approves(services, dialogue, item.number)
        services.act(asker, dialogue, it.ApproveItem(item.number))
        posts.show(services, asker, dialogue, item.number, "")
        done.append(item.number)
    return [Notice("approved", {"items": done})]


def hide(services: Services, asker: Asker, dialogue: Dialogue, said: words.Hide) -> list[Notice]:
    item = _target(services, asker, dialogue, said.target)
    decide(
        dialogue, it.HideItem(item.number, HideReason.INSULT), Context(asker.at, "", asker.roles)
    )
    reason = read(hide_reason(said.reason), item=item.number)  # asked where hiding is possible
    services.act(asker, dialogue, it.HideItem(item.number, reason))
    posts.hide(services, asker, dialogue, item.number)
    return [Notice("hidden", {"item": item.number, "reason": reason.value})]


def show(services: Services, asker: Asker, dialogue: Dialogue, said: words.Show) -> list[Notice]:
    item = _target(services, asker, dialogue, said.target)
    services.act(asker, dialogue, it.ShowItem(item.number))
    posts.unhide(services, asker, dialogue, item.number)
    return [Notice("shown", {"item": item.number, "text": item.text})]
