"""From notices to messages: the texts of the catalogues, and the page of an advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.document import html, plain
from bot.platforms.base import Attachment, Message, Place, PlaceKind
from bot.render import Renderer
from dialogues.core import Notice
from storage.messages import decode
from storage.outbox import Row


@dataclass(frozen=True, slots=True)
class Handout:
    """An issued advice as it goes into a room: the page in words, and what is attached."""

    plain: str
    html: str
    files: tuple[Attachment, ...] = ()


#: The handout of an issued advice, by dialogue and position.
Documents = Callable[[str, int], Handout]


class Speaker:
    """``heads`` gives a dialogue's title and the language spoken in a place about it;
    ``documents`` the page of an advice in words."""

    def __init__(
        self,
        renderer: Renderer,
        heads: Callable[[Place, str], tuple[str, str]],
        documents: Documents,
    ) -> None:
        self._renderer = renderer
        self._heads = heads
        self._documents = documents

    def answer(
        self,
        place: Place,
        notices: Sequence[Notice],
        token: str,
        title: str = "",
        language: str = "",
    ) -> Message:
        """One message of everything that is answered to one thing."""
        prefix = "!" if place.kind is PlaceKind.ROOM else ""
        documents = [
            self._renderer.render(n.template, n.data, language or None, prefix) for n in notices
        ]
        heads = (f"{title}: ", f"<strong>{_escaped(title)}</strong>: ") if title else ("", "")
        words = "\n\n".join(plain(d) for d in documents)
        if place.kind is not PlaceKind.STAFF or words.startswith(title):
            heads = ("", "")
        return Message(
            place,
            token,
            heads[0] + words,
            heads[1] + "".join(html(d) for d in documents),
        )

    def message(self, row: Row) -> Message:
        """A row of the outbox as the platform shows it."""
        place = Place.parse(row.place)
        notice = decode(row.message)
        if notice.template == "advice":
            position = notice.data["position"]
            assert isinstance(position, int)
            given = self._documents(row.dialogue, position)
            return Message(
                place,
                row.token,
                given.plain,
                given.html,
                row.edits,
                row.slot,
                dialogue=row.dialogue,
                files=given.files,
            )
        title, language = self._heads(place, row.dialogue)
        made = self.answer(place, (notice,), row.token, title, language)
        return Message(
            place, row.token, made.plain, made.html, row.edits, row.slot, dialogue=row.dialogue
        )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
