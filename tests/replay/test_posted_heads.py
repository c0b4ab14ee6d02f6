"""Promise 27: a journal that was written anew from some line on, with every hash after it, does not
lead to the head that was posted with the document, nor its bundle to the posted hash."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from advice import bundle
from advice.town.agenda_bundle import head_of
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from tests.generated import drawing, figure, some
from tests.replay.playing import Evening, played, result
from tests.verifying import verified

ALTERATIONS = some(10_000)


def evening(turned: str = "") -> Evening:
    """Five people vote on three statements; one of them may have voted otherwise on S2."""
    made = Evening()
    made.open("stellingenronde")
    for text in ("Meer bomen in de straat.", "De bus vaker.", "Betaald parkeren."):
        made.say("anna", f"stelling {text}")
    for number in range(5):
        who = f"buur{number}"
        for item in (1, 2, 3):
            other = who == turned and item == 2
            made.say(who, f"stem S{item} {'oneens' if other else 'eens'}")
    made.staff("sluit ja")
    made.staff("advies")
    return made


@dataclass(frozen=True)
class Posted:
    """A bundle with the clerk's files, and what the room read of it: the hash of the list of files
    and the first sixteen digits of the journal's head."""

    handed: Handed
    hash: str
    head: str


@cache
def posted(turned: str = "") -> Posted:
    with TemporaryDirectory() as folder:
        done = played(evening(turned).data, Path(folder) / "t.db", clerk=True)
    (handed,) = done.bundles.values()
    files = handed.files
    return Posted(handed, bundle.manifest_hash(files), result(files)["journal"]["head"][:16])


def altered(lines: list[bytes], chance: random.Random) -> list[bytes]:
    """A row that says another thing, is gone, stands twice, or in another place."""
    at = chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        other = lines[at].replace(b'"agree"', b'"disagree"')
        bytes_ = bytearray(lines[at])
        bytes_[chance.randrange(len(bytes_))] ^= 1 << chance.randrange(7)
        return [*lines[:at], other if other != lines[at] else bytes(bytes_), *lines[at + 1 :]]
    if kind == 1:
        return [*lines[:at], *lines[at + 1 :]]
    if kind == 2:
        return [*lines[: at + 1], *lines[at:]]
    rest = [*lines[:at], *lines[at + 1 :]]
    to = (at + chance.randrange(1, len(lines))) % len(lines)
    return [*rest[:to], lines[at], *rest[to:]]


def test_no_altered_journal_leads_to_the_head_that_was_posted() -> None:
    told = posted()
    lines = told.handed.files[bundle.JOURNAL].splitlines()
    name = json.loads(lines[0])[0]
    assert head_of(name, lines)[:16] == told.head
    chance = drawing(27)
    for _ in range(ALTERATIONS):
        others = altered(lines, chance)
        assert head_of(name, others)[:16] != told.head, others
    figure("altered journals against a posted head", ALTERATIONS)


def test_a_faultless_bundle_of_another_evening_has_another_hash(tmp_path: Path) -> None:
    """Made by the program itself from a journal in which one vote is another, it verifies; it is
    not the one that was posted."""
    right, wrong = posted(), posted("buur3")
    put_bundle(dict(right.handed.files), tmp_path / "right")
    put_bundle(dict(wrong.handed.files), tmp_path / "wrong")
    assert verified(tmp_path / "right", right.hash).differences == ()
    assert verified(tmp_path / "wrong").differences == ()
    (first, *_) = verified(tmp_path / "wrong", right.hash).differences
    assert first.code.startswith("expect")
    assert wrong.head != right.head
