"""Shared by all rules: texts, context, notices and refusals.

Laws:

1. ``decide(state, intent, context)`` may refuse and never changes anything.
2. ``evolve(state, event, at, by)`` never refuses and is the only thing that touches state.
3. Time and chance come in as values; nothing here asks for now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct


class Light(Struct, frozen=True, gc=False):
    """A frozen record for objects made at every vote; creating one takes a fourth of the time of a
    data class.

    The garbage collector skips it, so it must never refer back to itself. Compare types with
    ``type(it) is``: ``isinstance`` takes as long as creating it.
    """


class Text:
    """Words of a person inside an event.

    ``decide`` makes it with ``words``; storage then keeps the words apart and swaps the object
    for one with only ``ref`` (where the words are kept) and ``seal`` (their HMAC), which is what
    the journal and the state hold. Two texts are equal when reference, seal and words are.
    """

    __slots__ = ("ref", "seal", "words")

    def __init__(self, words: str = "", ref: str = "", seal: str = "") -> None:
        self.words = words
        self.ref = ref
        self.seal = seal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.ref, self.seal, self.words) == (
            other.ref,
            other.seal,
            other.words,
        )

    def __hash__(self) -> int:
        return hash((self.ref, self.seal, self.words))

    def __repr__(self) -> str:
        return f"Text(ref={self.ref!r})"  # never the words: a repr may reach a log


class Role(StrEnum):
    """A role of somebody who works for the town; any role makes a person staff."""

    MODERATOR = "moderator"
    OFFICIAL = "official"
    COUNCILLOR = "councillor"
    CLERK = "clerk"
    YOUTH_WORKER = "youth_worker"


class Context(Light, frozen=True):
    """What a decision may depend on besides state and intent.

    ``at`` is UTC. ``by`` is a participant id, for votes and reasons a ballot id, and ``"clock"``
    for what happens by itself. ``also`` are the participants that the same person was before
    accounts were linked. ``order`` breaks ties between facts of the same moment. ``settled``:
    nothing older can still arrive from that platform. ``seed`` is a random value, for rules that
    need one. ``leaving``: what is taken back is of somebody who is forgotten or became staff, which
    no pause holds up.
    """

    at: datetime
    by: str
    roles: frozenset[Role] = frozenset()
    order: str = ""
    settled: bool = True
    seed: str = ""
    also: frozenset[str] = frozenset()
    leaving: bool = False

    @property
    def staff(self) -> bool:
        return bool(self.roles)

    @property
    def names(self) -> tuple[str, ...]:
        """Every id under which the person behind ``by`` may stand in the dialogue."""
        return (self.by, *self.also)


#: What a template may be given. Texts are looked up when the message is rendered.
Value: TypeAlias = (
    "str | int | float | bool | None | datetime | date | Text"
    " | Sequence[Value] | Mapping[str, Value]"
)


class Refused(Exception):  # noqa: N818 - the domain's word
    """A refused intent: a code with parameters; the catalogue has the sentence."""

    def __init__(self, code: str, **data: Value) -> None:
        super().__init__(code)
        self.code = code
        self.data: dict[str, Value] = data


class Audience(StrEnum):
    """Who gets a notice: the room, the staff room, or one person."""

    ROOM = "room"
    STAFF = "staff"
    PERSON = "person"


class Choice(Light, frozen=True):
    """A choice that can be pressed under a notice: on an item of a round, or without an item a word
    to say (canonical) about the dialogue.

    ``place`` is the item's number among those of the notice, from 1; 0: they are not numbered.
    ``text`` are the words of the choice itself, or its moment, with its ``number`` among them;
    without, the text ``label`` has the words, or ``choice_…`` for ``choice``. ``form`` names the
    form that it opens. ``together``: so many of the item's choices may be taken at once.
    ``listed``: it is one of a list rather than a button of its own. ``wording`` says which words of
    the item were shown, ``question`` which open question is answered; ``main``: it is what most
    people need. ``again``: its form opens as it was filled in last.
    """

    dialogue: str
    round: int
    item: str
    choice: str
    place: int = 1
    text: Text | str | datetime = ""
    number: int = 0
    label: str = ""
    form: str = ""
    together: int = 0
    listed: bool = False
    wording: str = ""
    question: str = ""
    main: bool = False
    again: bool = False


#: What is pressed to take part, below whatever invites to that in a round of whatever dialogue.
TAKE_PART = Choice("", 0, "", "meedoen", main=True)


class Notice(Light, frozen=True):
    """A message to send: the name of its template, the values, and its audience.

    A later notice with the same ``slot`` of the same dialogue edits the earlier message. ``person``
    is a participant id, used with ``Audience.PERSON`` only.
    """

    template: str
    data: Mapping[str, Value] = MappingProxyType({})
    audience: Audience = Audience.PERSON
    person: str = ""
    slot: str = ""
    choices: tuple[Choice, ...] = ()
