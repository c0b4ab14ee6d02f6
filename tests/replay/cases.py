"""Small inputs that came out wrong once, kept beside the project in ``../shared/cases``."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parents[3] / "shared" / "cases"


def case(name: str) -> Path:
    """The file or folder of a case; skips the test where it is not on this machine."""
    found = CASES / name
    if not found.exists():
        pytest.skip(f"{found} is not on this machine")
    return found
