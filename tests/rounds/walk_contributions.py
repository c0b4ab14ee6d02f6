"""What residents gave: taken along from the room, hidden, forgotten."""

from __future__ import annotations

import json
from pathlib import Path

from tests.rounds.surfaces import (
    Gathered,
    Hidden,
    Lacking,
    Line,
    surface,
)
from tests.rounds.walked import WORDS_OF_ONE, end, talked, tell, walked
from tests.rounds.walking import Walk


def gathered(kind: str, folder: Path) -> None:
    """What somebody said in the room and a moderator marked: asked about, or said why not."""
    its = surface(kind)
    talk = talked(its, folder / "town.db", its.fills)
    if isinstance(its.gathered, Gathered):
        tell(talk, its.gathered.before)
    talk.tell("anna", "status")
    talk.heard.clear()
    talk.react("vera", "📌", talk.say("anna", WORDS_OF_ONE))
    if isinstance(its.gathered, Lacking):
        assert talk.told_staff() == ["gather_not_now"]
        assert talk.asked("anna") == 0
    else:
        assert talk.asked("anna") == 1
        assert talk.tell("anna", "ja") == [its.gathered.noted]
    talk.close()


def hidden(kind: str, folder: Path) -> None:
    """What is hidden is gone from the chat, the offer, and what is handed over."""
    its = surface(kind)
    walk = walked(its, folder)
    if isinstance(its.hidden, Lacking):
        if its.item:
            walk.go([Line("vera", f"verberg {its.item} onderwerp", ("refused_cannot_hide",))])
            assert walk.dialogue.items.shown(its.item)
        walk.close()
        return
    _hide(walk, its.hidden)
    walk.close()


def _hide(walk: Walk, case: Hidden) -> None:
    walk.go(case.before)
    hiding = Line("vera", f"verberg {case.item} onderwerp", ("hidden",))
    walk.go([hiding, *case.after])
    assert not walk.dialogue.items.shown(case.item)
    end(walk)
    files = walk.session.hand_over("ons-gesprek").files
    assert [name for name, data in files.items() if case.words.encode() in data] == []
    found = [i for r in json.loads(files["uitslag.json"])["rounds"] for i in r["items"]]
    states = [item["state"] for item in found if item["number"] == case.item]
    options = [
        line
        for line in files["teksten.csv"].decode("utf-8-sig").splitlines()
        if line.startswith(f"{case.item};")
    ]
    assert states == ["hidden"] or (not states and not options)


def forgotten(kind: str, folder: Path) -> None:
    its = surface(kind)
    walk = walked(its, folder)
    case = its.forgotten
    walk.go(case.before)
    walk.go([Line("anna", "vergeetmij", ("forget_ask",))])
    walk.go([Line("anna", "ja, vergeet mij", ("forgotten",))])
    assert {item: walk.votes(item) for item in case.votes} == case.votes
    items = walk.dialogue.items.by_number
    assert {item: items[item].state.value for item in case.states} == case.states
    walk.go(case.after)
    walk.close()
    kept = b"".join(path.read_bytes() for path in folder.glob("town.db*"))
    assert not case.words or case.words.encode() not in kept
