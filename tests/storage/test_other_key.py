"""A key that is not the one of the database is refused before anybody gets another receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.console import play_console
from bot.cli.export import export_dialogue
from bot.cli.health import faults_of
from bot.town import keys
from tests.replay.playing import Evening, played


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


def test_check_names_the_key_and_no_rows(town: Path) -> None:
    assert [fault.where for fault in faults_of(town, named=True)] == ["key"]
