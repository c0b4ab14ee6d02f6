"""Dilemmas in the documents: the outcome, what each choice gives and costs, the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from advice.document import Block, Column, Entry, Line, Row, Table
from advice.kind import Figure, Pages, Told
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.published import Texts, outcome, published, reasons, said
from advice.register import SHOWN, plain
from advice.rounds import Tables
from advice.verifying import checks
from advice.verifying.verdict import Finding
from advice.writing.lettering import quote
from dialogues.ballots import Choice
from dialogues.counting import one
from rounds.dilemma.rules import MACHINE, result
from rounds.dilemma.state import CHOICES, DilemmaReport, State

KIND = MACHINE.kind

#: The texts of an item's record besides its question, in the order in which they are printed.
TEXTS = ("a", "a_gives", "a_costs", "b", "b_gives", "b_costs", "source")


class Dilemma(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``a`` and ``b`` are the words of the two choices, with what each gives and costs, and
    ``source`` where that is from; "" where the town gave none."""

    a: str
    b: str
    a_gives: str = ""
    a_costs: str = ""
    b_gives: str = ""
    b_costs: str = ""
    source: str = ""


class Dilemmas(Round, frozen=True, forbid_unknown_fields=True, tag=KIND):
    """A round with a dilemma. Counts are {a, b, neither}; the result is a, b, neither, tie or
    too_few."""

    items: Sequence[Dilemma] = []


def item(report: DilemmaReport, texts: Texts) -> Dilemma:
    own = {
        "a": report.a.text,
        "a_gives": report.a.gives,
        "a_costs": report.a.costs,
        "b": report.b.text,
        "b_gives": report.b.gives,
        "b_costs": report.b.costs,
        "source": report.source,
    }
    return published(
        Dilemma,
        report,
        said(report.text, texts),
        counts=report.counts,
        result=outcome(report),
        reasons=reasons(report, texts),
        always=own,
    )


# On the page


def clear(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The dilemmas with one answer that was chosen most often."""
    return tuple(_first(phrases, item) for item in _told(phrases) if item.result in CHOICES)[:most]


def divided(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The dilemmas with a tie between two or three answers."""
    return tuple(_tied(phrases, item) for item in _told(phrases) if item.result == "tie")[:most]


def _told(phrases: Phrases) -> Iterator[Dilemma]:
    for place in phrases.register.told(KIND):
        if isinstance(place.item, Dilemma):
            yield place.item


def _first(phrases: Phrases, item: Dilemma) -> Entry:
    words, counts = phrases.words, plain(item)
    first = str(item.result)
    values = {"n": counts[first], "of": item.voters or 0}
    if first == "neither":
        line = words.line("item.dilemma_neither", **values)
    else:
        text = quote(getattr(item, first), phrases.contribution_words)
        line = words.line("item.dilemma_first", name=first.upper(), text=text, **values)
    return Entry(item.number, phrases.words_of(item.text), (line, _counted(phrases, item)))


def _tied(phrases: Phrases, item: Dilemma) -> Entry:
    return Entry(item.number, phrases.words_of(item.text), (_counted(phrases, item),))


def _counted(phrases: Phrases, item: Dilemma) -> Line:
    """How often each was chosen, with the words of a choice that are not said yet."""
    counts = plain(item)
    a, b = (_choice(phrases, item, name) for name in ("a", "b"))
    values = {"a": counts["a"], "b": counts["b"], "neither": counts["neither"]}
    return phrases.words.line("item.dilemma_counts", choice_a=a, choice_b=b, **values)


def _choice(phrases: Phrases, item: Dilemma, name: str) -> Line:
    if item.result == name:
        return (name.upper(),)
    return (f"{name.upper()} ", quote(getattr(item, name), phrases.contribution_words))


# In the appendix


def blocks(tables: Tables) -> tuple[Block, ...]:
    return tuple(_table(tables, each) for each in tables.round.items if isinstance(each, Dilemma))


def _table(tables: Tables, item: Dilemma) -> Table:
    """Each answer with what it gives and costs, and how often it was chosen."""
    words = tables.words
    asked: Line = (quote(item.text),) if item.text else ()
    if item.counts is None or item.state != SHOWN:
        state = tables.result(item) or words.text(f"state.{item.state}")
        caption = words.line("table.dilemma_none", item=item.number, text=asked, state=state)
        return Table(caption, (), ())
    source = words.line("table.dilemma_source", source=item.source) if item.source else ()
    caption = words.line("table.dilemma_caption", item=item.number, text=asked, source=source)
    columns = (
        Column(words.text("table.dilemma_choice"), "words"),
        Column(words.text("table.dilemma_gives"), "words"),
        Column(words.text("table.dilemma_costs"), "words"),
        Column(words.text("table.dilemma_chosen"), "number"),
    )
    counts = plain(item)
    rows = [
        Row(
            (
                (f"{name.upper()}: ", quote(getattr(item, name))),
                (getattr(item, f"{name}_gives"),),
                (getattr(item, f"{name}_costs"),),
                (words.number(counts[name]),),
            )
        )
        for name in ("a", "b")
    ]
    neither = (words.text("table.dilemma_neither"),)
    rows.append(Row((neither, ("",), ("",), (words.number(counts["neither"]),))))
    return Table(caption, columns, tuple(rows))


# In the tables


def texts(item: Dilemma) -> Iterator[Told]:
    """What the town said with its question, under the names of the model."""
    return (Told(name, getattr(item, name)) for name in TEXTS if getattr(item, name))


def rows(item: Dilemma) -> Iterator[Figure]:
    return (Figure(name, n, "", getattr(item, name, "")) for name, n in plain(item).items())


def chosen(state: State, choice: Choice, _texts: Texts) -> str:
    """The words of the choice; "" for neither."""
    return getattr(state.filled, str(choice)).text if choice in ("a", "b") else ""


# What verify computes again


def recount(item: Dilemma, round_: Dilemmas) -> list[Finding]:
    wrong = checks.shape(item, KIND, checks.choices(item, CHOICES) and bool(item.a and item.b))
    if wrong:
        return wrong
    counts: Any = item.counts
    return checks.possible(item, counts.values()) or [
        *checks.ballots(item, round_, checks.one_each),
        *checks.outcome(item, result(counts)),
    ]


PAGES = Pages(
    machine=MACHINE,
    round=Dilemmas,
    item=item,
    order=3,
    clear=clear,
    divided=divided,
    blocks=blocks,
    sides=CHOICES,
    rows=rows,
    texts=texts,
    chosen=chosen,
    recount=recount,
    recount_round=lambda round_: checks.one_item(round_, KIND),
    rules=lambda _: (one.NAME,),
)
