"""Promise 28: of who asks to be forgotten nothing is left, whatever is made of the database later.

A tenth of the people is forgotten. Then every byte is searched: of the database, its log and what
lies beside it, of what is exported, published, archived and backed up after; in every way in which
words, accounts and links can be written. What was made before is named by ``stadsgesprek check``.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from bot.cli.archive import archive_dialogue
from bot.cli.backups import make_backup
from bot.cli.export import export_dialogue
from bot.cli.leftovers import leftovers
from bot.cli.main import main
from bot.cli.publish import publish_site
from bot.town import keys
from bot.town.config import load
from bot.town.town import milliseconds
from rounds import registry
from storage.database import NotNow
from storage.forgetting import clean_store
from tests.engine.bots import KEY, Bot
from tests.generated import some
from tests.replay.playing import result, sound
from tests.verifying import verified

PEOPLE = [f"@mens-{number:04}-qzx:haarlem.example" for number in range(some(1_000))]
GONE = PEOPLE[::10]

CONFIG = """
[town]
name = "Haarlem"
[storage]
file = "town.db"
[backup]
folder = "backups"
keep = 3
[archive]
code = "gm0392"
register = "TOOI"
selection = "Selectielijst"
category = "1.1"
advice_years = 0
report_years = 7
clerk_years = 10
decisions_years = 5
[site]
forms = ["xlsx"]
[[rooms]]
name = "zomerstraat"
[[staff_rooms]]
name = "staf"
"""

NAME = "ons-gesprek"

#: How the names of the backups begin that have an hour of the evening.
AT = "stadsgesprek-202612"


def word(who: str) -> str:
    """What stands in everything that this person wrote, and nowhere else."""
    return f"wxqz{who[6:10]}“ÿ/âpél”"


#: How an account and words look in UTF-8, JSON, XML and an address: the number tells whose.
TOLD = re.compile(rb"(mens-|wxqz)([0-9]{4})")

#: What an account and words have in common, in ways in which no file of ours has them of anybody.
ELSEWISE = re.compile(
    b"|".join(
        re.escape(way)
        for start in (b"mens-", b"wxqz")
        for text in [start.decode()]
        for way in (
            text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            start.hex().encode(),
            start.hex().upper().encode(),
            base64.b64encode(start)[:5],
            base64.b64encode(b"  " + start)[3:8],
            base64.b64encode(b" " + start)[2:7],
        )
    )
)

TOKEN = re.compile(rb"[0-9A-Za-z_-]{8,}")


class Traces(NamedTuple):
    """What must be nowhere: whose numbers, which persons, and which keys of erased texts."""

    numbers: frozenset[bytes]
    persons: frozenset[bytes]
    keys: tuple[bytes, ...]


def traces(bot: Bot) -> Traces:
    """Accounts, words, links and the keys of seals of who will be forgotten."""
    with closing(sqlite3.connect(bot.file)) as db:
        accounts = db.execute("SELECT account, person FROM accounts").fetchall()
        texts = db.execute("SELECT key, words FROM texts").fetchall()
    persons = frozenset(str(person).encode() for account, person in accounts if account in GONE)
    theirs = [word(who) for who in GONE]
    keys = tuple(key for key, text in texts if any(each in text for each in theirs))
    assert len(persons) == len(GONE) <= len(keys)
    return Traces(frozenset(who[6:10].encode() for who in GONE), persons, keys)


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and what is packed in them."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                yield part.encode()
                yield from unpacked(parts.read(part))


def found_in(data: bytes, every: Traces) -> set[str]:
    """What of the traces stands in these bytes."""
    found = {
        {b"mens-": "account", b"wxqz": "words"}[start]
        for start, number in TOLD.findall(data)
        if number in every.numbers
    }
    found |= {"otherwise written"} if ELSEWISE.search(data) else set()
    tokens = set(TOKEN.findall(data))
    found |= {"link"} if tokens & every.persons else set()
    found |= {"seal"} if any(key.hex().encode() in tokens for key in every.keys) else set()
    if data[:6] == b"SQLite":
        found |= {"seal"} if any(key in data for key in every.keys) else set()
    return found


def searched(folder: Path, every: Traces) -> dict[str, set[str]]:
    """What of the traces is found in the files below a folder, and in their names."""
    found: dict[str, set[str]] = {}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert files
    for path in files:
        name = str(path.relative_to(folder))
        for data in (name.encode(), *unpacked(path.read_bytes())):
            found.setdefault(name, set()).update(found_in(data, every))
    return {name: hits for name, hits in found.items() if hits}


@pytest.mark.parametrize("text", ["@mens-0040-qzx", "Plan van wxqz0040“ÿ/âpél”"])
def test_a_trace_is_found_however_it_is_written(text: str) -> None:
    every = Traces(frozenset([b"0040"]), frozenset([b"persoon-40"]), (b"sleutelsleutel40",))
    plain = text.encode()
    written = [
        plain,
        json.dumps(text).encode(),
        quote(text, safe="").encode(),
        plain.hex().encode(),
    ]
    written += [text.encode("utf-16"), text.encode("utf-16-be"), plain.hex().upper().encode()]
    written += [base64.b64encode(b"x" * before + plain) for before in range(3)]
    written.append(text.encode("ascii", "xmlcharrefreplace"))
    assert [found_in(data, every) == set() for data in written] == [False] * len(written)
    for other in ("@mens-0041-qzx wxqz0041", "persoon-4", "sleutel"):
        assert found_in(other.encode(), every) == set()
    assert found_in(b"x|persoon-40|", every) == {"link"}
    assert found_in(b"SQLite...sleutelsleutel40", every) == {"seal"}
    assert found_in(b"sleutelsleutel40".hex().encode(), every) == {"seal"}


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    made = Bot(folder / "town.db")
    keys.make(folder / "town.key", KEY)
    town = made.session.town
    town.limits = replace(town.limits, near_duplicates_among=20)  # comparing 500 takes long
    made.open("gesprek", "minimum=5")
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    for number, who in enumerate(PEOPLE):
        made.say(who, f"stelling Plan {number} van {word(who)} is goed.")
        made.say(who, f"stem S1 {'eens' if number % 4 else 'oneens'}")
        if number % 5 == 0:
            made.say(who, f"waarom S1 Omdat {word(who)} het zegt, dus nummer {number}.")
        if number % 50 == 0:
            made.say(who, f"wijzig S{number + 2} Plan {number} van {word(who)} is beter.")
            made.say(who, f"!stemm {word(who)}", "zomerstraat")
            made.say(who, f"stelling Plan {number} van {word(who)} is beter!")  # nearly the same
    made.staff("volgende ja")
    made.staff("sluit ja")
    made.staff("advies")
    return made


def handed_out(bot: Bot, out: Path) -> Path:
    """Everything that is made of a database: both bundles, the site, the archive, a backup."""
    config = bot.file.with_name("config.toml")
    for clerk in (False, True):
        assert export_dialogue(NAME, out / f"bundle-{clerk}", clerk, bot.file, None, False) == 0
        assert verified(out / f"bundle-{clerk}").differences == ()
    assert archive_dialogue(NAME, out / "archive", bot.file, config, False) == 0
    assert publish_site(out / "site", bot.file, config, False) == 0
    assert make_backup(None, False, bot.file, config) == 0
    return out


def by_the_bots_clock(bot: Bot, at: str) -> Path:
    """Name the backup that was just made by an hour of the evening, which is not today's."""
    folder = bot.file.parent / "backups"
    made = max(folder.iterdir(), key=lambda each: each.stat().st_ctime_ns)  # the newest name
    return made.rename(folder / f"{AT}{at[6:]}")


