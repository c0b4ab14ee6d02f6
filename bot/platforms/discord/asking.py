"""Forms as Discord's windows with fields (modals), and what comes back from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot.platforms.discord.components import Json
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.messages import Field, Form, Meaning
from bot.platforms.writing import shortened

#: What Discord allows: fields of a form, characters of titles and labels, of what is filled in.
FIELDS, _TITLE, _VALUE, _EXAMPLE = 5, 45, 4_000, 100

#: The kinds of components, and how many options one may have.
_LABEL, _INPUT, _SELECT, _OPTIONS = 18, 4, 3, 25

#: Nothing was filled in.
NOTHING: Mapping[str, str] = MappingProxyType({})


def modal(
    form: Form, means: Meaning, seals: Seals, page: int = 0, given: Mapping[str, str] = NOTHING
) -> Json:
    """A page of a form, as a modal about what was pressed. ``given`` is what was filled in before,
    by field."""
    there = form.fields[page * FIELDS : (page + 1) * FIELDS]
    there = tuple(replace(one, value=given.get(one.name, one.value)) for one in there)
    return {
        "custom_id": seals.write(Sealed(Sort.FORM, means, form.name, number=page)),
        "title": shortened(form.title, _TITLE),
        "components": list(_fields(there)),
    }


def _fields(fields: Sequence[Field]) -> Iterator[Json]:
    for field in fields:
        given = _select(field) if 0 < len(field.options) <= _OPTIONS else _input(field)
        label: Json = {"type": _LABEL, "label": shortened(field.label, _TITLE), "component": given}
        about = field.help or (field.label if len(field.label) > _TITLE else "")
        if about:
            label["description"] = shortened(about, 100)
        yield label


def _input(field: Field) -> Json:
    given: Json = {
        "type": _INPUT,
        "custom_id": field.name,
        "style": 2 if field.long else 1,
        "required": field.least > 0,
        "min_length": min(field.least, _VALUE),
        "max_length": min(field.most, _VALUE),
    }
    if field.value:
        given["value"] = field.value[: given["max_length"]]
    if field.example:
        given["placeholder"] = shortened(field.example, _EXAMPLE)
    return given


def _select(field: Field) -> Json:
    """A field in which one of a few values is chosen."""
    options = [
        {"value": value, "label": shortened(label, 100), "default": value == field.value}
        for value, label in field.options
    ]
    return {
        "type": _SELECT,
        "custom_id": field.name,
        "required": field.least > 0,
        "options": options,
        "min_values": int(field.least > 0),
        "max_values": 1,
    }


def values_of(data: Any) -> dict[str, str]:
    """What was filled in, by field; nothing of what has not the form of Discord's description."""
    found = {}
    for row in listed(data, "components"):
        inside = row.get("component") if isinstance(row, dict) else None
        for one in [inside, *listed(row, "components")]:
            if isinstance(one, dict) and "custom_id" in one:
                value = one.get("value") or "".join(map(str, listed(one, "values")))
                found[str(one["custom_id"])] = str(value)
    return found


def listed(of: Any, key: str) -> list[Any]:
    """What is listed under a key; nothing where it has another form."""
    value = of.get(key) if isinstance(of, dict) else None
    return value if isinstance(value, list) else []
