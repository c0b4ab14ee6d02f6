"""What became of an advice in files: the model worked out by hand, and verify on all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advice import bundle, manifest
from advice.followup import files as followup_files
from advice.followup.files import CLERKS, JOURNAL, MODEL, NAMES, PUBLIC
from advice.followup.model import decode
from advice.verifying.verdict import Verdict
from advice.verifying.verify_followup import verify_follow_up
from advice.writing.forms import Form, with_forms
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from rounds.registry import pages, record
from tests.advice.tagged import tagged
from tests.replay.playing import TRANSCRIPTS, played
from tests.verifying import verified

NAME = "de-zomerstraat-opnieuw"


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    data = (TRANSCRIPTS / "opvolging.jsonl").read_bytes()
    done = played(data, tmp_path_factory.mktemp("followup") / "town.db", clerk=True)
    return done.bundles[NAME]


def put(folder: Path, handed: Handed, **changed: bytes) -> Path:
    """The files of a bundle and what became of it, with the list written anew over changes."""
    followed = dict(handed.followed)
    for name, data in changed.items():
        followed[name.replace("_", ".", 1)] = data
    listed = {name: followed[name] for name in followed if name != manifest.FOLLOW_UP}
    put_bundle(handed.files | followup_files.with_list(listed), folder)
    return folder


def found(folder: Path) -> Verdict:
    return verify_follow_up(folder, record(), pages())


def said(folder: Path) -> list[str]:
    return [one.sentence() for one in found(folder).differences]


def test_the_model_is_what_was_said_and_done(clerk: Handed) -> None:
    told = json.loads(clerk.followed[MODEL])
    assert list(told) == [
        *("schema", "dialogue", "version", "received", "recommendations", "objections"),
        *("commitments", "journal"),
    ]
    assert told["schema"] == "opvolging/1"
    assert (told["dialogue"]["id"], told["version"]) == (NAME, 1)
    assert told["received"] == {"at": "2026-12-10T09:01:00Z", "case": "2026-1234"}
    first = {
        "outcome": "adopted",
        "text": "Wij planten twaalf bomen.",
        "source": None,
        "at": "2026-12-11T09:03:00Z",
        "due": None,
    }
    then = {
        "outcome": "adopted",
        "text": "Wij planten tien bomen.",
        "source": "besluit van 17 december 2026",
        "at": "2026-12-18T09:01:00Z",
        "due": "2027-03-01",
    }
    half = {
        "state": "underway",
        "text": "De eerste zes bomen staan er.",
        "source": None,
        "at": "2027-02-01T09:02:00Z",
    }
    whole = {
        "state": "done",
        "text": "De tien bomen staan er.",
        "source": "brief van 26 februari 2027",
        "at": "2027-03-01T09:00:00Z",
    }
    one, two, three = told["recommendations"]
    assert one == {
        "number": "A1",
        "text": "Er moeten meer bomen komen.",
        "response": then,
        "earlier": [first],
        "progress": [half, whole],
    }
    assert (two["response"]["outcome"], two["response"]["due"]) == ("partly", "2027-06-01")
    assert [each["state"] for each in two["progress"]] == ["done"]
    assert (three["response"]["outcome"], three["earlier"], three["progress"]) == ("not", [], [])
    assert three["response"]["source"] == "besluit van 19 januari 2027"
    assert list(told["journal"]) == ["dialogue", "position", "head", "at"]
    page = clerk.followed["opvolging.md"].decode()
    for words in ("«Wij planten tien bomen.»", "Eerder, op vrijdag 11 december 2026", "2026-1234"):
        assert words in page


def test_nobody_is_named_and_verify_finds_it_right(clerk: Handed, tmp_path: Path) -> None:
    for name in PUBLIC:
        for person in (b"omar", b"gerda", b"anna"):
            assert person not in clerk.followed[name]
    folder = put(tmp_path / "clerk", clerk)
    assert found(folder).differences == ()
    assert verified(folder, bundle.manifest_hash(clerk.files)).differences == ()


def test_the_public_files_stand_without_those_of_the_clerk(clerk: Handed, tmp_path: Path) -> None:
    files = {n: d for n, d in clerk.files.items() if n not in (*bundle.CLERKS, manifest.CLERK)}
    followed = {name: clerk.followed[name] for name in PUBLIC}
    put_bundle(files | followup_files.with_list(followed), tmp_path / "public")
    assert said(tmp_path / "public") == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_one_flipped_byte_is_named(name: str, clerk: Handed, tmp_path: Path) -> None:
    folder = put(tmp_path / "whole", clerk)
    data = (folder / name).read_bytes()
    for at in (0, len(data) // 2, len(data) - 2):
        (folder / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        first = found(folder).differences[0]
        listed = name == manifest.FOLLOW_UP
        assert first.where == name or (listed and first.code in ("added", "changed", "missing"))
    (folder / name).write_bytes(data)
    assert said(folder) == []


@pytest.mark.parametrize("name", [*CLERKS, "opvolging.md", "opvolging.html"])
def test_a_byte_flipped_under_a_new_list_is_found_too(
    name: str, clerk: Handed, tmp_path: Path
) -> None:
    data = clerk.followed[name]
    for number, at in enumerate((20, len(data) // 3, len(data) - 40)):
        other = bytes([data[at] ^ 1])
        changed = data[:at] + other + data[at + 1 :]
        key = name.replace(".", "_", 1)
        folder = put(tmp_path / str(number), clerk, **{key: changed})
        assert said(folder), (name, at)


def forged(clerk: Handed) -> Iterator[tuple[str, bytes]]:
    """What somebody may write instead, by what it is."""
    whole = json.loads(clerk.followed[MODEL])

    def changed(change: Any) -> bytes:
        told = json.loads(json.dumps(whole))
        change(told, told["recommendations"])
        return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"

    def answer(number: int, **values: object) -> bytes:
        return changed(lambda _told, asked: asked[number]["response"].update(values))

    yield "another outcome", answer(2, outcome="adopted")
    yield "an outcome that is none", answer(2, outcome="promised")
    yield "a day for what was not adopted", answer(2, due="2027-03-01")
    yield "a day that is none", answer(0, due="2027-02-30")
    yield "a day that was not said", answer(0, due="2027-04-01")
    yield "other words", answer(0, text="Wij planten elf bomen.")
    yield "no decision after one", answer(0, source=None)
    yield "another case", changed(lambda told, _: told["received"].update(case="2026-9999"))
    yield "never received", changed(lambda told, _: told.update(received=None))
    yield "nothing before", changed(lambda _, asked: asked[0].update(earlier=[]))
    yield "no progress", changed(lambda _, asked: asked[0].update(progress=[]))
    yield "other progress", changed(lambda _, asked: asked[1]["progress"][0].update(state="late"))
    yield "other words asked", changed(lambda _, asked: asked[0].update(text="Minder bomen."))
    yield "one asked less", changed(lambda _, asked: asked.pop())
    yield "an hour that is none", answer(0, at="2026-13-18T09:01:00Z")
    yield "an answer from the future", answer(0, at="2031-12-18T09:01:00Z")
    yield "another head", changed(lambda told, _: told["journal"].update(head="0" * 64))
    yield "another dialogue", changed(lambda told, _: told["dialogue"].update(id="elders"))
    yield "an earlier line", changed(lambda told, _: told["journal"].update(position=3))
    yield "a key of its own", changed(lambda told, _: told.update(more=1))


def test_forged_values_are_refused_with_the_page_made_of_them(
    clerk: Handed, tmp_path: Path
) -> None:
    for number, (what, data) in enumerate(forged(clerk)):
        try:
            told = decode(data)
            derived = followup_files.derived(told, pages().words(told.dialogue.language))
        except Exception:  # noqa: BLE001 - what cannot even be written is refused as well
            derived = {}
        named = {name.replace(".", "_", 1): page for name, page in derived.items()}
        folder = put(tmp_path / str(number), clerk, opvolging_json=data, **named)
        assert said(folder), what


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b'"item":"A3","outcome":"not"', b'"item":"A9","outcome":"not"'),
        (b'"item":"A1","state":"underway"', b'"item":"A3","state":"underway"'),
        (b'{"items":["A3"],"times":1}', b'{"items":["A2"],"times":1}'),
        (b'"until":"2027-01-15"', b'"until":"2026-01-15"'),
    ],
)
def test_a_journal_that_the_rules_would_not_write_is_refused(
    was: bytes, now: bytes, clerk: Handed, tmp_path: Path
) -> None:
    """An answer on what was not asked, progress of what was refused, an answer called missing that
    was given, a day that had gone: with a new list of the files."""
    lines = clerk.followed[JOURNAL]
    assert was in lines
    folder = put(tmp_path / "forged", clerk, opvolging_jsonl=lines.replace(was, now))
    (only,) = found(folder).differences
    assert only.code == "followup"
    assert "is not what the rules give" in only.sentence()


def test_it_is_a_pdf_that_a_screen_reader_reads_and_its_list_holds(
    clerk: Handed, tmp_path: Path
) -> None:
    pytest.importorskip("typst")
    made = with_forms(clerk.files | clerk.followed, clerk.result, pages(), {Form.PDF})
    tree = tagged(made["opvolging.pdf"]).tree
    assert [tag.role for tag in tree.every("H1")] == ["H1"]
    assert all(figure.alt for figure in tree.every("Figure"))
    assert len([*tree.every("Figure")]) >= 1
    assert len([*tree.every("Table")]) >= 1
    put_bundle(made, tmp_path / "out")
    assert verified(tmp_path / "out").differences == ()
    assert found(tmp_path / "out").differences == ()
    (tmp_path / "out" / "opvolging.pdf").write_bytes(b"%PDF-1.7")
    (difference,) = verified(tmp_path / "out").differences
    assert difference.where == "opvolging.pdf"
