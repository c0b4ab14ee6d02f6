"""A commitment that is played in the rules alone, with its journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from commitments import intents as it
from commitments.commitment import Commitment, Kind, Source, What
from commitments.decide import decide
from commitments.due import next_due
from commitments.fold import evolve
from dialogues.core import Context, Refused

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


class Played:
    def __init__(
        self, due: str, at: datetime = NOW, *, own: bool = False, own_hour: bool = False
    ) -> None:
        self.commitment, self.at = Commitment("commitment/1"), at
        self.written: list[tuple[Any, datetime, str]] = []
        what = What(Kind.PROMISE, "Een bank.", due, "het college")
        source = Source("plein", "V1", own=own)
        make = it.Make(what, source, "plein", "Europe/Amsterdam", "nl", "Haarlem", own_hour)
        self.do(make, "p1")

    def do(self, intent: Any, by: str, at: datetime | None = None) -> list[Any]:
        """Decide and fold; [] where it was refused."""
        self.at = at or self.at
        try:
            events = decide(self.commitment, intent, Context(self.at, by))
        except Refused:
            return []
        for event in events:
            evolve(self.commitment, event, self.at, by)
            self.written.append((event, self.at, by))
        return events

    def until(self, at: datetime) -> list[tuple[Any, datetime]]:
        """Let happen what happens by itself up to a moment, each at its hour."""
        return self._due(at, None)

    def awake(self, now: datetime) -> list[Any]:
        """All that is due, done now, as after an outage."""
        return [event for event, _ in self._due(now, now)]

    def _due(self, at: datetime, now: datetime | None) -> list[tuple[Any, datetime]]:
        done = []
        while (due := next_due(self.commitment)) is not None and due.at <= at:
            events = self.do(replace(due, now=now), "clock", max(self.at, due.at))
            assert events, due
            done += [(event, due.at) for event in events]
        self.at = max(self.at, at)
        return done

    def again(self) -> Commitment:
        """The same journal, folded anew."""
        found = Commitment("commitment/1")
        for event, at, by in self.written:
            evolve(found, event, at, by)
        return found
