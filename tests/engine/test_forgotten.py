"""Promise 28: of who is forgotten nothing is left, wherever they typed, and whatever breaks off."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.platforms import lasting as loops
from bot.platforms.live import Impossible, NotYet
from bot.platforms.places import Place
from bot.runtime import app as running
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.clock import VirtualClock
from bot.runtime.hosting import Hearing
from bot.town.town import Rooms, Town, milliseconds
from rounds import registry
from storage.forms import Form
from storage.reader import Reader
from storage.sqlite import connect
from storage.store import Store
from tests.engine.bots import FORMATS, KEY, START
from tests.engine.chat import ROOM, person
from tests.engine.live import Live
from tests.engine.test_loops import until
from tests.generated import drawing
from tests.platforms.buttons import Buttons

#: What people type, in the room with its sign; none of it is known beforehand to leave anything.
TYPED = (
    "meedoen", "ja", "hulp", "status", "stelling Het plein moet groen.", "stem S1 eens", "stemm S1",
    "stem S1", "waarom S1 Omdat het dan koeler wordt.", "vraag Wie haalt het vuil op?", "mijn",
    "taal en", "taal nl", "privacy", "uitslag", "wijzig S2", "intrekken S2", "steun V1", "1 eens",
    "vergeetmij", "zomaar wat praat", "ok",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "_FIRST", 0.001)


@pytest.fixture
def live(tmp_path: Path) -> Live:
    made = Live(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.deliver()
    return made


def tables_with(live: Live, trace: str) -> set[str]:
    """The tables in which something stands with these words in it."""
    db = live.store._db
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name
        for name in names
        for row in db.execute(f"SELECT * FROM {name}")  # noqa: S608
        if any(trace in str(value) for value in row)
    }


def leaves(live: Live, wanted: int) -> None:
    """Leave conversations until this many were left."""
    leaving = loops.lasting(live.courier._sender.conversations.leaving, live.alarms.append)
    asyncio.run(until(lambda: len(live.chat.left) == wanted, leaving))


def forget(live: Live, who: str, place: Place) -> None:
    live.say(who, f"{'!' if place == ROOM else ''}vergeetmij", place)
    live.say(who, f"{'!' if place == ROOM else ''}ja, vergeet mij", place)
    if live.store.people.known("matrix", who) is not None:
        live.say(who, "ja, vergeet mij")


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("asked", ["room", "person"])
def test_an_account_stands_nowhere_after_what_was_typed_in_the_room(
    text: str, asked: str, live: Live
) -> None:
    live.say("anna-qzx", f"!{text}", ROOM)
    forget(live, "anna-qzx", ROOM if asked == "room" else person("anna-qzx"))
    live.deliver()
    assert tables_with(live, "anna-qzx") <= {"outbox"}  # until the conversation is left
    leaves(live, 1)
    assert tables_with(live, "anna-qzx") == set()


@pytest.mark.parametrize("seed", range(6))
def test_an_account_stands_nowhere_after_whatever_was_typed(seed: int, live: Live) -> None:
    """In any order, in the room and in person, with deliveries and restarts in between."""
    draw = drawing(seed)
    for text in draw.choices(TYPED, k=25):
        inside = draw.random() < 0.5
        live.say("anna-qzx", f"!{text}" if inside else text, ROOM if inside else None)
        if draw.random() < 0.2:
            live.deliver()
        if draw.random() < 0.1:
            live.restart()
    forget(live, "anna-qzx", draw.choice([ROOM, person("anna-qzx")]))
    live.deliver()
    leaves(live, 1)
    assert tables_with(live, "anna-qzx") == set()


@pytest.mark.parametrize("answered", [False, True])
def test_a_kill_after_the_commit_loses_no_leaving(answered: bool, live: Live) -> None:
    live.say("anna", "meedoen")
    forget(live, "anna", person("anna"))
    if answered:
        live.deliver()
    live.restart()
    leaves(live, 1)
    assert live.chat.left == [person("anna")]
    live.restart()
    asyncio.run(live.courier._sender.conversations._round())
    assert live.chat.left == [person("anna")]  # once


def test_the_answer_goes_before_the_leaving(live: Live) -> None:
    forget(live, "anna", person("anna"))
    asyncio.run(live.courier._sender.conversations._round())
    assert live.chat.left == []
    live.deliver()
    leaves(live, 1)
    assert live.chat.at(person("anna"))


def test_who_came_back_is_not_left(live: Live) -> None:
    forget(live, "anna", person("anna"))
    live.restart()
    live.say("anna", "meedoen")
    asyncio.run(live.courier._sender.conversations._round())
    assert live.chat.left == []
    assert live.store.queue.leaves("matrix") == []


def test_one_conversation_that_cannot_be_left_keeps_nobody_in_another(live: Live) -> None:
    faults = {"anna": NotYet(0.01), "bram": Impossible("M_FORBIDDEN"), "carla": ZeroDivisionError()}
    for who in (*faults, "daan"):
        live.say(who, "meedoen")
        forget(live, who, person(who))
    live.deliver()
    live.chat.fault = lambda what, place, _id: faults.get(place.name) if what == "leave" else None
    with pytest.raises(ZeroDivisionError):
        asyncio.run(live.courier._sender.conversations._round())
    assert live.chat.left == [person("daan")]
    waiting = [place for _, place in live.store.queue.leaves("matrix")]
    assert waiting == ["matrix/personal/anna", "matrix/personal/carla"]
    faults.clear()
    leaves(live, 3)
    assert tables_with(live, "carla") == set()


# -- what lapses ---------------------------------------------------------------------------------


class Far(Buttons):
    """A platform that cannot be reached: it never starts."""

    async def start(self, cursor: str) -> None:
        await asyncio.Event().wait()


def test_what_lapsed_is_deleted_also_while_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words in a question after 24 hours, causes after 90 days, erased words after twelve hours: no
    byte of them is left in the file or its log, though no platform ever answers."""
    monkeypatch.setattr(running, "TIDIED_EVERY", 0.005)
    file, clock, now = tmp_path / "town.db", VirtualClock(START), milliseconds(START)
    kept = Store(file, seeded("lapse"), registry.record(), KEY)
    with kept.transaction():
        kept.forms.ask("far/personal/anna", Form("why", "", {"text": "kastanjeboom"}, now))
        kept.inbox.claim(now, b"oude-oorzaak")
    kept.close()

    def counts() -> list[int]:
        db = connect(file, read_only=True)
        found = [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("forms", "inbox")]  # noqa: S608
        db.close()
        return found

    async def run() -> None:
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, Rooms({}, {}, {}), FORMATS)
        log: list[str] = []
        hearing = Hearing(lambda: None, lambda code, **_values: log.append(code))
        app = App(file, town, (Far(clock),), hearing, clock, seeded("app"))
        stop = asyncio.Event()
        task = asyncio.create_task(app.run(stop.wait()))  # type: ignore[arg-type]
        assert counts() == [1, 1]
        clock.set(START + timedelta(hours=25, minutes=1))
        await until(lambda: counts() == [0, 1])
        clock.set(START + timedelta(days=90, hours=2))
        await until(lambda: counts() == [0, 0])
        for path in tmp_path.iterdir():
            assert b"kastanjeboom" not in path.read_bytes(), path.name
        stop.set()
        await task
        assert log == []

    asyncio.run(run())
    Reader.of(file, registry.record()).close()
