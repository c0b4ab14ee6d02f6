"""Plays lines in a test as ``stadsgesprek replay`` does, in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.playback.replay import Played, Settings, play
from bot.playback.transcript import read
from bot.town import keys
from bot.town.alarms import alarm_words
from dialogues.invariants import broken
from rounds.registry import record
from storage.reader import Reader

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"

#: The charter of most tests, as a moderator types it.
CHARTER = (
    'niveau=meedenken beslisser="de gemeenteraad" antwoord=2026-12-15 vast="de bus blijft"'
    ' open="bomen" fase=voorbereiding'
)

#: The rooms of young people in transcripts.
YOUTH = {"jongerenraad": alarm_words()}

#: The same where the clock is the real one: the answer comes in two months from today.
LIVE_CHARTER = CHARTER.replace("2026-12-15", str((datetime.now(UTC) + timedelta(days=60)).date()))


def jsonl(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def played(data: bytes, db: Path, **settings: Any) -> Played:
    """Play a transcript, keep its database, and check all that must hold."""
    alarms: list[str] = []
    town = Settings(db=db, youth=YOUTH, **settings)
    result = play(read(data.split(b"\n")), town, alarm=alarms.append)
    assert alarms == []
    sound(db)
    return result


def sound(db: Path, key: bytes | None = None) -> None:
    """Check that every chain verifies, the sidecar fits, the invariants hold, and that nothing was
    lost or exchanged; ``key`` None: that of the file beside the database."""
    key = key or keys.read(keys.beside(db))
    reader = Reader.of(db, record())
    try:
        assert reader.whole()
        assert reader.sidecar(db)
        assert reader.parked() == 0
        for name in reader.chains():
            reader.check_chain(name)
        for name in reader.dialogues():
            folded = reader.folded(name)
            assert folded is not None
            assert list(broken(folded.dialogue)) == []
        assert reader.unsound(key) == []
    finally:
        reader.close()


def result(files: Mapping[str, bytes]) -> dict[str, Any]:
    """uitslag.json of a bundle."""
    found: dict[str, Any] = json.loads(files["uitslag.json"])
    return found


class Evening:
    """The lines of an evening, a second apart; ``say`` and the other methods add one and return its
    id."""

    def __init__(self, day: str = "2026-12-01", hour: int = 18, room: str = "zomerstraat") -> None:
        self.rows: list[dict[str, Any]] = []
        self.room = room
        self._day, self._second, self._number = day, hour * 3600, 0

    @property
    def at(self) -> str:
        second = self._second
        return f"{self._day}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+00:00"

    def wait(self, seconds: int) -> None:
        self._second += seconds

    def on(self, day: str, hour: int) -> None:
        """Go on at an hour (UTC) of another day."""
        self._day, self._second = day, hour * 3600

    def add(self, user: str, where: str | None = None, later: int = 1, **body: Any) -> str:
        self._second += later
        self._number += 1
        row: dict[str, Any] = {"id": f"e{self._number}", "at": self.at, "user": user}
        if where is not None:
            row["in"] = where
        self.rows.append({**row, **body})
        return f"e{self._number}"

    def say(self, user: str, text: str, where: str | None = None, later: int = 1) -> str:
        return self.add(user, where, later, text=text)

    def staff(self, text: str, later: int = 1) -> str:
        """Said by the moderator in the staff room."""
        return self.add("vera", "staf", later, roles=["moderator"], text=text)

    def open(
        self, format: str, title: str = "Ons gesprek", more: str = "", start: str = ""
    ) -> None:
        self.staff(f"gesprek nieuw {format} {title} {CHARTER} {more} in={self.room}")
        self.staff(f"gesprek start{start}")

    def expect(self, where: str, text: str) -> None:
        self.rows.append({"expect": where, "text": text})

    def tick(self, at: str) -> None:
        self.rows.append({"at": at})

    @property
    def data(self) -> bytes:
        return jsonl(self.rows)
