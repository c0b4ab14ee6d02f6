"""A kind of round made up for tests: people speak in turn, nobody votes, nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advice.document import Block, Paragraph
from advice.kind import Pages
from advice.kinds import AllPages
from advice.model import Item, Result, Round
from advice.published import Texts, published, said
from advice.rounds import Tables
from advice.verifying.verdict import Finding, finding
from dialogues.items import Letter
from dialogues.machine import Machine
from dialogues.report import ItemReport
from rounds import registry


@dataclass
class State:
    speakers: int = 0


def nothing(*_: Any) -> Any:
    return ()


MACHINE = Machine(
    kind="turns",
    letters=(Letter("W", "word"),),
    blank=lambda _scope: State(),
    decide=nothing,
    evolve=nothing,
    card=lambda _state: {},
    report=nothing,
    intents=(),
    events=(),
)


class Turns(Round, frozen=True, forbid_unknown_fields=True, tag="turns"):
    """How many spoke; ``items`` are the words that their speakers gave."""

    items: Sequence[Item] = []
    speakers: int | None = None


def item(report: ItemReport, texts: Texts) -> Item:
    words = said(report.text, texts)
    return published(Item, report, words, counts=None, result=None, ballots=False)


def blocks(tables: Tables) -> tuple[Block, ...]:
    assert isinstance(tables.round, Turns)
    return (Paragraph((f"Speakers: {tables.round.speakers}.",)),)


def recount(item: Item, _round: Turns) -> list[Finding]:
    counted = item.counts is not None or item.voters is not None
    return [finding("shape", item.number, kind="word")] if counted else []


def recount_round(round_: Turns) -> list[Finding]:
    wrong = (round_.speakers or 0) < 0
    return [finding("count", "round", found=round_.speakers)] if wrong else []


PAGES = Pages(
    machine=MACHINE,
    round=Turns,
    item=item,
    recount=recount,
    recount_round=recount_round,
    more=lambda state, closed: {"speakers": state.speakers if closed else None},
    blocks=blocks,
    contributors=lambda round_: round_.speakers or 0,
)

#: The kinds there are, and this one.
EVERY = AllPages((*registry.pages(), PAGES), map(Path, registry.texts()))


def turns(result: Result, speakers: int = 6, items: Sequence[Item] | None = None) -> Turns:
    """A round of it that took place beside the rounds of a result."""
    words = [Item("W1", "Ik fiets hier elke dag.", "shown", None, None, False, None)]
    last = result.rounds[-1]
    return Turns(
        "Kring",
        "closed",
        last.closed_at,
        last.closed_at,
        None,
        None,
        words if items is None else items,
        speakers=speakers,
    )
