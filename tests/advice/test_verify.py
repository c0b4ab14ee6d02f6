"""verify: every change is found and named, unchanged bundles pass, and no bytes make it fail."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from handmade import ALL, PAGES, bundled, codes, open_ballot, open_votes, receipts, sealed, street
from hypothesis import given, settings
from hypothesis import strategies as st

from advice import bundle, manifest, proposing, recount, verify
from advice.model import Change, Dropped, Minority, Previous, Reason, Result, encode
from advice.quotes import Misquoted
from advice.tables import Cast
from advice.verdict import Verdict

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


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_honest_bundle_passes(name: str, language: str, tmp_path: Path) -> None:
    files = bundled(ALL[name](language=language))
    folder = put(files, tmp_path / "b")
    verdict = verify.verify(folder, PAGES)
    assert verdict.ok, sentences(verdict)
    assert verdict.bundle == "public"
    assert not verdict.origin
    verdict = verify.verify(folder, PAGES, bundle.manifest_hash(files).upper())
    assert verdict.ok
    assert verdict.origin


@pytest.mark.parametrize("given_hash", ["", "0" * 64, "3f2a", "x" * 64, "é" * 64])
def test_another_hash_is_refused(given_hash: str, tmp_path: Path) -> None:
    verdict = verify.verify(put(STREET, tmp_path / "b"), PAGES, given_hash)
    assert not verdict.ok
    assert not verdict.origin
    assert "hash" in sentences(verdict)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([STREET, OPEN, CLERK]))
def test_any_single_byte_changed_is_found_and_named(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, files: dict[str, bytes]
) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = bytearray(files[name])
    changed[place] ^= 1 << bit
    folder = put(files | {name: bytes(changed)}, tmp_path_factory.getbasetemp() / "flip")
    verdict = verify.verify(folder, PAGES, recompile=lambda _: files["uitslag.json"])
    assert not verdict.ok
    where = {difference.where for difference in verdict.differences}
    assert name in where or name.startswith("SHA256SUMS")


@pytest.mark.parametrize("files", [STREET, OPEN, CLERK], ids=["street", "open", "clerk"])
def test_any_file_removed_emptied_or_added_is_found(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name in files:
        rest = {other: data for other, data in files.items() if other != name}
        verdict = verify.verify(put(rest, tmp_path / "b"), PAGES, recompile=lambda _: b"")
        assert not verdict.ok, name
        verdict = verify.verify(put(files | {name: b""}, tmp_path / "b"), PAGES)
        assert not verdict.ok, name
    for name in ("extra.txt", ".verborgen", "votes.csv.bak", "verslag.md"):
        verdict = verify.verify(put(files | {name: b"x"}, tmp_path / "b"), PAGES)
        assert not verdict.ok
        assert name in sentences(verdict)


def test_a_list_in_another_order_is_found(tmp_path: Path) -> None:
    lines = STREET[manifest.PUBLIC].splitlines(keepends=True)
    files = STREET | {manifest.PUBLIC: b"".join(reversed(lines))}
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["list_changed"]


def test_files_that_do_not_belong_are_found_though_listed(tmp_path: Path) -> None:
    files = signed(STREET | {"votes.csv": b"timestamp,datetime,comment-id,voter-id,vote\r\n"})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["added"]
    missing = signed({name: data for name, data in OPEN.items() if name != "votes.csv"})
    verdict = verify.verify(put(missing, tmp_path / "b"), PAGES)
    assert [(d.code, d.where) for d in verdict.differences] == [("missing", "votes.csv")]


def numbers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to every number in a result."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers(each, (*path, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from numbers(each, (*path, place))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path


def changed(data: bytes, path: tuple[Any, ...], change: Callable[[Any], Any]) -> bytes:
    """uitslag.json with one value changed, written as the program writes it."""
    found = json.loads(data)
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = change(place[path[-1]])
    return encode(PAGES.decode(json.dumps(found).encode()))


#: What only the journal can tell: no rule can find these wrong within their bounds.
FREE = {
    ("version",),
    ("journal", "position"),
    ("participants", "contributed"),
    ("participants", "voted"),
    ("participants", "total"),
    ("erased",),
    ("unreviewed",),
}


@pytest.mark.parametrize("name", ["street", "open_ballot", "polls"])
@pytest.mark.parametrize("step", [1, -1])
def test_a_wrong_figure_is_found_though_everything_else_fits(
    name: str, step: int, tmp_path: Path
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    tried = 0
    for path in numbers(json.loads(data)):
        if path in FREE or path[0] == "hidden" or "charter" in path:
            continue
        if name == "polls" and path[1] in (1, 2, 3) and path[-1] != "voters":
            continue  # several, ranked and points: sums bound the figures, they do not fix them
        wrong = PAGES.decode(changed(data, path, lambda value: value + step))
        verdict = verify.verify(put(forged(wrong), tmp_path / "b"), PAGES)
        assert not verdict.ok, path
        tried += 1
    assert tried > 10


WRONG: list[tuple[str, tuple[Any, ...], Any]] = [
    ("street", ("rounds", 0, "items", 0, "result"), "divided"),
    ("street", ("rounds", 1, "items", 0, "result"), ["Platanen"]),
    ("street", ("rounds", 1, "items", 0, "result"), []),
    ("street", ("recommendations", 2, "divided"), True),
    ("street", ("recommendations", 2, "minority"), None),
    ("street", ("recommendations", 2, "minority", "opposed"), 6),
    ("street", ("recommendations", 2, "minority", "reason"), "Dertig is snel genoeg."),
    ("street", ("recommendations", 2, "minority", "reason"), None),
    ("street", ("recommendations", 0, "minority"), {"opposed": 2, "reason": None}),
    ("street", ("recommendations", 0, "from"), "S7"),
    ("street", ("recommendations", 0, "from"), "S99"),
    ("street", ("recommendations", 0, "text"), "Bij de school moet een drempel komen."),
    ("street", ("recommendations", 0, "consent"), None),
    ("street", ("recommendations", 1, "number"), "A1"),
    ("street", ("rounds", 0, "items", 2, "text"), "wat verborgen was"),
    ("street", ("rounds", 0, "items", 8, "suppressed"), False),
    ("street", ("rounds", 0, "items", 1, "number"), "S1"),
    ("street", ("kind",), "verslag"),
    ("street", ("interim",), True),
    ("street", ("schema",), "stadsgesprek/uitslag/99"),
    ("street", ("rules",), ["statement-share/99"]),
    ("street", ("hidden",), {}),
    ("street", ("unreviewed",), 0),
    ("street", ("participants", "total"), 99),
    ("street", ("participants", "voted"), 3),
    ("street", ("participants", "voted"), None),
    ("too_few", ("kind",), "advies"),
    (
        "street",
        ("recommendations", 2, "minority", "reason"),
        "Er staan nu vooral auto's van buiten de wijk.",
    ),
    ("suppressed", ("participants", "voted"), 3),
    ("suppressed", ("participants", "total"), 4),
    ("polls", ("rounds", 2, "items", 0, "counts", "Groen"), [6, 5, 5]),
    ("polls", ("rounds", 3, "items", 0, "counts", "Groen"), {"5": 6, "10": 7}),
    ("too_few", ("participants", "total"), 3),
    ("suppressed", ("rounds", 0, "voters"), 3),
    ("polls", ("rounds", 2, "items", 0, "counts", "Rust"), [5, 5]),
    ("polls", ("rounds", 2, "items", 0, "counts", "Rust"), [5, 5, 99]),
    ("polls", ("rounds", 3, "items", 0, "counts", "Bus"), {"010": 4}),
    ("polls", ("rounds", 3, "items", 0, "counts", "Bus"), {"10": -4}),
    ("polls", ("rounds", 1, "items", 0, "counts", "Bus"), 16),
    ("polls", ("rounds", 0, "items", 0, "poll"), "quadratic"),
    ("questions", ("rounds", 0, "items", 2, "result"), "answered"),
    ("questions", ("rounds", 0, "items", 2, "counts", "support"), -1),
]


@pytest.mark.parametrize(("name", "path", "value"), WRONG)
def test_whatever_does_not_follow_from_the_counts_is_found(
    name: str, path: tuple[Any, ...], value: Any, tmp_path: Path
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    try:
        files = forged(PAGES.decode(changed(data, path, lambda _: value)))
    except Exception:  # noqa: BLE001 - some lies cannot even be written as a document
        files = signed(STREET | {"uitslag.json": changed(data, path, lambda _: value)})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert not verdict.ok
    assert verdict.differences[0].sentence()


#: Rankings of fourteen ballots: more third places than second ones; an option placed fifteen times.
NOT_FALLING = {"Groen": [6, 4, 4], "Rust": [5, 5, 3], "Bus": [3, 2, 6]}
TWICE = {"Groen": [6, 5, 4], "Rust": [5, 5, 1], "Bus": [3, 2, 6]}


@pytest.mark.parametrize(
    ("name", "path", "value", "code"),
    [
        ("street", (0, 0, "counts"), {"agree": 20, "disagree": 1}, "shape"),
        ("street", (0, 0, "counts"), {"agree": 20, "disagree": 1, "pass": 0, "x": 0}, "shape"),
        ("street", (0, 0, "counts", "agree"), [20], "shape"),
        ("street", (0, 0, "counts", "pass"), -1, "count"),
        ("street", (0, 0, "voters"), None, "withheld"),
        ("street", (1, 0, "counts", "Linden"), [11], "shape"),
        ("street", (2, 0, "counts"), {"yes": 19}, "shape"),
        ("street", (2, 0, "result"), "agreed", "result"),
        ("polls", (1, 0, "counts", "Bus"), -1, "count"),
        ("polls", (1, 0, "counts", "Bus"), 16, "sum"),
        ("polls", (2, 0, "counts", "Rust"), [5, 5], "shape"),
        ("polls", (2, 0, "counts", "Rust"), 5, "shape"),
        ("polls", (2, 0, "counts", "Rust"), [6, 5, 1], "sum"),
        ("polls", (2, 0, "counts"), NOT_FALLING, "above"),
        ("polls", (2, 0, "counts"), TWICE, "above"),
        ("polls", (0, 0, "poll"), "quadratic", "shape"),
        ("polls", (3, 0, "counts", "Bus"), {"010": 4}, "shape"),
        ("polls", (3, 0, "counts", "Bus"), {"10": -4}, "count"),
        ("polls", (3, 0, "counts", "Bus"), {"1": 13}, "above"),
        ("polls", (3, 0, "counts"), {"Groen": {"1": 6}, "Rust": {}, "Bus": {"1": 5}}, "below"),
        ("polls", (1, 0, "counts"), {"Bus": 6, "Parkeren": 5, "Kiosk": 3}, "sum"),
        ("questions", (0, 0, "counts"), {"agree": 1}, "shape"),
        ("questions", (0, 0, "counts", "support"), -1, "count"),
        ("questions", (0, 0, "result"), "open", "result"),
    ],
)
def test_what_is_wrong_with_an_items_counts_is_named(
    name: str, path: tuple[Any, ...], value: Any, code: str
) -> None:
    data = bundled(ALL[name]())["uitslag.json"]
    index, item, *rest = path
    wrong = changed(data, ("rounds", index, "items", item, *rest), lambda _: value)
    found = list(recount.differences(PAGES.decode(wrong), PAGES))
    assert code in [difference.code for difference in found]


def test_a_reason_against_is_one_on_that_side_of_the_item_or_of_its_own_vote() -> None:
    made = street()
    for side, known in (("no", True), ("yes", False)):
        closing = [
            msgspec.structs.replace(item, reasons=[Reason(side, "Te duur.")])
            if item.number == "A3"
            else item
            for item in made.rounds[2].items
        ]
        asked = [
            msgspec.structs.replace(r, minority=Minority(7, "Te duur.")) if r.number == "A3" else r
            for r in made.recommendations
        ]
        rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=closing)]
        told = msgspec.structs.replace(made, rounds=rounds, recommendations=asked)
        found = [difference.code for difference in proposing.differences(told, PAGES)]
        assert found == ([] if known else ["reason"])


@pytest.mark.parametrize(
    "name", ["advies.md", "advies.html", "uitslag.csv", "teksten.csv", "comments.csv"]
)
def test_documents_and_tables_must_follow_from_the_result(name: str, tmp_path: Path) -> None:
    files = signed(OPEN | {name: OPEN[name].replace(b"bomen", b"auto's", 1) + b" "})
    verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
    assert [(d.code, d.where) for d in verdict.differences] == [("document", name)]


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


def test_an_item_hidden_later_is_a_remark_and_no_difference(tmp_path: Path) -> None:
    made = street()
    gone = {"S2", "A3"}
    rounds = [
        msgspec.structs.replace(
            round_,
            items=[
                msgspec.structs.replace(
                    i, text=None, state="erased", counts=None, voters=None, result=None, reasons=[]
                )
                if i.number in gone
                else i
                for i in round_.items
            ],
        )
        for round_ in made.rounds
    ]
    asked = [
        msgspec.structs.replace(r, text=None, consent=None, divided=False, minority=None)
        if r.from_ == "S2"
        else r
        for r in made.recommendations
    ]
    before = Previous(1, made.journal.at, None)
    later = msgspec.structs.replace(
        made, rounds=rounds, recommendations=asked, version=2, erased=1, previous=before
    )
    verdict = verify.verify(put(forged(later), tmp_path / "b"), PAGES)
    assert verdict.ok, sentences(verdict)
    assert [(r.code, r.where) for r in verdict.remarks] == [("not_recomputed", "A3")]


@pytest.mark.parametrize("left_out", ["A1", "A4"])
def test_a_recommendation_left_out_is_found(left_out: str, tmp_path: Path) -> None:
    made = street()
    asked = [r for r in made.recommendations if r.number != left_out]
    items = [i for i in made.rounds[2].items if i.number != left_out]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    shorter = msgspec.structs.replace(made, rounds=rounds, recommendations=asked)
    verdict = verify.verify(put(forged(shorter), tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["recommendations"]


def test_an_item_shown_again_after_the_vote_opened_is_no_difference(tmp_path: Path) -> None:
    made = street()
    late = Change("show", "S7", "moderator 1", "2026-12-03T08:00:00Z", "toch goed")
    asked = [r for r in made.recommendations if r.from_ != "S7"]
    items = [i for i in made.rounds[2].items if i.number != "A2"]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    again = msgspec.structs.replace(
        made, rounds=rounds, recommendations=asked, changes=[*made.changes, late]
    )
    assert verify.verify(put(forged(again), tmp_path / "b"), PAGES).ok
    never = msgspec.structs.replace(again, changes=made.changes)
    assert not verify.verify(put(forged(never), tmp_path / "b"), PAGES).ok


def test_the_moderators_changes_are_applied(tmp_path: Path) -> None:
    made = street()
    when = "2026-12-02T19:30:00Z"
    dropped = made.recommendations[2]
    order = [made.recommendations[place] for place in (3, 1, 0)]
    changes = [
        Change("advice_drop", "S2", "moderator 1", when, "dubbel", number="A3"),
        Change("advice_order", "P1,S7,S1", "moderator 1", when, "bomen eerst", number="A4,A2,A1"),
    ]
    old = {item.number: item for item in made.rounds[2].items}
    items = [old[r.number] for r in order]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    left = [Dropped(dropped.number, dropped.text, dropped.from_)]
    after = msgspec.structs.replace(
        made, rounds=rounds, recommendations=order, changes=changes, dropped=left
    )
    assert verify.verify(put(forged(after), tmp_path / "b"), PAGES).ok
    for lie, code in (
        ({"changes": changes[:1]}, "recommendations"),
        ({"changes": changes[1:]}, "recommendations"),
        ({"dropped": []}, "recommendations"),
        ({"dropped": [Dropped("A5", dropped.text, dropped.from_)]}, "recommendations"),
        ({"dropped": [*left, Dropped("A5", "Laat de straat zoals zij is.", "S5")]}, "dropped"),
        ({"dropped": [Dropped("A3", None, dropped.from_)]}, "proposal_text"),
        ({"dropped": [Dropped("A3", "Iets anders.", dropped.from_)]}, "proposal_text"),
    ):
        told = msgspec.structs.replace(after, **lie)
        try:
            files = forged(told)
        except Misquoted:
            files = signed(STREET | {"uitslag.json": encode(told)})
        verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
        assert [d.code for d in verdict.differences] == [code], lie


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"\xff\xfe\xfd",
    b"null",
    b"[]",
    b"{" * 100_000,
    b"[" * 1_000_000,
    b'{"schema":' * 50_000,
    b"1" * 100_000,
    b'{"schema": "' + b"x" * 1_000_000 + b'"}',
    b'"\\ud800"',
    STREET["uitslag.json"][:-2],
    STREET["uitslag.json"] + b" ",
    STREET["uitslag.json"].replace(b'"version": 1', b'"version": ' + b"9" * 5000),
    STREET["uitslag.json"].replace(b'"version": 1', b'"version": 1e400'),
    STREET["uitslag.json"].replace(b"Europe/Amsterdam", b"../../etc/passwd"),
    STREET["uitslag.json"].replace(b"2026-12-15", b"9999-99-99"),
    STREET["uitslag.json"].replace(b"2026-12-15", b"2026-12-15T00:00:00"),
    STREET["uitslag.json"].replace(b"2026-12-01T19:30:00Z", b"0001-01-01T00:00:00+14:00"),
    STREET["uitslag.json"].replace(b'"S1"', b'"\xc2\xb2"'),
    STREET["uitslag.json"].replace(b'"minimum": 10', b'"minimum": ' + b"[" * 900 + b"]" * 900),
    STREET["uitslag.json"].replace(b'"kind": "advies"', b'"kind": "../../x"'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": 99999999999999999999999999'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": {"1": 2}'),
    STREET["uitslag.json"].replace(b'"agree": 20', b'"agree": 20, "extra": 0'),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_bytes_break_it(number: int, tmp_path: Path) -> None:
    data = HOSTILE[number]
    assert data not in STREET.values()
    for name in ("uitslag.json", "ontvangstcodes.csv", "advies.html"):
        verdict = verify.verify(put(signed(STREET | {name: data}), tmp_path / "b"), PAGES)
        assert not verdict.ok
        assert verdict.differences[0].sentence()
        assert len(verdict.differences[0].sentence()) < 600
        assert "\n" not in verdict.differences[0].sentence()
    files = OPEN | {"votes.csv": data}
    assert not verify.verify(put(signed(files), tmp_path / "b"), PAGES).ok
    for listing in (manifest.PUBLIC, manifest.CLERK):
        assert not verify.verify(put(STREET | {listing: data}, tmp_path / "b"), PAGES).ok


def test_links_pipes_and_folders_are_named_and_never_read(tmp_path: Path) -> None:
    for make in (
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(tmp_path / "nergens"),
        lambda path: path.mkdir(),
        os.mkfifo,
    ):
        folder = put(STREET, tmp_path / "b")
        (folder / "advies.md").unlink()
        make(folder / "advies.md")
        verdict = verify.verify(folder, PAGES)
        assert [(d.code, d.where) for d in verdict.differences] == [("not_a_file", "advies.md")]


def test_a_file_of_impossible_size_is_not_read(tmp_path: Path) -> None:
    folder = put(STREET, tmp_path / "b")
    with (folder / "advies.md").open("ab") as file:
        file.truncate(1 << 42)
    assert [d.code for d in verify.verify(folder, PAGES).differences] == ["too_large"]


@pytest.mark.parametrize("name", ["nergens", "bestand", "a\x00b", "x" * 5000])
def test_what_is_no_folder_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    verdict = verify.verify(tmp_path / name, PAGES)
    assert [d.code for d in verdict.differences] == ["no_folder"]
    assert verify.verify(tmp_path / "bestand" / "x", PAGES).differences


def test_an_empty_folder_holds_no_bundle(tmp_path: Path) -> None:
    assert [d.code for d in verify.verify(tmp_path, PAGES).differences] == ["empty"]


def test_the_seal_over_receipts_is_the_one_of_the_contract() -> None:
    assert street().rounds[0].receipts_sha256 == sealed(1, 21)
