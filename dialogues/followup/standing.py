"""How it stands with what a closed dialogue asked, as its card says it: what the room heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialogues.core import Value
from dialogues.dialogue import Dialogue, Status
from dialogues.followup.days import day_of, recommended
from dialogues.followup.events import Outcome
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class Stands:
    """One recommendation: its ``outcome`` once there is a decision, how far it is, and until then
    the ``day`` of its answer, whether that is ``late``, and whether that day was ``postponed``."""

    item: str
    outcome: Outcome | None
    state: Progress | None
    day: date | None = None
    late: bool = False
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a card says of it; ``gone``: no answer was there on its day, where nothing is asked
    that could be answered one by one."""

    items: tuple[Stands, ...]
    day: date | None
    gone: bool


def standing(dialogue: Dialogue) -> Standing | None:
    """How it stands; None before the dialogue is closed."""
    if dialogue.status is not Status.CLOSED:
        return None
    items = tuple(_stands(dialogue, item) for item in recommended(dialogue))
    return Standing(items, dialogue.charter.answer_by, dialogue.answer_overdue)


def _stands(dialogue: Dialogue, item: str) -> Stands:
    follow_up = dialogue.follow_up
    told, noted = follow_up.told.get(item), follow_up.noted(item)
    if told is not None and told.decided:
        return Stands(item, told.outcome, noted.state if noted is not None else None)
    all_of_them = item not in follow_up.days
    moved = any(one.item == ("" if all_of_them else item) for one in follow_up.postponed)
    return Stands(item, None, None, day_of(dialogue, item), item in follow_up.late, moved)


def card_index(dialogue: Dialogue) -> int:
    """The round whose card is the newest, -1 before any opened."""
    return max((f.index for f in dialogue.frames if f.opened_at is not None), default=-1)


def on_card(dialogue: Dialogue, index: int) -> dict[str, Value]:
    """What a round's card says of it, for a template; only the newest of a closed dialogue does."""
    now = standing(dialogue) if index == card_index(dialogue) else None
    items = now.items if now is not None else ()
    waiting: dict[tuple[date | None, bool, bool], list[str]] = {}
    for one in items:
        if one.outcome is None:
            waiting.setdefault((one.day, one.late, one.postponed), []).append(one.item)
    rows: list[Value] = [
        {"items": found, "day": day, "late": late, "postponed": postponed}
        for (day, late, postponed), found in waiting.items()
    ]
    return {
        "over": now is not None,
        "asked": len(items),
        "answered": len(_of(items, *Outcome)),
        "unanswered": rows,
        "gone": now is not None and now.gone,
        "adopted": _of(items, Outcome.ADOPTED),
        "partly": _of(items, Outcome.PARTLY),
        "refused": _of(items, Outcome.NOT),
        **{s.value: [one.item for one in items if one.state is s] for s in Progress},
    }


def _of(items: Iterable[Stands], *outcomes: Outcome) -> list[Value]:
    """The numbers of those with one of these outcomes."""
    return [one.item for one in items if one.outcome in outcomes]
