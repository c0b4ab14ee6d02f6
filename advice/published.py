"""What of a report may be published: figures of few people are held back, erased words left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

from advice.model import Counts, Item, Reason
from dialogues.core import Text
from dialogues.counting.threshold import THRESHOLD
from dialogues.items import ItemState
from dialogues.report import ItemReport

#: Gives the words of a reference, or None when they were erased.
Texts: TypeAlias = Callable[[str], "str | None"]

I = TypeVar("I", bound=Item)  # noqa: E741 - an item


#: The figures about people that cannot be computed from the files.
ATTESTED = ("contributed", "voted", "total", "minimum_met", "linked")


def held_back_people(
    contributed: int | None, voted: int | None, total: int | None, rounds: Sequence[int | None]
) -> tuple[int | None, int | None, int | None]:
    """How many contributed, voted and took part, without those that tell a number of 1 to 4 by
    subtraction; ``rounds`` are the voters of every round with ballots, as published."""
    if sum(voters is None for voters in rounds) == 1:
        voted = None
    if voted is None and contributed is not None:
        total = None
    return contributed, voted, total


def split_by_link(linked: int | None, total: int | None) -> tuple[int | None, int | None]:
    """How many of all who took part linked accounts and how many did not, as it is published: both
    or neither where one of them is 1 to 4 people, and the second never without ``total``."""
    if total is None:
        return (None if linked else linked), None
    if linked is None:
        return None, None
    both = linked, total - linked
    return (None, None) if any(0 < people < THRESHOLD for people in both) else both


def iso(at: datetime) -> str:
    """A moment as the result has it: UTC in ISO form, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def said(text: Text | str | None, texts: Texts) -> str | None:
    """The words of a text; None when they were erased."""
    if isinstance(text, Text):
        return texts(text.ref) if text.ref else text.words
    return text


def held_back(item: ItemReport) -> bool:
    """Whether the figures of an item with ballots are held back: under five voters, or not shown at
    closing."""
    return item.voters < THRESHOLD or not item.counted


def outcome(item: ItemReport) -> Any:
    """An item's result; ``too_few`` where its votes do not count."""
    return item.result if item.counted or item.result is None else "too_few"


def reasons(
    item: ItemReport, texts: Texts, side: Callable[[str], str | None] = str
) -> list[Reason]:
    """The reasons whose words were not erased, by side as ``side`` names it (None: that reason is
    not published) and text; none where the item's figures are held back."""
    if held_back(item):
        return []
    rows = ((side(reason.side), texts(reason.text.ref)) for reason in item.reasons)
    return [Reason(on, text) for on, text in sorted((o, t) for o, t in rows if o and t is not None)]


def published(
    record: type[I],
    item: ItemReport,
    text: str | None,
    *,
    counts: Counts | None,
    result: str | list[str] | None,
    reasons: list[Reason] | None = None,
    ballots: bool = True,
    always: dict[str, Any] | None = None,
    shown: dict[str, Any] | None = None,
) -> I:
    """The public record of an item. ``counts`` and ``result`` are given whole, and held back here
    where ``ballots`` are cast on such items and too few were.

    ``always`` and ``shown`` are fields that a kind adds: those of every item, and those that only a
    shown item has.
    """
    own = always or {}
    if item.state is not ItemState.SHOWN or text is None:
        state = "erased" if item.state is ItemState.SHOWN else item.state.value
        return record(item.number, None, state, None, None, False, None, staff=item.staff, **own)
    few = ballots and held_back(item)
    return record(
        number=item.number,
        text=text,
        state=item.state.value,
        counts=None if few else counts,
        voters=item.voters if ballots and not few else None,
        suppressed=few,
        result=result,
        reasons=reasons or [],
        staff=item.staff,
        left_out=[] if few else sorted(item.left_out),
        **own,
        **(shown or {}),
    )
