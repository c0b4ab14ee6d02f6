"""A town goes from its file to a server and back: all of it or nothing, and nobody has two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.town import keys
from rounds.registry import record
from storage import backup, moving
from storage.backup import Beside
from storage.database import Served, Unusable, Where
from storage.moving import Contents, contents
from storage.opening import connect, lock
from storage.reader import Reader
from storage.relocating import to_file, to_server
from storage.sidecar import sidecar
from storage.store import Store
from tests.postgres import by_hand, served
from tests.storage.kept import KEY, NAME, fill, store, vote

AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


@pytest.fixture
def where(file: Path) -> Served:
    return served(file)


@pytest.fixture
def town(where: Served) -> Served:
    """A town in its file, closed, with rows in many tables."""
    opened = store(where.file)
    fill(opened)
    fill(opened, name="elders")
    opened.close()
    keys.make(where.file.with_name("town.key"), KEY)
    return where


def held(where: Where) -> Contents:
    with closing(connect(where, read_only=True)) as db:
        return contents(db)


def sound(where: Where) -> list[object]:
    with closing(Reader.of(where, record())) as reader:
        for chain in reader.chains():
            reader.check_chain(chain)
        assert reader.sidecar(where)
        return list(reader.unsound(KEY))


def test_there_and_back_is_the_same_town(town: Served) -> None:
    before = held(town.file)
    assert [name for name, _, _ in before.chains] == [NAME, "elders"]
    assert sum(count > 0 for count, _ in before.rows.values()) >= 12
    there = to_server(town, AT)
    assert there.contents == before == held(town)
    assert sound(town) == []
    assert not town.file.exists()
    assert held(Path(there.left) / town.file.name) == before
    back = to_file(town, AT)
    assert back.contents == before == held(town.file)
    assert sound(town.file) == []
    with pytest.raises(Unusable, match="missing"):
        held(town)


def test_numbers_go_on_after_those_that_came_along(town: Served) -> None:
    to_server(town, AT)
    kept = store(town)
    newest, ballot = kept.outbox.newest(), min(kept.reader().links(NAME))
    with kept.transaction():
        kept.outbox.put("later", "console/room/straat", NAME, "", b"{}", "")
    vote(kept, "S1", "agree", ballot)
    assert kept.outbox.newest() > newest
    kept.close()
    assert sound(town) == []
    to_file(town, AT)
    again = store(town.file)
    assert again.outbox.newest() == newest + 1
    vote(again, "S2", "agree", ballot)
    again.close()
    assert sound(town.file) == []


def test_what_it_left_is_taken_for_no_town(town: Served) -> None:
    to_server(town, AT)
    with pytest.raises(Unusable, match="moved_away"):
        store(town.file)
    to_file(town, AT)
    with pytest.raises(Unusable, match="not_moved"):
        store(town)


def test_no_town_is_moved_under_a_bot(town: Served) -> None:
    before = held(town.file)
    with lock(town.file), pytest.raises(Unusable, match="in_use"):
        to_server(town, AT)
    with closing(connect(town)), pytest.raises(Unusable, match="in_use"):
        to_server(town, AT)
    assert held(town.file) == before
    to_server(town, AT)
    running = store(town)
    with pytest.raises(Unusable, match="in_use"):
        to_file(town, AT)
    running.close()
    with lock(town.file), pytest.raises(Unusable, match="in_use"):
        to_file(town, AT)
    assert held(town) == before


def test_nothing_is_written_over_another_town(town: Served) -> None:
    to_server(town, AT)
    kept = sidecar(town.file).read_bytes()
    sidecar(town.file).unlink()
    other = store(town.file)
    fill(other)
    other.close()
    with pytest.raises(Unusable, match="not_empty"):
        to_server(town, AT)
    sidecar(town.file).write_bytes(kept)
    with pytest.raises(Unusable, match="not_empty"):
        to_file(town, AT)


@pytest.fixture(params=["left_out", "altered", "stopped"])
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What may go wrong half-way."""
    copied = moving._copy

    def _copy(source: object, target: object, table: str) -> None:
        if table == "participants" and request.param == "left_out":
            return
        copied(source, target, table)  # type: ignore[arg-type]
        if table == "texts" and request.param == "altered":
            target.execute("UPDATE texts SET words = words || ' niet'")  # type: ignore[attr-defined]
        if table == "texts" and request.param == "stopped":
            raise KeyboardInterrupt

    monkeypatch.setattr(moving, "_copy", _copy)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize("way", [to_server, to_file])
