"""Every transcript is played; its expect lines and the counts worked out by hand must be right.

``NAME.toml`` beside ``NAME.jsonl`` says what the transcript is about, and for each dialogue what
comes out. ``"few"`` stands for a figure that is withheld (under five people). Every round and every
item of the result must be in it, and whatever was planned (``planned.py``).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from advice import bundle
from bot.documents.placing import put_bundle
from bot.playback.transcript import Expectation, read
from tests.replay import planned
from tests.replay.playing import TRANSCRIPTS, played, result
from tests.verifying import verified

NAMES = sorted(path.stem for path in TRANSCRIPTS.glob("*.jsonl"))
PEOPLE = ("contributed", "voted", "total")


def test_each_transcript_has_its_counts() -> None:
    assert NAMES
    assert sorted(path.stem for path in TRANSCRIPTS.glob("*.toml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_transcript(name: str, tmp_path: Path) -> None:
    data = (TRANSCRIPTS / f"{name}.jsonl").read_bytes()
    lines = read(data.split(b"\n"))
    assert any(isinstance(line, Expectation) for line in lines)
    counts = tomllib.loads((TRANSCRIPTS / f"{name}.toml").read_text(encoding="utf-8"))
    assert counts.pop("about")
    done = played(data, tmp_path / "replay.db")
    assert planned.planned(done.agenda) == planned.expected(counts)
    assert sorted(done.bundles) == sorted(counts["dialogue"])
    for dialogue, handed in done.bundles.items():
        found = result(handed.files)
        assert summary(found) == expected(counts["dialogue"][dialogue])
        assert found["simulated"] is True
        _verified(handed.files, tmp_path / "public" / dialogue)


@pytest.mark.parametrize("name", NAMES)
def test_clerk_bundle_is_made_again_from_the_journal(name: str, tmp_path: Path) -> None:
    data = (TRANSCRIPTS / f"{name}.jsonl").read_bytes()
    done = played(data, tmp_path / "clerk.db", clerk=True)
    for dialogue, handed in done.bundles.items():
        assert {*bundle.CLERKS} <= set(handed.files)
        _verified(handed.files, tmp_path / "clerk" / dialogue)


def _verified(files: dict[str, bytes], folder: Path) -> None:
    put_bundle(files, folder)
    verdict = verified(folder, bundle.manifest_hash(files))
    assert verdict.differences == ()
    assert verdict.origin


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """What a sidecar tells, from uitslag.json."""
    return {
        "kind": found["kind"] + (" (tussentijds)" if found["interim"] else ""),
        "people": [_few(found["participants"][key]) for key in PEOPLE],
        "hidden": found["hidden"],
        "unreviewed": found["unreviewed"],
        "changes": [f"{c['what']} {c['item']}" for c in found["changes"]],
        "rounds": [_round(r) for r in found["rounds"]],
        "recommendations": [_recommendation(r) for r in found["recommendations"]],
        "objections": [_objection(o) for o in found["objections"]],
    }


def expected(typed: dict[str, Any]) -> dict[str, Any]:
    """A sidecar's dialogue with what may be left out filled in."""
    blank = {"hidden": {}, "unreviewed": 0, "changes": [], "rounds": [], "recommendations": []}
    blank |= {"objections": []}
    filled = {**blank, **typed}
    filled["rounds"] = [{"state": "closed", "items": {}, **r} for r in filled["rounds"]]
    return filled


def _few(figure: int | None) -> int | str:
    return "few" if figure is None else figure


def _round(found: dict[str, Any]) -> dict[str, Any]:
    voters = "none" if found["kind"] == "questions" else _few(found["voters"])
    if found["state"] == "skipped":
        voters = "none"
    items = {item["number"]: _item(item) for item in found["items"]}
    return {"kind": found["kind"], "state": found["state"], "voters": voters, "items": items}


def _item(item: dict[str, Any]) -> Any:
    if item["state"] != "shown":
        assert item["counts"] is None
        assert item["text"] is None
        return item["state"]
    if item["suppressed"]:
        assert item["counts"] is None
        assert item["voters"] is None
        return "few"
    row = {"counts": item["counts"], "voters": item["voters"], "result": item["result"]}
    if item["reasons"]:
        row["reasons"] = [r["side"] for r in item["reasons"]]
    return {key: value for key, value in row.items() if value is not None}


def _recommendation(found: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"number": found["number"], "from": found["from"]}
    consent = found["consent"]
    row["consent"] = [consent["yes"], consent["no"]] if consent else "few"
    if found["divided"]:
        row["divided"] = True
    if found["minority"]:
        row["opposed"] = found["minority"]["opposed"]
        if found["minority"]["reason"]:
            row["reason"] = found["minority"]["reason"]
    return row


def _objection(found: dict[str, Any]) -> str:
    """Its number, what it is about, and what became of it."""
    became = found["state"]
    if became == "shown":
        became = found["ruling"]["outcome"] if found["ruling"] else "undecided"
    return f"{found['number']} {found['item']} {became}"
