"""The workshop: makes requested advices after a commit; the result comes back as a fact.

A small one is made at once, in the engine's thread. One that weighs is made in a process of its own
where there is a press for it (``bot/runtime/press.py``), and kept here until it was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from advice import bundle
from advice.documents import document
from advice.kinds import AllPages
from advice.model import Result
from bot.delivery.speaking import Handout, Outdated, Unneeded
from bot.desk import cards
from bot.documents.handover import Made, issued, public
from bot.documents.room_page import room_page
from bot.engine.engine import Engine, Job
from bot.platforms.document import Document
from bot.platforms.facts import Computed
from bot.platforms.messages import Attachment
from bot.text.templates import Renderer
from dialogues.core import Notice
from storage.reader import Reader, standing
from storage.rows import Row

#: From so many lines of its journal on a document weighs: it would take over half a second.
WEIGHS = 50_000

#: The file name of the public bundle as one archive.
ARCHIVE = "bundel.zip"


class Printed(msgspec.Struct, frozen=True):
    """The public bundle of a request as another process made it: the hash of its list of files, and
    the hash and the time of the request's line."""

    manifest: str
    head: str
    at: datetime
    files: dict[str, bytes]


class Workshop:
    """Makes the advices that were requested, and gives each to the room and to staff."""

    def __init__(
        self,
        engine: Engine,
        reader: Reader,
        pages: AllPages,
        clock: Callable[[], datetime],
        renderer: Renderer,
    ) -> None:
        self._engine = engine
        self._reader = reader
        self._pages = pages
        self._key = engine.town.key
        self._clock = clock
        self._renderer = renderer
        self._made: Made | None = None
        self._printed: tuple[Job, Printed] | None = None
        self._handed: tuple[Job, Handout] | None = None

    def do(self, job: Job) -> Computed:
        """Make the public bundle of a request; returns the fact with the hash of its list of
        files."""
        self._made = None  # it would stand in memory beside the new one
        self._made = made = self._make(job.dialogue, job.position)
        at = max(self._clock(), made.then.at)
        return Computed(at, job.dialogue, job.position, bundle.manifest_hash(made.files))

    def keep(self, job: Job, printed: Printed) -> Computed:
        """Keep what another process made until it is sent; returns the fact as ``do`` does."""
        self._printed = (job, printed)
        at = max(self._clock(), printed.at)
        return Computed(at, job.dialogue, job.position, printed.manifest)

    def taken(self, dialogue: str) -> Made | None:
        """What was made last, if it is what the newest advice of a dialogue is; it is not kept any
        longer."""
        made, self._made = self._made, None
        state = self._engine.ledger.states[dialogue]
        known = made is not None and state.advice is not None and made.is_of(state, state.advice)
        return made if known else None

    def card(self, dialogue: str, index: int) -> Notice:
        """The notice of a round's card as it is now."""
        return cards.card_now(self._engine.services, dialogue, index)

    def page(self, dialogue: str, position: int) -> Handout:
        """The page of an issued advice as a message, ending with its hash, and its two attachments.
        Raises ``Outdated`` where there is a newer one, or its files are no longer those of the
        hash, because words were erased since."""
        advice = self._engine.ledger.states[dialogue].advice
        if advice is None or advice.position != position:
            raise Outdated(dialogue, position)
        job, handed = Job(dialogue, position), self._handed
        erased = self._engine.ledger.states[dialogue].erased_since_advice
        if handed is not None and handed[0] == job and not erased:
            return handed[1]
        head, result, files = self._whole(dialogue, position)
        if bundle.manifest_hash(files) != advice.manifest:
            raise Outdated(dialogue, position)
        name = next(name for name in files if name.endswith(".html"))
        end = self._renderer.render(
            "advice_footer",
            {"manifest": advice.manifest, "head": head[:16], "version": result.version},
            result.dialogue.language,
        )
        page = room_page(document(result, self._pages).page)
        said = Document(page.blocks + end.blocks)
        archive = Attachment(ARCHIVE, bundle.as_zip(files), "application/zip")
        handout = Handout(said, (Attachment(name, files[name], "text/html"), archive))
        self._handed = job, handout
        return handout

    def files_for(self, row: Row, notice: Notice) -> tuple[Attachment, ...]:
        """The two attachments once more, with the message to staff that the document is there; they
        are not kept after it. Raises ``Unneeded`` where that is no longer the one of its hash."""
        position = notice.data.get("position")
        if notice.template != "advice_staff" or not isinstance(position, int):
            return ()
        try:
            return self.page(row.dialogue, position).files
        except Outdated:
            raise Unneeded from None
        finally:
            self._handed = None

    def _whole(self, dialogue: str, position: int) -> tuple[str, Result, dict[str, bytes]]:
        """The head, the result and the files of the newest advice: as they were made elsewhere, or
        made here."""
        kept = self._printed
        state = self._engine.ledger.states[dialogue]
        if kept is not None and kept[0] == Job(dialogue, position):
            if not state.erased_since_advice:
                return kept[1].head, self._pages.decode(kept[1].files[bundle.RESULT]), kept[1].files
            self._printed = None
        made = self.taken(dialogue) or self._make(dialogue, position)
        return made.then.head, made.result, made.files

    def _make(self, dialogue: str, position: int) -> Made:
        """The public bundle of the advice that was requested at this line of the journal."""
        state = self._engine.ledger.states[dialogue]
        live = standing(self._reader, state) if state.position == position else None
        then = live or self._reader.folded(dialogue, position)
        assert then is not None
        result = issued(self._reader, self._pages, then)
        files = public(then.dialogue, result, self._pages, self._key)
        return Made(then, position, result, files)
