"""Configs that would do harm are refused with the key and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.town import config
from rounds.registry import kinds

HEAD = '[town]\nname = "Haarlem"\n'
MATRIX = '[matrix]\nhomeserver = "https://m.example"\nuser = "@bot:m.example"\n'


def refused(folder: Path, text: str) -> str:
    path = folder / "config.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(config.ConfigError) as raised:
        config.load(path, kinds())
    return raised.value.key


@pytest.mark.parametrize("store", ["", ".", "..", "/", "matrix/..", "./", "data"])
def test_the_store_is_a_folder_of_its_own(store: str, tmp_path: Path) -> None:
    """It is made readable for its owner alone: not the folder of the config or the database."""
    text = f'[storage]\nfile = "data/town.db"\n{MATRIX}store = "{store}"\n'
    assert refused(tmp_path, text) == "matrix.store"


def test_a_link_to_that_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to(tmp_path)
    assert refused(tmp_path, f'{MATRIX}store = "store"\n') == "matrix.store"


ROOM = '[[rooms]]\nname = "{}"\n{} = {}\n'
STAFF = '[[staff_rooms]]\nname = "{}"\n{} = {}\n'


@pytest.mark.parametrize(("key", "value"), [("matrix", '"!abc:m.example"'), ("discord", "12")])
@pytest.mark.parametrize("second", [ROOM, STAFF])
def test_two_rooms_are_two(key: str, value: str, second: str, tmp_path: Path) -> None:
    staff = "" if second is STAFF else '[[staff_rooms]]\nname = "staf"\n'
    text = ROOM.format("zomerstraat", key, value) + second.format("plein", key, value)
    text = text.replace("[[rooms]]\n", '[[rooms]]\nstaff = "plein"\n') if not staff else text
    assert refused(tmp_path, text + staff) == f"rooms.{key}"
