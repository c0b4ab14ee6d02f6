"""Review by moderators: the list of work, approving, hiding and showing items."""

from __future__ import annotations

from bot.desk import posts
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.votes import read
from commands import said as words
from commands.reasons import hide_reason
from dialogues import intents as it
from dialogues.core import Context, Notice, Refused
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.intents import HideReason
from dialogues.items import Item


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
