"""What of a report may be published: figures of few people are held back, erased words are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

from advice.model import Counts, Item, Reason
from dialogues.core import Text
from dialogues.counting.threshold import THRESHOLD
from dialogues.items import ItemState
from dialogues.report import ItemReport

#: The words behind a reference, or None when they were erased.
Texts: TypeAlias = Callable[[str], "str | None"]

I = TypeVar("I", bound=Item)  # noqa: E741 - an item


def iso(at: datetime) -> str:
    """A moment as it stands in the file: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def said(text: Text | str | None, texts: Texts) -> str | None:
    """The words of a text, None when they were erased."""
    if isinstance(text, Text):
        return texts(text.ref) if text.ref else text.words
    return text


def held_back(item: ItemReport) -> bool:
    """Whether the figures of an item with ballots are withheld: of under five voters, and of an
    item that was not shown at closing."""
    return item.voters < THRESHOLD or not item.counted


def outcome(item: ItemReport) -> Any:
    """An item's outcome; of one whose votes do not count, that there are too few."""
    return item.result if item.counted or item.result is None else "too_few"


def reasons(
    item: ItemReport, texts: Texts, side: Callable[[str], str | None] = str
) -> list[Reason]:
    """Reasons that have words, each on the side as ``side`` names it (None: not published); where
    an item's figures are held back, so are the sides."""
    if held_back(item):
        return []
    rows = ((reason.number, side(reason.side), texts(reason.text.ref)) for reason in item.reasons)
    return [Reason(number, on, text) for number, on, text in rows if on and text is not None]


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
    """An item's record, a public one. ``counts`` and ``result`` are given whole: they are held
    back here where ``ballots`` are cast on such items and too few were.

    ``always`` and ``shown`` are the fields a kind adds: those of any item, and those that only an
    item has that is shown.
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
        **own,
        **(shown or {}),
    )
