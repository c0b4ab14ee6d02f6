"""Every item of every finished round with its counts and reasons, one table a round or poll."""

from __future__ import annotations

from collections.abc import Iterator

from advice import ranking
from advice.document import (
    Bar,
    Block,
    Column,
    Entries,
    Entry,
    Inline,
    Line,
    Picture,
    Row,
    Section,
    Table,
)
from advice.lettering import quote, typed
from advice.model import Item, Round
from advice.phrases import Phrases
from advice.register import CLOSED, SHOWN, opinions, places, plain, portions, scores

#: Above so many statements the picture shows the clearest and the most divided ones only.
PICTURED = 30

#: To how many words a statement is shortened where its whole text stands in a table nearby.
REMINDER = 14

#: To how many letters a statement is shortened in the picture.
PICTURE_LETTERS = 46

_STATEMENT = ("agree", "disagree", "pass")
_CLOSING = ("yes", "no")


def sections_of(phrases: Phrases) -> Iterator[Section]:
    """One section a finished round that has items."""
    for index, round_ in enumerate(phrases.result.rounds, 1):
        if round_.state != CLOSED or not round_.items:
            continue
        builder = _Round(phrases, index, round_)
        match round_.kind:
            case "statements":
                blocks = builder.statements()
            case "questions":
                blocks = builder.questions()
            case "closing":
                blocks = builder.proposals()
            case _:
                blocks = tuple(builder.poll(item) for item in round_.items)
        title = (f"{index}. ", typed(round_.title))
        yield Section(title, blocks + builder.reasons())


