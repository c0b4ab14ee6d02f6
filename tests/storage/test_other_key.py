"""A key that is not the one of the database is refused before anybody gets another receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.console import play_console
from bot.cli.export import export_dialogue
from bot.cli.health import faults_of
from bot.cli.run import run_bot
from bot.cli.setup import check_all, write_config
from bot.town import keys
from tests.replay.playing import Evening, played

CONFIG = """
[town]
name = "Haarlem"
[discord]
token_file = "token"
guild = 1
[[rooms]]
name = "zomerstraat"
discord = 2
[[staff_rooms]]
name = "staf"
discord = 3
"""


def configured(folder: Path) -> Path:
    """A config of the town whose database is in this folder."""
    file = folder / "run.toml"
    file.write_text(CONFIG)
    (folder / "token").write_text("x")
    return file


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A database in which people took part, with another key beside it."""
    made = Evening()
    made.open("stellingenronde", more="minimum=1")
    made.say("anna", "stelling Er moeten meer bomen komen.")
    for who in ("anna", "bram", "carla", "daan", "eva"):
        made.say(who, "stem S1 eens")
    made.staff("sluit ja")
    made.staff("advies")
    file = tmp_path / "t.db"
    played(made.data, file)
    file.with_name("t.db.key").unlink()
    keys.make(file.with_name("t.db.key"))
    return file


@pytest.mark.parametrize(
    "command",
    [
        lambda file: play_console(file, None),
        lambda file: export_dialogue("ons-gesprek", file.with_name("out"), True, file, None, False),
    ],
)
def test_no_command_goes_on_with_another_key(
    command: Callable[[Path], int], town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(town) == 2
    assert "put back your copy" in capsys.readouterr().err
    assert not town.with_name("out").exists()


@pytest.mark.parametrize(
    "command",
    [
        lambda folder: write_config(folder / "config.toml"),
        lambda folder: run_bot(configured(folder), "text"),
        lambda folder: play_console(folder / "stadsgesprek.db", None),
        lambda folder: check_all(folder / "stadsgesprek.db", None, json_wanted=False),
        lambda folder: export_dialogue(
            "ons-gesprek", folder / "out", True, folder / "stadsgesprek.db", None, False
        ),
    ],
)
def test_no_command_makes_a_key_beside_a_database_that_lost_its_own(
    command: Callable[[Path], int], town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what to do, and leaves everything as it was."""
    folder = town.parent
    town.with_name("t.db.key").unlink()
    town.rename(folder / "stadsgesprek.db")
    before = (folder / "stadsgesprek.db").read_bytes()
    assert command(folder) != 0
    said = "".join(capsys.readouterr())
    assert "town.key is missing; put back your copy" in said
    assert "init" in said
    assert not [file for file in folder.iterdir() if "key" in file.name]
    assert not (folder / "out").exists()
    assert (folder / "stadsgesprek.db").read_bytes() == before


def test_check_names_the_key_and_no_rows(town: Path) -> None:
    assert [fault.where for fault in faults_of(town, named=True)] == ["key"]
