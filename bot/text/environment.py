"""The Jinja2 environment of the catalogues: strict, sandboxed, with our own filters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, Template
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.text.filters import FILTERS, FUNCTIONS, finalize
from bot.text.rendering import Compiled

#: A line that holds tags alone, or another text and nothing else.
_LINE = re.compile(
    r"(?m)^[ ]*(?:(?P<tags>(?:\{%(?:(?!%\}).)*%\}[ ]*)+)"
    r"|(?P<before>\{\{(?:(?!\}\}).)*\|)part(?P<after>(?:\([^()\n]*\))?[ ]*\}\})[ ]*)(?:\n|$)"
)


@dataclass(frozen=True, slots=True)
class Constant:
    """A text without placeholders."""

    words: str

    def render(self, _values: dict[str, object], /) -> str:
        return self.words


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which a line with nothing but tags leaves no line, and a line with one part
    alone becomes that part's lines. In ``item.count`` a mapping's key goes before its method."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        return super().preprocess(_LINE.sub(_without_line, source), name, filename)

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _without_line(found: re.Match[str]) -> str:
    return found["tags"] or f"{found['before']}lines{found['after']}"


#: Jinja2's filters for HTML and pages, which are taken out.
_REMOVED = (
    *("center", "e", "escape", "filesizeformat", "forceescape", "format", "indent", "pprint"),
    *("random", "safe", "striptags", "tojson", "urlize", "wordwrap", "xmlattr"),
)


def environment() -> Environment:
    """Jinja2 with its plain filters and ours; a missing value is an error."""
    made = Environment(undefined=StrictUndefined, finalize=finalize, keep_trailing_newline=True)
    for name in _REMOVED:
        del made.filters[name]
    made.filters |= FILTERS
    made.globals = {**FUNCTIONS, "range": made.globals["range"]}
    return made


_ENVIRONMENT = environment()


class Filled:
    """A text with placeholders. It is filled in as Jinja2 does it, without the copies that it makes
    for templates that extend each other."""

    __slots__ = ("_begin", "_globals")

    def __init__(self, template: Template) -> None:
        self._begin = template.root_render_func
        self._globals = dict(template.globals)

    def render(self, values: dict[str, object], /) -> str:
        context = Context(_ENVIRONMENT, {**self._globals, **values}, None, {})
        try:
            return "".join(self._begin(context))
        except Exception:  # noqa: BLE001 - raised again, with the text's own lines
            _ENVIRONMENT.handle_exception()


@cache
def compiled(source: str) -> Compiled:
    """A catalogue text compiled, cached for the whole process because compiling takes long."""
    made = _ENVIRONMENT.from_string(source)
    return Filled(made) if "{" in source else Constant(made.render())
