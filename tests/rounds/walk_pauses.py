"""A pause: what a round of any kind does not hear in it, and that it hears it again afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.rounds.surfaces import surface
from tests.rounds.walked import walked
from tests.rounds.walking import STAFF

#: How long the pause takes.
TOOK = timedelta(minutes=20)


def paused(kind: str, folder: Path) -> None:
    """Everything that changes something in an open round is said in a paused one too: there it
    changes nothing, whoever says it; a resident is told why, and a moderator to go on first."""
    its = surface(kind)
    (folder / "open").mkdir()
    (folder / "paused").mkdir()
    goes, waits = walked(its, folder / "open"), walked(its, folder / "paused")
    began = waits.clock()
    closes_at = waits.dialogue.frames[its.round].closes_at
    assert closes_at is not None
    waits.ask("vera", "pauze Het alarm gaat.")
    assert waits.codes == ["paused"]
    stood, refused = waits.events(), 0
    for line in its.typed:
        before = goes.events()
        goes.ask(line.who, line.text)
        changed = goes.events() != before
        if line.who in STAFF and line.who != "vera":
            continue  # an official's work goes on
        waits.ask(line.who, line.text)
        assert waits.events() == stood, line
        if changed and line.who not in STAFF and not line.text.startswith("~"):
            assert waits.codes[:1] == ["refused_paused"], (line, waits.codes)
            refused += 1
        assert line.who not in STAFF or "refused_paused" not in waits.codes, line
    assert refused, "nothing was tried"
    waits.clock.set(began + TOOK)
    waits.ask("vera", "hervat")
    assert waits.codes == ["course"]
    assert waits.dialogue.frames[its.round].closes_at == closes_at + TOOK
    waits.close()
    goes.close()
