"""Promise 22: one resident is one ballot, whatever they press on Discord and type on Matrix."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.facts import Fact, Origin, Said
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from tests.discord.seam import Seam
from tests.engine.chat import LIVE
from tests.generated import drawing, figure, some

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.")
TYPED = {"agree": "eens", "disagree": "oneens", "pass": "weet ik niet"}

#: So many residents, each of whom votes so often; every tenth asks to be forgotten on the way, and
#: every third has no account on the other network.
PEOPLE, VOTES = 125, some(80)


@pytest.fixture
def seam(tmp_path: Path) -> Iterator[Seam]:
    made = Seam(tmp_path / "town.db", {"matrix": LIVE})
    made.begins(*TEXTS)
    yield made
    made.close()


def typed(seam: Seam, who: str, text: str) -> Fact:
    """What somebody types on Matrix, in person, a millisecond after what was done before."""
    seam.clock.set(seam.clock() + timedelta(milliseconds=1))
    at, place = seam.clock(), Place("matrix", PlaceKind.PERSONAL, f"@{who}")
    return Said(Origin(f"$-{who}-{at}", at, place, f"@{who}", order=f"{at}"), text)


def code(seam: Seam, who: str) -> str:
    (reply,) = seam.hears(seam.command(who, "koppel"))
    return next(str(one.data["code"]) for one in reply.notices if one.template == "link_code")


def links(seam: Seam, who: str) -> None:
    (reply,) = seam.puts([typed(seam, who, f"koppel {code(seam, who)}")])
    assert [one.template for one in reply.notices] == ["linked"]


def forgets(seam: Seam, who: str) -> None:
    (reply,) = seam.hears(seam.command(who, "vergeetmij"))
    (sure,) = (c for one in reply.notices for c in one.choices if c.choice == "forget")
    seam.hears(seam.chooses(who, Meaning(sure.dialogue, choice="forget", question=sure.question)))


def votes(seam: Seam, who: str, chance: random.Random, *, both: bool) -> tuple[Any, str, str]:
    """A vote on one of the networks, with its item and what was chosen."""
    item, choice = chance.choice(("S1", "S2")), chance.choice(list(TYPED))
    if both and chance.random() < 0.5:
        return typed(seam, who, f"stem {item} {TYPED[choice]}"), item, choice
    return seam.press(who, item, choice), item, choice


def test_ten_thousand_votes_on_two_networks_are_one_ballot_a_resident(seam: Seam) -> None:
    """They are linked at any moment; who is forgotten and votes again has one ballot, not two."""
    chance = drawing(22)
    people = [f"buur{number}" for number in range(PEOPLE)]
    both = [who for number, who in enumerate(people) if number % 3]
    steps = [who for who in people for _ in range(VOTES)]
    chance.shuffle(steps)
    linked = {who: chance.randrange(VOTES) for who in both}
    forgotten = {  # after it was linked: an account apart is forgotten alone
        who: chance.randrange(linked.get(who, -1) + 1, VOTES + 1) for who in people[5::10]
    }
    last: dict[str, dict[str, str]] = {who: {} for who in people}
    done: Counter[str] = Counter()
    for who in steps:
        if linked.get(who) == done[who]:
            links(seam, who)
        if forgotten.get(who) == done[who]:
            forgets(seam, who)
            last[who], linked[who] = {}, VOTES  # each account is somebody new now
            both = [one for one in both if one != who]
        told, item, choice = votes(seam, who, chance, both=who in both)
        seam.puts([told]) if isinstance(told, Said) else seam.hears(told)
        last[who][item] = choice
        done[who] += 1
    figure("votes of one person on two networks", done.total())
    assert done.total() == PEOPLE * VOTES == some(10_000)
    state: Any = seam.dialogue.states[0]
    for item in ("S1", "S2"):
        wanted = Counter(mine[item] for mine in last.values() if item in mine)
        tally = {one: n for one, n in state.box.books[item].tally.items() if n}
        assert tally == wanted, item
    assert state.box.voters == sum(bool(mine) for mine in last.values())
