"""formats.md: every built-in format, every setting with default and bounds, and nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.town import formats
from tests.docs import pages

PAGE = pages.text("docs/formats.md")
EVERY = "Settings of every kind"


def told(heading: str) -> dict[str, tuple[str, str, str]]:
    (table,) = pages.tables(pages.section(PAGE, heading))
    for row in table:
        assert row["means"], row
    return {
        pages.code(row["setting"])[0]: (row["default"].strip("`"), row["from"], row["to"])
        for row in table
    }


def real(kind: type[msgspec.Struct]) -> dict[str, tuple[str, str, str]]:
    info: Any = msgspec.inspect.type_info(kind)
    return {field.name: _described(field) for field in info.fields}


def _described(field: Any) -> tuple[str, str, str]:
    default = "" if field.default is msgspec.NODEFAULT else msgspec.json.encode(field.default)
    low = getattr(field.type, "ge", getattr(field.type, "min_length", None))
    high = getattr(field.type, "le", getattr(field.type, "max_length", None))
    plain = default.decode() if isinstance(default, bytes) else default
    return plain, *("" if bound is None else str(bound) for bound in (low, high))


def test_the_built_in_formats_are_there_and_no_other() -> None:
    table = pages.tables(PAGE)[0]
    assert {pages.code(row["format"])[0] for row in table} == set(formats.load())
    for row in table:
        plan = formats.load()[pages.code(row["format"])[0]]
        words = [part.split()[-1] for part in row["its rounds"].split(";")[0].split(", ")]
        kinds = [round_.kind.value for round_ in plan.rounds]
        assert words[: len(kinds)] == kinds


def test_settings_of_every_kind() -> None:
    assert told(EVERY) == real(formats._Round)


@pytest.mark.parametrize("kind", formats._KINDS)
def test_settings_of_a_kind(kind: str) -> None:
    common, own = real(formats._Round), real(formats._KINDS[kind])
    for name in common:
        assert own.pop(name) == common[name]
    assert told(f"Settings of {kind}") == own


def test_every_kind_is_described() -> None:
    described = pages.section(PAGE, "The kinds of rounds")
    assert [kind for kind in formats._KINDS if f"- **{kind}**" not in described] == []
