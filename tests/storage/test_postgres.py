"""What only a town on a server has: its schema, its errors, erasing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from storage.database import Failed, NotNow, Served, Unusable
from storage.forgetting import CLEANED_AFTER, clean_when_due, forget_person
from storage.opening import connect
from storage.sidecar import sidecar
from storage.store import Store
from tests.postgres import by_hand, cluster, served
from tests.storage.kept import KEY, NAME, fill, store, vote

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


# -- what the sidecar promises --------------------------------------------------------------------


def test_a_schema_that_was_put_back_is_refused(town: Store) -> None:
    vote(town, "S1", "agree", "b1")
    town.close()
    by_hand('DELETE FROM journal WHERE "row" = (SELECT max("row") FROM journal)', town.where.schema)
    with pytest.raises(Unusable, match="behind"):
        store(town.where)
    by_hand(f'DROP SCHEMA "{town.where.schema}" CASCADE')
    with pytest.raises(Unusable, match="behind"):
        store(town.where)
    sidecar(town.file).unlink()
    assert not store(town.where).has_sidecar


# -- its schema -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "fault"),
    [
        ("CREATE TABLE more (x int)", ["column more.x"]),
        ("CREATE VIEW seen AS SELECT * FROM accounts", ["rule seen._RETURN"]),
        ("DROP INDEX posts_message", ["index posts_message"]),
        ("ALTER TABLE texts ALTER COLUMN words DROP NOT NULL", ["column texts.words"]),
        (
            """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER t BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION f()""",
            ["function f", "trigger journal.t"],
        ),
    ],
)
def test_check_names_what_was_done_to_the_schema(town: Store, done: str, fault: list[str]) -> None:
    assert town.reader().unsound(KEY) == []
    by_hand(done, town.where.schema)
    assert [found.what for found in town.reader().unsound(KEY)] == fault


def test_a_newer_schema_and_one_of_something_else_are_refused(where: Served) -> None:
    store(where).close()
    by_hand("INSERT INTO migrations VALUES ('m9999_later', 9999)", where.schema)
    with pytest.raises(Unusable, match="newer"):
        store(where)
    other = replace(where, schema=f"{where.schema}_other")
    by_hand(f'CREATE SCHEMA "{other.schema}"; CREATE TABLE "{other.schema}".x (y int)')
    with pytest.raises(Unusable, match="not_ours"):
        store(other)


def test_an_upgrade_that_fails_leaves_the_schema_before_it(
    where: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import postgres_schema as made

    def m9998_adds(db: made.Runs) -> None:
        db.execute("CREATE TABLE added (x INTEGER)")

    def m9999_breaks(db: made.Runs) -> None:
        db.execute("CREATE TABLE nonsense (")

    kept = store(where)
    fill(kept)
    kept.close()
    steps = made.STEPS
    monkeypatch.setattr(made, "STEPS", (*steps, m9998_adds, m9999_breaks))
    with pytest.raises(Unusable):
        store(where)
    monkeypatch.setattr(made, "STEPS", steps)
    again = store(where)
    assert again.reader().unsound(KEY) == []
    again.close()


def test_reading_makes_no_schema(where: Served) -> None:
    with pytest.raises(Unusable, match="missing"):
        connect(where, read_only=True)
    found = by_hand("SELECT nspname FROM pg_namespace")
    assert (where.schema,) not in found


# -- errors ---------------------------------------------------------------------------------------


def test_no_password_and_no_value_stands_in_what_is_said(where: Served, town: Store) -> None:
    secret = "geheim123"
    for address in (f"postgresql://town:{secret}@localhost:1/x", f"postgresql//{secret} = ="):
        refused = replace(where, address=address)
        assert secret not in f"{refused} {refused!r}"
        with pytest.raises(Unusable) as raised:
            connect(refused)
        assert secret not in f"{raised.value} {raised.value.data} {raised.value.__cause__}"
    town._db.execute("INSERT INTO persons (person) VALUES (?)", (secret,))
    with pytest.raises(Failed) as failed:
        town._db.execute("INSERT INTO persons (person) VALUES (?)", (secret,))
    assert str(failed.value) == "23505"
    assert failed.value.__cause__ is None


def test_the_library_logs_nothing_of_a_connection_that_is_lost(
    town: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """It would say so in the server's words, where several statements were under way."""
    database = town._db
    for number in range(20):
        with suppress(NotNow), town.transaction():
            database.execute("INSERT INTO persons (person) VALUES (?)", (f"h{number}",))
            by_hand(f"SELECT pg_terminate_backend({database._pg.info.backend_pid})")
            database.execute("SELECT 1")
    assert caplog.records == []


