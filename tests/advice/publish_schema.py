"""Writes docs/uitslag.schema.json anew: ``.venv/bin/python -m tests.advice.publish_schema``."""

from __future__ import annotations

from pathlib import Path

from advice import schema
from rounds.registry import pages

PUBLISHED = Path(__file__).parents[2] / "docs" / "uitslag.schema.json"

if __name__ == "__main__":
    PUBLISHED.write_text(schema.written(pages()), encoding="utf-8")
