"""Forms as Discord's windows with fields (modals), and what comes back from them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.platforms.discord.components import Json
from bot.platforms.discord.seals import NOTHING, Sealed, Seals, Sort
from bot.platforms.messages import Field, Form, Meaning

#: What Discord allows: fields of a form, characters of titles and labels, of what is filled in.
FIELDS, _TITLE, _VALUE, _EXAMPLE = 5, 45, 4_000, 100

#: How many forms are remembered.
_MOST = 1_000

_LABEL, _INPUT = 18, 4

#: The field of what is said.
SAID = "text"


class Forms:
    """The forms that choices open, by name, as they were last shown."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Form] = OrderedDict()

    def learn(self, forms: Iterable[Form]) -> None:
        for form in forms:
            self._known[form.name] = form
            self._known.move_to_end(form.name)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def get(self, name: str) -> Form | None:
        return self._known.get(name)


def modal(form: Form, means: Meaning, seals: Seals, page: int = 0) -> Json:
    """A page of a form, as a modal about what was pressed."""
    return {
        "custom_id": seals.write(Sealed(Sort.FORM, means, form.name, number=page)),
        "title": _short(form.title, _TITLE),
        "components": list(_fields(form.fields[page * FIELDS : (page + 1) * FIELDS])),
    }


def say(seals: Seals, label: str) -> Json:
    """A modal to say something in, whatever was asked."""
    form = Form("", label, (Field(SAID, label, _VALUE, least=1, long=True),))
    return {**modal(form, NOTHING, seals), "custom_id": seals.write(Sealed(Sort.SAY))}


def _fields(fields: Sequence[Field]) -> Iterator[Json]:
    for field in fields:
        given: Json = {
            "type": _INPUT,
            "custom_id": field.name,
            "style": 2 if field.long else 1,
            "required": field.least > 0,
            "min_length": min(field.least, _VALUE),
            "max_length": min(field.most, _VALUE),
        }
        if field.value:
            given["value"] = field.value[:_VALUE]
        if field.example:
            given["placeholder"] = _short(field.example, _EXAMPLE)
        label: Json = {"type": _LABEL, "label": _short(field.label, _TITLE), "component": given}
        if len(field.label) > _TITLE:
            label["description"] = _short(field.label, 100)
        yield label


def values_of(data: Any) -> dict[str, str]:
    """What was filled in, by field."""
    found = {}
    for row in data.get("components") or ():
        for one in [row.get("component"), *(row.get("components") or ())]:
            if one is not None and "custom_id" in one:
                found[str(one["custom_id"])] = str(one.get("value") or "")
    return found


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
