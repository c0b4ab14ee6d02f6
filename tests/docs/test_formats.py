"""formats.md: every setting with default and bounds; a built-in format says what it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.town import formats
from tests.docs import pages

PAGE = pages.text("docs/formats.md")
BUILT_IN = sorted(formats.BUILT_IN.glob("*.toml"))


def settings(table: list[dict[str, str]]) -> dict[str, tuple[str, str, str]]:
    """What a table says of each setting: default, least and most."""
    assert all(row["means"] for row in table)
    return {
        pages.code(row["setting"])[0]: (row["default"].strip("`"), row["from"], row["to"])
        for row in table
    }


def described(kind: type[msgspec.Struct]) -> dict[str, tuple[str, str, str]]:
    """The settings that a kind really has."""
    info: Any = msgspec.inspect.type_info(kind)
    return {field.name: _described(field) for field in info.fields}


def _described(field: Any) -> tuple[str, str, str]:
    default = "" if field.default is msgspec.NODEFAULT else msgspec.json.encode(field.default)
    low = getattr(field.type, "ge", getattr(field.type, "min_length", None))
    high = getattr(field.type, "le", getattr(field.type, "max_length", None))
    plain = default.decode() if isinstance(default, bytes) else default
    return plain, *("" if bound is None else str(bound) for bound in (low, high))


def comment(file: Path) -> str:
    """The comment with which a file begins, on one line."""
    lines = file.read_text("utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    return " ".join(line.removeprefix("#").strip() for line in lines[:first])


def test_the_folder_of_built_in_formats_is_linked_to() -> None:
    assert f"]({Path('..') / formats.BUILT_IN.relative_to(pages.ROOT)})" in PAGE
    assert BUILT_IN


@pytest.mark.parametrize("file", BUILT_IN, ids=lambda file: file.stem)
def test_a_built_in_format_says_in_one_sentence_what_it_is_for(file: Path) -> None:
    said = comment(file)
    assert said[:1].isupper()
    assert said.find(". ") == -1
    assert said.endswith(".")


def test_settings_of_every_kind() -> None:
    (table,) = pages.tables(pages.section(PAGE, "Settings of every kind"))
    assert settings(table) == described(formats._Round)
