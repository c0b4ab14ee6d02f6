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
    (reference,), components = msgspec.json.schema_components((Result,), ref_template="#/$defs/{name}")
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


def written() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(written(), end="")
