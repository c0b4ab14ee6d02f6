"""A poll in uitslag.json: its records, and how they are made from its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import msgspec

from advice.model import Item, Round
from advice.published import Texts, held_back, published, reasons, said
from dialogues.items import ItemState
from rounds.poll.rules import MACHINE
from rounds.poll.state import PollReport


class PollOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An option with its number within the poll, None for an idea that never became one. ``state``
    is that of an item, and ``text`` None unless shown; ``key`` its name in the counts, None where
    it does not count."""

    number: int | None
    text: str | None
    state: str
    key: str | None


class Poll(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``poll`` is how it was answered: one, several, ranked, points or date. Counts are by the
    text of the option: {option: n}, ranked {option: [n first, n second, …]}, points {option: {"3":
    n ballots}}. The result are the winning options: all that are first of several, else none on a
    tie. ``points`` is what a ballot divides (0: no points), ``at_most`` how many options it may
    choose; ``whole``: every option counts, so that all points do. ``options`` are all there were,
    by number."""

    poll: str
    options: Sequence[PollOption]
    points: int = 0
    at_most: int | None = None
    whole: bool = False


class Polls(Round, frozen=True, forbid_unknown_fields=True, tag=MACHINE.kind):
    """A round with a poll, of which each way of answering has its own counts."""

    items: Sequence[Poll] = []


def item(report: PollReport, texts: Texts) -> Poll:
    names = _names(report, texts)
    won = [names[number] for number in report.result or () if number in names]
    return published(
        Poll,
        report,
        said(report.text, texts),
        counts=_counts(report, names),
        result=None if held_back(report) else won,
        reasons=reasons(report, texts, names.get),
        always={
            "poll": report.poll.value,
            "points": report.points,
            "at_most": report.at_most,
            "options": list(_options(report, names, texts)),
            "whole": len(report.counts) == len(report.options),
        },
    )


def _options(report: PollReport, names: Mapping[str, str], texts: Texts) -> Iterator[PollOption]:
    """The options by number, then what never became one, by state."""
    for option in report.options:
        shown = option.state is ItemState.SHOWN
        text = said(option.text, texts) if shown else None
        state = ItemState.ERASED if shown and text is None else option.state
        yield PollOption(option.number, text, state.value, names.get(option.key))
    yield from (PollOption(None, None, state.value, None) for state in report.ideas)


def _names(report: PollReport, texts: Texts) -> dict[str, str]:
    """The texts of the options that count, by number; no two are the same. The second of two with
    the same words has its number after it; of one that was hidden or erased after closing only the
    number is left."""
    names: dict[str, str] = {}
    for option in report.options:
        number = str(option.number)
        if number not in report.counts:
            continue
        shown = option.state is ItemState.SHOWN
        text = (said(option.text, texts) if shown else None) or f"({number})"
        while text in names.values():
            text = f"{text} ({number})"
        names[number] = text
    return names


def _counts(report: PollReport, names: Mapping[str, str]) -> dict[str, Any]:
    return {name: report.counts[number] for number, name in names.items()}


def places(item: Poll) -> dict[str, list[int]]:
    """How often each option was first, second, …, of a ranked poll."""
    return cast("dict[str, list[int]]", item.counts or {})


def portions(item: Poll) -> dict[str, dict[str, int]]:
    """How many ballots gave each option how many points."""
    return cast("dict[str, dict[str, int]]", item.counts or {})
