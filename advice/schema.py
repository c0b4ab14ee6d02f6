"""The JSON Schema of uitslag.json, made from the model; published as docs/uitslag.schema.json.

``python -m tests.advice.publish_schema`` writes it; a test holds the published file equal to it.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from advice.kinds import AllPages
from advice.model import SCHEMA

#: The schema's id: a name, no address, so that nothing has to be fetched.
ID = f"urn:{SCHEMA.replace('/', ':')}"

#: The name of the definition of a whole result.
ROOT = "Result"


def schema(pages: AllPages) -> dict[str, Any]:
    """The schema as an object; its definitions have the names of the model's classes."""
    (root,), found = msgspec.json.schema_components((pages.model,), ref_template="#/$defs/{name}")
    components = _plain(found)
    components[ROOT] = components.pop(root["$ref"].removeprefix("#/$defs/")) | {"title": ROOT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "uitslag.json",
        "description": (
            "The result of a dialogue, from which advice, report and tables are written. "
            "Figures about fewer than five people are null."
        ),
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


def written(pages: AllPages) -> str:
    """The schema as JSON text, as it is published."""
    return json.dumps(schema(pages), ensure_ascii=False, indent=2) + "\n"
