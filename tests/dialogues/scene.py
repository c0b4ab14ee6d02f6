"""Plays a dialogue in a test: intents in, journal lines out, on a clock that the test moves.

What a scene does is what the engine does without platforms: the clock's steps first, then
``decide``, texts swapped for references, a line written, read back and folded in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from dialogues import intents as it
from dialogues.charter import Charter, Level, Phase
from dialogues.core import Context, Refused, Role, Text
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.fold import evolve
from dialogues.format import Format, RoundPlan
from dialogues.machine import Machine, Scope
from dialogues.receipts import receipts, receipts_sha256
from dialogues.record import seal, sealed
from dialogues.steps import next_due
from rounds.registry import record

START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
MODERATOR = frozenset({Role.MODERATOR})
OFFICIAL = frozenset({Role.OFFICIAL})

REQUIRED: dict[str, object] = {
    "level": Level.JOIN,
    "decider": "de gemeenteraad",
    "answer_by": date(2026, 12, 15),
    "fixed": "de bus blijft",
    "open": "bomen, parkeren",
    "phase": Phase.PREPARATION,
}

#: The fields of every plan; other values are settings of the kind.
_EVERY = {field.name for field in fields(RoundPlan)}


def plan(kind: str, **values: Any) -> RoundPlan:
    own = {name: value for name, value in values.items() if name not in _EVERY}
    every = {name: value for name, value in values.items() if name in _EVERY}
    return RoundPlan(kind, kind, **every, settings=own)


class Scene:
    """A dialogue in preparation, its charter complete, whose rounds follow ``plans``."""

    def __init__(self, *plans: RoundPlan, **charter: object) -> None:
        self.record = record()
        self.live = self.record.blank("straat")
        self.lines: list[bytes] = []
        self.words: dict[str, str] = {}
        self.at = START
        opened = it.OpenDialogue(
            "Straat", "zomerstraat", Format("test", "Test", plans), "Haarlem",
            "Europe/Amsterdam", "nl",
        )  # fmt: skip
        self.do(opened, "mod")
        self.do(it.SetCharter(REQUIRED | charter), "mod")

    def do(
        self,
        intent: Any,
        by: str = "mod",
        minutes: float = 0,
        *,
        at: datetime | None = None,
        staff: bool = False,
        order: str = "",
        settled: bool = True,
    ) -> list[Any]:
        """Do an intent, ``minutes`` after the last; returns the events."""
        self.wait(minutes)
        roles = MODERATOR if staff else frozenset[Role]()
        context = Context(at or self.at, by, roles, order, settled)
        events = [self.append(event, context) for event in decide(self.live, intent, context)]
        if isinstance(intent, it.NextRound | it.CloseDialogue):
            self.wait(0)
        return events

    def refused(self, intent: Any, by: str = "mod", **values: Any) -> tuple[str, dict[str, Any]]:
        """The code and data with which an intent is refused; asserts that nothing changed
        but what is due by itself."""
        self.wait(0)
        before = len(self.lines), plain(self.live)
        with pytest.raises(Refused) as caught:
            self.do(intent, by, **values)
        assert (len(self.lines), plain(self.live)) == before
        return caught.value.code, caught.value.data

    def wait(self, minutes: float) -> list[Any]:
        """Let time pass; returns the events that happened by themselves."""
        self.at += timedelta(minutes=minutes)
        events: list[Any] = []
        while (due := next_due(self.live)) is not None and due.at <= self.at:
            if due.step is it.Step.CLOSE:
                due = self._with_receipts(due)
            context = Context(due.at, "clock")
            happened = [self.append(event, context) for event in decide(self.live, due, context)]
            assert happened, f"{due.step} is due for ever"
            events += happened
        return events

    def _with_receipts(self, due: it.Due) -> it.Due:
        box = self.live.machine(self.live.current).box(self.state)
        ballots = list(box.ballots()) if box is not None else []
        hashed = receipts_sha256(receipts(b"key", ballots))
        return it.Due(due.at, due.step, voters=len(ballots), receipts_sha256=hashed)

    def append(self, event: Any, context: Context) -> Any:
        texts: dict[str, Text] = {}
        for name in self.record.text_fields[type(event)]:
            ref = f"t{len(self.words) + 1}"
            self.words[ref] = getattr(event, name).words
            texts[name] = Text("", ref, seal(ref.encode(), "text", self.words[ref]))
        seq = len(self.lines) + 1
        line = self.record.write("straat", seq, context.at, context.by, sealed(event, texts))
        self.lines.append(line)
        read = self.record.read(line)
        assert read.event == sealed(event, texts)
        evolve(self.live, read.event, read.at, read.by)
        return read.event

    @property
    def state(self) -> Any:
        """The state of the current round."""
        return self.live.states[self.live.current]

    def report(self, index: int = -1) -> tuple[Any, ...]:
        index = self.live.current if index < 0 else index
        return self.live.machine(index).report(self.live.states[index])

    def text(self, text: Any) -> str:
        return self.words[text.ref] if isinstance(text, Text) else text

    def replayed(self) -> Dialogue:
        """The same dialogue, folded anew from its lines."""
        for state, _head in self.record.fold("straat", self.lines):
            last = state
        return last

    def check_replay(self) -> None:
        """Replay equals live state, in every field, and so do the reports and cards."""
        again = self.replayed()
        assert plain(again) == plain(self.live)
        assert views(again) == views(self.live)


def views(dialogue: Dialogue) -> list[Any]:
    indexes = range(len(dialogue.frames))
    pairs = [(dialogue.machine(i), dialogue.states[i]) for i in indexes]
    return [(m.report(s), m.card(s), tuple(m.deadlines(s)), m.ready(s)) for m, s in pairs]


def plain(value: Any) -> Any:
    """The content of a state as plain values that can be compared."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    names = _fields(type(value))
    if names is not None:
        return (type(value).__name__, [plain(getattr(value, name)) for name in names])
    if isinstance(value, Scope):
        return None  # a way back to the dialogue
    return value.kind if isinstance(value, Machine) else value


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of the fields of a state's class; None for what has none."""
    if issubclass(kind, Scope | Machine) or not is_dataclass(kind):
        return None
    return tuple(field.name for field in fields(kind))


def started(kind: str, **values: Any) -> Scene:
    """A dialogue with one open round of this kind."""
    scene = Scene(plan(kind, **values))
    scene.do(it.StartDialogue())
    return scene


def complete() -> Charter:
    return Charter(**REQUIRED)  # type: ignore[arg-type]
