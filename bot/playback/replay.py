"""Plays a transcript through the engine on a virtual clock, and returns the bundles it leads to."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from advice.town.planned import Named, Shown
from bot.delivery.courier import Shows, everything
from bot.documents.agenda import town_files
from bot.documents.handover import Handed
from bot.engine.engine import no_alarm
from bot.platforms.console import Console
from bot.platforms.facts import Edited, Fact, Reacted, Removed, Said, Tick, Unreacted
from bot.platforms.messages import Message
from bot.playback.transcript import ClockLine, Doing, Event, Expectation, Line, rooms
from bot.runtime import chance
from bot.runtime.builtin import formats as built_in
from bot.runtime.clock import VirtualClock
from bot.runtime.session import Session
from bot.town import keys
from bot.town.alarms import AlarmWords
from bot.town.town import STAFF, Town, console_rooms
from dialogues.core import Context
from dialogues.dialogue import Status
from dialogues.format import Format
from dialogues.objections import steps as draft

ROOM = "zomerstraat"

_IN = re.compile(r"""(?:^|\s)in=["'“]?#?@?([\w-]+)""")


class Unexpected(Exception):  # noqa: N818 - says what it is
    """The bot did not say what the transcript expects."""

    def __init__(self, line: int, where: str, expected: str, said: str) -> None:
        super().__init__(f"line {line}: in {where} the bot did not say what was expected")
        self.line = line
        self.where = where
        self.expected = expected
        self.said = said


@dataclass(slots=True)
class Chat:
    """The record of every message, for expectations and for ``--chat``."""

    keep: bool
    lines: list[dict[str, object]] = field(default_factory=list)
    fresh: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)

    def by_bot(self, message: Message, name: str, at: datetime) -> None:
        where = message.place.name
        self.fresh.setdefault(where, []).append(message.plain)
        if self.keep:
            edits = self.shown.get(name) if message.edits else None
            self.lines.append(_chat_line(at, where, "bot", message.plain, edits))
            if edits is None:
                self.shown[name] = len(self.lines)

    def by_person(self, event: Event) -> None:
        if self.keep:
            where = event.where or event.user
            edits = self.said.get(event.target) if event.doing is Doing.EDIT else None
            self.lines.append(_chat_line(event.at, where, event.user, event.text, edits))
            self.said.setdefault(event.id, len(self.lines))

    def since_last(self, where: str) -> str:
        return "\n".join(self.fresh.pop(where, []))


def _chat_line(
    at: datetime, place: str, by: str, text: str, edits: int | None
) -> dict[str, object]:
    return {"at": _iso(at), "place": place, "by": by, "text": text, "edits": edits}


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Settings:
    """``db`` None: a temporary database. ``simulated`` marks every dialogue; what is planned in the
    rooms ``unpublished`` stands in no file; ``youth`` are rooms of young people, by name."""

    seed: int = 0
    db: Path | None = None
    clerk: bool = False
    chat: bool = False
    simulated: bool = True
    zone: str = "Europe/Amsterdam"
    town: str = "Haarlem"
    language: str = "nl"
    unpublished: frozenset[str] = frozenset()
    youth: Mapping[str, AlarmWords] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Played:
    """The result of a replay: the bundles by dialogue, the chat where it was recorded, and the
    files of the agenda, where something was planned."""

    bundles: dict[str, Handed]
    chat: list[dict[str, object]]
    agenda: dict[str, bytes]


def play(
    lines: list[Line],
    settings: Settings,
    formats: dict[str, Format] | None = None,
    progress: Callable[[int, int, Line, Chat], None] | None = None,
    alarm: Callable[[str], None] = no_alarm,
) -> Played:
    """Play every line; raises ``Unexpected`` at the first expectation that is not met. ``alarm`` is
    called with the type of an error after which engine or courier went on."""
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-") as folder:
        file = settings.db or Path(folder) / "replay.db"
        return _play(lines, settings, file, formats or built_in(), progress, alarm)


def _play(
    lines: list[Line],
    settings: Settings,
    file: Path,
    formats: dict[str, Format],
    progress: Callable[[int, int, Line, Chat], None] | None,
    alarm: Callable[[str], None],
) -> Played:
    known = rooms(lines, STAFF, _room_named) or (ROOM,)
    first = next((line.at for line in lines if not isinstance(line, Expectation)), None)
    clock = VirtualClock(first or datetime(2026, 1, 1, tzinfo=UTC))
    shows = _wanted(lines, settings)
    with staged(settings, file, formats, known, clock, shows, alarm) as (session, player):
        for number, line in enumerate(lines, 1):
            player.play(line)
            if progress is not None:
                progress(number, len(lines), line, player.chat)
        finish(session)
        bundles = {
            name: session.hand_over(name, settings.clerk)
            for name in session.reader.dialogues()
            if name in session.engine.ledger.states
        }
        agenda = _agenda(session, settings)
    return Played(bundles, player.chat.lines, agenda)


