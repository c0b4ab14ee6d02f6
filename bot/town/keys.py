"""The town's key: 32 random bytes in a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.town.reading import ordinary
from storage import database
from storage.database import Where

LENGTH = 32

#: The name of a town's key, beside its database.
SHARED = "town.key"


class KeyFault(Exception):  # noqa: N818 - says what it is
    """A key file that cannot be used; the message says what to do."""


def beside(db: Where) -> Path:
    """The key file of a database: NAME.key beside it if that exists (a kept replay), else
    town.key."""
    file = database.beside(db)
    own = file.with_name(file.name + ".key")
    return own if own.exists() else file.with_name(SHARED)


def own(path: Path, there: bool) -> bytes:
    """The town's key; where its database is not ``there`` yet, a new one. Raises ``KeyFault``: with
    another key everybody would have another receipt, and a second ballot."""
    if path.exists() or there:
        return read(path)
    return make(path)


def make(path: Path, key: bytes | None = None) -> bytes:
    """Write a key (a new random one if none is given), readable by its owner alone. Raises
    ``FileExistsError``."""
    key = key or secrets.token_bytes(LENGTH)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read(path: Path) -> bytes:
    """The key in a file; raises ``KeyFault``."""
    try:
        ordinary(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise KeyFault(
            f"{path} is missing; put back your copy of it. A new key would give everybody another "
            "receipt: `stadsgesprek init` makes one only where there is no database yet"
        ) from error
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise KeyFault(f"{path} cannot be read as a key; put back your copy of it") from error
    if len(key) != LENGTH:
        raise KeyFault(f"{path} holds no key of {LENGTH} bytes; put back your copy of it")
    return key


def readable_by_others(path: Path) -> bool:
    """Whether anybody but the owner may read a file with a secret."""
    return bool(path.stat().st_mode & 0o077)
