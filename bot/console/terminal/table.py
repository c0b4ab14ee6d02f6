"""The state of a console: who speaks and where, its session, and what prompt and bar show.

Everything here happens in one thread, the engine's. What the terminal needs meanwhile stands in
``view``, which is swapped after every line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.console.terminal.memory import Memory, behind
from bot.console.terminal.panes import Panes
from bot.console.terminal.paper import Paper
from bot.console.terminal.people import People
from bot.console.terminal.running import Running
from bot.console.terminal.settings import Settings, places, town_of
from bot.console.terminal.view import View
from bot.console.terminal.words import Words
from bot.desk import not_now
from bot.platforms.console import CAPABILITIES, NAME, Console
from bot.platforms.facts import Fact
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import ShiftedClock
from bot.runtime.session import Session
from commands.said import Where
from dialogues.announce import card
from dialogues.core import Role
from dialogues.dialogue import Status
from storage.messages import encode
from storage.rows import Row
from storage.sidecar import sidecar

#: The person the player speaks for at first.
FIRST = "anna"


class Table:
    """``echo`` writes typed lines too, where no prompt shows them; ``forgotten`` is called after a
    person was forgotten."""

    def __init__(self, given: Settings, key: bytes, paper: Paper, echo: bool = False) -> None:
        self.words = Words(given.language)
        self.paper = paper
        self.clock = ShiftedClock()
        self.who = FIRST
        self._given = given
        self.forgotten: Callable[[], None] = lambda: None
        self._echo = echo
        self._arm: Callable[[datetime], None] = lambda _at: None
        self._panes = Panes(paper, self._own, edits=echo)
        platform = Console(self._panes.heard)
        self.session = Session(
            given.db, town_of(given, key), chance.system, self.clock, platform, alarm=self._alarm
        )
        self.memory = Memory.of(self.session.store)
        self.running = Running(self.session, self.memory, self._not_now)
        self.people = People(self.session.store.people, self.memory, self.running.keep)
        self.people.names.add(FIRST)
        self.rooms = {**given.rooms, **self.memory.kept.rooms}
        self.session.town.rooms = places(self.rooms, given.youth)
        self.session.engine.ledger.ties.learn()
        self.place = Place(NAME, PlaceKind.ROOM, next(iter(self.rooms)))
        self._room = self.place.name
        self.view = View()

    def arm(self, alarm: Callable[[datetime], None]) -> None:
        """Call ``alarm`` with the next deadline after every line and every tick."""
        self._arm = alarm

    # -- begin and end ------------------------------------------------------------------------

    def open(self) -> None:
        """Greet, set the clock, and do what fell due since the last session."""
        states = list(self.session.engine.ledger.states.values())
        store = self.session.store
        if states and not store.has_sidecar:
            self.note("no_sidecar", file=sidecar(store.file))
        late = behind(states)
        if self.memory.ahead is not None or late is not None:
            self.memory.ahead = max(self.memory.ahead or timedelta(), late or timedelta())
            self.clock.ahead = self.memory.ahead
            self.memory.keep(store)
        self.note("welcome", file=store.file)
        if self.memory.ahead is not None:
            self.note("moved_before", now=self.now(), ahead=self.ahead())
        for state in states:
            frame = state.frame
            if state.status is Status.OPEN and frame is not None:
                self._remember_card(state.id, state.room, frame.index)
        self.running.begin()
        self.refresh()

    def close(self) -> None:
        """Clean erased words from the files, and write the sidecar."""
        try:
            self.running.close()
        except OSError as error:
            self.note("closing_failed", why=error.strerror)

    def _remember_card(self, dialogue: str, room: str, index: int) -> None:
        """Load the card that an earlier session posted in a room, for the bar and for its next
        edit."""
        state = self.session.engine.ledger.states[dialogue]
        notice = card(state, index)
        for place in self.session.town.rooms.rooms.get(room, ()):
            row = Row(0, "", str(place), dialogue, notice.slot, encode(notice), "", "1")
            self._panes.stands(self.session.speaker.message(row))

    def tick(self) -> None:
        """Do what is due now."""
        self.running.tick()
        self.refresh()

    # -- what is shown ------------------------------------------------------------------------

    def _not_now(self, fact: Fact) -> None:
        reply = not_now.told(self.session.engine.services, fact, later=False)
        if reply is not None:
            said = (reply.notices, "", reply.title, reply.language)
            self._panes.heard(self.session.speaker.answer(reply.place, *said), "")

    def _own(self) -> tuple[Place, ...]:
        return Place(NAME, PlaceKind.PERSONAL, self.who), self.place

    def _alarm(self, kind: str) -> None:
        self.paper.note(f"({kind})")

    def typed(self, text: str) -> None:
        """Show a line that the current person typed, where no prompt does."""
        if self._echo:
            self.paper.said(self.place, self.who, text)

    def note(self, code: str, **values: object) -> None:
        self.paper.note(self.words(code, **values))

    def now(self) -> str:
        zone, language = self._given.zone, self.words.language
        return str(format_datetime(self.clock(), "EEEE d MMMM y HH:mm", zone, language))

    def local_now(self) -> datetime:
        return self.clock().astimezone(self._given.zone)

    def ahead(self) -> str:
        return self.words.ahead(int(self.clock.ahead.total_seconds()))

    def here(self, place: Place) -> str:
        return self.words.private if place.kind is PlaceKind.PERSONAL else place.name

    def places(self) -> tuple[str, ...]:
        staff = dict.fromkeys(self.rooms.values())
        return (*self.rooms, *staff, self.words.private)

    def refresh(self) -> None:
        """Make a new ``View``, and set the alarm for the next deadline."""
        if self.place.kind is PlaceKind.ROOM:
            self._room = self.place.name
        where = Where(self.place.kind.value)
        roles = {Role(role) for role in self.people.roles(self.who)}
        prefix = CAPABILITIES.prefix if where is Where.ROOM else ""
        known = self.session.engine.services.known
        english = self.words.language == "en"
        words = (word.english if english else word.dutch for word in known.words_for(roles, where))
        states = self.session.engine.ledger.in_room(self._room)
        self.view = View(
            self.who,
            self.here(self.place),
            f"m{self.memory.kept.said + 1}",
            self._panes.cards.get(self._room, ""),
            tuple(prefix + word for word in words),
            tuple(states[-1].items.by_number) if states else (),
            self.people.all(),
            self.places(),
            tuple(self._given.formats),
        )
        self._arm(self.running.deadline())