def _agenda(session: Session, settings: Settings) -> dict[str, bytes]:
    named = Named(settings.town, settings.zone, settings.language)
    rooms, ledger, words = session.town.rooms, session.engine.ledger, session.store.texts.words
    hidden = settings.unpublished
    shown = Shown(lambda room: rooms.is_published(room) and room not in hidden, words)
    clerks = session.reader if settings.clerk else None
    meetings = ledger.meetings.by_id.values()
    promised = ledger.commitments.by_id.values()
    dialogues = ledger.states.values()
    return town_files(named, dialogues, meetings, shown, clerks, commitments=promised)


@contextmanager
def staged(
    settings: Settings,
    file: Path,
    formats: dict[str, Format],
    known: tuple[str, ...],
    clock: VirtualClock,
    shows: Shows,
    alarm: Callable[[str], None] = no_alarm,
) -> Iterator[tuple[Session, Player]]:
    """A session on a database of its own with these rooms, and the player of its lines. The same
    settings and lines give the same ids and draws."""
    draw = chance.seeded(settings.seed)
    key = draw(keys.LENGTH)
    if settings.db is not None:
        keys.make(settings.db.with_name(settings.db.name + ".key"), key)
    town = Town(
        settings.town,
        ZoneInfo(settings.zone),
        settings.language,
        key,
        console_rooms(known, STAFF, settings.youth),
        formats,
        simulated=settings.simulated,
    )
    chat = Chat(settings.chat)
    platform = Console(lambda message, name: chat.by_bot(message, name, clock()), STAFF)
    session = Session(file, town, draw, clock, platform, alarm=alarm, shows=shows, lasting=False)
    try:
        yield session, Player(session, platform, clock, chat)
    finally:
        session.close()


def _wanted(lines: list[Line], settings: Settings) -> Shows:
    """The places whose messages are rendered: all of them for the chat file, else those that a line
    with an expectation names."""
    if settings.chat:
        return everything
    named = {line.where for line in lines if isinstance(line, Expectation)}
    return lambda place: place.name in named


def _room_named(text: str) -> str | None:
    found = _IN.search(text)
    return found[1] if found else None


class Player:
    """Turns lines into facts; a person's roles last until they are set again."""

    def __init__(
        self, session: Session, platform: Console, clock: VirtualClock, chat: Chat
    ) -> None:
        self._session = session
        self._platform = platform
        self._clock = clock
        self.chat = chat
        self._roles: dict[str, frozenset[str]] = {}
        self._order: dict[str, int] = {}

    def play(self, line: Line) -> None:
        if isinstance(line, Expectation):
            self._expect(line)
        elif isinstance(line, ClockLine):
            self._clock.set(line.at)
            self._session.put([Tick(line.at)])
        else:
            self._event(line)

    def _event(self, event: Event) -> None:
        new = event.id not in self._order
        order = self._order.setdefault(event.id, len(self._order))
        if new:
            self._clock.set(event.at)
        if event.roles is not None and new:
            self._roles[event.user] = event.roles
        self.chat.by_person(event)
        self._session.put([self._fact(event, order)])

    def _fact(self, event: Event, order: int) -> Fact:
        roles = self._roles.get(event.user, frozenset())
        origin = self._platform.origin(
            event.id, event.at, event.user, event.where, roles, f"{order:09d}"
        )
        if event.doing is Doing.TEXT:
            return Said(origin, event.text)
        if event.doing is Doing.REACT:
            return Reacted(origin, event.text, item=event.target.upper())
        if event.doing is Doing.UNREACT:
            return Unreacted(origin, event.target)
        if event.doing is Doing.EDIT:
            return Edited(origin, event.target, event.text)
        return Removed(origin, event.target)

    def _expect(self, line: Expectation) -> None:
        said = self.chat.since_last(line.where)
        if not fits(line.text, said):
            raise Unexpected(line.line, line.where, line.text, said)


def fits(expected: str, said: str) -> bool:
    """Whether words are the expected ones, in which each ``…`` stands for anything. The parts
    between are looked for one after the other, so that no length of either makes it slow."""
    first, *rest = expected.split("…")
    if not rest:
        return said == first
    if not said.startswith(first):
        return False
    *between, last = rest
    at = len(first)
    for part in between:
        found = said.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(said) - len(last) >= at and said.endswith(last)


def finish(session: Session) -> None:
    """Request an advice for each closed dialogue without one, at the clock's present time."""
    ledger = session.engine.ledger
    for name, state in sorted(ledger.states.items()):
        waits = state.advice is None or not state.advice.manifest
        if state.status is Status.CLOSED and waits and not draft.comes(state):
            with session.store.transaction():
                ledger.act(name, ledger.figures(state), Context(session.clock(), "clock"))
            session.engine.take_jobs()
    session.settle()