def test_what_passes_and_what_does_not(town: Store) -> None:
    from storage.postgres import passing

    assert [passing(code) for code in ("53100", "58030")] == ["full", "full"]
    for code in ("08006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "57P03"):
        assert passing(code) == "busy", code
    assert [passing(code) for code in ("23505", "42P01", "25P02", "taken", "XX001")] == [""] * 5
    with psycopg.connect(cluster().address) as other:
        other.execute(f'LOCK TABLE "{town.where.schema}".settings')
        town._db.execute("SELECT set_config('lock_timeout', '50ms', false)")
        with pytest.raises(NotNow, match="busy"), town.transaction():
            town.settings.write("a", "b")


def test_a_transaction_in_which_something_failed_is_never_taken_for_kept(town: Store) -> None:

    def swallowed() -> None:
        with town.transaction():
            town.settings.write("kept", "no")
            with pytest.raises(Failed):
                town._db.execute("SELECT nonsense")

    with pytest.raises(Failed, match="25P02"):
        swallowed()
    assert town.settings.read(["kept"]) == {}


# -- erasing --------------------------------------------------------------------------------------

SECRET = "Zeldzaamwoord"


def files_of(schema: str) -> list[Path]:
    """Every file in which the server keeps the tables of a schema."""
    by_hand("CHECKPOINT")
    rows = by_hand(
        """SELECT pg_relation_filepath(c.oid) FROM pg_class AS c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'i')
        UNION SELECT pg_relation_filepath(c.reltoastrelid) FROM pg_class AS c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.reltoastrelid != 0
        UNION SELECT pg_relation_filepath('pg_statistic')""",
        schema,
    )
    return [cluster().data / str(path) for (path,) in rows]


def hits(schema: str) -> int:
    return sum(path.read_bytes().count(SECRET.encode()) for path in files_of(schema))


def test_what_was_forgotten_is_in_no_byte_of_its_tables(town: Store) -> None:
    account = f"@{SECRET}"
    with town.transaction():
        person = town.people.person("matrix", account)
        town.places.belongs(f"matrix/personal/{account}", person)
        town.outbox.put("t", f"matrix/personal/{account}", NAME, "", SECRET.encode(), "")
    by_hand("ANALYZE", town.where.schema)
    assert hits(town.where.schema) > 3
    with town.transaction():
        forget_person(town, person, f"matrix/personal/{account}", 1000)
    assert hits(town.where.schema) > 0
    clean_when_due(town, 1000 + int(CLEANED_AFTER.total_seconds() * 1000), CLEANED_AFTER)
    assert hits(town.where.schema) == 0
    assert town.settings.uncleaned_since() == 0
    assert town.reader().unsound(KEY) == []


# -- a town in a file -----------------------------------------------------------------------------


def test_a_town_in_a_file_never_imports_the_library(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.storage.kept import fill, store\n"
        "import bot.cli.main, bot.runtime.app\n"
        f"kept = store(Path({str(tmp_path / 'a.db')!r})); fill(kept); kept.close()\n"
        "print([m for m in sys.modules if m.startswith(('psycopg', 'storage.postgres'))])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "['storage.postgres_sql']"