def test_a_move_that_fails_did_not_happen(
    town: Served, way: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = moving._copy
    if way is to_file:
        monkeypatch.undo()
        to_server(town, AT)
        monkeypatch.setattr(moving, "_copy", fails)
    here: Where = town if way is to_file else town.file
    before = held(here)
    with pytest.raises((Unusable, KeyboardInterrupt)):
        way(town, AT)  # type: ignore[operator]
    assert held(here) == before
    assert sound(here) == []
    monkeypatch.undo()
    way(town, AT)  # type: ignore[operator]
    assert held(town.file if way is to_file else town) == before


def test_what_the_server_does_not_take_is_said(town: Served) -> None:
    kept = store(town.file)
    with kept.transaction():
        kept.settings.write("odd", "a\0b")
    kept.close()
    with pytest.raises(Unusable, match="not_taken") as raised:
        to_server(town, AT)
    assert raised.value.data == {"table": "settings"}
    assert sound(town.file) == []


def test_a_backup_of_a_town_on_a_server_is_a_file_like_any(town: Served, tmp_path: Path) -> None:
    to_server(town, AT)
    before = held(town)
    running = store(town)
    made = backup.make(town, tmp_path / "copies", Beside(keys.beside(town)), AT)
    vote(running, "S1", "agree", "b1")
    running.close()
    assert held(made / backup.DATABASE) == before
    assert backup.read(made).rows == before.lines


# -- the command ----------------------------------------------------------------------------------

CONFIG = """[town]
name = "Haarlem"
zone = "Europe/Amsterdam"
language = "nl"
[storage]
file = "stadsgesprek.db"
database = "{address}"
schema = "{schema}"
[[rooms]]
name = "zomerstraat"
staff = "staf"
[[staff_rooms]]
name = "staf"
"""


def said(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_the_commands_of_a_town_on_a_server(town: Served) -> None:
    config = town.file.with_name("config.toml")
    config.write_text(CONFIG.format(address=town.address, schema=town.schema))
    named = ("--config", str(config))
    code, text = said("check", *named)
    assert code == 1
    assert text == (
        f"database: the schema {town.schema} on the server holds nothing, and the town is in "
        f"{town.file}: bring it there with `stadsgesprek move --to server`\n"
    )
    code, text = said("move", "--to", "server", *named)
    assert code == 0, text
    assert "lines in 2 journals hold" in text
    code, text = said("check", *named)  # the server of the tests was told so
    assert text == (
        "database: the server does not wait for its disk (fsync = off): a power cut can lose votes"
        " — put it on\n"
    )
    running: Store = store(town)
    code, text = said("move", "--to", "file", *named)
    assert code == 2
    assert text == (
        f"stadsgesprek: the schema {town.schema} on the server is in use by another stadsgesprek; "
        "end that one first\n"
    )
    town.file.with_name("password").write_text("geheim")
    town.file.with_name("password").chmod(0o600)
    with config.open("a") as more:
        more.write('[matrix]\nhomeserver = "http://localhost:1"\nuser = "@b:localhost"\n')
        more.write('password_file = "password"\n')
    assert said("run", *named) == (code, text)
    running.close()
    by_hand("UPDATE journal SET line = 'x' WHERE \"row\" = 5", town.schema)
    code, text = said("check", *named)
    assert (code, f"dialogue {NAME}: the journal is broken" in text) == (1, True)


def test_what_the_config_lacks_is_said(town: Served) -> None:
    config = town.file.with_name("config.toml")
    given = CONFIG.replace('database = "{address}"\nschema = "{schema}"\n', "")
    config.write_text(given)
    code, text = said("move", "--to", "server", "--config", str(config))
    assert (code, "names no server" in text) == (2, True)
    config.write_text(CONFIG.format(address="postgresql://x:geheim@[bad", schema="haarlem"))
    code, text = said("check", "--config", str(config))
    assert (code, "storage.database is no address" in text, "geheim" in text) == (1, True, False)
    assert f"{config} can be read by others" in text
    config.write_text(CONFIG.format(address="x", schema="a-b"))
    code, text = said("check", "--config", str(config))
    assert (code, "storage.schema" in text) == (1, True)
