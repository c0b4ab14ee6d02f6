"""The lists of files with their SHA-256, written as ``sha256sum`` writes and reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

#: The list of the public bundle; its own SHA-256 is the hash that is posted in the room.
PUBLIC = "SHA256SUMS"

#: The list over all files of a clerk's bundle, the public list among them.
CLERK = "SHA256SUMS.griffie"

#: The list of the other forms of a document, which lie beside a bundle.
FORMS = "SHA256SUMS.vormen"

#: The list of what became of an advice, which lies beside its bundle.
FOLLOW_UP = "SHA256SUMS.opvolging"

#: The list over all files of the clerk's form of a town's agenda.
AGENDA = "SHA256SUMS.agenda"


def sums(hashes: Mapping[str, str]) -> bytes:
    """A list from names and hashes, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()


def listing(files: Mapping[str, bytes]) -> bytes:
    """The list of these files."""
    return sums({name: sha256(data) for name, data in files.items()})


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
