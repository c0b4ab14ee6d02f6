"""How files differ, and from the hash that was expected of them; for whatever is verified."""

from __future__ import annotations

from collections.abc import Iterator

from advice.verifying.verdict import Finding, finding

HASH_DIGITS = 64
_HEX = frozenset("0123456789abcdef")


def expected(expect: str, listing: str, own: str) -> Iterator[Finding]:
    """A finding where ``own``, the hash of the list of files ``listing``, is not the expected one,
    or where that is no hash."""
    given = expect.strip().lower()
    if len(given) != HASH_DIGITS or not set(given) <= _HEX:
        yield finding("expect_form", "expect", given=len(given))
    elif given != own:
        yield finding("expect", listing, found=own)


def first_difference(meant: bytes, found: bytes) -> int:
    """The first byte that differs, counted from 1."""
    for place, (one, other) in enumerate(zip(meant, found, strict=False), 1):
        if one != other:
            return place
    return min(len(meant), len(found)) + 1


def line_of(meant: bytes, found: bytes) -> int:
    """The number of the first line that differs."""
    return meant[: first_difference(meant, found) - 1].count(b"\n") + 1


def why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
