"""privacy.md: what stands in every table, and that each goes when the page says so.

The third column of the page's table is held against the program: each of its sentences has a check
here, and a sentence without one fails.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.play import play_transcript
from bot.runtime.chores import Chores
from bot.town.town import milliseconds
from storage.sqlite import connect
from tests.docs import pages
from tests.engine.chat import ROOM
from tests.engine.live import Live
from tests.replay.playing import CHARTER, jsonl

PAGE = pages.text("docs/privacy.md")


def test_every_table_is_there_and_no_other(tmp_path: Path) -> None:
    database = connect(tmp_path / "t.db")
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    database.close()
    ours = {name for (name,) in names if not name.startswith(("_", "sqlite_"))}
    (described,) = pages.tables(pages.section(PAGE, "What stands where"))
    told = {name for row in described for name in pages.code(row["where"])}
    assert told - {"town.key", "journal.head"} == ours


def test_the_links_are_gone_when_the_page_says_so(tmp_path: Path) -> None:
    """After the objection period nothing leads from an account to a ballot, a reason included."""
    transcript = tmp_path / "t.jsonl"
    transcript.write_bytes(jsonl(_lines()))
    file = tmp_path / "kept.db"
    assert play_transcript(transcript, tmp_path / "o", False, None, 0, file, None, False) == 0
    database = sqlite3.connect(file)
    journal = [bytes(row[0]) for row in database.execute("SELECT line FROM journal ORDER BY row")]
    assert any(b"LinksDestroyed" in line for line in journal)
    assert database.execute("SELECT count(*) FROM ballots").fetchone() == (0,)
    known = database.execute("SELECT item FROM sources JOIN persons USING (person)").fetchall()
    database.close()
    assert known == [("S1",)]


# -- how long -------------------------------------------------------------------------------------

ANNA, BRAM = "anna-qzx", "bram-qzx"

#: Which checks hold each sentence of "how long".
HELD = {
    "for good": {"stays"},
    "always": {"stays"},
    "until they are erased": {"asked"},
    "until you ask to be forgotten": {"asked"},
    "until you ask to be forgotten; for good": {"asked"},
    "until you ask to be forgotten; six weeks after the last answer of the council is settled": {
        *("asked", "settled")  # tests/engine/test_answers_to_an_advice.py
    },
    "until you ask to be forgotten; 24 hours, at most an hour more": {"asked", "lapses"},
    "until you ask to be forgotten; of reasons 14 days after closing": {"asked", "days"},
    "until you ask to be forgotten, 14 days after closing at most": {"asked", "days"},
    "14 days after closing": {"days"},
    "until answered; 24 hours, at most an hour more": {"asked", "lapses"},
    "until newer ones come, or you are forgotten": {"asked"},
    "90 days, at most an hour more": {"lapses"},
    "until sent, or left; for good": {"asked", "stays"},
    "replaced each time": set(),  # tests/storage/test_sidecar.py
}


def told() -> dict[str, set[str]]:
    """For each table the checks that its rows of the page ask for."""
    (described,) = pages.tables(pages.section(PAGE, "What stands where"))
    found: dict[str, set[str]] = {}
    for row in described:
        assert row["what"]
        for name in pages.code(row["where"]):
            found.setdefault(name, set()).update(HELD[row["how long"]])
    return found


def rows(live: Live, table: str) -> list[str]:
    return [str(row) for row in live.store._db.execute(f"SELECT * FROM {table}")]  # noqa: S608


def traces(live: Live, who: str) -> dict[str, int]:
    """How many rows of each table lead to somebody: by account, person, participant, words, or the
    message that gave a statement."""
    person = live.store.people.known("matrix", who) or "(nobody)"
    theirs = [p for _, p in live.store.participants.participations(person)]
    given = "given-S1" if who == ANNA else "given-S2"
    marks = [who, person, *theirs, f"woorden van {who}", given]
    found = {t: [r for r in rows(live, t) if any(m in r for m in marks)] for t in TABLES}
    return {table: len(those) for table, those in found.items() if those}


#: The tables of the page.
TABLES = sorted(set(told()) - {"town.key", "journal.head"})


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Live]:
    """Anna and Bram leave a trace in every table in which people do."""
    live = Live(tmp_path / "town.db")
    live.open(more="stemming=open")
    for who in (ANNA, BRAM):
        live.say(who, f"!stelling De woorden van {who} zijn lang.", ROOM)
        live.deliver()
        live.say(who, "meedoen")
        live.say(who, "ja")
        live.say(who, f"waarom S1 Omdat de woorden van {who} het zeggen.")
        live.deliver()
        live.say(who, f"waarom S1 Omdat de woorden van {who} het zeggen.")
        shown = next(n for n in live.chat.ticks)
        live.react(who, "👍", shown)
        live.say(who, f"waarom S1 Omdat de woorden van {who} het zeggen.")
        live.deliver()
        live.say(who, "vergeetmij")  # a question that is open
        person = live.store.people.known("matrix", who)
        assert person is not None
        with live.store.transaction():  # there is one network here, so they cannot link
            live.store.codes.give(person, milliseconds(live.clock()))
            live.store.codes.tried(person, milliseconds(live.clock()))
            ((dialogue, mine),) = live.store.participants.current(person).items()
            live.store.evaluations.answer(dialogue, mine, "clear", 0)
    live.deliver()
    yield live
    live.store._db.close()


def forget(live: Live, who: str) -> None:
    live.say(who, "vergeetmij")
    live.say(who, "ja, vergeet mij")
    live.deliver()
    asyncio.run(live.courier._sender.conversations._round())


def test_every_sentence_of_how_long_is_held() -> None:
    assert {check for checks in told().values() for check in checks} == {
        "asked", "days", "lapses", "settled", "stays",
    }  # fmt: skip


def test_what_goes_when_asked_is_gone(evening: Live) -> None:
    """All that leads to Anna goes, and nothing of Bram."""
    asked = {table for table, checks in told().items() if "asked" in checks}
    there = traces(evening, ANNA)
    assert there.keys() >= asked - {"outbox", "texts"}
    bram = traces(evening, BRAM)
    person = evening.store.people.known("matrix", ANNA)
    assert person is not None
    marks = [ANNA, person, "given-S1"]
    forget(evening, ANNA)
    for table in TABLES:
        assert not any(mark in row for row in rows(evening, table) for mark in marks), table
    assert {t: n for t, n in traces(evening, BRAM).items() if t in asked} == {
        t: n for t, n in bram.items() if t in asked
    }
    assert not any("woorden van anna" in row for row in rows(evening, "texts"))


def test_what_goes_after_the_days_for_objections_is_gone(evening: Live) -> None:
    evening.command("sluit ja")
    evening.read_back()
    evening.command("status")
    evening.deliver()
    days = {table for table, checks in told().items() if "days" in checks}
    answers = {"evaluated", "evaluation_counts"}
    assert days == {"ballots", "reactions", "sources", "posts", *answers}
    reasons = "SELECT count(*) FROM sources WHERE item GLOB 'R*'"
    given = "SELECT count(*) FROM posts WHERE slot GLOB 'given-*'"
    whole = (*answers, "ballots", "reactions")
    asks = (*(f"SELECT count(*) FROM {table}" for table in whole), reasons, given)  # noqa: S608
    db = evening.store._db
    for ahead, gone in ((timedelta(days=13, hours=20), False), (timedelta(hours=8), True)):
        evening.clock.set(evening.clock() + ahead)
        evening.command("status")
        for ask in asks:
            assert (db.execute(ask).fetchone()[0] == 0) is gone, ask


def test_what_lapses_is_gone(evening: Live) -> None:
    lapsing = {table for table, checks in told().items() if "lapses" in checks}
    assert lapsing == {"codes", "forms", "inbox", "tries"}
    begun = evening.clock()
    chores = Chores(evening.engine, None, evening.clock, evening.alarms.append)  # type: ignore[arg-type]
    for tables, hours in ((["tries"], 1), (["codes", "forms"], 24), (["inbox"], 90 * 24)):
        evening.clock.set(begun + timedelta(hours=hours - 1))
        chores.clean()
        assert all(rows(evening, table) for table in tables)
        evening.clock.set(begun + timedelta(hours=hours + 1, minutes=1))
        chores.clean()
        assert not any(rows(evening, table) for table in tables)
    assert evening.alarms == []


def test_what_stays_holds_no_words_and_no_account(evening: Live) -> None:
    """For good: the journal without people's words, and where the bot's own messages are."""
    stays = {table for table, checks in told().items() if checks == {"stays"}}
    assert stays == {"journal", "chains", "merged", "offered", "cursors", "settings", "town.key"}
    stays -= {"town.key"}
    lines = b"".join(bytes(row[0]) for row in evening.store._db.execute("SELECT line FROM journal"))
    for who in (ANNA, BRAM):
        assert who.encode() not in lines
        person = evening.store.people.known("matrix", who)
        assert person is not None
        assert person.encode() not in lines
        for table in stays - {"journal"}:
            assert not any(who in row or person in row for row in rows(evening, table)), table
    assert b"woorden van" not in lines
    before = {table: len(rows(evening, table)) for table in stays}
    forget(evening, ANNA)
    assert all(len(rows(evening, table)) >= before[table] for table in stays)


def _lines() -> list[dict[str, object]]:
    at = "2026-12-01T19:3{}:00+01:00".format
    new = f"gesprek nieuw stellingenronde Proef {CHARTER}"
    moderator = {"user": "vera", "in": "staf"}
    return [
        {"id": "1", "at": at(0), **moderator, "roles": ["moderator"], "text": new},
        {"id": "2", "at": at(1), **moderator, "text": "start"},
        {"id": "3", "at": at(2), "user": "anna", "text": "stelling Er moeten meer bomen komen."},
        {"id": "4", "at": at(3), "user": "bram", "text": "stem S1 oneens"},
        {"id": "5", "at": at(4), "user": "bram", "text": "waarom S1 Dat is te duur."},
        {"id": "6", "at": at(5), **moderator, "text": "sluit ja"},
        {"at": "2026-12-20T19:30:00+01:00"},
    ]
