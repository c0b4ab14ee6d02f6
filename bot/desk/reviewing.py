"""Looking after what was said: what waits, approving, hiding and showing again."""

from __future__ import annotations

from typing import Any

from bot.desk import posts
from bot.desk.asker import Asker, Desk
from bot.desk.moderators import hour
from bot.desk.votes import read
from commands import said as words
from commands.reasons import hide_reason
from dialogues import intents as it
from dialogues.core import Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.format import Kind
from dialogues.items import Item, ItemState
from dialogues.rounds import questions
from dialogues.rounds.machine import Stage
from storage.offers import Offer


def work(desk: Desk, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    """A numbered list of what waits; its numbers can be used until the next list."""
    rows = [*_waiting(dialogue), *_questions(dialogue)]
    for place, row in enumerate(rows, 1):
        row["place"] = place
    offer = Offer("work", dialogue.id, asker.stands_at, tuple(str(r["item"]) for r in rows))
    desk.store.offers.offer(asker.here, offer)
    polls = [
        frame.plan.title
        for frame in dialogue.frames
        if frame.plan.kind is Kind.POLL
        and frame.stage is Stage.WAITING
        and dialogue.states[frame.index].poll is None
    ]
    parked = desk.store.outbox.counts().get("parked", 0)
    data: dict[str, Value] = {
        "rows": rows,
        "polls": polls if dialogue.status is not Status.CLOSED else [],
        "parked": parked,
    }
    return [Notice("work", data)]


def _waiting(dialogue: Dialogue) -> list[dict[str, Value]]:
    """What nobody reviewed yet, and what was hidden and then changed by its author."""
    return [
        {
            "item": item.number,
            "text": item.text,
            "what": "review" if item.state is ItemState.PENDING else "revised",
            "until": None,
        }
        for item in dialogue.items.by_number.values()
        if item.state is ItemState.PENDING or (item.state is ItemState.HIDDEN and item.revised)
    ]


def _questions(dialogue: Dialogue) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    for frame in dialogue.frames:
        if frame.plan.kind is not Kind.QUESTIONS or frame.stage is Stage.WAITING:
            continue
        state: questions.State = dialogue.states[frame.index]
        rows += [
            {
                "item": number,
                "text": dialogue.items.by_number[number].text,
                "what": "promised" if number in state.promises else "question",
                "until": state.promises[number].until if number in state.promises else None,
            }
            for number in questions.queue(state)
        ]
    return rows


def _target(desk: Desk, asker: Asker, dialogue: Dialogue, typed: str) -> Item:
    """An item by its number, or by its place in the last list of work."""
    number = typed.upper()
    if typed.isdigit():
        listed = desk.store.offers.offered(asker.here, "work", asker.milliseconds)
        place = int(typed[:6])
        if listed is None or not 1 <= place <= len(listed.items) or listed.dialogue != dialogue.id:
            raise Refused("not_in_work", place=typed)
        number = listed.items[place - 1]
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    return item


def approve(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.Approve) -> list[Notice]:
    targets = [_target(desk, asker, dialogue, typed) for typed in said.numbers]
    done = []
    for item in targets:
        desk.act(asker, dialogue, it.ApproveItem(item.number))
        posts.show(desk, asker, dialogue, item.number, "")
        done.append(item.number)
    return [Notice("approved", {"items": done})]


def hide(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.Hide) -> list[Notice]:
    item = _target(desk, asker, dialogue, said.target)
    reason = read(hide_reason(said.reason))
    desk.act(asker, dialogue, it.HideItem(item.number, reason))
    posts.hide(desk, asker, dialogue, item.number)
    return [Notice("hidden", {"item": item.number, "reason": reason.value})]


def show(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.Show) -> list[Notice]:
    item = _target(desk, asker, dialogue, said.target)
    desk.act(asker, dialogue, it.ShowItem(item.number))
    posts.unhide(desk, asker, dialogue, item.number)
    return [Notice("shown", {"item": item.number, "text": item.text})]


# -- officials -------------------------------------------------------------------------------


def answer(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.Answer) -> list[Notice]:
    desk.act(asker, dialogue, questions.AnswerQuestion(said.item, Text(said.text)))
    return [Notice("answer_noted", {"item": said.item})]


def look_up(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.LookUp) -> list[Notice]:
    until = hour(desk, asker, dialogue, said.moment)
    if until is None:
        raise Refused("missing", word="zoekuit", what=["moment"])
    desk.act(asker, dialogue, questions.PromiseAnswer(said.item, until.at, until.wall))
    return [Notice("promise_noted", {"item": said.item, "until": until.at})]


def take_now(desk: Desk, asker: Asker, dialogue: Dialogue, said: words.Now) -> list[Notice]:
    desk.act(asker, dialogue, questions.TakeNow(said.item))
    return [Notice("now_noted", {"item": said.item})]
