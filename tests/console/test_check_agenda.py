"""``check`` says where the town's calendar cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.setup import check_all, write_config

WHERE = [
    ("site/agenda.ics", True),
    ("deep/in/the/site/agenda.ics", True),
    ("taken/agenda.ics", False),
    ("taken/deeper/agenda.ics", False),
    ("folder", False),
]


@pytest.mark.parametrize(("named", "good"), WHERE)
def test_a_path_that_cannot_be_written_is_a_fault(
    named: str, good: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    write_config(config)
    text = config.read_text().replace("[storage]", f'agenda = "{named}"\n[storage]', 1)
    config.write_text(text)
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "folder").mkdir()
    assert check_all(None, config, json_wanted=False) == (0 if good else 1)
    assert ("town.agenda" in capsys.readouterr().out) is not good
