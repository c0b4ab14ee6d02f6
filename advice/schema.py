"""The JSON Schemas of uitslag.json, momenten.json, opvolging.json and site.json, from their models.

``python -m tests.advice.publish_schema`` writes them in ``docs``; tests hold the published files
equal to them.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from advice import model
from advice.followup import model as followup
from advice.kinds import AllPages
from advice.papers import registry
from advice.site import model as site
from advice.town import moments

#: The name of the definition of a whole file.
ROOT = "Result"

_RESULT = (
    "The result of a dialogue, from which advice, report and tables are written. "
    "Figures about fewer than five people are null."
)
_MOMENTS = "The meetings that a town planned. Figures about one to four people are null."

_FOLLOW_UP = "What became of the recommendations of one advice, from the first hand-over on."

_SITE = "A town's site as data: its dialogues and their documents. Nothing in it is about a person."


def schema(pages: AllPages) -> dict[str, Any]:
    """The schema of uitslag.json; its definitions have the names of the model's classes."""
    return _schema(pages.model, model.SCHEMA, "uitslag.json", _RESULT)


def moments_schema() -> dict[str, Any]:
    """The schema of momenten.json."""
    return _schema(moments.Moments, f"stadsgesprek/{moments.SCHEMA}", "momenten.json", _MOMENTS)


def follow_up_schema() -> dict[str, Any]:
    """The schema of opvolging.json."""
    name = f"stadsgesprek/{followup.SCHEMA}"
    return _schema(followup.FollowUp, name, "opvolging.json", _FOLLOW_UP)


def site_schema() -> dict[str, Any]:
    """The schema of site.json."""
    return _schema(site.Site, f"stadsgesprek/{site.SCHEMA}", "site.json", _SITE)


#: What each paper's file is.
_PAPERS = {
    "antwoordbrief": "What was answered to what residents asked. It is no decision.",
    "evaluatie": "What people think of a dialogue. Figures of fewer than five answers are null.",
    "nieuwsbrief": "What happened in a month, as one person released it.",
    "participatieparagraaf": "How residents take part in a plan.",
}


def paper_schemas() -> dict[str, dict[str, Any]]:
    """The schemas of the papers, by name."""
    return {
        name: _schema(made.model, made.schema, f"{name}.json", _PAPERS[name])
        for name, made in registry.MADE.items()
    }


def _schema(root: Any, name: str, file: str, description: str) -> dict[str, Any]:
    """The schema of a file as an object. Its id is a name and no address, so that nothing has to be
    fetched."""
    (found,), components = msgspec.json.schema_components((root,), ref_template="#/$defs/{name}")
    components = _plain(components)
    components[ROOT] = components.pop(found["$ref"].removeprefix("#/$defs/")) | {"title": ROOT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        "title": file,
        "description": description,
        "$ref": f"#/$defs/{ROOT}",
        "$defs": {name: components[name] for name in sorted(components)},
    }


def _plain(value: Any) -> Any:
    """The schema with every description on one line."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: " ".join(each.replace("``", "").split())
        if key == "description" and isinstance(each, str)
        else _plain(each)
        for key, each in value.items()
    }


def written(found: dict[str, Any]) -> str:
    """A schema as JSON text, as it is published."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
