"""The ballot box of one round: the newest vote of each ballot on each item, and the tallies.

Nothing here grows with the number of votes: a vote changes the tallies of its own choice only.
Hiding an item costs the number of its voters.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import TypeAlias

from dialogues.core import Context, Light

#: A vote on one item: a word (statement, recommendation), option numbers (poll) or
#: points by option; None: taken back.
Choice: TypeAlias = "str | tuple[int, ...] | None"


class Given(Light, frozen=True):
    """A vote: when it was given, the tie-break of that moment, and the choice. There may be a
    million, and a tuple would take twice the memory."""

    at: datetime
    order: str
    choice: Choice

    @property
    def when(self) -> tuple[datetime, str]:
        return self.at, self.order


@dataclass(slots=True)
class Book:
    """All votes on one item. ``tally`` counts ballots by the keys of their choice.

    The keys of a choice: a word itself; for polls each option chosen, or (option, place) of a
    ranking, or (option, points). Options in ``left_out`` do not count: they drop out of every
    choice, the places behind them move up, and a choice of nothing else is none.
    """

    votes: dict[str, Given] = field(default_factory=dict)
    tally: dict[Hashable, int] = field(default_factory=dict)
    voters: int = 0
    counted: bool = True
    left_out: frozenset[int] = frozenset()


@dataclass(slots=True)
class BallotBox:
    """The books of a round by item, and how many standing votes each ballot has in it.

    ``style`` says how a choice is counted: ``word``, ``options``, ``ranking`` or ``points``. What
    counts is ``fixed`` at closing: hiding or showing an item afterwards changes what people read,
    never what was counted. ``newest`` is the time of the latest vote in the box; ``held`` are the
    ballots that hold or held any choice, whatever was hidden or taken back since; ``arrived`` says
    whether the latest vote was the first choice of its ballot. ``items`` counts the items on which
    a ballot said anything, taken back or not.
    """

    style: str = "word"
    books: dict[str, Book] = field(default_factory=dict)
    standing: dict[str, int] = field(default_factory=dict)
    fixed: bool = False
    newest: datetime | None = None
    held: set[str] = field(default_factory=set)
    arrived: bool = False
    items: dict[str, int] = field(default_factory=dict)

    def open(self, item: str) -> None:
        """Add a book for a new item."""
        self.books[item] = Book()

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
        cast = self.books[item].votes.get(context.by)
        if cast is None:
            return choice is not None or not context.settled
        if (context.at, context.order) < cast.when:
            return False
        return choice != cast.choice or not context.settled

    def cast(self, item: str, ballot: str, choice: Choice, at: datetime, order: str) -> None:
        """Record a vote in place of the ballot's earlier one on the same item."""
        book = self.books[item]
        earlier = book.votes.get(ballot)
        before = earlier.choice if earlier is not None else None
        if earlier is None:
            ballot = intern(ballot)  # one string in the books of all items
            self.items[ballot] = self.items.get(ballot, 0) + 1
        book.votes[ballot] = Given(at, order, intern(choice) if type(choice) is str else choice)
        self.arrived = choice is not None and ballot not in self.held
        if self.arrived:
            self.held.add(ballot)
        if self.newest is None or at > self.newest:
            self.newest = at
        if book.left_out:
            before = _counting(self.style, before, book.left_out)
            choice = _counting(self.style, choice, book.left_out)
        self._move(book, ballot, before, choice)

    def merge(self, gone: str, kept: str) -> None:
        """Make two ballots one: on each item the newest vote of both counts."""
        for book in self.books.values():
            theirs, mine = book.votes.pop(gone, None), book.votes.get(kept)
            if theirs is None:
                continue
            counts = _counting(self.style, theirs.choice, book.left_out)
            self._move(book, gone, counts, None)
            if mine is None or mine.when <= theirs.when:
                before = _counting(self.style, mine.choice, book.left_out) if mine else None
                book.votes[kept] = theirs
                self._move(book, kept, before, counts)
            if mine is None:
                self.items[kept] = self.items.get(kept, 0) + 1
        self.items.pop(gone, None)
        if gone in self.held:
            self.held.remove(gone)
            self.held.add(kept)

    def count(self, item: str, counted: bool) -> None:
        """Make the votes on an item count (shown) or not count (hidden, withdrawn, erased)."""
        book = self.books.get(item)
        if book is None or book.counted is counted or self.fixed:
            return
        book.counted = counted
        for ballot, cast in book.votes.items():
            if _counting(self.style, cast.choice, book.left_out) is not None:
                self._stand(ballot, 1 if counted else -1)

    def leave_out(self, item: str, option: int, out: bool) -> None:
        """Make one option of a poll no longer count, or count again."""
        book = self.books[item]
        changed = book.left_out | {option} if out else book.left_out - {option}
        if changed == book.left_out or self.fixed:
            return
        for ballot, cast in book.votes.items():
            before = _counting(self.style, cast.choice, book.left_out)
            self._move(book, ballot, before, _counting(self.style, cast.choice, changed))
        book.left_out = changed

    @property
    def voters(self) -> int:
        """How many ballots have a vote that counts now: never shown before closing, because hiding
        and showing an option changes it by the ballots that chose it."""
        return len(self.standing)

    @property
    def turnout(self) -> int:
        """The figure that may be shown before closing: how many ballots hold or held a choice."""
        return len(self.held)

    def ballots(self) -> Iterable[str]:
        """The ballots that have a vote that counts now."""
        return self.standing.keys()

    def recount(self, item: str) -> tuple[dict[Hashable, int], set[str]]:
        """The tally and the voters of an item, counted again from its votes: for checks only."""
        book = self.books[item]
        tally: dict[Hashable, int] = {}
        voters = set()
        for ballot, cast in book.votes.items():
            counts = _counting(self.style, cast.choice, book.left_out)
            if counts is not None:
                voters.add(ballot)
                for key in _keys(self.style, counts):
                    tally[key] = tally.get(key, 0) + 1
        return tally, voters

    def _move(self, book: Book, ballot: str, before: Choice, now: Choice) -> None:
        """Change the tallies for a ballot whose counting choice was ``before`` and is ``now``."""
        tally = book.tally
        if before is not None:
            for key in (before,) if type(before) is str else _keys(self.style, before):
                tally[key] -= 1
        if now is not None:
            for key in (now,) if type(now) is str else _keys(self.style, now):
                tally[key] = tally.get(key, 0) + 1
        if (now is None) is not (before is None):
            difference = -1 if now is None else 1
            book.voters += difference
            if book.counted:
                self._stand(ballot, difference)

    def _stand(self, ballot: str, difference: int) -> None:
        self.standing[ballot] = number = self.standing.get(ballot, 0) + difference
        if not number:
            del self.standing[ballot]


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
    return max(chosen, default=(None, "", ""))[2]
