"""Polls in the documents: the winning option, ties, and every option with its counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advice.document import Block, Column, Entry, Inline, Line, Ref, Row, Table
from advice.kind import Figure, Pages, Told
from advice.model import Recommendation
from advice.phrases import Phrases
from advice.published import Texts, said
from advice.register import SHOWN
from advice.rounds import Tables
from advice.writing.lettering import quote
from dialogues.ballots import Choice
from dialogues.joining import asked
from rounds.poll.model import Poll, Polls, item, places, portions
from rounds.poll.recount import RULES, recount, settings
from rounds.poll.results import scores
from rounds.poll.rules import MACHINE, OPTION
from rounds.poll.state import PollKind, State, options

KIND = MACHINE.kind

#: How many options of a tie are named.
TIED = 3

#: The kinds whose winner is the option with most points.
BY_POINTS = (PollKind.RANKED, PollKind.POINTS)


# On the page


def behind(phrases: Phrases, item: Poll, recommendation: Recommendation) -> Line:
    """How often the option of a recommendation was chosen."""
    keys = {option.number: option.key for option in item.options}
    return phrases.words.line(
        "ask.points" if item.poll in BY_POINTS else "ask.chosen",
        item=Ref(recommendation.from_),
        chosen=scores(item).get(keys.get(recommendation.option) or "", 0),
        of=item.voters or 0,
    )


def clear(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The polls with a winning option, or of several with the options that are first."""
    return tuple(_won(phrases, item) for item in _told(phrases) if item.result)[:most]


def divided(phrases: Phrases, most: int) -> tuple[Entry, ...]:
    """The polls without a winner, where two or more options share the highest score."""
    tied = (i for i in _told(phrases) if not i.result and any(scores(i).values()))
    return tuple(_tied(phrases, item) for item in tied)[:most]


def _told(phrases: Phrases) -> Iterator[Poll]:
    for place in phrases.register.told(KIND):
        if isinstance(place.item, Poll):
            yield place.item


def _won(phrases: Phrases, item: Poll) -> Entry:
    won = item.result if isinstance(item.result, list) else []
    found = scores(item)
    values: dict[str, int] = {"n": max(found.values()), "of": item.voters or 0}
    if item.poll in BY_POINTS:
        key = "item.most_points"
    else:
        key = "item.most_chosen" if len(won) == 1 else "item.most_chosen_each"
    figures = phrases.words.line(key, option=_named(phrases, item, won), **values)
    line = phrases.spaced([figures, *_next(phrases, item, found)])
    return Entry(item.number, phrases.words_of(item.text), (line,))


def _next(phrases: Phrases, item: Poll, found: Mapping[str, int]) -> Iterator[Line]:
    """What comes behind the best, and with how much, so that a lead can be judged."""
    behind_it = sorted({n for n in found.values() if 0 < n < max(found.values())})
    if behind_it:
        second = [option for option in found if found[option] == behind_it[-1]]
        options = _named(phrases, item, second)
        yield phrases.words.line("item.next", options=options, n=behind_it[-1])


def _named(phrases: Phrases, item: Poll, options: Sequence[str]) -> Line:
    """The first options of a row, and how many there are besides."""
    return phrases.some([_option(phrases, item, key) for key in options], TIED)


def _tied(phrases: Phrases, item: Poll) -> Entry:
    found = scores(item)
    best = max(found.values())
    top = [option for option in found if found[option] == best]
    key = "item.tie_points" if item.poll in BY_POINTS else "item.tie"
    figures = phrases.words.line(key, options=_named(phrases, item, top), n=best)
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
        Row(((_option(tables.phrases, item, key),), *((words.number(n),) for n in numbers)))
        for key, numbers in figures.items()
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


def rows(item: Poll) -> Iterator[Figure]:
    """An option of a ranked poll stands once a place ("Groen [1]"), of one with points once a
    number of points that was given ("Groen [5]")."""
    for option in item.options:
        if option.key is not None and item.counts is not None:
            for name, count in _counted(item, option.key):
                yield Figure(name, count, str(option.number), option.text or "")


def _counted(item: Poll, key: str) -> Iterator[tuple[str, int]]:
    if item.poll == PollKind.RANKED:
        yield from ((f"{key} [{place}]", n) for place, n in enumerate(places(item)[key], 1))
    elif item.poll == PollKind.POINTS:
        ordered = sorted(portions(item)[key].items(), key=lambda pair: int(pair[0]))
        yield from ((f"{key} [{portion}]", n) for portion, n in ordered)
    else:
        yield key, scores(item)[key]


def texts(item: Poll) -> Iterator[Told]:
    return (Told(OPTION.name, option.text, option.state) for option in item.options)


def typed(state: State, choice: Choice) -> str:
    """A vote as it is typed: option numbers, best first; of points "1=7 3=3"."""
    assert isinstance(choice, tuple)
    if state.poll is not None and state.poll.kind is PollKind.POINTS:
        return " ".join(f"{n}={given}" for n, given in enumerate(choice, 1) if given)
    return " ".join(map(str, choice))


def chosen(state: State, choice: Choice, texts: Texts) -> str:
    """The options of a vote, as it is typed: best first; of points "Bomen=7 / Bankjes=3"."""
    assert isinstance(choice, tuple)
    words = {o.number: said(o.text, texts) if o.state == SHOWN else None for o in options(state)}
    if state.poll is not None and state.poll.kind is PollKind.POINTS:
        return " / ".join(f"{words[n] or n}={given}" for n, given in enumerate(choice, 1) if given)
    return " / ".join(words[int(n)] or str(n) for n in choice)


def side(phrases: Phrases, item: Poll, side: str) -> Line:
    """The option that a reason was given with."""
    return phrases.words.line("side.option", option=_option(phrases, item, side))


def _option(phrases: Phrases, item: Poll, key: str) -> Inline:
    """The words of an option by its name in the counts; its number where they are not shown."""
    option = next(each for each in item.options if each.key == key)
    if option.text is None:
        return phrases.words.text("item.option_gone", number=option.number or 0)
    return quote(option.text, phrases.contribution_words)


def asks(item: Poll, option: int | None) -> str | None:
    texts = (each.text for each in item.options if each.number == option and option is not None)
    text = next(texts, None)
    return None if text is None else asked(str(item.text), text)


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
    chosen=chosen,
    recount=recount,
    recount_round=settings,
    rules=lambda round_: [RULES[PollKind(item.poll)].NAME for item in round_.items],
)
