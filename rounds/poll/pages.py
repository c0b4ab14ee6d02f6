"""Polls in the documents: the winning option, ties, and every option with its counts."""

from __future__ import annotations

from collections.abc import Iterator

from advice.document import Block, Column, Entry, Line, Ref, Row, Table
from advice.kind import Pages
from advice.lettering import quote
from advice.model import Recommendation
from advice.phrases import Phrases
from advice.register import SHOWN
from advice.rounds import Tables
from dialogues.ballots import Choice
from rounds.poll.model import Poll, Polls, item, places, portions
from rounds.poll.recount import RULES, recount, settings
from rounds.poll.results import scores
from rounds.poll.rules import MACHINE
from rounds.poll.state import PollKind, State

KIND = MACHINE.kind

#: How many options of a tie are named.
TIED = 3

#: The kinds whose winner is the option with most points.
BY_POINTS = (PollKind.RANKED, PollKind.POINTS)


# On the page


def behind(phrases: Phrases, item: Poll, recommendation: Recommendation) -> Line:
    """How often the option of a recommendation was chosen."""
    options = zip(asks(item), scores(item).values(), strict=True)
    return phrases.words.line(
        "ask.points" if item.poll in BY_POINTS else "ask.chosen",
        item=Ref(recommendation.from_),
        chosen=next((n for text, n in options if text == recommendation.text), 0),
        of=item.voters or 0,
    )


def clear(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The polls with a winning option."""
    return tuple(_won(phrases, item) for item in _told(phrases) if item.result)[:most]


def divided(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The polls where two or more options share the highest score."""
    tied = (i for i in _told(phrases) if not i.result and any(scores(i).values()))
    return tuple(_tied(phrases, item) for item in tied)[:most]


def _told(phrases: Phrases) -> Iterator[Poll]:
    for place in phrases.register.told(KIND):
        if isinstance(place.item, Poll):
            yield place.item


def _won(phrases: Phrases, item: Poll) -> Entry:
    option = item.result[0] if isinstance(item.result, list) and item.result else ""
    figures = phrases.words.line(
        "item.most_points" if item.poll in BY_POINTS else "item.most_chosen",
        option=quote(option, phrases.contribution_words),
        n=scores(item).get(option, 0),
        of=item.voters or 0,
    )
    return Entry(item.number, phrases.words_of(item.text), (figures,))


def _tied(phrases: Phrases, item: Poll) -> Entry:
    found = scores(item)
    best = max(found.values())
    top = [quote(o, phrases.contribution_words) for o in found if found[o] == best]
    key = "item.tie_points" if item.poll in BY_POINTS else "item.tie"
    figures = phrases.words.line(key, options=phrases.listed(top[:TIED]), n=best)
    return Entry(item.number, phrases.words_of(item.text), (figures,))


# In the appendix


def blocks(tables: Tables) -> tuple[Block, ...]:
    return tuple(_table(tables, item) for item in tables.round.items if isinstance(item, Poll))


def _table(tables: Tables, item: Poll) -> Table:
    """Each option with how often it was chosen, placed or given points."""
    words = tables.words
    asked: Line = (quote(item.text),) if item.text else ()
    kind = words.get(f"poll.{item.poll}", "")
    if item.counts is None or item.state != SHOWN:
        state = tables.result(item) or words.text(f"state.{item.state}")
        values = {"item": item.number, "kind": kind, "state": state}
        return Table(words.line("table.poll_caption_none", text=asked, **values), (), ())
    caption = words.line(
        "table.poll_caption",
        item=item.number,
        kind=kind,
        text=asked,
        voters=words.number(item.voters or 0),
    )
    heads, figures = _figures(tables, item)
    columns = (
        Column(words.text("table.option"), "words"),
        *(Column(head, "number") for head in heads),
    )
    rows = tuple(
        Row(((quote(option),), *((words.number(n),) for n in numbers)))
        for option, numbers in figures.items()
    )
    return Table(caption, columns, rows)


def _figures(tables: Tables, item: Poll) -> tuple[list[str], dict[str, list[int]]]:
    """The heads of the columns of numbers, and the numbers of each option."""
    words, found = tables.words, scores(item)
    if item.poll == PollKind.RANKED:
        placed = places(item)
        most = max((len(numbers) for numbers in placed.values()), default=0)
        heads = [words.text("table.place", k=k) for k in range(1, most + 1)]
        rows = {option: [*numbers, found[option]] for option, numbers in placed.items()}
        return [*heads, words.text("table.points")], rows
    if item.poll == PollKind.POINTS:
        heads = [words.text("table.points"), words.text("table.ballots")]
        given = portions(item)
        return heads, {o: [found[o], sum(ballots.values())] for o, ballots in given.items()}
    return [words.text("table.choices")], {option: [n] for option, n in found.items()}


# In the tables


def rows(item: Poll) -> Iterator[tuple[str, int]]:
    """An option of a ranked poll stands once a place ("Groen [1]"), of one with points once a
    number of points that was given ("Groen [5]")."""
    if item.poll == PollKind.RANKED:
        for option, numbers in places(item).items():
            yield from ((f"{option} [{place}]", n) for place, n in enumerate(numbers, 1))
    elif item.poll == PollKind.POINTS:
        for option, given in portions(item).items():
            ordered = sorted(given.items(), key=lambda pair: int(pair[0]))
            yield from ((f"{option} [{portion}]", n) for portion, n in ordered)
    else:
        yield from scores(item).items()


def texts(item: Poll) -> Iterator[tuple[str, str]]:
    return (("option", option) for option in item.counts or ())


def typed(state: State, choice: Choice) -> str:
    """A vote as it is typed: option numbers, best first; of points "1=7 3=3"."""
    assert isinstance(choice, tuple)
    if state.poll is not None and state.poll.kind is PollKind.POINTS:
        return " ".join(f"{n}={given}" for n, given in enumerate(choice, 1) if given)
    return " ".join(map(str, choice))


def side(phrases: Phrases, side: str) -> Line:
    """The option that a reason was given with."""
    return phrases.words.line("side.option", option=quote(side))


def asks(item: Poll) -> tuple[str, ...]:
    return tuple(f"{item.text}: {option}" for option in item.counts or ())


PAGES = Pages(
    machine=MACHINE,
    round=Polls,
    item=item,
    asks=asks,
    behind=behind,
    order=2,
    clear=clear,
    divided=divided,
    blocks=blocks,
    side=side,
    rows=rows,
    texts=texts,
    typed=typed,
    recount=recount,
    recount_round=settings,
    rules=lambda round_: [RULES[PollKind(item.poll)].NAME for item in round_.items],
)
