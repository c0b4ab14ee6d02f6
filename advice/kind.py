"""``Pages``: what the documents know of a kind of round. Each ``rounds/KIND/pages.py`` gives one.

Everything that a document, a table or ``verify`` knows of one kind stands in its ``Pages``; the
laws that hold for all kinds stand beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from advice.document import Block, Entry, Line, Section
from advice.model import Consent, Dropped, Item, Recommendation, Round
from advice.published import Texts
from advice.verifying.verdict import Finding
from dialogues.ballots import Choice
from dialogues.machine import Machine
from dialogues.report import ItemReport

if TYPE_CHECKING:  # types of arguments; their modules import ``Pages``
    from advice.phrases import Phrases
    from advice.rounds import Tables


class Source(NamedTuple):
    """The item that a recommendation came from, as reported, with the pages of its kind."""

    pages: Pages
    item: ItemReport


class Figure(NamedTuple):
    """A published count: the option as the model names it, how many, and where the option has a
    number, that and its words ("" where they are not shown)."""

    option: str
    people: int
    number: str = ""
    text: str = ""


class Told(NamedTuple):
    """A text that belongs to an item: what it is, and its words, None where it is not shown."""

    name: str
    text: str | None
    state: str = "shown"


#: Gives the source item of a number, if there is one.
Sources: TypeAlias = Callable[[str], "Source | None"]


def _nothing_more(_state: Any, _closed: bool) -> Mapping[str, Any]:
    return {}


def _none_recommended(
    _items: Iterable[ItemReport], _sources: Sources, _texts: Texts
) -> Iterable[Recommendation]:
    return ()


def _none_dropped(_state: Any, _texts: Texts) -> Iterable[Dropped]:
    return ()


def _no_consent(_item: Item) -> Consent | None:
    return None


def _nobody_opposed(_item: Any) -> int:
    return 0


def _asked_whole(item: Item, option: int | None) -> str | None:
    return item.text if option is None else None


def _nothing_behind(_phrases: Phrases, _item: Item, _recommendation: Recommendation) -> Line:
    return ()


def _no_entries(_phrases: Phrases, _most: int) -> Iterable[Entry]:
    return ()


def _no_sections(_phrases: Phrases, _most: int) -> Iterable[Section]:
    return ()


def _no_line(_phrases: Phrases) -> Line:
    return ()


def _no_opinions(_item: Any) -> tuple[int, int, int] | None:
    return None


def _no_blocks(_tables: Tables) -> tuple[Block, ...]:
    return ()


def _named_side(phrases: Phrases, _item: Item, side: str) -> Line:
    return phrases.words.line(f"side.{side}")


def _one_a_choice(item: Item) -> Iterable[Figure]:
    counts: Any = item.counts or {}
    return tuple(Figure(option, count) for option, count in counts.items())


def _no_texts(_item: Item) -> Iterable[Told]:
    return ()


def _as_given(_state: Any, choice: Choice) -> str:
    return choice if isinstance(choice, str) else " ".join(map(str, choice or ()))


def _no_words(_state: Any, _choice: Choice, _texts: Texts) -> str:
    return ""


def _no_rules(_round: Round) -> Iterable[str]:
    return ()


def _nothing_wrong(_round: Round) -> Iterable[Finding]:
    return ()


def _no_contributors(_round: Round) -> int:
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What documents know of a kind of round.

    What it is: its ``machine``, which has its name, letters and rule for candidates; the class of
    its ``round`` in the model, whose tag is that name. Where nobody votes in it (``ballots``), no
    figure of it is held back and no turnout is given.

    From report to model: ``item(report, texts)`` makes an item's record (``published`` holds back
    what has to be); ``more(state, closed)`` gives the fields that its round has besides those of
    all; ``recommendations(items, sources, texts)`` those that go to the council,
    ``dropped(state, texts)`` those that the moderator left out. Of a kind whose
    items can be recommended: ``opposed(item)``, how many are against one, reported or published;
    ``against``, the side that their reasons are on; ``asks(item, option)``, the text
    that a recommendation of it has. ``consent(item)`` is the vote on a recommendation itself.

    On the page, where ``most`` is how many are told and kinds come in the order of ``order``:
    ``behind(phrases, item, recommendation)`` says what the item of a recommendation got;
    ``clear(phrases, most)`` are the outcomes of a report; ``sections(phrases, most)`` what
    a report has besides; ``divided(phrases, most)`` what stays divided; ``undivided(phrases)`` what
    is said where nothing does; ``why(phrases)`` why a dialogue without anything that can be
    recommended gives no advice; ``opinions(item)`` is how many agreed, disagreed and had no
    opinion, for the picture of all such items; None for any other kind.

    In the appendix: ``blocks(tables)`` are the tables of one closed round; reasons stand in the
    order of ``sides``, each after ``side(phrases, item, side)``.

    In the tables: ``rows(item)`` are the published counts as option and number; ``texts(item)``
    what was said with it besides its text and its reasons; ``typed(state, choice)`` is
    a vote as it was typed, and ``chosen(state, choice, texts)`` the words of the options it
    names by number; ``polis`` gives the choices that Polis files can hold as 1, -1 or 0.

    For ``verify``: ``recount(item, round)`` is what does not follow from an item's counts,
    ``recount_round(round)`` what is wrong with its own fields; ``rules(round)`` names the rules of
    counting it used; ``contributors(round)`` is how many must have contributed at least.
    """

    machine: Machine
    round: type[Round]
    item: Callable[[Any, Texts], Item]
    recount: Callable[[Any, Any], Iterable[Finding]]
    more: Callable[[Any, bool], Mapping[str, Any]] = _nothing_more
    recommendations: Callable[[Iterable[Any], Sources, Texts], Iterable[Recommendation]] = (
        _none_recommended
    )
    dropped: Callable[[Any, Texts], Iterable[Dropped]] = _none_dropped
    consent: Callable[[Any], Consent | None] = _no_consent
    opposed: Callable[[Any], int] = _nobody_opposed
    against: str = ""
    asks: Callable[[Any, int | None], str | None] = _asked_whole
    behind: Callable[[Phrases, Any, Recommendation], Line] = _nothing_behind
    order: int = 0
    clear: Callable[[Phrases, int], Iterable[Entry]] = _no_entries
    sections: Callable[[Phrases, int], Iterable[Section]] = _no_sections
    divided: Callable[[Phrases, int], Iterable[Entry]] = _no_entries
    undivided: Callable[[Phrases], Line] = _no_line
    why: Callable[[Phrases], Line] = _no_line
    opinions: Callable[[Any], tuple[int, int, int] | None] = _no_opinions
    blocks: Callable[[Tables], tuple[Block, ...]] = _no_blocks
    sides: tuple[str, ...] = ()
    side: Callable[[Phrases, Any, str], Line] = _named_side
    rows: Callable[[Any], Iterable[Figure]] = _one_a_choice
    texts: Callable[[Any], Iterable[Told]] = _no_texts
    typed: Callable[[Any, Choice], str] = _as_given
    chosen: Callable[[Any, Choice, Texts], str] = _no_words
    polis: Mapping[str, int] = field(default_factory=dict)
    recount_round: Callable[[Any], Iterable[Finding]] = _nothing_wrong
    rules: Callable[[Any], Iterable[str]] = _no_rules
    contributors: Callable[[Any], int] = _no_contributors

    @property
    def kind(self) -> str:
        return self.machine.kind

    @property
    def ballots(self) -> bool:
        """Whether people vote in rounds of this kind."""
        return bool(self.machine.votes)

    @property
    def proposes(self) -> bool:
        """Whether its items can become recommendations."""
        return self.machine.candidates is not None

    @property
    def on_recommendations(self) -> bool:
        """Whether it is a vote on recommendations."""
        return any(letter.recommendation for letter in self.machine.letters)
