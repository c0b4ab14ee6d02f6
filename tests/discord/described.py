"""Values made from Discord's description of its interface, for Hypothesis.

The description (OpenAPI) tells of every part of an interaction: people, members, channels, messages
and their components. What stands around those is told by Discord's gateway alone, which it does not
describe; the tests put it there.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.discord.requests import document

#: As deep as a value goes with what may be left out; deeper it has only what has to be there.
_WHOLE = 1

#: As deep as lists have anything in them.
_DEEP = 4

_SNOWFLAKES = st.integers(1 << 40, (1 << 63) - 1).map(str)
_MOMENTS = st.datetimes().map(lambda one: one.replace(microsecond=0).isoformat() + "+00:00")
_TEXTS = st.one_of(st.text(max_size=20), st.sampled_from(["\u202e" * 9, "@everyone", "x" * 4_000]))

_FORMATS = {
    "snowflake": _SNOWFLAKES,
    "date-time": _MOMENTS,
    "uri": st.just("https://voorbeeld.test/x"),
}


def schema(name: str) -> Any:
    return document()["components"]["schemas"][name]


def named(name: str) -> st.SearchStrategy[Any]:
    """Values of a schema with a name."""
    return _values({"$ref": f"#/components/schemas/{name}"})


def constants(name: str) -> list[Any]:
    """The values that an enumeration has."""
    return [one["const"] for one in schema(name)["oneOf"]]


@st.composite
def _values(draw: st.DrawFn, of: Any) -> Any:
    return _drawn(draw, of, 0)


def _drawn(draw: st.DrawFn, of: Any, depth: int) -> Any:
    if "$ref" in of:
        return _drawn(draw, schema(of["$ref"].rpartition("/")[2]), depth)
    if "const" in of:
        return of["const"]
    if "enum" in of:
        return draw(st.sampled_from(of["enum"]))
    several = of.get("oneOf") or of.get("anyOf") or of.get("allOf")
    if several is not None:
        return _drawn(draw, several[0] if depth > _DEEP else draw(st.sampled_from(several)), depth)
    kinds = of.get("type", "null")
    kind = kinds if isinstance(kinds, str) else draw(st.sampled_from(kinds))
    if kind == "object":
        return _object(draw, of, depth)
    if kind == "array":
        most = 0 if depth > _DEEP else min(2, of.get("maxItems", 2))
        return [_drawn(draw, of["items"], depth + 1) for _ in range(draw(st.integers(0, most)))]
    return draw(_plain(kind, of))


def _object(draw: st.DrawFn, of: Any, depth: int) -> Any:
    wanted = set(of.get("required", ()))
    if depth <= _WHOLE:
        wanted |= {name for name in of.get("properties", ()) if draw(st.booleans())}
    return {
        name: _drawn(draw, part, depth + 1)
        for name, part in of.get("properties", {}).items()
        if name in wanted
    }


def _plain(kind: str, of: Any) -> st.SearchStrategy[Any]:
    if kind == "string":
        return _FORMATS.get(of.get("format", ""), _TEXTS)
    if kind == "integer":
        return st.integers(max(of.get("minimum", 0), 0), min(of.get("maximum", 1 << 31), 1 << 31))
    if kind == "number":
        return st.floats(0, 1e6)
    return st.booleans() if kind == "boolean" else st.none()
