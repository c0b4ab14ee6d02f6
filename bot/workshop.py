"""The workshop: heavy work that follows a commit. Done inline; the result comes back as a fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from advice import bundle
from bot.document import html, plain
from bot.engine import Job
from bot.handover import issued, public
from bot.pages import markup, page_of, words
from bot.platforms.base import Computed
from bot.render import Renderer
from storage.reader import Folded, Reader


class Workshop:
    """Makes the advice that was asked for, and its page as a message."""

    def __init__(
        self, reader: Reader, key: bytes, clock: Callable[[], datetime], renderer: Renderer
    ) -> None:
        self._reader = reader
        self._key = key
        self._clock = clock
        self._renderer = renderer

    def do(self, job: Job) -> Computed:
        """The public bundle of a request, and the hash of its list of files."""
        then = self._then(job.dialogue, job.position)
        files = public(then.dialogue, issued(self._reader, then), self._key)
        at = max(self._clock(), then.at)
        return Computed(at, job.dialogue, job.position, bundle.manifest_hash(files))

    def page(self, dialogue: str, position: int, manifest: str) -> tuple[str, str]:
        """The page of an issued advice, plain and as HTML; its hash and the head end it."""
        then = self._then(dialogue, position)
        result = issued(self._reader, then)
        page = page_of(result)
        end = self._renderer.render(
            "advice_footer",
            {"manifest": manifest, "head": then.head[:16], "version": result.version},
            result.dialogue.language,
        )
        return words(page) + "\n\n" + plain(end), markup(page) + html(end)

    def _then(self, dialogue: str, position: int) -> Folded:
        then = self._reader.folded(dialogue, position)
        assert then is not None
        return then
