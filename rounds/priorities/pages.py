"""Priorities in the documents: which statement is first, and the points of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from advice.document import Block, Column, Entry, Inline, Line, Ref, Row, Table
from advice.kind import Figure, Pages
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.published import Texts, held_back, published, said
from advice.register import SHOWN
from advice.rounds import Tables
from advice.verifying import checks
from advice.verifying.verdict import Finding
from advice.writing.lettering import quote
from dialogues.ballots import Choice
from dialogues.counting import ranked
from rounds.priorities.rules import MACHINE, PrioritiesReport, State

KIND = MACHINE.kind

#: So many statements that stand equally high are named.
NEXT = 3


class Priorities(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Counts are {statement: [n first, n second, …]}; the result is the statement with most points,
    none on a tie. ``shortlist`` are the words of each, None where it is not shown any more."""

    shortlist: Mapping[str, str | None]


class PrioritiesRound(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """The most important of the statements of earlier rounds."""

    items: Sequence[Priorities] = []


def item(report: PrioritiesReport, texts: Texts) -> Priorities:
    won = list(report.result or ())
    return published(
        Priorities,
        report,
        said(report.text, texts),
        counts=report.counts,
        result=None if held_back(report) else won,
        always={"shortlist": {n: said(text, texts) for n, text in report.texts.items()}},
    )


def _places(item: Priorities) -> dict[str, list[int]]:
    return cast("dict[str, list[int]]", dict(item.counts or {}))


def clear(phrases: Phrases, most: int) -> Iterator[Entry]:
    """The statement that is the most important one."""
    for place in [*phrases.register.told(KIND)][:most]:
        found = place.item
        if isinstance(found, Priorities) and isinstance(found.result, list) and found.result:
            first = found.result[0]
            text = _words(phrases, found, first, phrases.contribution_words)
            scores = ranked.scores(_places(found))
            line = phrases.words.line("item.priority", number=first, text=text, n=scores[first])
            line = phrases.spaced([line, *_next(phrases, scores)])
            yield Entry(found.number, phrases.words_of(found.text), (line,))


def _next(phrases: Phrases, scores: Mapping[str, int]) -> Iterator[Line]:
    """The statements behind the first, with their points, so that its lead can be judged."""
    fewer = sorted({n for n in scores.values() if 0 < n < max(scores.values())})
    if fewer:
        numbers = phrases.some([Ref(key) for key in scores if scores[key] == fewer[-1]], NEXT)
        yield phrases.words.line("item.priority_next", numbers=numbers, n=fewer[-1])


def _words(phrases: Phrases, item: Priorities, number: str, limit: int | None = None) -> Inline:
    """The words of a statement of the list, or that they are not shown any more."""
    text = item.shortlist.get(number)
    return quote(text, limit) if text else phrases.words.text("item.priority_gone")


def blocks(tables: Tables) -> tuple[Block, ...]:
    return tuple(_table(tables, i) for i in tables.round.items if isinstance(i, Priorities))


def _table(tables: Tables, item: Priorities) -> Table:
    words = tables.words
    if item.counts is None or item.state != SHOWN:
        state = tables.result(item) or words.text(f"state.{item.state}")
        return Table(words.line("table.priorities_none", item=item.number, state=state), (), ())
    counts = _places(item)
    points = ranked.scores(counts)
    most = max((len(numbers) for numbers in counts.values()), default=0)
    columns = (
        Column(words.text("table.number"), "label"),
        Column(words.text("table.priority"), "words"),
        *(Column(words.text("table.priority_place", k=k), "number") for k in range(1, most + 1)),
        Column(words.text("table.priority_points"), "number"),
    )
    rows = []
    for number in sorted(counts, key=lambda n: -points[n]):
        text: Line = (_words(tables.phrases, item, number),)
        figures = [(words.number(n),) for n in (*counts[number], points[number])]
        rows.append(Row(((number,), text, *figures)))
    caption = words.line("table.priorities_caption", item=item.number)
    return Table(caption, columns, tuple(rows))


def rows(item: Priorities) -> Iterator[Figure]:
    """A statement stands once a place ("S3 [1]")."""
    for number, counts in _places(item).items():
        words = item.shortlist.get(number) or ""
        yield from (
            Figure(f"{number} [{place}]", n, number, words) for place, n in enumerate(counts, 1)
        )


def chosen(state: State, choice: Choice, texts: Texts) -> str:
    """The statements of a vote, with their numbers, the most important first."""
    assert isinstance(choice, tuple)
    items = [state.scope.items.by_number[state.shortlist[int(place) - 1]] for place in choice]
    shown = state.scope.items.shown
    words = (said(item.text, texts) if shown(item.number) else None for item in items)
    pairs = zip(items, words, strict=True)
    return " / ".join(f"{item.number}: {text}" if text else item.number for item, text in pairs)


def recount(item: Priorities, round_: PrioritiesRound) -> list[Finding]:
    counts: Any = item.counts or {}
    lists = [numbers for numbers in counts.values() if isinstance(numbers, list)]
    same = len({len(numbers) for numbers in lists}) <= 1
    right = len(lists) == len(counts) and same and set(counts) == set(item.shortlist)
    return (
        checks.shape(item, KIND, right)
        or checks.possible(item, [n for numbers in lists for n in numbers])
        or [
            *checks.ballots(item, round_, _sums),
            *checks.outcome(item, list(ranked.winners(counts))),
        ]
    )


def _sums(item: Item, voters: int) -> Iterator[Finding]:
    counts: Any = item.counts
    return checks.ranking(item, counts, voters)


PAGES = Pages(
    machine=MACHINE,
    round=PrioritiesRound,
    item=item,
    order=5,
    clear=clear,
    blocks=blocks,
    rows=rows,
    chosen=chosen,
    recount=recount,
    recount_round=lambda round_: checks.one_item(round_, KIND),
    rules=lambda _round: (ranked.NAME,),
)
