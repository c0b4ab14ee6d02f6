"""The result of a round as a picture, on a platform that shows pictures or at least sends files.

In a room of young people it takes the place of the words where a message can show it, with one line
beside it; in any other room whose config says so it comes with them. It is made of the notice that
the text is made of, of the same figures, so it shows nothing that the text does not: what is held
back there is not here. The text is the picture's words for who cannot see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.figures import Figures
from bot.desk.services import Services
from bot.platforms.document import Document
from bot.platforms.messages import Attachment, Message
from bot.platforms.places import PlaceKind
from bot.platforms.writing import plain
from bot.text.templates import Renderer
from dialogues.core import Notice, Text
from storage.messages import decode_all
from storage.rows import Row

#: The result that is shown as a picture, and the file's name.
_RESULT, _NAME = "round_result", "uitslag.png"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Puts the picture of a result in its message."""

    services: Services
    renderer: Renderer

    def shown(self, row: Row, messages: Sequence[Message]) -> tuple[Message, ...]:
        """The messages of a row, with a picture where there is to be one."""
        state = self.services.ledger.states.get(row.dialogue)
        notices = decode_all(row.message) if state is not None and messages else ()
        if state is None or len(notices) != 1 or notices[0].template != _RESULT:
            return tuple(messages)
        last, rooms = messages[-1], self.services.town.rooms
        can = self.services.capabilities[last.place.platform]
        instead = can.pictures and state.room in rooms.youth and len(messages) == 1
        beside = (can.pictures or can.upload) and state.room in rooms.pictures
        drawn = None
        if last.place.kind is PlaceKind.ROOM and (instead or beside):
            drawn = self._drawn(notices[0], last.language)
        if drawn is None:
            return tuple(messages)
        said = "\n\n".join(message.plain for message in messages)
        picture = Attachment(_NAME, drawn, "image/png", said)
        if not can.pictures:
            return (*messages[:-1], replace(last, files=(*last.files, picture)))
        if instead:
            last = replace(last, document=self._line(notices[0], last))
        return (*messages[:-1], replace(last, picture=picture))

    def _line(self, notice: Notice, message: Message) -> Document:
        """The one line beside the picture."""
        can = self.services.capabilities[message.place.platform]
        language = message.language or None
        return self.renderer.render("result_line", notice.data, language, can.prefix, menu=can.menu)

    def _drawn(self, notice: Notice, language: str) -> bytes | None:
        """The picture; None where the text has no figures to show."""
        from bot.text.drawing import Bars, png

        if not notice.data.get("voters"):
            return None
        talk = self.services.talks.by_kind[str(notice.data["kind"])]
        every = [self._bars(one, language) for one in talk.figures(notice.data)]
        title = self.renderer.render("result_title", notice.data, language or None)
        return png(plain(title), [Bars(*one) for one in every])

    def _bars(self, one: Figures, language: str) -> tuple[str, tuple[tuple[str, int], ...]]:
        figures = tuple((self._words(of, language), number) for of, number in one.figures)
        return f"{one.item}: {self._words(one.text, language)}", figures

    def _words(self, words: Text | str | datetime, language: str) -> str:
        """Words of people, a moment, or the catalogue's for a code."""
        if isinstance(words, datetime):
            return plain(self.renderer.render("moment_alone", {"at": words}, language or None))
        if isinstance(words, Text):
            return plain(self.renderer.render("words_alone", {"text": words}, language or None))
        text = plain(self.renderer.render(words, {}, language or None))
        return text[:1].upper() + text[1:]
