"""The town's calendar as a file: it follows what is planned, and nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from bot.runtime import town_calendar
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.clock import VirtualClock
from bot.runtime.hosting import Hearing
from bot.runtime.town_calendar import TownCalendar
from bot.town.town import Rooms, Town
from tests.engine.bots import FORMATS, KEY, START, Bot
from tests.engine.test_forgotten import Far, until
from tests.engine.test_schedule import SCHEDULE
from tests.replay.playing import CHARTER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "site" / "agenda.ics"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A dialogue of three rounds that has not begun."""
    made = Bot(tmp_path / "town.db")
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    made.staff('peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"')
    yield made
    made.close()


def calendar(bot: Bot, path: Path) -> TownCalendar:
    session = bot.session
    return TownCalendar(session.engine.ledger, session.town, path, bot.alarms.append)


def written(path: Path) -> list[tuple[str, str]]:
    """The events in the file: when each begins, and its status."""
    found = vobject.readOne(path.read_bytes().decode()).contents.get("vevent", [])
    return [(f"{event.dtstart.value:%H:%M}", event.status.value) for event in found]


def test_the_file_follows_what_is_planned(bot: Bot, path: Path) -> None:
    mine = calendar(bot, path)
    mine.look()
    bot.staff(SCHEDULE)
    mine.look()
    bot.staff('gesprek rooster 2="20:50"')
    bot.staff("gesprek nieuw stellingenronde Weg in=plein")
    mine.look()
    mine.stop()
    assert written(path) == [("20:00", "CONFIRMED"), ("20:50", "CONFIRMED"), ("21:00", "CONFIRMED")]


def test_meetings_stand_in_it_and_who_signs_up_changes_nothing(
    bot: Bot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, sizes, put = calendar(bot, path), [], town_calendar.put_file

    def counted(where: Path, data: bytes) -> None:
        sizes.append(data.count(b"BEGIN:VEVENT"))
        put(where, data)

    monkeypatch.setattr(town_calendar, "put_file", counted)
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein')
    mine.look()
    bot.say("anna", "aanmelden M1")
    mine.look()
    bot.staff("moment afzeggen M1 De zaal is dicht.")
    mine.look()
    mine.stop()
    assert written(path) == [("20:00", "CANCELLED")]
    assert len(sizes) <= 2


def test_it_is_written_at_the_start_and_only_where_it_differs(bot: Bot, path: Path) -> None:
    bot.staff(SCHEDULE)
    mine = calendar(bot, path)
    mine.look()
    mine.stop()
    kept = path.with_name("kept")
    kept.hardlink_to(path)
    again = calendar(bot, path)
    ledger = bot.session.engine.ledger
    ledger.aggregates.changed.update(ledger.states)
    again.look()
    again.stop()
    assert path.samefile(kept)
    path.write_bytes(b"of somebody else")
    last = calendar(bot, path)
    ledger.aggregates.changed.update(ledger.states)
    last.look()
    last.stop()
    assert len(written(path)) == 3


def test_what_changes_nothing_in_it_writes_nothing(bot: Bot, path: Path) -> None:
    bot.staff(SCHEDULE)
    mine = calendar(bot, path)
    mine.look()
    told: list[int] = []
    mine._writer.write = lambda entries: told.append(len(entries))  # type: ignore[method-assign]
    bot.staff('gesprek afspraken vast="de bus"')
    bot.say("zoe", "hulp")
    mine.look()
    assert told == []
    bot.staff("gesprek weg ons-gesprek")
    bot.staff("ja")
    mine.look()
    assert told == [0]
    mine.stop()


def test_nobody_waits_for_a_slow_disk(
    bot: Bot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk holds the first state, later ones come: the newest alone is written."""
    go, begun, put, sizes = threading.Event(), threading.Event(), town_calendar.put_file, []

    def slowly(where: Path, data: bytes) -> None:
        begun.set()
        assert go.wait(60)
        sizes.append(data.count(b"BEGIN:VEVENT"))
        put(where, data)

    monkeypatch.setattr(town_calendar, "put_file", slowly)
    mine = calendar(bot, path)
    mine.look()
    assert begun.wait(60)
    bot.staff('start om="vrijdag 20:00" tot="vrijdag 21:00"')
    mine.look()
    bot.staff("gesprek titel Een ander gesprek")
    mine.look()
    assert not path.exists()
    go.set()
    mine.stop()
    assert sizes == [0, 1]
    assert b"Een ander gesprek" in path.read_bytes()


def test_a_file_that_cannot_be_written_is_told_once_and_tried_again(
    bot: Bot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(town_calendar, "_AGAIN", 0.01)
    path.parent.write_text("a file where a folder should be")
    tries, done, real = threading.Semaphore(0), threading.Event(), town_calendar.put_file

    def counted(where: Path, data: bytes) -> None:
        tries.release()
        real(where, data)
        done.set()

    monkeypatch.setattr(town_calendar, "put_file", counted)
    mine = calendar(bot, path)
    bot.staff(SCHEDULE)
    mine.look()
    for _ in range(3):
        assert tries.acquire(timeout=60)
    path.parent.unlink()
    assert done.wait(60)
    mine.stop()
    assert len(written(path)) == 3
    assert bot.alarms == ["agenda_not_written"]
    bot.alarms.clear()


def test_a_fault_in_it_stops_nothing(bot: Bot, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> Iterator[object]:
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(town_calendar, "entries_of", broken)
    chores = bot.session._chores
    chores._calendar = calendar(bot, path)
    bot.staff(SCHEDULE)
    assert set(bot.alarms) == {"ZeroDivisionError"}
    bot.alarms.clear()
    monkeypatch.undo()
    bot.staff("gesprek titel Een ander gesprek")
    chores.end()
    assert len(written(path)) == 3


def test_the_program_keeps_it(tmp_path: Path, path: Path) -> None:
    """From the start on, though no platform ever answers; and it ends with the program."""
    before = Bot(tmp_path / "town.db")
    before.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    before.staff('start om="vrijdag 20:00"')
    rooms = before.session.town.rooms
    before.close()

    async def run(shown: Rooms, done: Callable[[], bool]) -> None:
        clock, log = VirtualClock(START), list[str]()
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, shown, FORMATS, agenda=path)
        hearing = Hearing(lambda: None, lambda code, **_values: log.append(code))
        app = App(tmp_path / "town.db", town, (Far(clock),), hearing, clock, seeded("app"))
        stop = asyncio.Event()
        task = asyncio.create_task(app.run(stop.wait()))  # type: ignore[arg-type]
        await until(done)
        stop.set()
        await task
        assert log == []

    asyncio.run(run(rooms, path.exists))
    assert written(path) == [("20:00", "CONFIRMED")]
    young = Rooms(rooms.rooms, rooms.staff, rooms.staff_of, {"zomerstraat": ()})  # type: ignore[dict-item]
    asyncio.run(run(young, lambda: written(path) == []))
    assert "calendar" not in [thread.name for thread in threading.enumerate()]
