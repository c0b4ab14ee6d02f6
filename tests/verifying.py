"""Verifying a bundle in a test with every kind of round there is, as the command line does."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from advice.verifying.rebuild import rebuilt
from advice.verifying.verdict import Verdict
from advice.verifying.verify import verify
from rounds import registry


def verified(folder: Path, expect: str | None = None) -> Verdict:
    """What ``stadsgesprek verify`` finds, a clerk's bundle made again from its journal."""
    again = partial(rebuilt, record=registry.record(), pages=registry.pages())
    return verify(folder, registry.pages(), expect, again)
