"""One engine with one platform in one thread: what console, replay and import run on.

``put`` lets facts in, shows the answers, makes the advice that was asked for and sends what the
outbox holds, until nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from advice import bundle
from bot.chance import Chance
from bot.document import html, plain
from bot.engine import BATCH, Engine, Job, no_fault
from bot.handover import issued, public
from bot.likeness import nearest
from bot.pages import markup, page_of, words
from bot.platforms.base import Computed, Fact, Place, PlaceKind, Platform, Posted
from bot.render import Renderer
from bot.speaking import Speaker
from bot.town import Town
from locales import load
from storage.reader import Reader
from storage.store import Store


class Session:
    """``platform`` shows messages; ``quiet`` sends nothing at all (import of many votes)."""

    def __init__(
        self,
        file: Path,
        town: Town,
        chance: Chance,
        clock: Callable[[], datetime],
        platform: Platform,
        fault: Callable[[str], None] = no_fault,
        alarm: Callable[[str], None] = no_fault,
        quiet: bool = False,
    ) -> None:
        self.store = Store(file, chance)
        self.town = town
        self.clock = clock
        self.reader = Reader(self.store.connection)
        self.engine = Engine(self.store, town, chance, clock, nearest, fault=fault, alarm=alarm)
        self._platform = platform
        self._chance = chance
        self._quiet = quiet
        self._fault = fault
        names = {"town": town.name, "address": town.address}
        renderer = Renderer(load(), town.language, town.zone, names, self.store.journal.words)
        self._renderer = renderer
        self.speaker = Speaker(renderer, self._heads, self._document)
        with self.store.transaction():
            self.store.outbox.land()

    def _heads(self, place: Place, dialogue: str) -> tuple[str, str]:
        """A dialogue's title, and the language of a place: the person's, else the dialogue's."""
        state = self.engine.ledger.states.get(dialogue)
        if state is None:
            return "", ""
        person = self.store.places.person(str(place)) if place.kind is PlaceKind.PERSONAL else ""
        own = self.store.people.language(person) if person else ""
        return state.title, own or state.charter.language or state.language

    def put(self, facts: Sequence[Fact]) -> None:
        """Handle facts and everything that follows; raises ``NotNow`` when nothing can be kept."""
        for start in range(0, len(facts), BATCH):
            self._receive(facts[start : start + BATCH])
        self.settle()

    def _receive(self, facts: Sequence[Fact]) -> None:
        for reply in self.engine.receive(facts):
            if not self._quiet:
                token = self.engine.ledger.token()
                self._platform.send(
                    self.speaker.answer(
                        reply.place, reply.notices, token, reply.title, reply.language
                    )
                )

    def settle(self) -> None:
        """Make what was asked for and send what waits."""
        while True:
            while self.engine.jobs:
                self._receive([self._computed(self.engine.jobs.pop(0))])
            posted = self._send()
            if not posted:
                return
            self._receive(posted)

    def _computed(self, job: Job) -> Computed:
        """The workshop, inline: the public bundle of a request, and the hash of its list."""
        then = self.reader.folded(job.dialogue, job.position)
        assert then is not None
        files = public(then.dialogue, issued(self.reader, then), self.town.key)
        manifest = bundle.manifest_hash(files)
        return Computed(max(self.clock(), then.at), job.dialogue, job.position, manifest)

    def _send(self) -> list[Fact]:
        rows = self.store.outbox.waiting()
        if not rows:
            return []
        with self.store.transaction():
            for row in rows:
                self.store.outbox.freeze(row.id)
        self._fault("frozen")
        posted: list[Fact] = []
        for row in rows:
            name = row.edits or row.token
            if not self._quiet:
                name = self._platform.send(self.speaker.message(row))
            self._fault("sent")
            posted.append(Posted(row.token, name))
        return posted

    def _document(self, dialogue: str, position: int) -> tuple[str, str]:
        """The page of an issued advice, its hash and the journal's head under it."""
        then = self.reader.folded(dialogue, position)
        now = self.engine.ledger.states[dialogue]
        assert then is not None
        assert now.advice is not None
        result = issued(self.reader, then)
        page = page_of(result)
        end = self._renderer.render(
            "advice_footer",
            {"manifest": now.advice.manifest, "head": then.head[:16], "version": result.version},
            result.dialogue.language,
        )
        return words(page) + "\n\n" + plain(end), markup(page) + html(end)

    def close(self) -> None:
        self.store.close()
