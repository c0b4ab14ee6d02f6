"""A dialogue that is walked through for the tests of surfaces: what is said, what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.platforms.facts import Fact
from bot.platforms.messages import Message
from bot.town.alarms import AlarmWords
from dialogues.core import Notice, Text
from tests.engine.bots import ROOMS, Bot
from tests.replay.playing import CHARTER
from tests.rounds.surfaces import Line, Surface

#: Who works for the town, as what; everybody else lives there.
STAFF = {"vera": ("moderator",), "otto": ("official",)}


class Walk(Bot):
    """A bot that keeps the answers to the last thing said, and the texts of all it ever said."""

    def __init__(self, file: Path, *, youth: bool = False) -> None:
        super().__init__(file, seed="a walk")
        self.answers: list[Notice] = []
        self.texts: list[tuple[str, Mapping[str, Any]]] = []
        renderer: Any = self.session.speaker._renderer
        self.render = renderer.render

        def kept(template: str, data: Mapping[str, Any], *more: Any, **named: Any) -> Any:
            self.texts.append((template, data))
            return self.render(template, data, *more, **named)

        renderer.render = kept
        if youth:
            rooms = self.session.town.rooms
            self.session.town.rooms = replace(rooms, youth={ROOMS[0]: AlarmWords()})

    def put(self, *facts: Fact) -> list[Message]:
        before = len(self.heard)
        got = self.session.engine.receive(facts)
        self.answers = [notice for reply in got.replies for notice in reply.notices]
        self.session.courier.answer(got.replies)
        got.whole()
        self.session.settle()
        return self.heard[before:]

    def prepare(self, surface: Surface, more: str = "minimum=5") -> None:
        self.ask(
            "vera", f"gesprek nieuw {surface.format} Ons gesprek {CHARTER} {more} in={ROOMS[0]}"
        )

    def begin(self, surface: Surface, more: str = "minimum=5") -> None:
        """Go on until the round of the kind is open."""
        self.prepare(surface, more)
        self.go(surface.fills)
        self.ask("vera", "start")
        self.go(surface.opens)
        frame = self.dialogue.open_frame
        assert frame is not None
        assert frame.index == surface.round

    def go(self, lines: Iterable[Line]) -> None:
        """Say lines one after the other; each must be answered as it says."""
        for line in lines:
            self.ask(line.who, line.text)
            assert self.codes == list(line.codes), line
            for key, value in line.has.items():
                found = [notice.data[key] for notice in self.answers if key in notice.data]
                assert any(fits(value, one) for one in found), (line, found)

    def ask(self, who: str, text: str) -> str:
        """Say something; all that is said because of it, in words."""
        where = ROOMS[0] if text.startswith("~") else "staf" if who == "vera" else None
        said = self.put(self.fact(who, text.removeprefix("~"), where, STAFF.get(who, ())))
        return "\n".join(message.plain for message in said)

    @property
    def codes(self) -> list[str]:
        return [notice.template for notice in self.answers]

    def votes(self, item: str) -> dict[object, int]:
        """How often each choice stands in the box of an item; nothing where nobody votes."""
        index = self.dialogue.round_of(item)
        assert index is not None
        box = self.dialogue.machine(index).box(self.dialogue.states[index])
        return {} if box is None else {k: n for k, n in box.books[item].tally.items() if n}


def fits(expected: object, found: object) -> bool:
    """Whether everything that is expected stands in what was found."""
    if isinstance(expected, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and fits(value, found[key]) for key, value in expected.items()
        )
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return (
            isinstance(found, Sequence)
            and len(found) == len(expected)
            and all(map(fits, expected, found))
        )
    return expected == (found.words if isinstance(found, Text) else found)
