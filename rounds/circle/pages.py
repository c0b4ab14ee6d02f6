"""Circles in the documents: how many spoke, how evenly, and the words that were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advice.document import Block, Column, Entries, Entry, Paragraph, Row, Section, Table
from advice.kind import Pages
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.published import Texts, published, said
from advice.register import CLOSED, SHOWN
from advice.rounds import Tables
from advice.verifying.verdict import Finding, finding
from dialogues.counting.threshold import THRESHOLD, masked
from dialogues.report import ItemReport
from rounds.circle.order import ENOUGH, gini
from rounds.circle.rules import MACHINE
from rounds.circle.state import State

KIND = MACHINE.kind


class Circle(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """A circle. Nobody votes in it: ``voters`` is 0 once it is closed. ``speakers`` spoke in
    ``turns``, both None for 1 to 4 speakers and until the round is closed; ``gini`` is how unevenly
    the time was shared, None under five speakers; ``minutes`` is the length of a turn, ``seed``
    what the order was drawn with."""

    items: Sequence[Item] = []
    speakers: int | None = None
    turns: int | None = None
    gini: float | None = None
    minutes: int = 0
    seed: str = ""


def item(report: ItemReport, texts: Texts) -> Item:
    text = said(report.text, texts)
    return published(Item, report, text, counts=None, result=None, ballots=False)


def more(state: State, closed: bool) -> Mapping[str, Any]:
    own = {"minutes": state.minutes, "seed": state.seed}
    if not closed:
        return own
    speakers = masked(len(state.turns))
    turns = None if speakers is None else sum(state.turns.values())
    spoken = {"speakers": speakers, "turns": turns, "gini": gini(state.seconds.values())}
    return {**own, **spoken, "voters": 0}


def sections(phrases: Phrases, most: int) -> Iterator[Section]:
    """A section for each circle that was held: how many spoke, and the words they let go along."""
    for index, round_ in enumerate(phrases.result.rounds, 1):
        if not isinstance(round_, Circle) or round_.state != CLOSED:
            continue
        shown = [each for each in round_.items if each.state == SHOWN and each.text]
        entries = tuple(Entry(i.number, phrases.words_of(i.text)) for i in shown[:most])
        blocks: tuple[Block, ...] = (Paragraph(_spoken(phrases, round_)),)
        if entries:
            blocks = (*blocks, Entries(entries, "items"), *phrases.others(len(shown) - most))
        yield Section(phrases.words.line("page.circle", n=index), blocks)


def _spoken(phrases: Phrases, round_: Circle) -> Any:
    words = phrases.words
    if round_.speakers is None:
        return words.line("page.circle_few", most=THRESHOLD)
    values = {"speakers": round_.speakers, "turns": round_.turns or 0}
    if round_.gini is None:
        return words.line("page.circle_spoke", **values)
    return words.line("page.circle_evenly", gini=words.decimal(round_.gini), **values)


def blocks(tables: Tables) -> tuple[Block, ...]:
    if not tables.round.items:
        return ()
    words = tables.words
    columns = (
        Column(words.text("table.number"), "label"),
        Column(words.text("table.circle_word"), "words"),
    )
    rows = tuple(
        Row(((each.number,), tables.text(each)), anchor=each.number) for each in tables.round.items
    )
    return (Table(tables.caption("circle_caption"), columns, rows),)


def recount(item: Item, _round: Circle) -> list[Finding]:
    """A finding when words of a circle have counts or a result, which they cannot have."""
    return (
        []
        if item.counts is None and item.result is None
        else [finding("shape", item.number, kind=KIND)]
    )


def recount_round(round_: Circle) -> list[Finding]:
    """Findings about the figures of a circle that cannot go together."""
    speakers, turns, evenly = round_.speakers, round_.turns, round_.gini
    if speakers is None:
        return [] if turns is None and evenly is None else [finding("withheld", KIND)]
    found = []
    if 0 < speakers < THRESHOLD:
        found.append(finding("under_threshold", KIND))
    if turns is None or turns < speakers or (turns > 0 and speakers == 0):
        found.append(finding("below", KIND, found=turns or 0, least=speakers))
    if (evenly is None) is (speakers >= ENOUGH) or not 0 <= (evenly or 0) < 1:
        found.append(finding("shape", KIND, kind=KIND))
    return found


PAGES = Pages(
    machine=MACHINE,
    round=Circle,
    item=item,
    more=more,
    order=4,
    sections=sections,
    blocks=blocks,
    recount=recount,
    recount_round=recount_round,
)
