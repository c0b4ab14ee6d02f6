"""Votes without words: a sign in the room of an open ballot, a button under an offer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.delivery.answering import Asked
from bot.platforms.facts import Chose, Said
from bot.platforms.messages import Meaning
from tests.engine.chat import LIVE, WHOLE, Chat, person
from tests.engine.live import Live
from tests.engine.talk import Talk
from tests.rounds.surfaces import (
    Lacking,
    Pressed,
    Reacted,
    Surface,
    surface,
)
from tests.rounds.walked import talked, walked


def reacted(kind: str, folder: Path) -> None:
    """Signs in the room of an open ballot, each by somebody else, on what shows the item."""
    its = surface(kind)
    if isinstance(its.reacted, Lacking):
        talk = talked(its, folder / "none.db", its.fills)
        before = talk.dialogue.position
        for number, sign in enumerate(("👍", "👎", "🤷", "1️⃣", "2️⃣", "❤️")):
            talk.react(f"buur{number}", sign, talk.card)
        assert talk.dialogue.position == before
        talk.close()
        return
    for number, case in enumerate(its.reacted):
        talk = talked(its, folder / f"{number}.db", case.fills or its.fills)
        _react(talk, case)
        talk.close()


def _react(talk: Talk, case: Reacted) -> None:
    message = talk.card if case.on == "card" else talk.shown(case.on)
    counted: Counter[object] = Counter(_tally(talk, case.item))
    for number, (sign, choice) in enumerate(case.signs.items()):
        talk.react(f"buur{number}", sign, message)
        counted[choice] += 1
        assert _tally(talk, case.item) == counted, sign
    talk.react("buur", "🎉", message)
    assert _tally(talk, case.item) == counted
    signs, choices = case.both
    for sign in signs:
        talk.react("beiden", sign, message)
    given = talk.last
    assert _tally(talk, case.item) == counted + Counter(choices), signs
    talk.tell("beiden", f"stem {case.item} {case.typed}")
    talk.unreact("beiden", given)
    assert _tally(talk, case.item) == counted + Counter(case.left)


def _tally(talk: Talk, item: str) -> dict[object, int]:
    index = talk.dialogue.round_of(item)
    assert index is not None
    box = talk.dialogue.machine(index).box(talk.dialogue.states[index])
    assert box is not None
    return {choice: n for choice, n in box.books[item].tally.items() if n}


def pressed(kind: str, folder: Path) -> None:
    """The choices under an offer; each counts as it would typed."""
    its = surface(kind)
    walk = walked(its, folder)
    walk.ask("pieter", "meedoen")
    walk.ask("pieter", "ja")
    offer = walk.answers[-1]
    if isinstance(its.pressed, Lacking):
        assert offer.choices == ()
        if its.item:
            walk.put(Chose(walk.fact("pieter", "").origin, Meaning("ons-gesprek", "", "agree", 0)))
            assert walk.votes(its.item) == {} or walk.codes != ["votes_noted"]
        walk.close()
        return
    mine = [choice.choice for choice in offer.choices if choice.item == its.item]
    assert tuple(mine) == its.pressed.choices
    for choice in its.pressed.choices:
        before = walk.votes(its.item).get(choice, 0)
        means = Meaning("ons-gesprek", its.item, choice, its.round)
        walk.put(Chose(walk.fact("pieter", "").origin, means))
        assert walk.codes == ["votes_noted"]
        assert walk.votes(its.item)[choice] == before + 1
    if its.pressed.waited:
        _waited(its, its.pressed, folder / "live.db")
    walk.close()


def _waited(its: Surface, case: Pressed, file: Path) -> None:
    """Somebody whose answer had to wait on a live platform of buttons."""
    live = Live(file, Chat(capabilities=replace(LIVE, press=True)))
    live.open(its.format)
    for line in (*its.opens, *case.more):
        live.say(line.who, line.text)
    live.say("wachter", "meedoen")
    live.deliver()
    (reply,) = live.put(Said(live.origin("wachter", person("wachter")), "ja"))
    (composed,) = live.answering.composed([Asked((reply,), True)], WHOLE)
    choices = [one for one in composed.messages[-1].choices if one.means.item]
    assert len({choice.means.item for choice in choices}) == case.waited
    live.store._db.close()
