"""Promise 11: a byte that changed anywhere in the file is found, and the next step is said."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from bot.cli.health import faults_of
from bot.cli.unusable import sentence
from bot.runtime.chance import seeded
from bot.town import keys
from dialogues.record import BrokenJournal
from rounds import registry
from storage.database import NotNow, Unusable
from storage.reader import Reader
from storage.sqlite import connect
from storage.store import Store
from tests.engine.bots import KEY, Bot
from tests.generated import drawing, figure, some

#: Bytes that are flipped in every page, and in the whole file.
IN_EACH, MORE = 2, 120

HELPERS = ("-wal", "-shm")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an evening, closed, with something in most of its tables."""
    file = tmp_path_factory.mktemp("flipped") / "town.db"
    bot = Bot(file)
    bot.open()
    for number in range(6):
        bot.say(f"buur{number}", f"stelling Er moet {number} keer per dag een bus komen.")
    for who in ("anna", "bram", "carla"):
        for number in range(1, 7):
            bot.say(who, f"stem S{number} eens")
    bot.say("anna", "waarom S1 Dat is nodig voor de school.")
    bot.say("anna", "koppel")
    bot.say("bram", "taal en")
    bot.staff('moment nieuw Feest wanneer="zaterdag 20:00" in=zomerstraat')
    bot.say("bram", "aanmelden M1")
    bot.staff("werk")
    bot.close()
    keys.make(keys.beside(file), KEY)
    assert faults_of(file, named=True) == []
    return file


def pages(file: Path) -> dict[int, str]:
    """What each page belongs to, and how large a page is under 0."""
    db = sqlite3.connect(file)
    found = {number: str(name) for name, number in db.execute("SELECT name, pageno FROM dbstat")}
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    return {**found, 0: size}


def flips(file: Path) -> list[tuple[int, int]]:
    """Where a bit is flipped: in every page, and anywhere."""
    data, draw = file.read_bytes(), drawing(11)
    size = int(pages(file)[0])
    places = [draw.randrange(first, first + size)
              for first in range(0, len(data), size) for _ in range(some(IN_EACH))]  # fmt: skip
    places += [draw.randrange(len(data)) for _ in range(some(MORE))]
    return [(place, 1 << draw.randrange(8)) for place in places]


def put(file: Path, data: bytes, stamp: os.stat_result | None) -> None:
    """Lay these bytes there; with a ``stamp`` no program wrote them, as where a disk fails."""
    for end in HELPERS:
        file.with_name(file.name + end).unlink(missing_ok=True)
    file.write_bytes(data)
    if stamp is not None:
        os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def test_every_flipped_byte_of_a_closed_database_is_found(town: Path) -> None:
    """By ``check``, and at the start: refused, with what to do, and left as it is."""
    data, stamp, owners = town.read_bytes(), town.stat(), pages(town)
    tried: Counter[str] = Counter()
    try:
        for place, bit in flips(town):
            bad = bytearray(data)
            bad[place] ^= bit
            put(town, bytes(bad), stamp)
            owner = owners.get(place // int(owners[0]) + 1, "free")
            faults = faults_of(town, named=True)
            assert faults, (place, bit, owner)
            assert all("restore" in f"{fault.what} {fault.mend}" or "another" in fault.what
                       or "newer" in fault.what for fault in faults), faults  # fmt: skip
            with pytest.raises(Unusable) as refused:
                Store(town, seeded(1), registry.record(), KEY)
            assert sentence(refused.value)
            assert town.read_bytes() == bytes(bad)
            tried[owner] += 1
    finally:
        put(town, data, stamp)
    figure("bytes that changed and were not found", 0)
    assert len(tried) > 40
    assert faults_of(town, named=True) == []


def test_without_what_was_noted_at_its_end_no_flipped_byte_is_unforeseen(town: Path) -> None:
    """After a crash nothing was noted: what shows is said, and nothing fails in another way."""
    data, stamp = town.read_bytes(), town.stat()
    found = 0
    places = flips(town)
    try:
        for place, bit in places:
            bad = bytearray(data)
            bad[place] ^= bit
            put(town, bytes(bad), None)
            found += bool(faults_of(town, named=True))
            put(town, bytes(bad), None)
            try:
                reader = Reader.of(town, registry.record())
                reader.close()
            except (Unusable, NotNow, BrokenJournal):
                pass
    finally:
        put(town, data, stamp)
    assert 0 < found < len(places)


def test_what_a_program_wrote_since_is_not_taken_for_a_failing_disk(town: Path) -> None:
    data, stamp = town.read_bytes(), town.stat()
    try:
        db = connect(town)
        db.execute("PRAGMA user_version = 7")
        db.close()
        assert faults_of(town, named=True) == []
    finally:
        put(town, data, stamp)
