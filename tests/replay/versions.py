"""A dialogue with several versions of its document, for tests."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.documents.handover import Handed, handed_over
from bot.documents.placing import put_bundle
from bot.town import keys
from rounds import registry
from storage.reader import Reader
from tests.replay.playing import Evening
from tests.verifying import verified

CHOICES = ("eens", "oneens", "weet ik niet")

PEOPLE = tuple(f"buur{n}" for n in range(7))

CLERKS = ("journal.jsonl", "texts.jsonl", "stemmen.csv", "SHA256SUMS.griffie")


def evening(votes: list[int], language: str = "nl", reasons: bool = True) -> Evening:
    """A round on three statements, each by somebody who votes; each with a reason. Not ended."""
    made = Evening()
    made.open("stellingenronde", more=f"minimum=1 taal={language}")
    for n, text in enumerate(("Meer bomen in de straat.", "De bus vaker.", "Betaald parkeren.")):
        made.say(PEOPLE[n], f"stelling {text}")
    left = iter(votes)
    for who in PEOPLE:
        for item in (1, 2, 3):
            choice = next(left)
            made.say(who, f"stem S{item} {CHOICES[choice]}")
            if reasons and choice < 2:
                made.say(who, f"waarom S{item} Omdat {who} het vindt van {item}.")
    made.staff("sluit ja")
    return made


def anew(made: Evening) -> None:
    """Another version: an unchanged document is not made twice, so the charter changes first."""
    day = date(2027, 1, 1) + timedelta(len(made.rows))
    made.staff(f'gesprek afspraken antwoord={day} want="de raad schuift op"')
    made.staff("advies")


def forget(made: Evening, who: str) -> None:
    made.say(who, "vergeetmij")
    made.say(who, "ja, vergeet mij")


def version(db: Path, number: int | None, clerk: bool = False) -> Handed:
    reader = Reader.of(db, registry.record())
    try:
        key = keys.read(keys.beside(db))
        return handed_over(reader, registry.pages(), key, "ons-gesprek", clerk, number)
    finally:
        reader.close()


def checked(handed: Handed, folder: Path) -> set[str]:
    """The codes of what verify remarks; the bundle is right."""
    put_bundle(handed.files, folder)
    verdict = verified(folder)
    assert verdict.differences == ()
    return {remark.code for remark in verdict.remarks}


def words_of(handed: Handed) -> str:
    return "\n".join(data.decode("utf-8-sig") for data in handed.files.values())


def told(handed: Handed) -> dict[str, Any]:
    """What a version tells, without the counts of S2, the head, and hashes of whole versions; the
    documents are written from uitslag.json alone, which verify holds."""
    found = json.loads(handed.files["uitslag.json"])
    del found["journal"]["head"]
    for key in ("previous", "remade"):
        if found[key]:
            del found[key]["sha256"]
    (item,) = [item for item in found["rounds"][0]["items"] if item["number"] == "S2"]
    del item["counts"], item["result"]
    assert all((r["minority"] or {}).get("reason") is None for r in found["recommendations"])
    found["recommendations"] = found["kind"] = None  # computed from the counts
    same = ("teksten.csv", "ontvangstcodes.csv")
    return {"result": found} | {name: handed.files[name] for name in same}


def changes(handed: Handed) -> list[tuple[str, str, str | None, str | None]]:
    assert handed.result.previous is not None
    return [(d.what, d.item, d.was, d.now) for d in handed.result.previous.changes]


def text_of(handed: Handed) -> str:
    return next(d for n, d in handed.files.items() if n.endswith(".md")).decode()
