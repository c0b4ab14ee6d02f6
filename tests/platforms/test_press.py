"""A document that weighs is made in a process of its own, and comes once, whatever befalls that."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from advice import bundle
from bot.documents.handover import handed_over
from bot.runtime import chores, press
from rounds import registry
from storage.reader import Reader
from tests import programs
from tests.engine.bots import KEY
from tests.faults.steps import PRINTED, points
from tests.generated import part_of
from tests.platforms import buttons
from tests.platforms.test_buttons import House
from tests.replay.playing import LIVE_CHARTER as CHARTER

#: Says its process id in a file and waits, so many times; after that it is the program itself.
WAITS = """
import os, pathlib, runpy, sys, time
sys.stdin.buffer.peek()
folder = pathlib.Path({folder!r})
if len(list(folder.iterdir())) < {times}:
    (folder / str(os.getpid())).touch()
    time.sleep(60)
runpy.run_module("bot.runtime.printing", run_name="__main__")
"""

#: Says its process id in a file, and is the program itself once that is gone.
GOES_ON = """
import os, pathlib, runpy, sys, time
sys.stdin.buffer.peek()
begun = pathlib.Path({begun!r})
part = begun.with_suffix(".part")
part.write_text(str(os.getpid()))
part.rename(begun)
while begun.exists():
    time.sleep(0.02)
