"""Events to and from lines of the journal, and the chain of hashes; storage and advice use both.

A line is the exact bytes of one JSON array ``[dialogue, seq, type/version, at, by, data]``, its
hash SHA-256(previous hash ‖ line); the chain starts from SHA-256 of the dialogue's id. A Text is
written as ``[ref, seal]``. Lines are never changed; old versions of an event are lifted when read.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, get_type_hints

import msgspec

from dialogues import (
    destroying_events,
    evaluation_events,
    newsletter_events,
    pause_events,
    planned_events,
)
from dialogues import events as ev
from dialogues.aggregates import Fold
from dialogues.core import Text
from dialogues.dialogue import Dialogue
from dialogues.fold import evolve
from dialogues.followup import events as following
from dialogues.kinds import Kinds
from dialogues.objections import events as objections

#: The id of the town's own chain, of events that belong to no dialogue; no dialogue has this id.
TOWN = "town"

#: Copies a hash of nothing for each line, which is a third quicker than making a new one.
_fresh = hashlib.sha256().copy

#: The files of the events of a dialogue as a whole, and those events.
_FILES = (
    destroying_events,
    evaluation_events,
    ev,
    following,
    newsletter_events,
    objections,
    pause_events,
    planned_events,
)
_OWN = tuple(
    value
    for file in _FILES
    for value in vars(file).values()
    if is_dataclass(value) and isinstance(value, type) and value.__module__ == file.__name__
)


class BrokenJournal(Exception):  # noqa: N818 - says what it is
    """An invalid journal: which line, and what is wrong with it."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(f"{code} at line {line}")
        self.code = code
        self.line = line


class Line(NamedTuple):
    """One line of a journal, decoded."""

    dialogue: str
    seq: int
    at: datetime
    by: str
    event: Any


def _write_text(value: Any) -> Any:
    if isinstance(value, Text):
        if value.words:
            raise TypeError("words must be kept apart before an event is written")
        return (value.ref, value.seal)
    raise TypeError(f"{type(value).__name__} has no place in the journal")


def _read_text(kind: type, value: Any) -> Any:
    if kind is Text:
        ref, seal = value
        return Text("", ref, seal)
    raise TypeError(kind.__name__)


#: What stands in a line: dialogue, number, name of the event with its version, when, by whom, and
#: the event.
Fields: TypeAlias = tuple[str, int, str, datetime, str, Any]

#: The bytes of a line; its texts must have been swapped for references.
encoded: Callable[[Fields], bytes] = msgspec.json.Encoder(enc_hook=_write_text).encode
_LINE = msgspec.json.Decoder(tuple[str, int, str, datetime, str, msgspec.Raw])


class Record:
    """Events to lines and back: those of dialogues, of every kind of round, and ``more``, of other
    aggregates.

    ``names`` gives every event its name with its version in the journal; names are never used
    again. ``text_fields`` says which fields of an event hold words of people.
    """

    def __init__(self, kinds: Kinds, more: Iterable[type] = ()) -> None:
        self.kinds = kinds
        own = (event for machine in kinds.machines.values() for event in machine.events)
        self.names: dict[type, str] = {e: f"{e.__name__}/1" for e in (*_OWN, *own, *more)}
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {
            name: msgspec.json.Decoder(event, dec_hook=_read_text)
            for event, name in self.names.items()
        }
        self.text_fields: dict[type, tuple[str, ...]] = {
            event: tuple(name for name, kind in get_type_hints(event).items() if kind is Text)
            for event in self.names
        }

    def blank(self, id: str) -> Dialogue:
        """The state of a dialogue before its first line."""
        return Dialogue(id, self.kinds)

    @property
    def dialogues(self) -> Fold:
        """How the state of a dialogue comes from its journal."""
        return Fold(self.blank, evolve)

    def write(self, dialogue: str, seq: int, at: datetime, by: str, event: Any) -> bytes:
        """The bytes of one line; its texts must have been swapped for references."""
        return encoded((dialogue, seq, self.names[type(event)], at, by, event))

    def read(self, line: bytes) -> Line:
        """Decode one line; raises ``msgspec.DecodeError`` or ``KeyError`` for one that this program
        never wrote."""
        dialogue, seq, name, at, by, data = _LINE.decode(line)
        return Line(dialogue, seq, at, by, self._decoders[name].decode(data))

    def event(self, line: bytes) -> tuple[Any, datetime, str]:
        """The event of a line, when and by whom, as ``evolve`` takes them; raises as ``read``."""
        _, _, name, at, by, data = _LINE.decode(line)
        return self._decoders[name].decode(data), at, by

    def fold(self, id: str, lines: Iterable[bytes]) -> Iterator[tuple[Dialogue, bytes]]:
        """The state and the head after each line, checking number and decoding of every line.

        The same state object is yielded again and again; it changes as the fold goes on.
        """
        state, head, decoders = self.blank(id), start_hash(id), self._decoders
        for number, raw in enumerate(lines, 1):
            try:  # as ``read``, without a record of each of a million lines
                dialogue, seq, name, at, by, data = _LINE.decode(raw)
                event = decoders[name].decode(data)
            except (msgspec.MsgspecError, KeyError, ValueError, TypeError) as error:
                raise BrokenJournal("unreadable", number) from error
            if dialogue != id or seq != number:
                raise BrokenJournal("out_of_order", number)
            head = next_hash(head, raw)
            try:
                evolve(state, event, at, by)
            except (KeyError, IndexError, AttributeError, ValueError, TypeError) as error:
                raise BrokenJournal("impossible", number) from error
            yield state, head


def start_hash(dialogue: str) -> bytes:
    """What the first line of a dialogue's chain is hashed onto."""
    return hashlib.sha256(dialogue.encode()).digest()


def next_hash(previous: bytes, line: bytes) -> bytes:
    digest = _fresh()
    digest.update(previous + line)
    return digest.digest()


def seal(key: bytes, kind: str, words: str) -> str:
    """The HMAC-SHA256 of a text under its own key, which is erased with it."""
    message = kind.encode() + b"\0" + unicodedata.normalize("NFC", words).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def sealed(event: Any, texts: dict[str, Text]) -> Any:
    """The event with its texts swapped for the given references, by field name."""
    return replace(event, **texts) if texts else event
