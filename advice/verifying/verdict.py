"""``Verdict``: what verify found: the bundle's hash, what differs, what could not be checked.

A finding is a code with values; its sentence stands in ``advice/templates/verdict.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal

#: Values in a sentence are cut to this many characters.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference or a remark: a code, where it is, and the values of its sentence."""

    code: str
    where: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """The finding in English, as the command line prints it."""
        values = {name: _short(value) for name, value in self.values.items()}
        return _sentences()[self.code].format(where=_short(self.where), **values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``origin``: whether the bundle's hash was compared with a posted one.

    ``differences`` are in the order of the checks: the first is the one to name. ``hash`` is that
    of the public list, "" where there is none.
    """

    bundle: Literal["public", "clerk", "agenda", "followup", "papers", "archive"]
    differences: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    origin: bool = False
    hash: str = ""

    @property
    def ok(self) -> bool:
        return not self.differences


def finding(code: str, where: object, **values: object) -> Finding:
    return Finding(code, str(where), values)


def _short(value: object) -> str:
    """A value on one line, without control characters that could write over the terminal."""
    try:
        text = str(value)
    except ValueError:  # an integer of more digits than Python writes out
        text = "a very large number"
    line = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    source = files("advice.templates").joinpath("verdict.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(source))
