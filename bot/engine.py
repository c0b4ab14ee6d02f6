"""The engine: facts become committed decisions. One synchronous function, one caller.

``receive`` takes up to a hundred facts in one transaction. A fact is claimed first, so that a
second delivery does nothing; what fell due before it happens before it; and only after COMMIT are
the answers handed out. When a fact breaks something, everything is rolled back and each fact is
tried alone; the one that breaks is claimed as failed and staff hears of it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.desk import contributions, edits, reactions
from bot.desk.asker import Asker, Desk, Nearest, Reply
from bot.desk.desk import understand
from bot.desk.offers import poll_number
from bot.desk.which import which
from bot.ledger import Ledger
from bot.platforms.base import (
    Chose,
    Computed,
    Edited,
    Fact,
    Joined,
    Left,
    Origin,
    PersonalFact,
    Place,
    PlaceKind,
    Posted,
    Removed,
    Said,
    Submitted,
    Tick,
    Unchose,
)
from bot.town import Town, milliseconds
from commands.said import Question, Statement
from dialogues.core import Audience, Context, Notice, Refused, Role, Value
from dialogues.dialogue import Dialogue
from dialogues.intents import IssueAdvice
from storage.inbox import REMEMBERED
from storage.messages import encode
from storage.store import NotNow, Store

#: At most so many facts share a transaction.
BATCH = 100

#: Facts older than this are refused: what is remembered of them may be gone.
_REMEMBERED = timedelta(milliseconds=REMEMBERED)

#: How long a closing waits for a platform that has not read back to it.
READ_BACK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Job:
    """Heavy work that follows a commit: making the advice that was asked for at a position."""

    dialogue: str
    position: int


def no_fault(_point: str) -> None:
    """The fault points of a normal run: nothing happens."""


class Engine:
    """``clock`` gives now in UTC; ``instant`` names the platforms of which everything said so far
    is known at any moment (console, replay). ``fault`` is called with the name of each step, for
    tests that break off there. ``alarm`` hears the type of an error, never its text."""

    def __init__(
        self,
        store: Store,
        town: Town,
        chance: Callable[[int], bytes],
        clock: Callable[[], datetime],
        nearest: Nearest,
        instant: frozenset[str] = frozenset({"console"}),
        fault: Callable[[str], None] = no_fault,
        alarm: Callable[[str], None] = no_fault,
    ) -> None:
        self.store = store
        self.town = town
        self.ledger = Ledger(store, town, chance)
        self.desk = Desk(self.ledger, store, town, nearest, self._settled)
        self._clock = clock
        self._instant = instant
        self._fault = fault
        self._alarm = alarm
        self._read_back: dict[str, datetime] = {}
        self._roles: dict[frozenset[str], tuple[frozenset[Role], str]] = {}
        self._causes = hmac.new(town.key, b"inbox/1", "sha256")
        self.jobs: list[Job] = [
            Job(state.id, state.advice.position)
            for state in self.ledger.states.values()
            if state.advice is not None and not state.advice.manifest
        ]

    # -- the laws -----------------------------------------------------------------------------

    def receive(
        self, batch: Sequence[Fact], cursor: tuple[str, str, datetime] | None = None
    ) -> list[Reply]:
        """Handle facts of one platform response; the cursor is committed with the last of them.

        Returns the answers; raises ``NotNow`` when nothing can be kept, and then nothing was.
        """
        try:
            return self._together(batch, cursor)
        except NotNow:
            self.ledger.forget_touched()
            raise
        except Exception as error:  # noqa: BLE001 - one bad fact must not stop the others
            self._alarm(type(error).__name__)
            self.ledger.forget_touched()
        replies: list[Reply] = []
        for fact in batch:
            replies += self._alone(fact)
        if cursor is not None:
            self._together((), cursor)
        return replies

    def _together(
        self, batch: Sequence[Fact], cursor: tuple[str, str, datetime] | None
    ) -> list[Reply]:
        replies: list[Reply] = []
        self._fault("begin")
        with self.store.transaction():
            at = None
            for fact in batch:
                replies += self._handle(fact)
                self._fault("handled")
            if self.ledger.has_news():
                at = self._now(batch)
                self.ledger.tell_cards(at)
            self._fault("told")
            if cursor is not None:
                platform, position, read_back_at = cursor
                self.store.inbox.set_cursor(platform, position, milliseconds(read_back_at))
            self._fault("before_commit")
        self._fault("committed")
        if cursor is not None:
            self._read_back[cursor[0]] = cursor[2]
        if self.ledger.closed_a_round:
            self._note_head()
            self._fault("head_noted")
        self.take_jobs()
        self._fault("acknowledged")
        return replies

    def _note_head(self) -> None:
        """What is committed stands, whether or not the sidecar could be written."""
        try:
            self.store.note_head()
        except OSError as error:
            self._alarm(type(error).__name__)

    def take_jobs(self) -> None:
        """What was committed is settled; the heavy work it asked for can begin."""
        self.jobs += [Job(*job) for job in self.ledger.jobs]
        self.ledger.settle()

    def _alone(self, fact: Fact) -> list[Reply]:
        try:
            return self._together((fact,), None)
        except NotNow:
            self.ledger.forget_touched()
            raise
        except Exception as error:  # noqa: BLE001 - claimed as failed, and the next one goes on
            self._alarm(type(error).__name__)
            self.ledger.forget_touched()
        origin = getattr(fact, "origin", None)
        with self.store.transaction():
            if origin is not None:
                self.store.inbox.claim_failed(milliseconds(origin.at), self._cause(origin.cause))
            for places in self.town.rooms.staff.values():
                for place in places:
                    self._tell_failure(place)
        self.ledger.settle()
        if origin is None or origin.place.kind is PlaceKind.ROOM:
            return []
        return [Reply(origin.place, (Notice("failed", {}),), origin.cause)]

    def _tell_failure(self, place: Place) -> None:
        notice = Notice("alarm", {}, Audience.STAFF)
        token = self.ledger.token()
        self.store.outbox.put(token, str(place), "", "", encode(notice), self._clock().isoformat())

    def _now(self, batch: Sequence[Fact]) -> datetime:
        now = self._clock()
        return max(now, *map(_moment, batch)).astimezone(UTC) if batch else now

    # -- one fact -----------------------------------------------------------------------------

    def _handle(self, fact: Fact) -> list[Reply]:
        if isinstance(fact, Posted):
            if fact.message:
                self.store.outbox.posted(fact.token, fact.message)
            return []
        if isinstance(fact, Tick):
            self.ledger.run_due(fact.at, self._settled)
            return []
        if isinstance(fact, Computed):
            self._computed(fact)
            return []
        return self._personal(fact)

    def _computed(self, fact: Computed) -> None:
        context = Context(fact.at, "clock")
        intent = IssueAdvice(fact.position, fact.manifest)
        events = self.ledger.act(fact.dialogue, intent, context)
        state = self.ledger.states[fact.dialogue]
        if events:
            data: dict[str, Value] = {"dialogue": fact.dialogue, "position": fact.position}
            notice = Notice("advice", data, Audience.ROOM)
            self.ledger.tell(state, notice, fact.at)

    def _personal(self, fact: PersonalFact) -> list[Reply]:
        origin = fact.origin
        now = self._clock()
        if origin.at < now - _REMEMBERED:
            return []
        cause = self._cause(origin.cause)
        if not self.store.inbox.claim(milliseconds(origin.at), cause):
            return []
        self._fault("claimed")
        if isinstance(fact, Joined | Left):
            self._arrived(fact)
            return []
        at = self._clamped(origin, now)
        self.ledger.run_due(at, self._settled)
        self._fault("due")
        asker = self._asker(origin, at, cause)
        if asker is None and not _speaks(fact):
            return []
        if asker is None:
            asker = self._new_asker(origin, at, cause)
        notices = self._answer(asker, fact)
        self._fault("decided")
        if origin.place.platform in self._instant:
            self._read_back[origin.place.platform] = at
        if not notices:
            return []
        language = self.store.people.language(asker.person) or asker.language
        shown = origin.place if _shows(origin, notices) else None
        return [Reply(asker.reply_to, tuple(notices), origin.cause, asker.title, language, shown)]

    def _arrived(self, fact: Joined | Left) -> None:
        """The bot introduces itself in a room it came into."""
        place = fact.origin.place
        if isinstance(fact, Joined) and place.kind is PlaceKind.ROOM:
            message = encode(Notice("welcome", {}, Audience.ROOM))
            at = self._clock().isoformat()
            self.store.outbox.put(self.ledger.token(), str(place), "", "", message, at)

    def _answer(self, asker: Asker, fact: PersonalFact) -> list[Notice] | None:
        try:
            if isinstance(fact, Said):
                return understand(self.desk, asker, fact.text)
            if isinstance(fact, Chose):
                act = reactions.reacted if fact.reaction else reactions.chose
                return act(self.desk, asker, fact.item or self._shows(fact), fact.choice)
            if isinstance(fact, Unchose):
                return reactions.unreacted(self.desk, asker, self._cause(fact.target))
            if isinstance(fact, Edited):
                return edits.edited(self.desk, asker, self._cause(fact.target), fact.text)
            if isinstance(fact, Removed):
                return edits.removed(self.desk, asker, self._cause(fact.target))
            if isinstance(fact, Submitted):
                return self._submitted(asker, fact)
        except Refused as refusal:
            return [Notice(f"refused_{refusal.code}", refusal.data)]
        return None

    def _shows(self, fact: Chose) -> str:
        """The item that a message shows: its author's own, ours about it, or the card of a poll."""
        source = self.store.places.source(self._cause(fact.target))
        if source is not None:
            return source.item
        dialogue, slot = self.store.outbox.slot_of(fact.target)
        state = self.ledger.states.get(dialogue)
        if state is None:
            return ""
        kind, _, rest = slot.partition("-")
        if kind == "item":
            return rest
        return poll_number(state, int(rest)) if kind == "card" else ""

    def _submitted(self, asker: Asker, fact: Submitted) -> list[Notice]:
        """A whole form: a statement or a question with its words."""
        dialogue = which(self.desk, asker)
        words = fact.values["text"]
        if fact.form == "statement":
            return contributions.statement(self.desk, asker, dialogue, Statement(words))
        return contributions.question(self.desk, asker, dialogue, Question(words))

    # -- who and when -------------------------------------------------------------------------

    def _cause(self, event: str) -> bytes:
        """A chat event's id as it is kept: nobody without the town's key can look it up."""
        code = self._causes.copy()
        code.update(event.encode(errors="surrogatepass"))
        return code.digest()[:16]

    def _clamped(self, origin: Origin, now: datetime) -> datetime:
        """The fact's own time, not before what was read back and not after now."""
        at = origin.at if origin.at.tzinfo is UTC else origin.at.astimezone(UTC)
        earliest = self._read_back.get(origin.place.platform)
        if earliest is not None and at < earliest:
            return earliest
        return min(at, now) if earliest is None or now >= earliest else earliest

    def _settled(self, dialogue: Dialogue, at: datetime) -> bool:
        """Whether every platform of a room has read back to a moment; after 15 minutes anyway."""
        for place in self.town.rooms.rooms.get(dialogue.room, ()):
            if place.platform in self._instant:
                continue
            read = self._read_back.get(place.platform)
            if (read is None or read < at) and self._clock() < at + READ_BACK:
                return False
        return True

    def _asker(self, origin: Origin, at: datetime, cause: bytes) -> Asker | None:
        """The known person behind a fact, with what the platform says of their roles."""
        person = self.store.people.known(origin.place.platform, origin.account)
        if person is None and not origin.roles:
            return None
        if person is None:
            return self._new_asker(origin, at, cause)
        return self._with_roles(origin, at, cause, person)

    def _new_asker(self, origin: Origin, at: datetime, cause: bytes) -> Asker:
        person = self.store.people.person(origin.place.platform, origin.account)
        return self._with_roles(origin, at, cause, person)

    def _with_roles(self, origin: Origin, at: datetime, cause: bytes, person: str) -> Asker:
        known = self._roles.get(origin.roles)
        if known is None:
            named = frozenset(Role(role) for role in origin.roles)
            known = self._roles[origin.roles] = (named, ",".join(sorted(origin.roles)))
        roles, now = known
        kept = self.store.people.roles(person)
        if kept != now:
            if roles and not kept:
                self.ledger.withdraw_votes(person, at, origin.order)
            self.store.people.set_roles(person, now)
        if origin.place.kind is PlaceKind.PERSONAL:
            self.store.places.belongs(str(origin.place), person)
        settled = origin.place.platform in self._instant
        return Asker(origin, at, roles, cause, settled, person, instant=settled)


def _shows(origin: Origin, notices: Sequence[Notice]) -> bool:
    """Whether a message in a room shows the statement it gave: in an open ballot, at once."""
    return origin.place.kind is PlaceKind.ROOM and any(
        n.template == "statement_noted" and n.data["open"] and not n.data["pending"]
        for n in notices
    )


def _moment(fact: Fact) -> datetime:
    if isinstance(fact, Posted):
        return datetime.min.replace(tzinfo=UTC)
    if isinstance(fact, Tick) or isinstance(fact, Computed):  # noqa: SIM101 - every fact comes by
        return fact.at
    return fact.origin.at


def _speaks(fact: PersonalFact) -> bool:
    """Whether a fact of somebody unknown can be meant for the bot: plain talk in a room is not."""
    if isinstance(fact, Said):
        in_room = fact.origin.place.kind is PlaceKind.ROOM
        return not in_room or fact.text[:200].lstrip().startswith("!")
    return True
