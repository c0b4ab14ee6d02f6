"""Whole bundles, and what a skilled forger makes of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from handmade import PAGES, bundled, open_votes, receipts
from handmade_rounds import open_ballot
from handmade_street import street

from advice import bundle, manifest
from advice.model import Result
from advice.verifying.verdict import Verdict
from advice.writing.tables import Cast

STREET = bundled(street())


OPEN = bundled(open_ballot())


CLERK = bundle.clerk(STREET, b"[1]\n", b"{}\n", [Cast(1, "b", "S1", "agree")])


def put(files: dict[str, bytes], folder: Path) -> Path:
    """Write the files to a folder, whatever their names are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def signed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files with matching lists of hashes, as a skilled forger would make them."""
    rest = {name: data for name, data in files.items() if name != manifest.PUBLIC}
    return rest | {manifest.PUBLIC: manifest.listing(rest)}


def forged(made: Result) -> dict[str, bytes]:
    """A whole bundle around a result, with documents, receipts and list that fit it."""
    return bundle.public(made, PAGES, receipts(made), open_votes(open_ballot()))


def sentences(verdict: Verdict) -> str:
    return " ".join(found.sentence() for found in verdict.differences)
