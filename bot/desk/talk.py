"""``Talk``: what a kind of round does in the chat. Each ``rounds/KIND/talk.py`` gives one.

A field that a kind leaves out is something it does not do. The functions are given the services,
the asker and the dialogue, and return notices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.desk.asker import Asker
from bot.desk.figures import Figures, no_figures
from bot.desk.services import Services
from commands.help import Hints
from dialogues.core import Choice, Light, Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.intents import Hour
from dialogues.machine import Frame
from storage.offers import Offer

#: The form of a choice with the reason behind it.
BECAUSE = "because"


class NoChoice(Refused):
    """Words that are no choice on an item, where nobody asked for one: they are talk."""


class Chosen(Light, frozen=True):
    """A choice as the ballot box takes it (None: taken back), and the reason typed with it.
    ``unkept``: words stood behind it that no reason is made of."""

    choice: Any
    reason: str = ""
    unkept: bool = False


class Cast(Light, frozen=True):
    """A vote that was cast: the item, the choice, the round's index, and the ballot.

    ``first``: this ballot had not voted on the item before; ``back``: it had a choice there.
    """

    item: str
    choice: Any
    round: int
    ballot: str
    first: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer: the notice, and the numbers of its items in the order of their places.
    ``invites``: it asks for a contribution. ``words`` are those that can be pressed with it."""

    notice: Notice
    items: tuple[str, ...] = ()
    invites: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an offer is to have: at most so many items (0: as the settings say), none of ``but``; or
    the items of a list that is shown ``again``, with new ones behind them where there is room.
    ``single``: items come one at a time, ``first`` before all others where it can be answered."""

    most: int = 0
    but: frozenset[str] = frozenset()
    again: tuple[str, ...] = ()
    single: bool = False
    first: str = ""

    def of(self, fresh: Sequence[str], most: int) -> list[str]:
        """The items of the offer, of those that this person has not answered."""
        left = sorted((n for n in fresh if n not in self.but), key=lambda n: n != self.first)
        most = 1 if self.single else max(self.most, most)
        more = [number for number in left if number not in self.again]
        return [*self.again, *more[: max(0, most - len(self.again))]]


def press(choice: str, **more: Any) -> Choice:
    """Something that can be pressed for an item: ``choice`` is what it stands for, as somebody
    would type it behind the item, or a word with the item to be put behind it. Which item it is
    says the list that it is put in."""
    return Choice("", 0, "", choice, **more)


@dataclass(frozen=True, slots=True)
class Tappable:
    """What can be tapped in a poll: its name there, the ``choice`` as stored, and its words; else
    the text ``choice_…`` with that name has them."""

    name: str
    choice: Any
    text: Text | str = ""


@dataclass(frozen=True, slots=True)
class Giving:
    """How residents contribute to a kind of round.

    ``said`` is the type of its word, with a ``text``; ``word`` that word; ``form`` the name of its
    form; ``intent(text)`` makes the intent. ``noted`` and ``alike`` are the texts that confirm a
    contribution and that ask about a near-duplicate; ``agree`` supports the existing item instead.
    ``threshold(settings)``: from how alike, in hundredths, that question is asked (0: never).
    ``may_be(sentence)``: whether a sentence without the word may be meant as one.
    """

    said: type
    word: str
    form: str
    letter: str
    intent: Callable[[Text], Any]
    noted: str
    alike: str
    agree: Callable[[Services, Asker, Dialogue, str], list[Notice]]
    threshold: Callable[[Any], int]
    may_be: Callable[[str], bool]


class Line(Light, frozen=True):
    """A line of a form: ``least`` to ``most`` characters, or one of ``options``, with its words."""

    name: str
    label: Notice
    most: int
    least: int = 0
    long: bool = False
    value: str = ""
    example: Notice | None = None
    options: tuple[tuple[str, Notice], ...] = ()
    help: Notice | None = None


class Sheet(Light, frozen=True):
    """What a form asks."""

    title: Notice
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form about an item: ``sheet(services, dialogue, person, item)`` is what it asks; ``rest``
    makes of what was filled in the choice on that item as somebody would type it."""

    sheet: Callable[[Services, Dialogue, str, str], Sheet | None]
    rest: Callable[[Mapping[str, str]], str]


Handler = Callable[[Services, Asker, Dialogue, Any], list[Notice]]
Told = dict[str, Value]


def _cannot_read(
    _services: Services, _asker: Asker, _dialogue: Dialogue, number: str, _rest: str
) -> Chosen | list[Notice]:
    raise Refused("no_vote_on", item=number)


def _no_answer(
    _services: Services, _asker: Asker, _dialogue: Dialogue, _offered: Offer, _text: str
) -> list[Notice] | None:
    return None


def _nothing_after(
    _services: Services, _asker: Asker, _dialogue: Dialogue, _casts: Sequence[Cast]
) -> list[Notice]:
    return []


def _no_values(_dialogue: Dialogue, _number: str) -> dict[str, Value]:
    return {}


def _no_meaning(_dialogue: Dialogue, _item: str, _emoji: str) -> str | None:
    return None


def _newest(_dialogue: Dialogue, _item: str, typed: Any, meanings: Sequence[str]) -> Any:
    return meanings[-1] if meanings else typed


def _own_words(dialogue: Dialogue, number: str) -> str:
    item = dialogue.items.by_number[number]
    return f"{item.label}/{item.text.ref}"


def _no_item(_state: Any) -> str:
    return ""


