"""verify: receipts and open votes are counted again, a clerk's bundle is made from its journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundles import CLERK, OPEN, put, signed
from handmade import PAGES, bundled, codes, sealed
from handmade_odd import ALL
from handmade_street import street

from advice.verifying import verify


def receipts_file(found: list[str]) -> bytes:
    lines = ["round;code", *(f"1;{code}" for code in found), ""]
    return "\r\n".join(lines).encode("utf-8-sig")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (codes(1, 7)[:-1], "receipts_number"),
        ([*codes(1, 7), "ZZZZZZZZZZZZ"], "receipts_number"),
        ([*codes(1, 7)[:-1], "ZZZZZZZZZZZZ"], "receipts_hash"),
        ([*codes(1, 7)[:1], *codes(1, 7)[:6]], "receipts_number"),
        (codes(1, 7)[::-1], "receipts_order"),
        ([code.lower() for code in codes(1, 7)], "receipt"),
        ([code[:-1] for code in codes(1, 7)], "receipt"),
        ([code[:-1] + "U" for code in codes(1, 7)], "receipt"),
    ],
)
def test_receipts_must_be_those_that_were_counted(
    found: list[str], code: str, tmp_path: Path
) -> None:
    files = bundled(ALL["too_few"]())
    assert files["ontvangstcodes.csv"] == receipts_file(codes(1, 7))
    files = signed(files | {"ontvangstcodes.csv": receipts_file(found)})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert verdict.differences[0].code == code


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b",0,1\r\n", b",0,-1\r\n"),
        (b",0,1\r\n", b",0,2\r\n"),
        (b",0,1\r\n", b",99,1\r\n"),
        (b"1796153400000", b"1796153400001"),
        (b"vote\r\n", b"vote\r\n1,x,3,0,1\r\n"),
        (b",1,0,", b",1,1,"),
        (b"timestamp", b"tijd"),
    ],
)
def test_open_votes_are_counted_again(was: bytes, now: bytes, tmp_path: Path) -> None:
    assert was in OPEN["votes.csv"]
    files = signed(OPEN | {"votes.csv": OPEN["votes.csv"].replace(was, now, 1)})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert verdict.differences
    assert verdict.differences[0].where == "votes.csv"


def test_a_vote_cannot_stand_there_twice(tmp_path: Path) -> None:
    lines = OPEN["votes.csv"].splitlines(keepends=True)
    files = signed(OPEN | {"votes.csv": b"".join([*lines[:2], lines[1], *lines[2:]])})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [(d.code, d.where) for d in verdict.differences] == [("vote", "votes.csv")]


def test_a_clerks_bundle_is_made_again_from_its_journal_first(tmp_path: Path) -> None:
    folder = put(CLERK, tmp_path / "b")
    verdict = verify.verify(
        folder, PAGES, recompile=lambda path: (path / "uitslag.json").read_bytes()
    )
    assert verdict.ok
    assert verdict.bundle == "clerk"
    verdict = verify.verify(folder, PAGES, recompile=lambda path: b"{}")
    assert [d.code for d in verdict.differences] == ["recompile"]

    def broken(path: Path) -> bytes:
        raise RecursionError("deep")

    verdict = verify.verify(folder, PAGES, recompile=broken)
    assert [d.code for d in verdict.differences] == ["unrecompiled"]
    verdict = verify.verify(folder, PAGES)
    assert verdict.ok
    assert [r.code for r in verdict.remarks] == ["not_recompiled"]


def test_the_seal_over_receipts_is_the_one_of_the_contract() -> None:
    assert street().rounds[0].receipts_sha256 == sealed(1, 21)
