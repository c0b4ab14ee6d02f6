"""``stadsgesprek replay`` in process, on lines made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.cli.play import play_transcript
from tests.replay.playing import Evening, played, result

AT = "2026-12-01T19:30:00+01:00"


def replay(folder: Path, data: bytes, **more: Any) -> tuple[int, Path]:
    """The command in this process: its exit code and its --out."""
    transcript, out = folder / "t.jsonl", folder / "out"
    transcript.write_bytes(data)
    given = {"clerk": False, "chat": None, "seed": 0, "db": None, "config": None, **more}
    code = play_transcript(transcript, out, *given.values(), False)
    return code, out


def line(**keys: Any) -> dict[str, Any]:
    return {"id": "m1", "at": AT, "user": "anna", "text": "hulp"} | keys


def evening_of_votes() -> Evening:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in ("anna", "bram", "carla", "daan", "eva"):
        evening.say(who, "stem S1 eens")
    evening.staff("sluit ja")
    return evening


def figures(data: bytes, folder: Path) -> dict[str, Any]:
    """uitslag.json without what follows from the bytes of the journal."""
    found = result(next(iter(played(data, folder / "r.db").bundles.values())).files)
    found["journal"]["head"] = ""
    for round_ in found["rounds"]:
        round_["receipts_sha256"] = None
    return found


GOOD = json.dumps(line(id="m0", at="2026-12-01T19:00:00+01:00")).encode()
