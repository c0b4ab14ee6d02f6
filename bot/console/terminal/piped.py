"""The console without a terminal: lines come in, plain text goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def talk(lines: Iterable[bytes], line: Callable[[str], bool]) -> None:
    """Give each line to ``line``, until it returns False or there are no more."""
    for number, raw in enumerate(lines):
        text = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        if not line(text.removeprefix("\ufeff") if number == 0 else text):
            return
