"""privacy.md, "Meetings": what is kept of a sign-up goes when the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.docs import pages
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

(ROWS,) = pages.tables(pages.section(pages.text("docs/privacy.md"), "Meetings"))
SEVEN = "until you ask to be forgotten; seven days after the meeting at most"
WHO = ("anna", "bram", "cor", "dirk", "els", "fien")


class Town:
    """A meeting with a table for each three, for which six people gave their names."""

    def __init__(self, file: Path) -> None:
        self.bot = Bot(file)
        self.bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" waar=Buurthuis in=plein')
        for who in WHO:
            self.bot.say(who, f'aanmelden M1 naam="{who} Zonderling"')
        self.bot.say("anna", 'moment voorstel Annas feest waarom="Annas reden" in=plein')
        self.bot.staff("tafels M1 2")
        self.bot.tick(timedelta(minutes=1))
        self.links = {who: self._link(who) for who in WHO}

    def _link(self, who: str) -> str:
        """Somebody's random name at the meeting, which the journal has."""
        known = self.bot.session.store.people.known("console", who)
        store = self.bot.session.store.participants
        assert known is not None
        return dict(store.participations(known))["meeting/1"]

    def holds(self, words: str) -> bool:
        """Whether any row of any table but the journal has these words."""
        database = self.bot.session.store._db
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return any(
            words in str(row)
            for (table,) in tables
            if table != "journal"
            for row in database.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        )

    def forgets_anna(self) -> None:
        self.bot.say("anna", "vergeetmij")
        self.bot.say("anna", "ja, vergeet mij")

    def signs_anna_off(self) -> None:
        self.bot.say("anna", "afmelden M1")

    def passes_days(self, days: int) -> None:
        for ahead in (timedelta(days=4), timedelta(hours=2), timedelta(days=days)):
            self.bot.tick(ahead)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town.db")
    yield made
    made.bot.close()


def signs(town: Town) -> None:
    """The link to the sign-up goes when asked, and that of all after seven days."""
    town.signs_anna_off()
    assert town.holds(town.links["anna"])
    town.forgets_anna()
    assert not town.holds(town.links["anna"])
    town.passes_days(5)
    assert all(town.holds(town.links[who]) for who in WHO[1:])
    town.passes_days(2)
    assert not any(town.holds(town.links[who]) for who in WHO)


def names(town: Town) -> None:
    town.signs_anna_off()
    assert not town.holds("anna Zonderling")
    assert town.holds("bram Zonderling")
    town.passes_days(7)
    assert not town.holds("Zonderling")


def figures(town: Town) -> None:
    town.passes_days(8)
    town.bot.staff("aanwezig M1 6")
    meeting = town.bot.session.engine.ledger.meetings.by_id["meeting/1"]
    assert (meeting.signed_up, meeting.attended) == (6, 6)
    assert town.bot.say("bram", "agenda M1").tells("meeting_now", attended=6)


def proposed(town: Town) -> None:
    assert town.holds("Annas feest")
    town.forgets_anna()
    assert not town.holds("Annas feest")
    assert not town.holds("Annas reden")


def between(town: Town) -> None:
    """Dirk's words are gone from the meeting once they are given, Anna's once she is, Bram's once
    he took them back, and Cor's once there is no next time."""
    bot = town.bot
    bot.staff(f'gesprek reeks vragenuur Vragen elke="dinsdag 19:30" keer=2 {CHARTER} in=plein')
    for who in ("anna", "bram", "dirk"):
        assert "kept_for_next" in bot.say(who, f"vraag Wanneer komt {who} aan de beurt?").codes
    town.forgets_anna()
    assert not town.holds("Wanneer komt anna")
    assert "kept_withdrawn" in bot.say("bram", "intrekken M3").codes
    assert not town.holds("Wanneer komt bram")
    bot.tick(datetime(2026, 12, 1, 18, 30, tzinfo=UTC) - bot.clock())
    rows = bot.session.store._db.execute("SELECT * FROM texts").fetchall()
    assert [row[1] for row in rows if "Wanneer komt dirk" in str(row)] == ["vragen"]
    bot.tick(timedelta(hours=2))
    assert "kept_for_next" in bot.say("dirk", "vraag Wanneer komt Cor aan de beurt?").codes
    bot.staff("gesprek reeks stop M4 De wethouder stopt.")
    bot.tick(timedelta(minutes=1))
    assert not town.holds("Wanneer komt Cor")


#: How each row is held, by the first words of what it is about.
HELD: dict[str, tuple[str, Callable[[Town], None]]] = {
    "that you signed up": (
        SEVEN,
        signs,
    ),
    "your name for the list": (
        "until you sign off or ask to be forgotten; seven days after the meeting at most",
        names,
    ),
    "at which table": (
        "until you ask to be forgotten; seven days after the meeting at most",
        signs,
    ),
    "what you ask between": (
        "until it is given, you take it back, you ask to be forgotten or the series is over",
        between,
    ),
    "how many people": ("for good", figures),
    "a proposal of yours": ("until you ask to be forgotten", proposed),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"][:20])
def test_what_is_kept_of_a_meeting_goes_when_the_page_says_so(
    row: dict[str, str], town: Town
) -> None:
    ((until, check),) = [held for start, held in HELD.items() if row["what"].startswith(start)]
    assert row["how long"] == until
    check(town)


def test_every_row_is_held() -> None:
    assert len(ROWS) == len(HELD)
