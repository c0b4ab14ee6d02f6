"""settings.md: every key of config.toml with its default, and nothing that does not exist."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest

from bot.town import config, config_file
from rounds.registry import kinds
from tests.docs import pages

PAGE = pages.text("docs/settings.md")
SECTIONS: dict[str, type[msgspec.Struct]] = {
    "`[town]`": config_file.Town,
    "`[storage]`": config_file.Storage,
    "`[backup]`": config_file.Backup,
    "`[[rooms]]`": config_file.Room,
    "`[[staff_rooms]]`": config_file.StaffRoom,
    "`[archive]`": config_file.Archive,
    "`[limits]`": config_file.LimitValues,
    "`[site]`": config_file.Site,
    "`[theme]`": config_file.ThemeValues,
    "`[theme.light]`, `[theme.dark]` and `[theme.print]`": config_file.ThemeColours,
    "`[matrix]`": config_file.Matrix,
    "`[discord]`": config_file.Discord,
    "`[roles.matrix]` and `[roles.discord]`": config_file.RoleNames,
}


def test_every_section_is_described() -> None:
    titles = " ".join(title for title in pages.headings(PAGE) if "[" in title)
    named = {name.split(".")[0] for name in re.findall(r"`\[+([\w.]+)\]+`", titles)}
    assert named == set(config_file.File.__struct_fields__)


@pytest.mark.parametrize("heading", SECTIONS)
def test_keys_and_defaults(heading: str) -> None:
    (table,) = pages.tables(pages.section(PAGE, heading))
    told = {pages.code(row["key"])[0]: row["default"].strip("`") for row in table}
    info: Any = msgspec.inspect.type_info(SECTIONS[heading])
    own = [f for f in info.fields if not isinstance(f.type, msgspec.inspect.StructType)]
    assert told == {field.name: _default(field) for field in own}
    assert all(row["means"] for row in table)


def _default(field: Any) -> str:
    if field.default_factory is not msgspec.NODEFAULT:
        return json.dumps(field.default_factory())
    if field.required:
        return "required"
    return "none" if field.default is None else json.dumps(field.default)


def test_the_example_is_a_config() -> None:
    assert config.load(pages.ROOT / "config.example.toml", kinds()).file.town.name
