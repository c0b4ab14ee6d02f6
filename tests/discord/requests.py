"""Holds every request of the bot against Discord's description of its interface, and more rules.

The description (OpenAPI) is no part of this project: where it is not found, only our own rules are
held, which say what it misses.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]

_HERE = Path(__file__).resolve()

#: Where the description may be: beside the project, or where the variable says.
_PLACES = (
    os.environ.get("DISCORD_OPENAPI", ""),
    *(str(up / "shared/data/discord_openapi.json") for up in _HERE.parents),
)

_V2, _ONLY = 1 << 15, 1 << 6
_NAME = re.compile(r"[-_'\w]{1,32}\Z")


@cache
def description() -> Path | None:
    """The file with the description; None where there is none."""
    return next((Path(p) for p in _PLACES if p and Path(p).is_file()), None)


@cache
def document() -> Json:
    """The description itself."""
    path = description()
    assert path is not None
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


@cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    """Each path as a pattern; those with fewest places to fill first."""
    made = [
        (re.compile(re.sub(r"\\?\{[^}]*\\?\}", "[^/]+", re.escape(path)) + r"\Z"), path)
        for path in document()["paths"]
    ]
    return sorted(made, key=lambda one: one[1].count("{"))


@cache
def _validator(path: str, method: str) -> Any:
    """The validator of a body; None where none may be sent."""
    import jsonschema_rs

    operation = document()["paths"][path][method]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    schema = {**content["application/json"]["schema"], "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(schema)


def against_description(
    method: str, path: str, body: Any, query: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """What is wrong with a request by the description; ``query`` is what its address asks for."""
    found = next((name for pattern, name in _paths() if pattern.match(path)), None)
    if found is None or method.lower() not in document()["paths"][found]:
        return [f"{method} {path} is not in the description"]
    wrong = [f"{method} {path}?{one}" for one in _asked(found, method.lower(), query)]
    if wrong or body is None:
        return wrong
    validator = _validator(found, method.lower())
    if validator is None:
        return [f"{method} {path} takes no body"]
    return [f"{method} {path}: {error.message[:300]}" for error in validator.iter_errors(body)]


@cache
def _queried(path: str, method: str) -> dict[str, Any]:
    """The validators of what an address may ask for, made once: making one takes a second."""
    import jsonschema_rs

    described = document()["paths"][path]
    every = [*described.get("parameters", ()), *described[method].get("parameters", ())]
    parts = {"components": document()["components"]}
    return {
        one["name"]: jsonschema_rs.Draft202012Validator({**one["schema"], **parts})
        for one in every
        if one["in"] == "query"
    }


def _asked(path: str, method: str, query: Mapping[str, str]) -> Iterator[str]:
    """What of a query the description does not know, or has otherwise."""
    known = _queried(path, method) if query else {}
    for name, value in query.items():
        meant = json.loads(value) if value.isdigit() or value in ("true", "false") else value
        if name not in known or not (known[name].is_valid(meant) or known[name].is_valid(value)):
            yield f"{name}={value}"


def against_our_rules(method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a request that the description does not see."""
    if path.endswith("/commands"):
        entries = [one for one in body or () if one["type"] == 3]
        typed = [one for one in body or () if one["type"] != 3]
        wrong = [] if len(entries) <= 5 else [f"{len(entries)} entries in the menu of messages"]
        wrong += [told for one in entries for told in _entry(one)]
        return wrong + [told for one in typed for told in _command(one, "")]
    if not isinstance(body, dict):
        return []
    message = body.get("data", body) if path.endswith("/callback") else body
    if path.endswith("/threads"):  # a post of a forum begins with a message
        message = body.get("message")
    if message is None or "/pins/" in path:
        return []
    wrong = list(_components(message))
    if "components" in message and "custom_id" not in message:
        wrong += _message(method, path, message)
    return [f"{method} {path}: {one}" for one in wrong]


def _walked(components: Any) -> Iterator[Json]:
    for one in components or ():
        yield one
        yield from _walked(one.get("components"))
        if one.get("component"):
            yield from _walked([one["component"]])


def _components(message: Json) -> Iterator[str]:
    every = list(_walked(message.get("components")))
    named = Counter(one["custom_id"] for one in every if one.get("custom_id"))
    yield from (f"custom_id twice: {name}" for name, times in named.items() if times > 1)
    yield from (f"custom_id too long: {name}" for name in named if len(name) > 100)
    numbered = Counter(one["id"] for one in every if one.get("id"))
    yield from (f"id twice: {number}" for number, times in numbered.items() if times > 1)
    if len(every) > 40:
        yield f"{len(every)} components"
    for one in every:
        if one["type"] == 1 and not 1 <= len(one["components"]) <= 5:
            yield f"{len(one['components'])} in a row"
        if one["type"] == 3:
            yield from _menu(one)
        if one["type"] == 2 and not (one.get("label") or one.get("emoji")):
            yield "a button without a label"
    fields = [one for one in every if one["type"] == 4]
    if len(fields) > 5:
        yield f"{len(fields)} fields"


def _menu(one: Json) -> Iterator[str]:
    values = Counter(option["value"] for option in one["options"])
    yield from (f"value twice: {value}" for value, times in values.items() if times > 1)
    for option in one["options"]:
        if not 1 <= len(option["label"]) <= 100 or not 1 <= len(option["value"]) <= 100:
            yield "an option that is too long"


def _message(method: str, path: str, message: Json) -> Iterator[str]:
    every = list(_walked(message["components"]))
    text = sum(len(one["content"]) for one in every if one["type"] == 10)
    if text > 4000:
        yield f"{text} characters of text"
    if message.get("content") or not message.get("flags", 0) & _V2:
        yield "no Components V2"
    if message.get("allowed_mentions", {}).get("parse") != []:
        yield "mentions are allowed"
    if method == "POST" and path.startswith("/channels/"):
        began = path.endswith("/threads")  # which takes no nonce: it is found by its token
        if not began and not (message.get("nonce") and message.get("enforce_nonce")):
            yield "no nonce"
        if not any(one.get("custom_id") for one in every):
            yield "no component with a custom_id"
    if len(str(message.get("nonce", ""))) > 25:
        yield "the nonce is too long"


def _entry(command: Json) -> Iterator[str]:
    """What is wrong with an entry of a message's menu."""
    for each in (command["name"], *command["name_localizations"].values()):
        if not 1 <= len(each) <= 32:
            yield f"the name {each!r}"
    if command.keys() & {"description", "options"}:
        yield f"{command['name']} has more than a name"


def _command(command: Json, above: str) -> Iterator[str]:
    name = f"{above} {command['name']}".strip()
    for each in (command["name"], *(command.get("name_localizations") or {}).values()):
        if not _NAME.match(each) or each != each.lower():
            yield f"the name {each!r} of {name}"
    for each in (
        command["description"],
        *(command.get("description_localizations") or {}).values(),
    ):
        if not 1 <= len(each) <= 100:
            yield f"the description of {name}"
    options = command.get("options") or []
    names = Counter(option["name"] for option in options)
    yield from (f"{name}: {one} twice" for one, times in names.items() if times > 1)
    if len(options) > 25:
        yield f"{len(options)} options of {name}"
    kinds = [option["type"] not in (1, 2) for option in options]
    if any(kinds) and not all(kinds):
        yield f"{name} has sub commands beside options"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{name}: what is required comes first"
    for option in options:
        yield from _command(option, name)
