"""The state of a console: who speaks and where, its session, and what each typed line does.

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
from bot.console.terminal.settings import Settings, places, town_of
from bot.console.terminal.view import View
from bot.console.terminal.words import Words
from bot.platforms.console import CAPABILITIES, NAME, Console
from bot.platforms.facts import Edited, Fact, Origin, Reacted, Removed, Said, Tick, Unreacted
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import ShiftedClock
from bot.runtime.session import Session
from bot.text.cleaning import one_line
from commands.said import Where
from dialogues.announce import card
from dialogues.core import Notice, Role
from dialogues.dialogue import Status
from storage.forgetting import clean_store
from storage.messages import encode
from storage.rows import Row
from storage.sidecar import sidecar
from storage.store import NotNow

#: The person the player speaks for at first.
FIRST = "anna"

#: The sidecar is written again after this many lines.
CHECKPOINT = 100

#: How often erased words leave the files, and how soon what could not be sent is tried again.
CLEANING = timedelta(hours=20)
AGAIN = timedelta(seconds=10)


class Table:
    """``echo`` writes typed lines too, where no prompt shows them; ``forgotten`` is called after a
    person was forgotten."""

    def __init__(
        self,
        given: Settings,
        key: bytes,
        paper: Paper,
        echo: bool = False,
    ) -> None:
        self.words = Words(given.language)
        self.paper = paper
        self.clock = ShiftedClock()
        self.who = FIRST
        self.people = {FIRST}
        self._given = given
        self.forgotten: Callable[[], None] = lambda: None
        self._echo = echo
        self._arm: Callable[[datetime], None] = lambda _at: None
        self._panes = Panes(paper, self._own, edits=echo)
        self._behind = False
        platform = Console(self._panes.heard)
        self.session = Session(
            given.db, town_of(given, key), chance.system, self.clock, platform, alarm=self._alarm
        )
        self.memory = Memory.of(self.session.store)
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
        self._clean_at = self.clock() + CLEANING
        for state in states:
            frame = state.frame
            if state.status is Status.OPEN and frame is not None:
                self._remember_card(state.id, state.room, frame.index)
        self.tick()

    def close(self) -> None:
        """Clean erased words from the files, and write the sidecar."""
        try:
            clean_store(self.session.store, self._milliseconds())
            self.session.close()
        except OSError as error:
            self.note("closing_failed", why=error.strerror)

    def _milliseconds(self) -> int:
        return int(self.clock().timestamp() * 1000)

    def _remember_card(self, dialogue: str, room: str, index: int) -> None:
        """Load the card that an earlier session posted in a room, for the bar and for its next
        edit."""
        state = self.session.engine.ledger.states[dialogue]
        notice = card(state, index)
        for place in self.session.town.rooms.rooms.get(room, ()):
            row = Row(0, "", str(place), dialogue, notice.slot, encode(notice), "", "1")
            self._panes.stands(self.session.speaker.message(row))

    # -- what is typed ------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say a line in the current place as the current person."""
        number = self.number()
        if self._echo:
            self.paper.said(self.place, self.who, f"{one_line(text)} (m{number})")
        known = self._known(self.who)
        self.put(Said(self.origin(number), text))
        if known and not self._known(self.who):
            self._forget(self.who)

    def react(self, sign: str, item: str) -> None:
        number = self.number()
        if self._echo:
            self.paper.said(self.place, self.who, f"{one_line(sign)} {one_line(item)} (m{number})")
        self.put(Reacted(self.origin(number), sign, item=item.upper()))

    def unreact(self, number: int) -> None:
        self.put(Unreacted(self.origin(self.number()), _cause(number)))

    def edit(self, number: int, text: str) -> None:
        self.put(Edited(self.origin(self.number()), _cause(number), text))

    def remove(self, number: int) -> None:
        self.put(Removed(self.origin(self.number()), _cause(number)))

    def number(self) -> int:
        """The next number for a line, unique within a database."""
        self.memory.kept.said += 1
        return self.memory.kept.said

    def origin(self, number: int) -> Origin:
        roles = frozenset(self.roles(self.who))
        return Origin(_cause(number), self.clock(), self.place, self.who, roles, f"{number:09d}")

    def put(self, fact: Fact) -> None:
        """Hand a fact to the engine and do what follows; what cannot be stored now is tried
        again."""
        try:
            self.memory.keep(self.session.store)
            self.session.receive([fact])
        except NotNow:
            self._not_now()
        self._settle()
        if self.memory.kept.said % CHECKPOINT == 0:
            self.session.store.checkpoint()

    def _settle(self) -> None:
        try:
            self.session.settle()
            self._behind = False
        except NotNow:
            self._behind = True

    def _not_now(self) -> None:
        place = Place(NAME, PlaceKind.PERSONAL, self.who)
        self._panes.heard(self.session.speaker.answer(place, (Notice("not_now", {}),), ""), "")

    def tick(self) -> None:
        """Do what is due now."""
        try:
            self.session.receive([Tick(self.clock())])
        except NotNow:
            self._behind = True
        self._settle()
        if self.clock() >= self._clean_at:
            clean_store(self.session.store, self._milliseconds())
            self._clean_at = self.clock() + CLEANING
        self.refresh()

    # -- what is shown ------------------------------------------------------------------------

    def _own(self) -> tuple[Place, ...]:
        return Place(NAME, PlaceKind.PERSONAL, self.who), self.place

    def _alarm(self, kind: str) -> None:
        self.paper.note(f"({kind})")

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
        roles = {Role(role) for role in self.roles(self.who)}
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
            tuple(sorted(self.people | set(self.memory.kept.roles))),
            self.places(),
            tuple(self._given.formats),
        )
        self._arm(self._deadline())

    def _deadline(self) -> datetime:
        due = self.session.engine.ledger.next_due()
        ends = [self._clean_at]
        if due is not None:
            ends.append(due[1].at)
        if self._behind:
            ends.append(self.clock() + AGAIN)
        return min(ends)

    # -- people -------------------------------------------------------------------------------

    def roles(self, who: str) -> list[str]:
        """The roles of a person, which last until they are set again."""
        kept = self.memory.kept.roles.get(who)
        if kept is not None:
            return kept
        person = self._known(who)
        found = self.session.store.people.roles(person) if person else ""
        return found.split(",") if found else []

    def is_person(self, name: str) -> bool:
        return name in self.people or self._known(name) is not None

    def _known(self, who: str) -> str | None:
        return self.session.store.people.known(NAME, who)

    def set_roles(self, who: str, roles: list[str]) -> None:
        """Set a person's roles. The name of somebody without a role is not stored here."""
        self.memory.kept.roles.pop(who, None)
        if roles or self.roles(who):
            self.memory.kept.roles[who] = roles
        self.keep()

    def keep(self) -> None:
        """Store the console's memory; where that cannot be done now, it is done next time."""
        try:
            self.memory.keep(self.session.store)
        except NotNow:
            self._behind = True

    def _forget(self, who: str) -> None:
        self.memory.kept.roles.pop(who, None)
        self.people.discard(who)
        self.keep()
        self.forgotten()


def _cause(number: int) -> str:
    return f"console/m{number}"
