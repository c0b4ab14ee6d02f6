"""The lock of a town on a server, and a connection that is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rounds.registry import record
from storage import postgres, postgres_session
from storage.database import Failed, NotNow, Served, TakenOver, Unusable
from storage.opening import free
from storage.reader import Reader
from storage.store import Store
from tests.postgres import Cluster, by_hand, cluster, served
from tests.storage.kept import NAME, fill, store, vote

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (.[postgres])")


@pytest.fixture
def where(file: Path) -> Served:
    return served(file)


@pytest.fixture
def town(where: Served) -> Iterator[Store]:
    """A town with a dialogue, open."""
    opened = store(where)
    fill(opened)
    yield opened
    opened._db.close()


def end_its_sessions(schema: str) -> None:
    """As a server does that is restarted, and a network that falls away."""
    by_hand(
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l WHERE l.locktype = 'advisory'"
        " AND l.pid != pg_backend_pid()",
        schema,
    )


def votes(kept: Store) -> int:
    return len(kept.reader().lines(NAME))


def write(kept: Store) -> None:
    with kept.transaction():
        kept.settings.write("one", "two")


# -- the lock -------------------------------------------------------------------------------------


def test_a_second_program_is_refused_as_at_a_locked_file(town: Store) -> None:
    with pytest.raises(Unusable, match="in_use"):
        store(town.where)
    vote(town, "S1", "agree", "b1")


def test_which_towns_nobody_has_is_one_question(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file it is told when it is locked."""
    assert isinstance(town.where, Served)
    other, alone = served(tmp_path / "elders"), tmp_path / "alleen.db"
    has = store(other)
    asked: list[object] = []
    whole = postgres_session.opened
    monkeypatch.setattr(postgres, "opened", lambda *more: asked.append(more) or whole(*more))
    assert free([town.where, alone, other]) == [alone]
    has.close()
    assert free([town.where, alone, other]) == [alone, other]
    end_its_sessions(town.where.schema)
    assert free([town.where, alone, other]) == [town.where, alone, other]
    assert len(asked) == 3


def test_a_town_is_opened_in_one_session_that_looks_for_no_table_of_another(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session costs a server as much as fifty votes, and a list of tables is sought among those
    of all its towns."""
    town.close()
    sessions: list[object] = []
    whole = postgres_session.opened
    monkeypatch.setattr(postgres, "opened", lambda *more: sessions.append(more) or whole(*more))
    asked: list[str] = []
    now = postgres.Server._now

    def told(self: postgres.Server, statement: str, values: tuple[object, ...]) -> object:
        asked.append(statement)
        return now(self, statement, values)

    monkeypatch.setattr(postgres.Server, "_now", told)
    again = store(town.where)
    assert votes(again) == votes(again) > 0
    again.close()
    assert len(sessions) == 1
    assert "pg_try_advisory_lock" in asked[0]  # nobody else changes what is looked at then
    assert [one for one in asked if "pg_tables" in one] == []


def test_a_town_that_is_refused_keeps_word_of_who_had_it(town: Store) -> None:
    vote(town, "S1", "agree", "b1")
    had = by_hand("SELECT token FROM holder", town.where.schema)
    town.close()
    by_hand('DELETE FROM journal WHERE "row" = (SELECT max("row") FROM journal)', town.where.schema)
    with pytest.raises(Unusable, match="behind"):
        store(town.where)
    assert by_hand("SELECT token FROM holder", town.where.schema) == had != []


def test_a_reader_goes_on_beside_it_and_changes_nothing(town: Store) -> None:
    with closing(Reader.of(town.where, record())) as reader:
        assert reader.dialogues() == (NAME,)
        with pytest.raises(Failed, match="25006"):
            reader.db.execute("DELETE FROM journal")


def test_a_reader_at_one_moment_sees_no_later_vote(town: Store) -> None:
    with closing(Reader.of(town.where, record())) as reader, reader.at_one_moment():
        before = len(reader.lines(NAME))
        vote(town, "S1", "agree", "b1")
        assert len(reader.lines(NAME)) == before
    assert votes(town) == before + 1


def test_towns_do_not_hold_up_each_other(town: Store, tmp_path: Path) -> None:
    other = store(served(tmp_path / "other" / "stadsgesprek.db"))
    fill(other)
    other.close()


# -- a connection that is lost --------------------------------------------------------------------


def test_what_was_not_confirmed_did_not_happen_and_the_town_goes_on(town: Store) -> None:
    before = votes(town)

    def half() -> None:
        with town.transaction():
            town.places.choose("console/personal/anna", "elders")
            end_its_sessions(town.where.schema)
            town.inbox.claim(5, b"lost")

    with pytest.raises(NotNow, match="busy"):
        half()
    with town.transaction():
        assert town.places.dialogue("console/personal/anna") == NAME
        assert town.inbox.claim(5, b"lost")
    vote(town, "S1", "agree", "b1")
    assert votes(town) == before + 1


def test_nothing_of_a_lost_transaction_is_done_after_it_alone(town: Store) -> None:
    """Whoever goes on after the error does not write outside a transaction."""

    def goes_on() -> None:
        with town.transaction():
            end_its_sessions(town.where.schema)
            for _ in range(2):
                with pytest.raises(NotNow):
                    town.settings.read(["one"])
                town.places.choose("console/personal/anna", "elders")

    with pytest.raises(NotNow):
        goes_on()
    assert town.places.dialogue("console/personal/anna") == NAME


def test_who_lost_a_town_to_another_keeps_off_it(town: Store) -> None:
    end_its_sessions(town.where.schema)
    other = store(town.where)
    vote(other, "S1", "agree", "b1")
    for _ in range(2):
        with pytest.raises(TakenOver):
            write(town)
    other.close()
    with pytest.raises(TakenOver):  # not even now: what it knows is not true any more
        write(town)


def test_a_lock_that_the_server_still_keeps_for_the_lost_connection_is_waited_for(
    town: Store,
) -> None:
    """A network that falls away leaves the server with a session that nobody has any more."""
    old = town._db._pg  # type: ignore[attr-defined]
    town._db._pg = gone = psycopg.connect(cluster().address)  # type: ignore[attr-defined]
    gone.close()
    with pytest.raises(NotNow, match="busy"):
        write(town)
    old.close()
    write(town)


def test_a_town_that_was_quiet_while_its_connection_was_lost_notices_nothing(town: Store) -> None:
    end_its_sessions(town.where.schema)
    write(town)
    assert town.settings.read(["one"]) == {"one": "two"}


def test_a_server_that_is_away_for_a_while(file: Path) -> None:
    made = Cluster(cluster()._programs, cluster()._user)
    try:
        kept = store(Served(made.address, "haarlem", file))
        fill(kept)
        before = votes(kept)
        made.stop()
        for _ in range(2):
            with pytest.raises(NotNow, match="busy"), kept.transaction():
                kept.inbox.claim(5, b"away")
        made.start()
        vote(kept, "S1", "agree", "b1")
        assert votes(kept) == before + 1
        kept.close()
    finally:
        made.remove()
