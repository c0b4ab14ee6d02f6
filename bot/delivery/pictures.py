"""The result of a round as a picture, in a room of young people on a platform that shows pictures.

It is made of the notice that the text is made of, of the same figures, so it shows nothing that the
text does not: what is held back there is not here. The text is the picture's words for who cannot
see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.figures import Figures
from bot.desk.services import Services
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
        """The messages of a row, with a picture in the place of the words where there is to be
        one."""
        if len(messages) != 1 or not self._wanted(row, messages[0]):
            return tuple(messages)
        (message,), (notice, *more) = messages, decode_all(row.message)
        drawn = self._drawn(notice, message.language) if not more else None
        if drawn is None:
            return (message,)
        can = self.services.capabilities[message.place.platform]
        line = self.renderer.render(
            "result_line", notice.data, message.language or None, can.prefix, menu=can.menu
        )
        picture = Attachment(_NAME, drawn, "image/png", message.plain)
        return (replace(message, document=line, picture=picture),)

    def _wanted(self, row: Row, message: Message) -> bool:
        place, state = message.place, self.services.ledger.states.get(row.dialogue)
        if state is None or place.kind is not PlaceKind.ROOM:
            return False
        shows = self.services.capabilities[place.platform].pictures
        youth = state.room in self.services.town.rooms.youth
        return shows and youth and decode_all(row.message)[0].template == _RESULT

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

    def _words(self, words: Text | str, language: str) -> str:
        """Words of people, or the catalogue's for a code."""
        if isinstance(words, Text):
            return plain(self.renderer.render("words_alone", {"text": words}, language or None))
        text = plain(self.renderer.render(words, {}, language or None))
        return text[:1].upper() + text[1:]