runpy.run_module("bot.runtime.printing", run_name="__main__")
"""

#: What kills itself at a point.
DIES = "tests.platforms.dying_press"


@pytest.fixture(autouse=True)
def _everything_weighs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "WEIGHS", 1)


def waits(monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> Path:
    """From now on a process waits half-way, so many times; the names in the folder are theirs."""
    begun = folder / "begun"
    begun.mkdir()
    code = WAITS.format(folder=str(begun), times=times)
    monkeypatch.setattr(press, "_PROGRAM", ("-P", "-c", code))
    return begun


def evening(folder: Path, then: Callable[[House], Awaitable[None]]) -> House:
    """A dialogue that ends, its document asked for, and what follows."""

    async def run() -> House:
        house = House(folder)
        stop = asyncio.Event()
        running = asyncio.create_task(house.app.run(stop.wait()))  # type: ignore[arg-type]

        async def lead(text: str) -> str:
            return await house.say("vera", text, buttons.staff(), "moderator")

        await lead(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER}")
        await lead("start")
        await house.say("zoe", "stelling Er moeten meer bomen komen.")
        for who in ("anna", "bram", "carla", "daan", "eva"):
            await house.say(who, "stem S1 eens")
        await lead("sluit ja")
        state = house.app._engine.ledger.states["ons-gesprek"]
        await house.until(lambda: state.closed_at is not None)
        await lead("advies")
        await then(house)
        stop.set()
        await running
        return house

    return asyncio.run(run())


def documents(house: House) -> list[bytes]:
    """The archives of the bundle that stand in the room."""
    found = house.buttons.files.items()
    return [data for (place, name), data in found
            if place == buttons.room() and name.endswith(".zip")]  # fmt: skip


async def comes(house: House) -> None:
    await house.until(lambda: documents(house))
    await asyncio.sleep(0.3)


def events(folder: Path) -> list[str]:
    reader = Reader.of(folder / "town.db", registry.record())
    return [type(line.event).__name__ for line in reader.journal("ons-gesprek")]


def test_it_is_the_same_document_as_is_made_at_once(tmp_path: Path) -> None:
    house = evening(tmp_path, comes)
    reader = Reader.of(tmp_path / "town.db", registry.record())
    handed = handed_over(reader, registry.pages(), KEY, "ons-gesprek")
    assert documents(house) == [bundle.as_zip(handed.files)]
    assert handed.posted
    issued = list(reader.journal("ons-gesprek"))[-1].event
    assert issued.manifest == bundle.manifest_hash(handed.files)
    assert house.log == []


def test_the_engine_goes_on_while_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = waits(monkeypatch, tmp_path, 1)

    async def then(house: House) -> None:
        await house.until(lambda: list(begun.iterdir()))
        assert await house.say("zoe", "hulp")
        assert documents(house) == []

    evening(tmp_path, then)
    assert "AdviceIssued" not in events(tmp_path)


def test_after_a_killed_process_it_still_comes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = waits(monkeypatch, tmp_path, 1)

    async def then(house: House) -> None:
        await house.until(lambda: list(begun.iterdir()))
        os.kill(int(next(begun.iterdir()).name), signal.SIGKILL)
        await comes(house)

    house = evening(tmp_path, then)
    assert len(documents(house)) == 1
    assert events(tmp_path).count("AdviceIssued") == 1
    assert house.log == ["document_process_ended"]


@pytest.mark.parametrize("point", part_of([each for step in PRINTED for each in points(step)]))
def test_killed_at_a_point_of_its_making_it_comes_once_and_nobody_hears_it_twice(
    point: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died = tmp_path / "died"
    monkeypatch.setattr(press, "_PROGRAM", programs.stand_in(DIES, point, str(died)))
    house = evening(tmp_path, comes)
    assert died.exists()
    assert len(documents(house)) == 1
    assert events(tmp_path).count("AdviceIssued") == 1
    assert house.log == ["document_process_ended"]
    told = Counter(house.buttons.seen(buttons.room(), "").values())
    assert [words for words, times in told.items() if times > 1] == []


def test_where_it_is_killed_each_time_staff_hears_it_and_the_town_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = waits(monkeypatch, tmp_path, 2)

    async def then(house: House) -> None:
        for number in (1, 2):
            await house.until(lambda number=number: len(list(begun.iterdir())) == number)
            newest = max(begun.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            os.kill(int(newest.name), signal.SIGKILL)
        shown = house.buttons
        await house.until(
            lambda: any("niet maken" in one for one in shown.seen(buttons.staff(), "").values())
        )
        assert await house.say("zoe", "hulp")

    house = evening(tmp_path, then)
    assert documents(house) == []
    assert house.log == ["document_process_ended"] * 2


def test_nothing_is_left_behind_at_the_end_and_it_is_made_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = waits(monkeypatch, tmp_path, 1)

    async def ends(house: House) -> None:
        await house.until(lambda: list(begun.iterdir()))

    evening(tmp_path, ends)
    (child,) = begun.iterdir()
    with pytest.raises(ProcessLookupError):
        os.kill(int(child.name), 0)
    assert len(documents(started_again(tmp_path))) == 1
    assert events(tmp_path).count("AdviceIssued") == 1


def started_again(folder: Path) -> House:
    """The program in the same folder once more, until the document comes."""

    async def run() -> House:
        house, stop = House(folder), asyncio.Event()
        running = asyncio.create_task(house.app.run(stop.wait()))  # type: ignore[arg-type]
        await house.until(house.ready.is_set)
        house.app._ring()
        await comes(house)
        stop.set()
        await running
        return house

    return asyncio.run(run())


def test_killed_while_a_process_of_it_works_it_comes_once_and_that_process_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, program = tmp_path / "begun", press._PROGRAM
    code = GOES_ON.format(begun=str(begun))
    monkeypatch.setattr(press, "_PROGRAM", ("-P", "-c", code))

    async def dies(house: House) -> None:
        await house.until(begun.exists)
        os.kill(os.getpid(), signal.SIGKILL)

    killed = multiprocessing.get_context("fork").Process(target=evening, args=(tmp_path, dies))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    assert "AdviceIssued" not in events(tmp_path)
    orphan = int(begun.read_text())
    assert runs(orphan)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    begun.unlink()  # it goes on, and makes the document for nobody
    until = time.monotonic() + 60
    while runs(orphan) and time.monotonic() < until:
        time.sleep(0.02)
    assert not runs(orphan)
    assert sorted([*(path.name for path in tmp_path.rglob("*")), "begun"]) == before
    monkeypatch.setattr(press, "_PROGRAM", program)
    assert len(documents(started_again(tmp_path))) == 1
    assert events(tmp_path).count("AdviceIssued") == 1


def runs(process: int) -> bool:
    """Whether a process is there; one that ended may still wait for somebody to ask how."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
