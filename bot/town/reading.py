"""Reads files that a person named: ordinary files alone, and text in UTF-8 alone."""

from __future__ import annotations

import errno
import stat
import tomllib
from pathlib import Path
from typing import Any

#: The marks with which texts in other encodings begin; the longest first.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class BadText(Exception):  # noqa: N818 - says what it is
    """A file whose text cannot be used: a sentence that says what to do."""


def ordinary(path: Path) -> None:
    """Raise ``OSError`` for what is no ordinary file: a folder, a pipe that might never end, a
    device."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise OSError(errno.EINVAL, f"it is {kind}", str(path))


def text(path: Path) -> str:
    """The text of a file in UTF-8. Raises ``OSError`` and ``BadText``."""
    ordinary(path)
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        raise BadText("it begins with a byte order mark (BOM); save it as UTF-8 without one")
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if name or b"\0" in data:
        raise BadText(f"it is in {name or 'UTF-16 or no text'}; save it as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        why = "it is not in UTF-8, perhaps in Windows-1252 or Latin-1"
        raise BadText(f"{why} (line {line}); save it as UTF-8") from error


def toml(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises ``OSError`` and ``BadText``."""
    try:
        return tomllib.loads(text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadText(f"this is no TOML: {error}") from error
    except ValueError as error:
        raise BadText("this is no TOML that can be read: a number has too many digits") from error
    except RecursionError as error:
        raise BadText("this is no TOML that can be read: too much stands within itself") from error
