"""Journals of meetings that were changed by hand, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Kept
from advice.town.planned import Named, Shown, files_of
from advice.town.table_pages import pages_of
from advice.verifying.verify_agenda import verify_agenda
from meetings.fold import evolve
from meetings.meeting import Meeting
from rounds import registry
from tests.replay.playing import Evening, played

Rows = list[list[Any]]

Forgery = Callable[[Rows], None]

NAMED = Named("Haarlem", "Europe/Amsterdam", "nl")

NEW = 'moment nieuw Bewonersavond wanneer="2026-12-04 20:00" waar="Wijkhuis" in=zomerstraat '


def made_of(evening: Evening) -> dict[str, bytes]:
    """The clerk's agenda of an evening."""
    with TemporaryDirectory() as folder:
        return played(evening.data, Path(folder) / "t.db", clerk=True).agenda


def put(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def found(files: dict[str, bytes], expect: str | None = None) -> list[str]:
    with TemporaryDirectory() as folder:
        verdict = verify_agenda(put(files, Path(folder) / "a"), registry.record(), expect)
    return [one.sentence() for one in verdict.differences]


def evening(*, draw: bool = True) -> Evening:
    """Eleven people with places for ten, tables, the meeting, who was there and what was agreed."""
    made = Evening()
    made.staff(NEW + "plaatsen=10")
    for number in range(11):
        made.say(f"buur{number}", "aanmelden M1")
    made.say("buur0", 'aanmelden M1 naam="Bo Buur"')
    made.say("buur1", "herinner M1 dag")
    made.say("buur2", "afmelden M1")
    made.say("buur10", "aanmelden M1")
    if draw:
        made.staff("tafels M1 2")
    made.staff('moment verzet M1 wanneer="2026-12-05 20:00" want="De zaal is dan vrij"')
    made.rows += [
        {"at": "2026-12-06T12:00:00Z"},
        by_staff("2026-12-06T12:00:01Z", "aanwezig M1 9"),
        by_staff("2026-12-06T12:00:02Z", 'afgesproken M1 "Er komt een bank" wie="de wijkraad"'),
    ]
    return made


def by_staff(at: str, text: str) -> dict[str, Any]:
    return {"id": f"s{at}", "at": at, "user": "vera", "in": "staf", "text": text}


@cache
def honest() -> tuple[Rows, dict[str, bytes]]:
    files = made_of(evening())
    return [json.loads(line) for line in files[agenda.JOURNALS].splitlines()], files


def forged(forge: Forgery) -> list[str]:
    """What is found in the agenda made of a journal that was changed, all else fitting it."""
    rows, files = json.loads(json.dumps(honest()[0])), honest()[1]
    forge(rows)
    record, meeting = registry.record(), Meeting("meeting/1")
    for number, row in enumerate(rows, 1):
        row[1] = number
        line = record.read(json.dumps(row).encode())
        with suppress(Exception):  # what cannot even be folded has to be named too
            evolve(meeting, line.event, line.at, line.by)
    raw = [json.dumps(row, separators=(",", ":")).encode() for row in rows]
    kept = [msgspec.json.decode(line, type=dict) for line in files[agenda.TEXTS].splitlines()]
    texts = [(k["ref"], k["kind"], bytes.fromhex(k["key"]), k["text"]) for k in kept]
    words = {k["ref"]: k["text"] for k in kept}
    public = files_of(NAMED, [], [meeting], Shown(lambda _room: True, words.get))
    public |= pages_of(meeting, "", words.get)
    return found(agenda.clerk(public, NAMED, [], [Kept("meeting/1", raw, texts, True)]))


def place(rows: Rows, event: str, number: int = 0) -> int:
    return [n for n, row in enumerate(rows) if row[2] == f"{event}/1"][number]


def without(event: str, number: int = 0) -> Forgery:
    return lambda rows: rows.pop(place(rows, event, number)) and None


def changed(event: str, which: int = 0, /, **fields: Any) -> Forgery:
    return lambda rows: rows[place(rows, event, which)][5].update(fields)


def at(event: str, moment: str) -> Forgery:
    def forge(rows: Rows) -> None:
        rows[place(rows, event)][3] = moment

    return forge


def again(event: str, behind: str, **fields: Any) -> Forgery:
    """The same event once more, elsewhere, by somebody else and with other fields."""

    def forge(rows: Rows) -> None:
        row, there = json.loads(json.dumps(rows[place(rows, event)])), place(rows, behind)
        row[3], row[4] = rows[there][3], "pnew"
        row[5].update(fields)
        rows.insert(there + 1, row)

    return forge
