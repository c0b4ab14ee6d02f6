"""The JSON Schema of uitslag.json, made from the model; published as docs/uitslag.schema.json.

``python -m advice.schema`` prints it; a test holds the published file equal to it.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from advice.model import SCHEMA, Result

#: A name and no address: nothing has to be fetched to read a result.
ID = f"urn:{SCHEMA.replace('/', ':')}"


def schema() -> dict[str, Any]:
    """The schema as an object."""
    (reference,), found = msgspec.json.schema_components((Result,), ref_template="#/$defs/{name}")
    components = _plain(found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "uitslag.json",
        "description": (
            "The result of a dialogue, from which advice, report and tables are written. "
            "Figures about fewer than five people are null."
        ),
        **reference,
        "$defs": {name: components[name] for name in sorted(components)},
    }


def _plain(value: Any) -> Any:
    """The same with descriptions on one line, as prose and not as a docstring."""
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


def written() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(written(), end="")
