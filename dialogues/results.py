"""What may be shown of a round in the chat: figures held back below the threshold, in order.

The values here go into templates; nothing of a confidential round that is open gets in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dialogues.core import Text, Value
from dialogues.counting import points, ranked
from dialogues.counting.threshold import THRESHOLD, masked
from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.items import ItemState
from dialogues.report import ItemReport, ReasonReport
from dialogues.rounds.machine import Stage


def report(dialogue: Dialogue, index: int) -> tuple[ItemReport, ...]:
    """A round's items with the reasons for and against each."""
    items = dialogue.machine(index).report(dialogue.states[index])
    box = dialogue.machine(index).box(dialogue.states[index])
    return tuple(_with_reasons(dialogue, item, box) for item in items)


def _with_reasons(dialogue: Dialogue, item: ItemReport, box: Any) -> ItemReport:
    numbers = dialogue.reasons.get(item.number, ())
    found = []
    for number in numbers:
        reason = dialogue.items.by_number[number]
        if reason.state is not ItemState.SHOWN or box is None:
            continue
        side = _side(item, box.choice(item.number, reason.author))
        if side:
            found.append(ReasonReport(number, side, reason.text))
    if not found:
        return item
    return replace(item, reasons=tuple(found))


def _side(item: ItemReport, choice: Any) -> str:
    """The side a reason is on: what its ballot says about the item. Of a poll only where one
    option is chosen: a whole ranking beside a reason could be recognised."""
    if isinstance(choice, str):
        return choice
    if item.poll == "one" and choice:
        return str(choice[0])
    return ""


def may_show(dialogue: Dialogue, index: int) -> bool:
    """Whether figures of this round may be shown now."""
    frame = dialogue.frames[index]
    if frame.stage is Stage.CLOSED:
        return True
    if frame.stage is not Stage.OPEN:
        return False
    if frame.plan.kind is Kind.QUESTIONS:
        return True
    return not dialogue.confidential and dialogue.charter.reveal.value == "meteen"


def round_values(dialogue: Dialogue, index: int) -> dict[str, Value]:
    """The values for a message about a round's result."""
    frame = dialogue.frames[index]
    rows = [
        {**_row(item), "late": item.promise is not None and item.number not in dialogue.promises}
        for item in report(dialogue, index)
        if item.state is ItemState.SHOWN
    ]
    hidden = sum(item.state is ItemState.HIDDEN for item in report(dialogue, index))
    voters = frame.voters
    if frame.stage is Stage.OPEN:
        box = dialogue.machine(index).box(dialogue.states[index])
        voters = box.voters if box is not None else 0
    return {
        "round": index + 1,
        "title": frame.plan.title,
        "kind": frame.plan.kind.value,
        "voters": masked(voters),
        "items": rows,
        "agreed": _sorted([r for r in rows if r["result"] == "agreed"], "agree"),
        "rejected": _sorted([r for r in rows if r["result"] == "rejected"], "disagree"),
        "divided": _sorted([r for r in rows if r["result"] == "divided"], "voters"),
        "hidden": hidden,
        "quotes": dialogue.charter.quotes,
    }


def _sorted(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-(row.get(key) or 0), int(row["item"][1:])))


def _row(item: ItemReport) -> dict[str, Any]:
    """One item's values; figures are None under the threshold."""
    few = item.voters < THRESHOLD or not item.counted
    row: dict[str, Any] = {
        "item": item.number,
        "text": item.text,
        "voters": None if few else item.voters,
        "result": item.result if item.counted else "too_few",
        "few": few,
        "why_agree": _first(item, "agree", "yes"),
        "why_disagree": _first(item, "disagree", "no"),
        "options": (),
        "winners": (),
    }
    counts: Any = item.counts
    if item.poll:
        row["options"] = tuple(_options(item, few))
        row["winners"] = () if few else tuple(item.result or ())
        row["poll"] = item.poll
    elif "support" in counts:
        row["support"] = counts["support"]
        row["answer"] = item.answer.text if item.answer else None
        row["until"] = item.promise.until if item.promise else None
    else:
        row.update({side: None if few else number for side, number in counts.items()})
    return row


def _options(item: ItemReport, few: bool) -> list[dict[str, Any]]:
    scores: dict[str, int] = dict.fromkeys((str(o.number) for o in item.options), 0)
    counts: Any = item.counts
    if item.poll == "ranked":
        scores |= ranked.scores(counts)
    elif item.poll == "points":
        scores |= points.scores(counts)
    else:
        scores |= counts
    return [
        {
            "number": option.number,
            "text": option.text,
            "score": None if few else scores[str(option.number)],
            "wins": not few and str(option.number) in (item.result or ()),
        }
        for option in item.options
        if option.state is ItemState.SHOWN
    ]


def _first(item: ItemReport, *sides: str) -> Text | None:
    """The first reason given on a side: the lowest number, so that anyone can check the choice."""
    if item.voters < THRESHOLD or not item.counted:
        return None
    return next((r.text for r in item.reasons if r.side in sides), None)
