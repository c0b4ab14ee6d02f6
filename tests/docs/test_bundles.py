"""bundles.md: every file and column of both bundles, and nothing that does not exist."""

from __future__ import annotations

import msgspec

from advice import bundle, manifest
from advice.verifying import rebuild
from advice.writing import polis, tables
from tests.docs import pages

PAGE = pages.text("docs/bundles.md")
COLUMNS = {
    "uitslag.csv": tables.RESULTS,
    "teksten.csv": tables.TEXTS,
    bundle.RECEIPTS: tables.RECEIPTS,
    bundle.BALLOTS: tables.BALLOTS,
    bundle.VOTES: polis.VOTES,
    bundle.COMMENTS: polis.COMMENTS,
}


def named(heading: str) -> set[str]:
    (table,) = pages.tables(pages.section(PAGE, heading))
    return {pages.code(row["file"])[0] for row in table}


def test_every_file_is_there_and_no_other() -> None:
    clerks = {*bundle.CLERKS, manifest.CLERK}
    assert named("The clerk's bundle") == clerks
    assert named("Beside a bundle") == {*bundle.BESIDE, "tafels-M3.html"}
    assert bundle.is_beside("tafels-M3.html")
    assert named("The public bundle") == bundle.NAMES - clerks - bundle.BESIDE


def test_every_column_is_there_and_no_other() -> None:
    columns, texts = pages.tables(pages.section(PAGE, "Columns"))
    told = {pages.code(row["file"])[0]: tuple(pages.code(row["columns"])) for row in columns}
    assert told == COLUMNS
    keys = tuple(pages.code(row["key"])[0] for row in texts)
    assert keys == rebuild._Kept.__struct_fields__


def test_the_schema_is_that_of_the_page() -> None:
    schema = msgspec.json.decode((pages.DOCS / "uitslag.schema.json").read_bytes())
    assert isinstance(schema, dict)
