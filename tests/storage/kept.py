"""A small database as the program leaves it: a dialogue with statements and votes, people, posts.

Run as a script it writes the stored database of the newest schema (``python -m
tests.storage.kept``): once for each released migration, never again for an older one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.runtime.chance import seeded
from dialogues import events as ev
from dialogues.charter import Charter, Level, Phase
from dialogues.core import Text
from dialogues.fold import evolve
from dialogues.format import Format, RoundPlan
from rounds.registry import record
from rounds.statements.rules import StatementGiven, VoteCast
from storage.database import Where
from storage.forms import Form
from storage.migrations import KNOWN
from storage.offers import Offer
from storage.store import Store

HERE = Path(__file__).parent
BEGIN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
#: The town's key.
KEY = bytes(range(32))
NAME = "de-zomerstraat"
ROOM = "console/room/zomerstraat"
#: A test of what only a file has: its pages, its log, and what SQLite says of them.
of_a_file = pytest.mark.parametrize("where", ["sqlite"], indirect=True)
CHOICES = ("agree", "disagree", "pass")


def store(where: Where, seed: int = 1) -> Store:
    return Store(where, seeded(seed), record(), KEY)


def fill(kept: Store, people: int = 8, statements: int = 3, name: str = NAME) -> None:
    """A dialogue in one transaction: opened, statements given, and everybody's votes."""
    with kept.transaction():
        for moment, (by, event) in enumerate(_events(kept, people, statements, name)):
            kept.journal.append(name, BEGIN + timedelta(seconds=moment), by, event)
        kept.inbox.claim(1_796_148_000_000, bytes(16))
        kept.outbox.put(f"token-{name}", ROOM, name, "card-0", b"{}", BEGIN.isoformat())
        kept.places.choose("console/personal/anna", name)
        kept.forms.ask("console/personal/anna", Form("why", name, {"item": "S1"}, 1))
        kept.offers.offer("console/personal/anna", Offer("offer", name, 1, ("S1", "S2")))
        kept.settings.write("town", "Haarlem")
        kept.cursors.move("matrix", "s1", 5)
    kept.journal.head(name)


def _events(kept: Store, people: int, statements: int, name: str) -> list[tuple[str, object]]:
    plan = Format("stellingen", "Stellingen", (RoundPlan("statements", "Stellingen"),))
    closes = BEGIN + timedelta(hours=2)
    charter = Charter(
        Level.THINK, "de raad", date(2027, 2, 1), "het budget", "de inrichting", Phase.PREPARATION
    )
    events: list[tuple[str, object]] = [
        ("clock", ev.DialogueOpened(name, "zomerstraat", plan, "Haarlem", "UTC", "nl", False)),
        ("clock", ev.CharterSet(charter, ("level",))),
        ("clock", ev.RoundOpened(0, closes, "2026-12-01T21:00", None)),
    ]
    ballots = []
    for number in range(people):
        person = kept.people.person("console", f"{name}-{number}")
        participant = kept.participants.participant(name, person)
        ballots.append(kept.ballots.ballot(name, participant, 0))
        if number < statements:
            words = Text(f"Stelling {number + 1} van een bewoner")
            given = StatementGiven(0, f"S{number + 1}", participant, words, False, False)
            events.append((participant, given))
    events += [
        (ballot, VoteCast(0, f"S{item}", CHOICES[(place + item) % 3], ""))
        for place, ballot in enumerate(ballots)
        for item in range(1, statements + 1)
    ]
    return events


def vote(kept: Store, item: str, choice: str | None, ballot: str) -> None:
    """Add one vote, an hour later."""
    states = kept.journal.read_all()
    at = BEGIN + timedelta(hours=1)
    with kept.transaction():
        event = kept.journal.append(NAME, at, ballot, VoteCast(0, item, choice, ""))
    evolve(states[NAME], event, at, ballot)


@contextmanager
def rolled_back(kept: Store) -> Iterator[None]:
    """A transaction that fails at its end."""
    with suppress(ZeroDivisionError), kept.transaction():
        yield
        raise ZeroDivisionError


def dump(file: Path) -> str:
    """A database as SQL text."""
    kept = store(file)
    fill(kept)
    text = "\n".join(kept._db.iterdump()) + "\n"
    kept.close()
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        newest = HERE / f"schema_{KNOWN[-1].removeprefix('m')[:4]}.sql"
        newest.write_text(dump(Path(folder) / "stadsgesprek.db"))
        print(newest)
