"""The figures of a round that may be shown in the chat: None below the threshold, items in order.

The values here go into templates; nothing of a confidential round that is open gets in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dialogues.core import Text, Value
from dialogues.counting.threshold import THRESHOLD, masked
from dialogues.dialogue import Dialogue
from dialogues.items import ItemState
from dialogues.machine import Frame, Stage
from dialogues.report import ItemReport, ReasonReport

_OPEN = Stage.OPEN  # looked up once: every vote needs it


def report(dialogue: Dialogue, index: int) -> tuple[ItemReport, ...]:
    """A round's items with the reasons beside the votes on each."""
    frame, state = dialogue.frames[index], dialogue.states[index]
    box = dialogue.boxes[index]
    return tuple(_with_reasons(dialogue, frame, item, box) for item in frame.machine.report(state))


def _with_reasons(dialogue: Dialogue, frame: Frame, item: ItemReport, box: Any) -> ItemReport:
    found: list[ReasonReport] = []
    left_out: set[ItemState] = set()
    for number in dialogue.reasons.get(item.number, ()):
        reason = dialogue.items.by_number[number]
        if reason.state is not ItemState.SHOWN or box is None:
            left_out |= {reason.state} & _LEFT_OUT
            continue
        side = frame.machine.side(item, box.choice(item.number, reason.author))
        if side:
            found.append(ReasonReport(number, side, reason.text))
    if not found and not left_out:
        return item
    return replace(item, reasons=tuple(found), left_out=frozenset(left_out))


#: What happens to a reason that its author did not take back.
_LEFT_OUT = frozenset({ItemState.HIDDEN, ItemState.UNREVIEWED})


def may_show(dialogue: Dialogue, index: int) -> bool:
    """Whether figures of this round may be shown now."""
    frame = dialogue.frames[index]
    if frame.stage is not _OPEN:
        return frame.stage is Stage.CLOSED
    if frame.machine.shows_figures:
        return True
    return not dialogue.confidential and dialogue.charter.reveal.value == "meteen"


def round_values(dialogue: Dialogue, index: int) -> dict[str, Value]:
    """The values for a message about a round's result: its ``items`` (figures None where they are
    held back), and the summary of its kind."""
    frame = dialogue.frames[index]
    items = report(dialogue, index)
    rows = [_row(frame, item) for item in items if item.state is ItemState.SHOWN]
    voters = frame.voters
    box = dialogue.boxes[index]
    if frame.stage is Stage.OPEN:
        voters = box.turnout if box is not None else 0
    return {
        "round": index + 1,
        "title": frame.plan.title,
        "kind": frame.plan.kind,
        "ballots": box is not None,
        "voters": masked(voters),
        "items": rows,
        "hidden": sum(item.state is ItemState.HIDDEN for item in items),
        "quotes": dialogue.charter.quotes and not frame.reasons_withheld,
        **frame.machine.summary(rows),
    }


def _row(frame: Frame, item: ItemReport) -> dict[str, Any]:
    """One item's values; figures are None under the threshold."""
    few = item.voters < THRESHOLD or not item.counted
    return {
        "item": item.number,
        "text": item.text,
        "voters": None if few else item.voters,
        "result": item.result if item.counted else "too_few",
        "few": few,
        **frame.machine.values(item, few),
    }


def first_reason(item: ItemReport, *sides: str) -> Text | None:
    """A reason given on a side: the one whose reference is first, which has nothing to do with the
    order in which they were given."""
    if item.voters < THRESHOLD or not item.counted:
        return None
    found = [r.text for r in item.reasons if r.side in sides]
    return min(found, key=lambda text: text.ref, default=None)
