"""Within a place the order of messages is the order of events, for any evening and any delays.

Every transcript is played on a live platform that is slow, refuses and loses answers where it
likes. What stands in a place is held against the events that caused it, as they were written.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import answering
from bot.delivery.answering import Answering
from bot.delivery.merging import joined
from bot.delivery.queue import is_offer
from bot.engine.engine import Engine
from bot.ledger.outgoing import Outgoing
from bot.ledger.states import States
from bot.platforms.console import Console
from bot.platforms.facts import (
    Computed,
    Edited,
    Fact,
    Posted,
    Reacted,
    Removed,
    Said,
    Tick,
    Unreacted,
)
from bot.platforms.live import Doubtful, NotYet
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from bot.playback.replay import Settings, play
from bot.playback.transcript import ClockLine, Doing, Event, Expectation, read
from bot.town.town import Rooms
from dialogues.events import RoundOpened
from storage.outbox import Outbox, Queue
from tests.engine.chat import STAFF, Lost
from tests.engine.live import Live
from tests.generated import examples
from tests.replay.cases import CASES
from tests.replay.playing import TRANSCRIPTS, YOUTH

FILES = [*sorted(TRANSCRIPTS.glob("*.jsonl")), *sorted(CASES.glob("*.jsonl"))]
ROOMS = ("zomerstraat", "plein", "haven")

#: When something was caused: after how many events, and how many things were told before.
Moment = tuple[int, int]


@dataclass
class Causes:
    """Notes what caused each message: rows of the outbox and answers by their token. ``offers``
    are those with nothing but a list, which stands last among the answers that waited with it."""

    events: int = 0
    told: int = 0
    opening: set[str] = field(default_factory=set)
    opened: dict[str, Moment] = field(default_factory=dict)
    began: Moment = (0, 0)
    rows: dict[str, list[Moment]] = field(default_factory=dict)
    answers: dict[str, Moment] = field(default_factory=dict)
    by_token: dict[str, list[Moment]] = field(default_factory=dict)
    offers: set[str] = field(default_factory=set)

    def now(self) -> Moment:
        self.told += 1
        return self.events, self.told

    def of(self, token: str) -> list[Moment]:
        return self.rows.get(token) or self.by_token[token]


@contextmanager
def noted() -> Iterator[Causes]:
    """Whatever is told from here on is noted with its cause."""
    causes = Causes()
    record, begins, put = States._record, Outgoing.begins, Outbox.put
    merge, receive, speak = Queue.merge, Engine.receive, Answering._made

    def recorded(self: Any, kind: Any, state: Any, event: Any, at: Any, by: str) -> Any:
        causes.events += 1
        if isinstance(event, RoundOpened):
            causes.opening.add(f"{state.id}/card-{event.round}")
        return record(self, kind, state, event, at, by)

    def begun(self: Any) -> None:
        causes.began = causes.now()
        begins(self)

    def kept(self: Any, token: str, place: str, about: str, slot: str, *rest: Any) -> None:
        put(self, token, place, about, slot, *rest)
        moment, card = causes.now(), f"{about}/{slot}"
        if card in causes.opening:  # its edits come of the same
            moment = causes.opened.setdefault(card, moment)
        causes.rows.setdefault(token, [moment])

    def merged(self: Any, row: Any, others: Any, message: bytes) -> Any:
        for other in others:
            causes.rows[row.token] += causes.rows[other.token]
        return merge(self, row, others, message)

    def received(self: Any, batch: Sequence[Fact], *rest: Any) -> Any:
        assert len(batch) < 2 or all(isinstance(fact, Posted) for fact in batch)
        got = receive(self, batch, *rest)
        causes.answers |= {reply.cause: causes.began for reply in got.replies}
        return got

    def made(self: Any, reply: Any, *rest: Any) -> Any:
        notices, messages = speak(self, reply, *rest)
        for message in messages:
            causes.by_token[message.token] = [causes.answers[reply.cause]]
            if all(map(is_offer, reply.notices)):
                causes.offers.add(message.token)
        return notices, messages

    def joined_up(messages: Any, limit: Any) -> Any:
        whole = joined(messages, limit)
        if not causes.offers.issuperset(message.token for message in messages):
            causes.offers.difference_update(message.token for message in whole)
        last = [causes.of(message.token) for message in messages]
        for message in whole:
            causes.by_token[message.token] = [moment for found in last for moment in found]
        return whole

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(States, "_record", recorded)
        patch.setattr(Outgoing, "begins", begun)
        patch.setattr(Outbox, "put", kept)
        patch.setattr(Queue, "merge", merged)
        patch.setattr(Engine, "receive", received)
        patch.setattr(Answering, "_made", made)
        patch.setattr(answering, "joined", joined_up)
        yield causes


class Evening:
    """A transcript on a live platform; ``luck`` decides when the courier comes and what fails."""

    def __init__(self, live: Live, luck: random.Random) -> None:
        self.live, self.luck = live, luck
        self.roles: dict[str, frozenset[str]] = {}
        self.ids: set[str] = set()
        live.chat.fault = self._fault

    def _fault(self, what: str, _place: Place, _id: str) -> BaseException | None:
        drawn = self.luck.random()
        if what != "send" or drawn > 0.15:
            return None
        if drawn < 0.03:
            return Lost(Doubtful(1.0))
        return NotYet(1.0)

    def play(self, line: Event | ClockLine) -> None:
        live = self.live
        if isinstance(line, ClockLine) or line.id not in self.ids:
            live.clock.set(line.at)
        facts: list[Fact] = [Tick(line.at)] if isinstance(line, ClockLine) else [self._fact(line)]
        for fact in facts:
            live.courier.answer(live.engine.receive([fact]).whole())
        live.read_back()
        if self.luck.random() < 0.3:
            self._jobs()
        asyncio.run(self._turns(self.luck.choice((0, 0, 1, 2, 5))))

    def _jobs(self) -> None:
        while self.live.engine.jobs:
            job = self.live.engine.jobs.pop(0)
            at = self.live.clock()
            self.live._hear([Computed(at, job.dialogue, job.position, "0" * 64)])

    async def _turns(self, many: int) -> None:
        for _ in range(many):
            try:
                await self.live.courier._next()
            except NotYet:
                continue

    def _fact(self, event: Event) -> Fact:
        self.ids.add(event.id)
        if event.roles is not None:
            self.roles[event.user] = event.roles
        if event.where == STAFF.name:
            place = STAFF
        elif event.where:
            place = Place("matrix", PlaceKind.ROOM, event.where)
        else:
            place = Place("matrix", PlaceKind.PERSONAL, event.user)
        origin = self.live.origin(event.user, place, tuple(self.roles.get(event.user, ())))
        match event.doing:
            case Doing.TEXT:
                return Said(origin, event.text)
            case Doing.REACT:
                return Reacted(origin, event.text, item=event.target.upper())
            case Doing.UNREACT:
                return Unreacted(origin, event.target)
            case Doing.EDIT:
                return Edited(origin, event.target, event.text)
            case Doing.REMOVE:
                return Removed(origin, event.target)

    def finish(self) -> None:
        self._jobs()
        self.live.chat.fault = lambda _what, _place, _id: None
        self.live.deliver(500)


def in_order(said_in: Iterable[tuple[str, Message]], causes: Causes) -> None:
    """Each place has its messages in the order of what caused them; each comes with its token."""
    places: dict[Place, list[tuple[list[Moment], str]]] = {}
    for token, message in said_in:
        if token in causes.offers:
            continue
        places.setdefault(message.place, []).append((causes.of(token), message.plain[:60]))
    for place, said in places.items():
        moments = [moment for found, _ in said for moment in sorted(set(found))]
        fresh = list(dict.fromkeys(moments))
        assert fresh == sorted(fresh), (place, said)


@examples(40)
@given(file=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_the_order_of_messages_is_the_order_of_events(file: Path, seed: int) -> None:
    lines = [
        line for line in read(file.read_bytes().split(b"\n")) if not isinstance(line, Expectation)
    ]
    rooms = Rooms(
        {name: (Place("matrix", PlaceKind.ROOM, name),) for name in ROOMS},
        {"staf": (STAFF,)},
        dict.fromkeys(ROOMS, "staf"),
    )
    with tempfile.TemporaryDirectory() as folder, noted() as causes:
        live = Live(Path(folder) / "town.db", now=lines[0].at, rooms=rooms)
        evening = Evening(live, random.Random(seed))
        for line in lines:
            evening.play(line)
        evening.finish()
        in_order(((live.chat.first[n], m) for n, m in live.chat.messages.items()), causes)
        live.store.close()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_so_it_is_where_everything_is_said_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, Message]] = []
    send = Console.send

    def sent(self: Console, message: Message) -> str:
        if not message.edits:
            said.append((message.token, message))
        return send(self, message)

    monkeypatch.setattr(Console, "send", sent)
    with noted() as causes:
        play(read(file.read_bytes().split(b"\n")), Settings(chat=True, youth=YOUTH))
    in_order(said, causes)
