"""``Noted``: of which notices each message was made. What a sentence says stands in the catalogues,
so tests ask for the codes and the data of what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.delivery.answering import Answering, Asked
from bot.delivery.queue import Composed
from bot.delivery.speaking import Speaker
from bot.platforms.messages import Limit
from bot.platforms.places import Place
from dialogues.core import Notice

#: What a text is filled with.
Data = Mapping[str, Any]


class Told(tuple[Notice, ...]):
    """What one message says, in its order."""

    __slots__ = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(notice.template for notice in self)

    def data(self, code: str) -> Data:
        """The data of the only text with this code."""
        (only,) = (notice.data for notice in self if notice.template == code)
        return only


def spoken(patch: pytest.MonkeyPatch) -> list[tuple[str, Notice]]:
    """Each notice from now on with the name of its place, whatever bot speaks: for a replay."""
    told: list[tuple[str, Notice]] = []
    answers = Speaker.answers

    def noted(
        self: Speaker, place: Place, notices: Sequence[Notice], *more: Any, **named: Any
    ) -> Any:
        told.extend((place.name, notice) for notice in notices)
        return answers(self, place, notices, *more, **named)

    patch.setattr(Speaker, "answers", noted)
    return told


class Noted:
    """Listens to a speaker, and to the answers that are joined to one message."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Notice, ...]] = {}  # by token, in the order of making

    def listen(self, speaker: Speaker, answering: Answering) -> None:
        answers, composed = speaker.answers, answering._composed

        def noted(place: Place, notices: Sequence[Notice], *more: Any, **named: Any) -> Any:
            messages = answers(place, notices, *more, **named)
            self._made |= {message.token: tuple(notices) for message in messages}
            return messages

        def together(asked: Asked, limit: Limit) -> Composed:
            before = len(self._made)
            found = composed(asked, limit)
            own = {message.token for message in found.messages}
            gathered: tuple[Notice, ...] = ()
            for token in list(self._made)[before:]:  # a joined message has its last part's token
                gathered += self._made[token]
                if token in own:
                    self._made[token], gathered = gathered, ()
            return found

        speaker.answers = noted  # type: ignore[method-assign]
        answering._composed = together  # type: ignore[method-assign]

    def told(self, token: str) -> Told:
        """What the message with this token says; nothing for a document."""
        return Told(self._made.get(token, ()))
