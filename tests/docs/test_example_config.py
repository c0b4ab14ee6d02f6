"""config.example.toml: what `init` writes, with and without the lines that are off."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

from bot.cli.setup import write_config
from bot.town import config, config_file
from rounds.registry import kinds
from tests.docs import pages

EXAMPLE = (pages.ROOT / "config.example.toml").read_text(encoding="utf-8")
_OFF = re.compile(r"^# (?=\[|\w+ = )", re.MULTILINE)


def on(folder: Path) -> Path:
    """The example with every line that is off put on."""
    path = folder / "config.toml"
    path.write_text(_OFF.sub("", EXAMPLE), encoding="utf-8")
    return path


def test_with_every_line_on_it_is_a_config(tmp_path: Path) -> None:
    (tmp_path / "werkvormen").mkdir()
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    found = config.load(on(tmp_path), kinds()).file
    assert found.matrix is not None
    assert found.matrix.homeserver.startswith("https://")
    assert [room.matrix for room in found.rooms] == ["#zomerstraat:haarlem.example"]
    assert [room.matrix for room in found.staff_rooms] == ["!abcdefgh:haarlem.example"]
    assert found.rooms[0].youth
    assert found.rooms[0].alarm_words
    assert found.roles.matrix.moderator
    assert found.discord is not None
    assert found.rooms[0].discord
    assert found.roles.discord.moderator
    assert found.theme.logo
    assert found.theme.light.accent


def test_every_key_of_matrix_and_rooms_is_in_it(tmp_path: Path) -> None:
    """But the token that another key stands for: a password."""
    data = tomllib.loads(on(tmp_path).read_text(encoding="utf-8"))
    for given, kind, left_out in (
        (data["matrix"], config_file.Matrix, {"token_file"}),
        (data["discord"], config_file.Discord, set()),
        (data["rooms"][0], config_file.Room, set()),
        (data["staff_rooms"][0], config_file.StaffRoom, set()),
    ):
        assert set(given) == {f.name for f in msgspec.structs.fields(kind)} - left_out


def test_as_it_is_nothing_live_is_configured(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert write_config(path) == 0
    assert path.read_text(encoding="utf-8") == EXAMPLE
    assert config.load(path, kinds()).file.matrix is None
