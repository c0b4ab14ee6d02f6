"""Verifies a bundle: computes everything in it again, and returns what differs.

Of a public bundle: the list of files, every figure, the recommendations and minority lines, the
documents and tables from uitslag.json alone, receipts, and votes of an open ballot. Of a clerk's
bundle, before all that: uitslag.json from the journal. Whatever the bytes are, what is wrong with
them becomes a finding, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from advice import bundle, manifest
from advice.kinds import AllPages
from advice.model import SCHEMA, Result, encode
from advice.quotes import Misquoted
from advice.verifying import proposing, recount
from advice.verifying.differing import expected, first_difference, line_of, why
from advice.verifying.received import receipts, votes
from advice.verifying.shelf import Files, contents, of_forms, of_zip
from advice.verifying.verdict import Finding, Verdict, finding

#: Makes uitslag.json again, as bytes, from the folder of a clerk's bundle.
Recompile: TypeAlias = Callable[[Path], bytes]


def verify(
    folder: Path, pages: AllPages, expect: str | None = None, recompile: Recompile | None = None
) -> Verdict:
    """Verify the bundle in a folder; ``expect`` is the hash that was posted, if known."""
    found = contents(folder)
    clerk = manifest.CLERK in found.files
    posted = found.files.get(manifest.PUBLIC)
    own = manifest.sha256(posted) if posted is not None else ""
    differences = [*found.differences, *of_forms(folder), *of_zip(folder)]
    if expect is not None:
        differences += expected(expect, manifest.PUBLIC, own)
    remarks: list[Finding] = []
    if not differences:
        try:
            if clerk:
                differences += _again(folder, found.files, recompile, remarks)
            if not differences:
                differences += _contents(found.files, pages, remarks)
        except Exception as error:  # noqa: BLE001 - a hostile file may break any step
            differences.append(finding("undecodable", bundle.RESULT, why=why(error)))
    return Verdict(
        bundle="clerk" if clerk else "public",
        differences=tuple(differences),
        remarks=tuple(remarks),
        origin=expect is not None and not any(d.code.startswith("expect") for d in differences),
        hash=own,
    )


def _again(
    folder: Path, files: Files, recompile: Recompile | None, remarks: list[Finding]
) -> list[Finding]:
    """Of a clerk's bundle: findings where the result made from the journal differs."""
    if recompile is None:
        remarks.append(finding("not_recompiled", bundle.JOURNAL))
        return []
    try:
        made = recompile(folder)
    except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
        return [finding("unrecompiled", bundle.JOURNAL, why=why(error))]
    given = files.get(bundle.RESULT, b"")
    if made == given:
        return []
    return [finding("recompile", bundle.RESULT, byte=first_difference(made, given))]


def _contents(files: Files, pages: AllPages, remarks: list[Finding]) -> list[Finding]:
    """Findings about all that follows from uitslag.json, and about the files beside it."""
    data = files[bundle.RESULT]
    try:
        result = pages.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return [finding("undecodable", bundle.RESULT, why=why(error))]
    if result.schema != SCHEMA:
        return [finding("schema", bundle.RESULT, found=result.schema, known=SCHEMA)]
    written = encode(result)
    if written != data:
        byte = first_difference(written, data)
        return [finding("not_canonical", bundle.RESULT, byte=byte)]
    differences = list(recount.differences(result, pages))
    if not differences:
        differences += proposing.differences(result, pages)
    if not differences:
        differences += _derived(result, pages, files)
        differences += receipts(result, files)
        differences += votes(result, pages, files)
        remarks.extend(proposing.remarks(result, pages))
    return differences


def _derived(result: Result, pages: AllPages, files: Files) -> Iterator[Finding]:
    """Findings where documents and tables, written again from the result, differ."""
    try:
        written = bundle.derived(result, pages)
    except Misquoted as error:
        yield finding("quote", bundle.RESULT, found=error.found)
        return
    except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
        yield finding("undocumented", bundle.RESULT, why=why(error))
        return
    expected = {*written, bundle.RESULT, bundle.RECEIPTS, manifest.PUBLIC, manifest.CLERK}
    expected |= {*bundle.CLERKS}
    if bundle.COMMENTS in written:
        expected.add(bundle.VOTES)
    for name in sorted(expected | set(files)):
        if name not in expected:
            yield finding("added", name)
        elif name not in files:
            if name in written or name in (bundle.RECEIPTS, bundle.VOTES):
                yield finding("missing", name)
        elif name in written and files[name] != written[name]:
            yield finding("document", name, line=line_of(written[name], files[name]))
