"""Jinja2 as the catalogues use it: strict, sandboxed, with our filters and our lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.text.filters import FILTERS, FUNCTIONS, Compiled, finalize

#: A line that holds tags alone, or another text and nothing else.
_LINE = re.compile(
    r"(?m)^[ ]*(?:(?P<tags>(?:\{%(?:(?!%\}).)*%\}[ ]*)+)"
    r"|(?P<before>\{\{(?:(?!\}\}).)*\|)part(?P<after>(?:\([^()\n]*\))?[ ]*\}\})[ ]*)(?:\n|$)"
)


@dataclass(frozen=True, slots=True)
class Constant:
    """A text that has nothing to fill in."""

    words: str

    def render(self, _values: dict[str, object], /) -> str:
        return self.words


class Environment(ImmutableSandboxedEnvironment):
    """A line of tags alone leaves no line, and one of a part alone the lines of that part; in
    ``item.count`` a mapping's key goes first."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        return super().preprocess(_LINE.sub(_without_line, source), name, filename)

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _without_line(found: re.Match[str]) -> str:
    return found["tags"] or f"{found['before']}lines{found['after']}"


#: Filters of Jinja2 that make HTML or pages: a text has no use for them.
_REMOVED = (
    *("center", "e", "escape", "filesizeformat", "forceescape", "format", "indent", "pprint"),
    *("random", "safe", "striptags", "tojson", "urlize", "wordwrap", "xmlattr"),
)


def environment() -> Environment:
    """Jinja2 with our filters besides its plain ones, strict about what is missing."""
    made = Environment(undefined=StrictUndefined, finalize=finalize, keep_trailing_newline=True)
    for name in _REMOVED:
        del made.filters[name]
    made.filters |= FILTERS
    made.globals = {**FUNCTIONS, "range": made.globals["range"]}
    return made


_ENVIRONMENT = environment()


@cache
def compiled(source: str) -> Compiled:
    """A text of a catalogue, made once in a process however many renderers use it: that takes
    longer than all else in a short session."""
    made = _ENVIRONMENT.from_string(source)
    return made if "{" in source else Constant(made.render())
