"""Indented JSON of a large record, some entries of its long list at a time.

Written in one go, what is not indented yet stands beside what is, and that twice while its newline
is added.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

#: How many entries of the long list are written in one go.
AT_ONCE = 200


def indented(value: msgspec.Struct, *lists: str) -> bytes:
    """The JSON of a record, a space further in for each level, ending in a newline: the bytes that
    the library writes in one go. ``lists`` are the names of its list of records, of the list in
    each of these, and so on; the last is the long one."""
    written = io.BytesIO()
    for piece in _pieces(value, *lists):
        written.write(piece)
    written.write(b"\n")
    return written.getvalue()


def _pieces(value: msgspec.Struct, name: str, *further: str) -> Iterator[bytes]:
    entries: Sequence[Any] = getattr(value, name)
    # Nothing else reads like this: keys of other levels are further in, and no text has a newline.
    opened = f'\n "{name}": ['.encode()
    before, _, after = _text(msgspec.structs.replace(value, **{name: []})).partition(opened)
    yield before + opened
    for piece in _each(entries, *further) if further else _some(entries):
        yield piece.replace(b"\n", b"\n ")
    yield b"\n " + after if entries else after


def _each(entries: Sequence[Any], *further: str) -> Iterator[bytes]:
    """What stands between the brackets of a list, the last newline left out, entry by entry."""
    for number, entry in enumerate(entries):
        yield b",\n " if number else b"\n "
        for piece in _pieces(entry, *further):
            yield piece.replace(b"\n", b"\n ")


def _some(entries: Sequence[Any]) -> Iterator[bytes]:
    """The same, some entries at a time."""
    for start in range(0, len(entries), AT_ONCE):
        listed = _text(entries[start : start + AT_ONCE])
        yield (b"," if start else b"") + listed[1:-2]


def _text(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