def figures(folder: Path) -> tuple[object, ...]:
    found = result({"uitslag.json": (folder / "uitslag.json").read_bytes()})
    first = found["rounds"][0]
    return (
        found["participants"],
        first["voters"],
        first["receipts_sha256"],
        first["items"][0]["counts"],
    )


def test_nothing_of_who_was_forgotten_is_left_and_older_copies_are_named(
    bot: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = traces(bot)
    before = handed_out(bot, tmp_path / "before")
    site = before / "site"
    older = by_the_bots_clock(bot, "20261201T170000Z")
    assert {"account", "words", "link", "seal"} == set().union(*searched(older, every).values())
    told = figures(before / "bundle-False")

    for who in GONE:
        bot.say(who, "vergeetmij")
        bot.say(who, "ja, vergeet mij")
    now = milliseconds(bot.clock())
    clean_store(bot.session.store, now)
    left = searched(bot.file.parent, every)
    assert {name for name in left if not name.startswith("backups/")} == set()
    sound(bot.file, KEY)
    bot.close()
    assert bot.alarms == []

    out = handed_out(bot, tmp_path / "after")
    assert publish_site(site, bot.file, bot.file.with_name("config.toml"), False) == 0
    assert searched(out, every) == {}
    assert searched(site, every) == {}  # published again in the folder of before
    by_the_bots_clock(bot, "20261202T031500Z")
    after = searched(bot.file.parent, every)
    assert {name.split("/")[1] for name in after} == {older.name}
    assert figures(out / "bundle-False") == told
    capsys.readouterr()

    config = load(bot.file.with_name("config.toml"), registry.kinds())
    named = {one.where: one for one in leftovers(bot.file, config, bot.clock())}
    assert set(named) == {"backup", f"dialogue {NAME}"}
    assert older.name in named["backup"].what
    assert "2 more are made" in named["backup"].until
    assert "version 1" in named[f"dialogue {NAME}"].what


def test_a_log_that_another_program_still_reads_is_named_and_emptied_later(tmp_path: Path) -> None:
    """Its reader sees what was there before, so SQLite keeps that: it is no "cleaned"."""
    bot = Bot(tmp_path / "town.db")
    bot.open("stellingenronde")
    store = bot.session.store
    store._db.execute("PRAGMA busy_timeout = 20")
    who = GONE[1]
    bot.say(who, f"stelling Plan van {word(who)} is goed.")
    with closing(sqlite3.connect(bot.file)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM texts WHERE words LIKE '%wxqz%'").fetchone()[0]
        bot.say(who, "vergeetmij")
        bot.say(who, "ja, vergeet mij")
        since = bot.clock()
        with pytest.raises(NotNow):
            clean_store(store, milliseconds(since))
        held = [path.name for path in tmp_path.iterdir() if b"wxqz" in path.read_bytes()]
        assert held != []
        (soon,) = leftovers(bot.file, None, since)
        (late,) = leftovers(bot.file, None, since + timedelta(hours=14))
        assert soon.where == late.where == "database"
        assert f"erased since {since.astimezone(UTC):%Y-%m-%d %H:%M}" in soon.what
        assert "within 12 hours" in soon.until
        assert "end that program" in late.until
    clean_store(store, milliseconds(bot.clock()))
    assert not [path.name for path in tmp_path.iterdir() if b"wxqz" in path.read_bytes()]
    assert leftovers(bot.file, None, bot.clock()) == []
    bot.close()


def test_what_a_restore_put_aside_is_named(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open("stellingenronde")
    (tmp_path / "before-restore-20261201T170000Z").mkdir()
    (tmp_path / "before-restore-20261205T170000Z").mkdir()
    assert leftovers(bot.file, None, bot.clock()) == []
    bot.say(GONE[0], "stelling Er moeten meer bomen komen.")
    bot.say(GONE[0], "vergeetmij")
    bot.say(GONE[0], "ja, vergeet mij")
    bot.close()
    (left,) = leftovers(bot.file, None, bot.clock())
    assert left.where == "restore"
    assert "20261201T170000Z holds what was erased after it was made (2 times" in left.what
    keys.make(tmp_path / "town.key", KEY)
    done = CliRunner().invoke(main, ["check", "--db", str(bot.file)])
    assert done.exit_code == 0  # it is no fault
    assert done.output.splitlines() == [
        "Nothing is wrong.",
        f"restore: {left.what} — it stays until you remove it",
    ]