class _Round:
    """The tables of one round."""

    def __init__(self, phrases: Phrases, index: int, round_: Round) -> None:
        self.phrases = phrases
        self.words = phrases.words
        self.index = index
        self.round = round_

    def statements(self) -> tuple[Block, ...]:
        table = self._figures("statement", "statements_caption", _STATEMENT)
        picture = self.picture()
        return (picture, table) if picture else (table,)

    def proposals(self) -> tuple[Block, ...]:
        return (self._figures("proposal", "closing_caption", _CLOSING),)

    def questions(self) -> tuple[Block, ...]:
        words = self.words
        columns = (
            Column(words.text("table.number"), "label"),
            Column(words.text("table.question"), "words"),
            Column(words.text("table.support"), "number"),
            Column(words.text("table.answer"), "words"),
        )
        rows = []
        for item in self.round.items:
            shown = item.state == SHOWN and item.counts is not None
            support = words.number(plain(item)["support"]) if shown else ""
            answer: Line = self.phrases.outcome_of(item) if shown else ()
            rows.append(
                Row(((item.number,), self.text(item), (support,), answer), anchor=item.number)
            )
        return (Table(self._caption("questions_caption"), columns, tuple(rows)),)

    def _figures(self, what: str, caption: str, options: tuple[str, ...]) -> Table:
        """Items with one number an option, and for statements the result."""
        words = self.words
        columns = [
            Column(words.text("table.number"), "label"),
            Column(words.text(f"table.{what}"), "words"),
            *(Column(words.text(f"table.{option}"), "number") for option in options),
            Column(words.text("table.result"), "short"),
        ]
        rows = []
        for item in self.round.items:
            counts = plain(item)
            blank = words.text("table.no_figure") if item.state == SHOWN else ""
            figures: list[Line] = [
                (words.number(counts[option]) if counts else blank,) for option in options
            ]
            row = ((item.number,), self.text(item), *figures, (self.result(item),))
            rows.append(Row(row, anchor=item.number))
        if not any(row.cells[-1][0] for row in rows):
            columns, rows = columns[:-1], [Row(row.cells[:-1], row.anchor) for row in rows]
        return Table(self._caption(caption), tuple(columns), tuple(rows))

    def _caption(self, key: str) -> Line:
        return self.words.line(f"table.{key}", n=self.index)

    def poll(self, item: Item) -> Table:
        """A poll: each option with how often it was chosen, placed or given points."""
        words = self.words
        kind = words.get(f"poll.{item.poll}", "")
        if item.counts is None or item.state != SHOWN:
            state = self.result(item) or words.text(f"state.{item.state}")
            values = {"item": item.number, "kind": kind, "state": state}
            caption = words.line("table.poll_caption_none", text=self._asked(item), **values)
            return Table(caption, (), ())
        caption = words.line(
            "table.poll_caption",
            item=item.number,
            kind=kind,
            text=self._asked(item),
            voters=words.number(item.voters or 0),
        )
        heads, figures = self._poll_figures(item)
        columns = (
            Column(words.text("table.option"), "words"),
            *(Column(head, "number") for head in heads),
        )
        rows = tuple(
            Row(((quote(option),), *((words.number(n),) for n in numbers)))
            for option, numbers in figures.items()
        )
        return Table(caption, columns, rows)

    def _asked(self, item: Item) -> Line:
        return (quote(item.text),) if item.text else ()

    def _poll_figures(self, item: Item) -> tuple[list[str], dict[str, list[int]]]:
        words, found = self.words, scores(item)
        if item.poll == "ranked":
            ranked = places(item)
            most = max((len(numbers) for numbers in ranked.values()), default=0)
            heads = [words.text("table.place", k=k) for k in range(1, most + 1)]
            rows = {option: [*numbers, found[option]] for option, numbers in ranked.items()}
            return [*heads, words.text("table.points")], rows
        if item.poll == "points":
            heads = [words.text("table.points"), words.text("table.ballots")]
            given = portions(item)
            return heads, {o: [found[o], sum(ballots.values())] for o, ballots in given.items()}
        return [words.text("table.choices")], {option: [n] for option, n in plain(item).items()}

    def text(self, item: Item) -> Line:
        """The whole text, or why it does not stand here."""
        if item.state != SHOWN or not item.text:
            return (self.phrases.word(f"state.{item.state}", item.state),)
        mark = (self.words.text("table.staff"),) if item.staff else ()
        return (quote(item.text), *mark)

    def result(self, item: Item) -> str:
        if item.suppressed:
            return self.words.text("result.suppressed")
        if item.state != SHOWN or not isinstance(item.result, str):
            return ""
        return self.words.get(f"result.{item.result}", item.result)

    def reasons(self) -> tuple[Block, ...]:
        """The reasons for and against each item, after the tables."""
        if not self.phrases.register.quotable:
            return ()
        entries = []
        for item in self.round.items:
            notes = tuple(
                (f"{r.number} · ", *self._side(r.side), quote(r.text))
                for r in sorted(item.reasons, key=lambda r: _SIDES.get(r.side, len(_SIDES)))
                if r.text
            )
            if notes:
                reminder: Line = (quote(item.text, REMINDER),) if item.text else ()
                entries.append(Entry(item.number, reminder, notes))
        return (Entries(tuple(entries), "items"),) if entries else ()

    def _side(self, side: str) -> tuple[Inline, ...]:
        if side in _SIDES:
            return self.words.line(f"side.{side}")
        return self.words.line("side.option", option=quote(side))

    def picture(self) -> Picture | None:
        """The statements with figures, or of a long round the clearest and most divided ones."""
        counted = [i for i in self.round.items if i.state == SHOWN and i.counts and i.text]
        items = ranking.by_agreement(tuple(counted))
        if not items:
            return None
        key = "picture"
        if len(items) > PICTURED:
            key = "picture_some"
            items = ranking.by_agreement(ranking.telling(items, PICTURED))
        words = self.words
        return Picture(
            anchor=f"beeld-{self.index}",
            title=words.text("picture.title", n=self.index),
            description=self._description(items),
            caption=words.text(f"picture.{key}", n=len(items), of=len(counted)),
            agree=words.text("table.agree"),
            passed=words.text("table.pass"),
            disagree=words.text("table.disagree"),
            bars=tuple(_bar(item, self._note(item)) for item in items),
        )

    def _note(self, item: Item) -> str:
        return self.words.text("picture.few") if item.result == "too_few" else ""

    def _description(self, items: tuple[Item, ...]) -> str:
        words = self.words
        found = []
        for item in items:
            agree, disagree, passed = opinions(item)
            values = {"agree": agree, "disagree": disagree, "passed": passed}
            said = words.text("picture.item", item=item.number, **values)
            found.append(f"{said}{self._note(item)}.")
        return " ".join([words.text("picture.order"), *found])


_SIDES = {side: place for place, side in enumerate(("agree", "yes", "disagree", "no", "pass"))}


def _bar(item: Item, note: str) -> Bar:
    agree, disagree, passed = opinions(item)
    text = item.text or ""
    words = REMINDER
    found = quote(text, words)
    while len(found.text) > PICTURE_LETTERS and words > 1:
        words -= 1
        found = quote(text, words)
    return Bar(item.number, found, note, agree, passed, disagree)
