"""The same bot with its rows on a PostgreSQL server: kills, deliveries, the order of things.

The tests are those of a file, a few of each kind; every database that they open is a schema on the
server instead.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.runtime import chance, chores, press
from dialogues.receipts import receipts
from rounds import registry
from storage.database import NotNow, Served, TakenOver
from storage.reader import Reader
from storage.store import Store
from tests.engine import test_deliveries, test_kills
from tests.engine.bots import KEY, RECEIPT, Bot
from tests.engine.test_courier import (  # noqa: F401 - run again here
    test_a_card_is_edited_once_in_half_a_minute_while_others_wait,
    test_however_often_the_server_says_stop_all_comes_later_and_once,
    test_staff_then_news_and_document_card_and_persons,
    test_what_arrived_without_an_answer_is_not_sent_again,
)
from tests.engine.test_deliveries import (  # noqa: F401
    test_closing_anywhere_among_the_votes,
)
from tests.engine.test_expressions import (  # noqa: F401
    test_who_is_forgotten_leaves_no_expression,
)
from tests.engine.test_forgotten import (  # noqa: F401
    test_who_came_back_is_not_left,
)
from tests.engine.test_linking import (  # noqa: F401
    both,
    test_two_ballots_are_one_with_the_newest_votes_and_the_receipt_says_so,
)
from tests.generated import drawing, some
from tests.platforms import test_press
from tests.platforms.test_buttons import House
from tests.postgres import by_hand, served


@pytest.fixture(autouse=True)
def schemas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[Path, Served]:
    """Every file that a test opens is a schema, the same each time."""
    served(tmp_path)  # skips where there is no server
    known: dict[Path, Served] = {}
    make, of = Store.__init__, Reader.of

    def there(file: Path) -> Served:
        return known.setdefault(file, served(file)) if file not in known else known[file]

    def made(store: Store, file: Path, *given: Any, **named: Any) -> None:
        make(store, there(file), *given, **named)

    monkeypatch.setattr(Store, "__init__", made)
    monkeypatch.setattr(Reader, "of", lambda file, record: of(there(file), record))
    return known


def test_no_file_is_there(tmp_path: Path, schemas: dict[Path, Served]) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open()
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    assert RECEIPT.search(bot.say("anna", "stem S1 eens"))
    bot.close()
    assert not (tmp_path / "town.db").exists()
    ((_, there),) = schemas.items()
    assert by_hand("SELECT count(*) > 3 FROM journal", there.schema) == [(True,)]


def test_killed_while_people_vote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_kills, "KILLS", some(8, long=100))
    bot = Bot(tmp_path / "town.db")  # known here, so that each process finds the same schema
    bot.die()
    test_kills.test_killed_while_people_vote(tmp_path)


def test_every_event_one_to_five_times_also_after_a_restart(tmp_path: Path) -> None:
    test_deliveries.test_every_event_one_to_five_times_also_after_a_restart(1, tmp_path)


def test_a_document_is_made_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schemas: dict[Path, Served]
) -> None:
    order = press.order_for
    monkeypatch.setattr(chores, "WEIGHS", 1)
    monkeypatch.setattr(press, "order_for", lambda file, *more: order(schemas[file], *more))
    test_press.test_it_is_the_same_document_as_is_made_at_once(tmp_path)


def test_a_bot_whose_town_another_has_ends(tmp_path: Path, schemas: dict[Path, Served]) -> None:
    async def run() -> None:
        house = House(tmp_path)
        running = asyncio.create_task(house.app.run(asyncio.Event().wait()))
        assert await house.say("anna", "hulp")
        _lose(house.app._store._db)
        other = Store(tmp_path / "town.db", chance.seeded("other"), registry.record(), KEY)
        with pytest.raises(TakenOver):
            await asyncio.gather(running, house.say("anna", "hulp"))
        other.close()

    asyncio.run(run())


def test_a_connection_that_is_lost_again_and_again(tmp_path: Path) -> None:
    """Whoever votes while it is away is told so or is counted, never both ways; the same message
    again gives one vote and one receipt."""
    bot = Bot(tmp_path / "town.db")
    bot.open()
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    draw, known, refused = drawing(5), [], 0
    people = some(40, long=400)
    for number in range(people):
        if draw.random() < 0.4:
            _end_sessions(at=draw.choice(("BEGIN", "INSERT", "SELECT", "COMMIT")), store=bot)
        for _ in range(4):
            try:
                said = bot.say(f"u{number}", "stem S1 eens", id=f"v{number}")
            except NotNow:
                refused += 1
                continue
            code = RECEIPT.search(said)
            if code is not None:
                known.append(code[1])
            break
    box = bot.dialogue.machine(0).box(bot.dialogue.states[0])
    assert box is not None
    counted = receipts(KEY, box.ballots())
    assert set(known) <= set(counted)
    assert len(counted) == people
    assert bot.tally("S1") == {"agree": people}
    assert refused > 0
    bot.close()


def _end_sessions(at: str, store: Bot) -> None:
    """The connection is lost at the next statement of a kind, just before it or, where it is a
    COMMIT, just after the server did it."""
    database = store.session.store._db
    run = type(database).execute
    done = False

    def execute(statement: str, values: tuple[Any, ...] = ()) -> Any:
        nonlocal done
        hits = statement.startswith(at) and not done
        if hits and at != "COMMIT":
            done = True
            _lose(database)
        found = run(database, statement, values)
        if hits and at == "COMMIT":
            done = True
            _lose(database)
            return run(database, "SELECT 1")  # its answer is lost with it
        return found

    database.execute = execute  # type: ignore[method-assign]


def _lose(database: Any) -> None:
    by_hand(f"SELECT pg_terminate_backend({database._pg.info.backend_pid})")
