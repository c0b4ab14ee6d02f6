"""The ballot box of one round: the newest vote of each ballot on each item, and the tallies.

Nothing here grows with the number of votes: a vote changes the tallies of its own choice only.
Hiding an item costs the number of its voters.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogues.core import Context
from dialogues.roll import NOTHING, Roll
from dialogues.votes import Choice, Given, Votes

__all__ = ["BallotBox", "Book", "Choice", "Given", "last_choice"]


@dataclass(slots=True)
class Book:
    """All votes on one item. ``tally`` counts ballots by the keys of their choice.

    The keys of a choice: a word itself; for polls each option chosen, or (option, place) of a
    ranking, or (option, points). Options in ``left_out`` do not count: they drop out of every
    choice, the places behind them move up, and a choice of nothing else is none.
    """

    votes: Votes
    tally: dict[Hashable, int] = field(default_factory=dict)
    voters: int = 0
    counted: bool = True
    left_out: frozenset[int] = frozenset()


@dataclass(slots=True)
class BallotBox:
    """The books of a round by item, and the roll of its ballots.

    ``style`` says how a choice is counted: ``word``, ``options``, ``ranking`` or ``points``. What
    counts is ``fixed`` at closing: hiding or showing an item afterwards changes what people read,
    never what was counted. ``newest`` is the time of the latest vote; ``arrived``: the one put in
    last was the first choice of its ballot; ``replaced``: what it replaced (``NOTHING``: none).
    """

    style: str = "word"
    books: dict[str, Book] = field(default_factory=dict)
    roll: Roll = field(default_factory=Roll)
    fixed: bool = False
    newest: datetime | None = None
    arrived: bool = False
    replaced: Any = NOTHING

    def open(self, item: str) -> None:
        """Add a book for a new item."""
        self.books[item] = Book(Votes(self.roll))

    def choice(self, item: str, ballot: str) -> Choice:
        """The part of this ballot's vote on an item that counts, or None."""
        book = self.books[item]
        cast = book.votes.get(ballot)
        return _counting(self.style, cast.choice, book.left_out) if cast else None

    def changes(self, item: str, choice: Choice, context: Context) -> bool:
        """Whether this vote of the ballot in ``context`` has to be recorded.

        It need not be when a newer vote is known, or when it repeats the last one; but as long as
        an older, different vote may still arrive (not ``settled``), its later time matters.
        """
        votes, at, newest = self.books[item].votes, context.at, self.newest
        before = votes.choice_of(context.by)
        if before is NOTHING:
            return choice is not None or not context.settled
        if newest and at <= newest and (at, context.order) < votes[context.by].when:
            return False  # no need to look where it is newer than all there are
        return choice != before or not context.settled

    def cast(self, item: str, ballot: str, choice: Choice, at: datetime, order: str) -> None:
        """Record a vote in place of the ballot's earlier one on the same item."""
        book, roll = self.books[item], self.roll
        known = roll.numbers.get(ballot)
        number = known if known is not None else roll.number(ballot)
        before = self.replaced = book.votes.put(number, choice, at, order)
        if before is NOTHING:
            before = None
            roll.said[number] += 1
        arrived = self.arrived = choice is not None and not roll.held[number]
        if arrived:
            roll.holds(number)
        if self.newest is None or at > self.newest:
            self.newest = at
        if book.left_out:
            before = _counting(self.style, before, book.left_out)
            choice = _counting(self.style, choice, book.left_out)
        if before != choice:
            self._move(book, number, before, choice)

    def merge(self, gone: str, kept: str) -> None:
        """Make two ballots one: on each item the newest vote of both counts."""
        roll = self.roll
        if gone not in roll.numbers:
            return
        from_, to = roll.numbers[gone], roll.number(kept)
        for book in self.books.values():
            theirs = book.votes.take(from_)
            if theirs is None:
                continue
            mine = book.votes.at(to)
            counts = _counting(self.style, theirs.choice, book.left_out)
            self._move(book, from_, counts, None)
            if mine is None or mine.when <= theirs.when:
                before = _counting(self.style, mine.choice, book.left_out) if mine else None
                book.votes.put(to, theirs.choice, theirs.at, theirs.order)
                self._move(book, to, before, counts)
            if mine is None:
                roll.said[to] += 1
        roll.merge(from_, to)

    def count(self, item: str, counted: bool) -> None:
        """Make the votes on an item count (shown) or not count (hidden, withdrawn, erased)."""
        book = self.books.get(item)
        if book is None or book.counted is counted or self.fixed:
            return
        book.counted = counted
        for number, choice in book.votes.numbered():
            if _counting(self.style, choice, book.left_out) is not None:
                self.roll.stand(number, 1 if counted else -1)

    def leave_out(self, item: str, option: int, out: bool) -> None:
        """Make one option of a poll no longer count, or count again."""
        book = self.books[item]
        changed = book.left_out | {option} if out else book.left_out - {option}
        if changed == book.left_out or self.fixed:
            return
        for number, choice in book.votes.numbered():
            before = _counting(self.style, choice, book.left_out)
            self._move(book, number, before, _counting(self.style, choice, changed))
        book.left_out = changed

    @property
    def voters(self) -> int:
        """How many ballots have a vote that counts now: never shown before closing, because hiding
        and showing an option changes it by the ballots that chose it."""
        return self.roll.voters

    @property
    def turnout(self) -> int:
        """The figure that may be shown before closing: how many ballots hold or held a choice."""
        return self.roll.turnout

    def ballots(self) -> Iterable[str]:
        """The ballots that have a vote that counts now."""
        return self.roll.stood().keys()

    def recount(self, item: str) -> tuple[dict[Hashable, int], set[str]]:
        """The tally and the voters of an item, counted again from its votes: for checks only."""
        book = self.books[item]
        tally: dict[Hashable, int] = {}
        voters = set()
        for ballot, choice in book.votes.chosen():
            counts = _counting(self.style, choice, book.left_out)
            if counts is not None:
                voters.add(ballot)
                for key in _keys(self.style, counts):
                    tally[key] = tally.get(key, 0) + 1
        return tally, voters

    def _move(self, book: Book, number: int, before: Choice, now: Choice) -> None:
        """Change the tallies for a ballot whose counting choice was ``before`` and is ``now``."""
        tally = book.tally
        if type(before) is str:  # nearly always, and a loop costs as much as a call
            tally[before] -= 1
        elif before is not None:
            for key in _keys(self.style, before):
                tally[key] -= 1
        if type(now) is str:
            tally[now] = tally.get(now, 0) + 1
        elif now is not None:
            for key in _keys(self.style, now):
                tally[key] = tally.get(key, 0) + 1
        if (now is None) is not (before is None):
            difference = -1 if now is None else 1
            book.voters += difference
            if book.counted:
                self.roll.stand(number, difference)


def _counting(style: str, choice: Choice, left_out: frozenset[int]) -> Choice:
    """The part of a choice that counts when some options do not."""
    if not left_out or choice is None or isinstance(choice, str):
        return choice
    if style == "points":
        rest = tuple(0 if n in left_out else given for n, given in enumerate(choice, 1))
        return rest if any(rest) else None
    return tuple(option for option in choice if option not in left_out) or None


def _keys(style: str, choice: str | tuple[int, ...]) -> Iterable[Hashable]:
    """The keys under which a choice that counts is tallied."""
    if isinstance(choice, str):
        return (choice,)
    if style == "ranking":
        return ((option, place) for place, option in enumerate(choice))
    if style == "points":
        return ((option, points) for option, points in enumerate(choice, 1) if points)
    return choice


def last_choice(box: BallotBox, ballot: str) -> str:
    """The item on which a ballot chose last, of those on which its choice stands; or ""."""
    cast = {item: book.votes.get(ballot) for item, book in box.books.items()}
    chosen = [(*vote.when, item) for item, vote in cast.items() if vote and vote.choice is not None]
    return str(max(chosen, default=(None, "", ""))[2])