def _nothing_to_do(_dialogue: Dialogue, _frame: Frame) -> list[dict[str, Value]]:
    return []


def _no_hint(_frame: Frame, _text: str) -> str:
    return ""


def _may_be_shown(_services: Services, _dialogue: Dialogue, _number: str) -> None:
    return None


def _no_hints(_services: Services, _asker: Asker, _dialogue: Dialogue, _frame: Frame) -> Hints:
    return Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a kind of round does in the chat.

    Offering: ``offer(services, dialogue, frame, person, wanted)`` is the next offer for a person
    (a kind with one item may offer it in spite of ``but``); ``patient`` is how many items for
    somebody who waited long (0: no more than others). ``answer`` reads words as the answer to such
    an offer; ``wording`` is what it showed of an item: answers count on those words alone.
    ``buttons`` are the choices, as stored, that can be pressed for each item: the text ``choice_…``
    has the words of each. ``presses(services, dialogue, person, item)`` is what a person can press
    besides, where choices depend on the item or on what they chose (without: ``buttons``);
    ``taps(dialogue, item)`` what can be tapped in a poll, where that is not ``buttons``.
    ``forms`` are those in which a choice can be filled in, by name.

    Votes: ``read`` reads a typed choice on an item, or gives the whole answer to it; raises
    ``NoChoice`` for words that are none. ``told`` gives a stored choice for a template (None:
    it is one word, told by the catalogue's ``choice_…``): ``word``, the code of a text; or
    ``options``, each with number and text; or ``said``, in figures.
    ``asked`` are the values of the text that asks for a choice on an item; ``after`` the notices
    after votes. ``takes_yes``: "ja" and "nee" are answers to its offer.

    In the room of an open ballot: ``meaning`` is the choice that a reaction on an item stands for,
    as stored; ``standing(dialogue, item, typed, meanings)`` the choice that the one typed last
    (None: none) and the reactions after it, oldest first, make together. ``on_card`` is the item
    that the round's card shows; ``shows_items``: each item is shown by a message of its own.

    Besides: ``does`` are its words; ``gives`` how residents contribute; ``approves`` raises
    ``Refused`` where the words of an item may not be shown. ``todo`` are rows for the list of work,
    ``notes`` rows of what is to be prepared, each with ``what``, the code of a text,
    and its values. ``hints`` are codes of help; ``perhaps`` the code of what talk may have meant.
    ``dates(dialogue, item)`` are the moments that most people chose, with how many did.
    ``hears(dialogue, frame, participant)``: what this person says in the room without the prefix
    may become a contribution (``hearing.py``).
    """

    offer: Callable[[Services, Dialogue, Frame, str, Wanted], Offered]
    wording: Callable[[Dialogue, str], str] = _own_words
    patient: int = 0
    answer: Callable[[Services, Asker, Dialogue, Offer, str], list[Notice] | None] = _no_answer
    buttons: tuple[str, ...] = ()
    presses: Callable[[Services, Dialogue, str, str], tuple[Choice, ...]] | None = None
    taps: Callable[[Dialogue, str], Sequence[Tappable]] | None = None
    forms: Mapping[str, Filling] = field(default_factory=dict)
    read: Callable[[Services, Asker, Dialogue, str, str], Chosen | list[Notice]] = _cannot_read
    told: Callable[[Dialogue, int, Any], Told] | None = None
    asked: Callable[[Dialogue, str], dict[str, Value]] = _no_values
    after: Callable[[Services, Asker, Dialogue, Sequence[Cast]], list[Notice]] = _nothing_after
    takes_yes: bool = False
    meaning: Callable[[Dialogue, str, str], str | None] = _no_meaning
    standing: Callable[[Dialogue, str, Any, Sequence[str]], Any] = _newest
    on_card: Callable[[Any], str] = _no_item
    shows_items: bool = False
    dates: Callable[[Dialogue, str], tuple[tuple[Hour, int], ...]] | None = None
    does: Mapping[type, Handler] = field(default_factory=dict)
    gives: Giving | None = None
    approves: Callable[[Services, Dialogue, str], None] = _may_be_shown
    todo: Callable[[Dialogue, Frame], list[dict[str, Value]]] = _nothing_to_do
    notes: Callable[[Dialogue, Frame], list[dict[str, Value]]] = _nothing_to_do
    hints: Callable[[Services, Asker, Dialogue, Frame], Hints] = _no_hints
    perhaps: Callable[[Frame, str], str] = _no_hint
    hears: Callable[[Dialogue, Frame, str], bool] | None = None
    figures: Callable[[Mapping[str, Any]], Sequence[Figures]] = no_figures

    @property
    def reacts(self) -> bool:
        """Whether a reaction in the room of an open ballot can be a vote."""
        return self.meaning is not _no_meaning


class Talks:
    """The ``Talk`` of every kind, by name, and which word belongs to which. ``choices`` are all
    that stand on buttons of items: none of them is a word."""

    def __init__(self, talks: Mapping[str, Talk]) -> None:
        self.by_kind = dict(talks)
        self.choices = frozenset(choice for talk in talks.values() for choice in talk.buttons)
        self.does: dict[type, Handler] = {
            said: handler for talk in talks.values() for said, handler in talk.does.items()
        }
        self.giving: tuple[Giving, ...] = tuple(t.gives for t in talks.values() if t.gives)

    def of(self, frame: Frame) -> Talk:
        return self.by_kind[frame.machine.kind]
