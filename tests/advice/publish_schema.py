"""Writes the schemas in docs anew: ``.venv/bin/python -m tests.advice.publish_schema``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advice import schema
from rounds.registry import pages

DOCS = Path(__file__).parents[2] / "docs"


def published() -> dict[str, dict[str, Any]]:
    """The schemas by the name of their file in docs."""
    papers = {f"{name}.schema.json": found for name, found in schema.paper_schemas().items()}
    return {
        **papers,
        "momenten.schema.json": schema.moments_schema(),
        "opvolging.schema.json": schema.follow_up_schema(),
        "site.schema.json": schema.site_schema(),
        "uitslag.schema.json": schema.schema(pages()),
    }


if __name__ == "__main__":
    for name, found in published().items():
        (DOCS / name).write_text(schema.written(found), encoding="utf-8")
