"""The picture of who took part in each round: how many voted, and how many contributions came.

A number of 1 to 4 people is told as fewer than 5, without a bar. Contributions are texts that are
shown, not people; those of whoever works for the town are not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advice.document import Drawn, Typed
from advice.drawing.overview import beginning
from advice.model import Round
from advice.participants import number
from advice.phrases import Phrases
from advice.register import CLOSED, SHOWN
from dialogues.counting.threshold import masked


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a round, with what it says. ``size`` is 0 where it has no bar; ``people``: it
    counts people, else contributions."""

    words: str
    size: int
    people: bool


@dataclass(frozen=True, slots=True)
class Taking:
    """A round with its figures; ``title`` are the first words of it."""

    number: str
    title: Typed
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Turnout(Drawn):
    """Who took part, by round. ``voted`` and ``contributed`` name the two kinds of bars."""

    voted: str
    contributed: str
    rounds: tuple[Taking, ...]

    @property
    def most(self) -> int:
        """The largest figure, of which every bar is a part."""
        return max((each.size for one in self.rounds for each in one.measures), default=0)


def turnout(phrases: Phrases) -> tuple[Turnout, ...]:
    """The picture; none of rounds in which nothing can be counted."""
    words = phrases.words
    rounds = tuple(
        Taking(str(index), _title(round_), tuple(_measures(phrases, round_)))
        for index, round_ in enumerate(phrases.result.rounds, 1)
    )
    if not any(one.measures for one in rounds):
        return ()
    said = (
        words.text(
            "turnout.round",
            n=one.number,
            figures=words.text("format.comma").join(each.words for each in one.measures),
        )
        for one in rounds
        if one.measures
    )
    picture = Turnout(
        anchor="opkomst",
        title=words.text("turnout.title"),
        description=" ".join(said),
        caption=words.line("turnout.caption"),
        voted=words.text("turnout.voted_key"),
        contributed=words.text("turnout.contributed_key"),
        rounds=rounds,
    )
    return (picture,)


def contributions(phrases: Phrases, round_: Round) -> int | None:
    """How many contributions a closed round has that are shown; None where it takes none."""
    letters = phrases.register.pages.by_kind[round_.kind].machine.letters
    takes = {letter.letter for letter in letters if letter.contribution}
    own = [item for item in round_.items if item.number[:1] in takes]
    if round_.state != CLOSED or not letters[0].contribution:
        return None
    return sum(item.state == SHOWN and not item.staff for item in own)


def voters(phrases: Phrases, round_: Round) -> bool:
    """Whether a round has a number of voters, known or held back."""
    ballots = phrases.register.pages.by_kind[round_.kind].ballots
    return round_.state != "skipped" and (ballots or bool(round_.voters))


def _title(round_: Round) -> Typed:
    said = beginning(round_.title)
    return Typed(said.text, said.cut)


def _measures(phrases: Phrases, round_: Round) -> Iterator[Measure]:
    words = phrases.words
    if voters(phrases, round_):
        people = None if round_.voters is None else masked(round_.voters)
        said = words.text("turnout.voted", n=number(round_.voters, words))
        yield Measure(said, people or 0, people=True)
    given = contributions(phrases, round_)
    if given is not None:
        yield Measure(words.text("turnout.contributed", n=given), given, people=False)
