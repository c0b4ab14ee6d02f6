"""Promises in their large figures on Discord: interactions as facts of the engine, without a
connection (``seam.py``). With whole programs they are held in smaller ones: ``test_promises.py``,
``test_kills.py``."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.facts import Chose
from dialogues.machine import Stage
from tests.commands.test_cleaning import LOOKS
from tests.discord.seam import Seam
from tests.generated import drawing, figure, some
from tests.replay.playing import CHARTER

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.")
CHOICES = ("agree", "disagree", "pass")


@pytest.fixture
def seam(tmp_path: Path) -> Iterator[Seam]:
    made = Seam(tmp_path / "town.db")
    yield made
    made.close()


def tally(seam: Seam, item: str) -> dict[Any, int]:
    state: Any = seam.dialogue.states[0]
    return {choice: n for choice, n in state.box.books[item].tally.items() if n}


def said(seam: Seam, who: str, chance: random.Random) -> tuple[list[Any], dict[str, str]]:
    """What somebody does, in its order: votes, changes and votes taken back; and what then
    counts of theirs."""
    made, last = [], {}
    for _ in range(chance.randint(1, 4)):
        item, choice = chance.choice(("S1", "S2")), chance.choice((*CHOICES, "niets"))
        if choice == "niets":
            made.append(seam.command(who, "stem", item=item, keuze="niets"))
            last.pop(item, None)
        else:
            made.append(seam.press(who, item, choice))
            last[item] = choice
    return made, last


def mixed(lines: list[list[Any]], chance: random.Random) -> list[Any]:
    """What several people did, mixed; what each did stays in its order."""
    order = [number for number, line in enumerate(lines) for _ in line]
    chance.shuffle(order)
    each = [iter(line) for line in lines]
    return [next(each[number]) for number in order]


def test_ten_thousand_deliveries_and_two_thousand_voters(seam: Seam) -> None:
    """Promises 3 and 4: told one to five times, again after kills, mixed with what others do: the
    last one of each person counts, once."""
    chance = drawing(34)
    seam.begins(*TEXTS)
    wanted: dict[str, Counter[str]] = {"S1": Counter(), "S2": Counter()}
    delivered = 0
    for group in range(some(20)):
        lines = []
        for number in range(100):
            made, last = said(seam, f"buur{group}-{number}", chance)
            lines.append(made)
            for item, choice in last.items():
                wanted[item][choice] += 1
        told = mixed(lines, chance)
        again = [one for one in told for _ in range(chance.randint(0, 4))]
        chance.shuffle(again)
        facts = asyncio.run(seam.facts([*told, *again]))
        delivered += len(facts)
        seam.puts(facts[: len(told)])
        if chance.random() < 0.3:
            seam.killed()
        seam.puts(facts[len(told) :])
    assert {item: tally(seam, item) for item in wanted} == wanted
    figure("deliveries", delivered)
    assert delivered > some(10_000)


def test_two_hundred_kills_lose_and_double_nothing(seam: Seam) -> None:
    """Promises 1 and 2: killed after a press was handled, or before; who is not sure presses again,
    and has the same ballot."""
    chance = drawing(12)
    seam.begins(TEXTS[0])
    wanted: Counter[str] = Counter()
    for number in range(some(200)):
        who, choice = f"buur{number}", chance.choice(CHOICES)
        wanted[choice] += 1
        first = asyncio.run(seam.facts([seam.press(who, "S1", choice)]))
        if chance.random() < 0.5:
            seam.puts(first)
        seam.killed()
        seam.hears(seam.press(who, "S1", choice))
        if chance.random() < 0.5:
            seam.puts(first)  # told once more by a session that is resumed
    assert tally(seam, "S1") == wanted
    figure("kills between engine and platform", sum(wanted.values()))
    assert sum(wanted.values()) == some(200)


def test_nothing_counts_after_the_closing(seam: Seam) -> None:
    """Promise 21: presses on a round that is over, and again what came before."""
    chance = drawing(21)
    seam.begins(*TEXTS)
    told = [seam.press(f"buur{n}", "S1", chance.choice(CHOICES)) for n in range(50)]
    seam.hears(*told)
    before = tally(seam, "S1")
    seam.hears(seam.command("vera", "gesprek sluit"))
    assert seam.dialogue.frames[0].stage is Stage.CLOSED
    late = [seam.press(f"buur{n}", "S1", chance.choice(CHOICES)) for n in range(500)]
    position = seam.dialogue.position
    seam.hears(*late, *told)
    assert (tally(seam, "S1"), seam.dialogue.position) == (before, position)


def test_five_hundred_new_accounts_count_while_one_floods(seam: Seam) -> None:
    """Promise 19, at the platform's edge: a thousand presses of one person in half a second are
    held to that person's allowance, and nobody else is dropped for it."""
    seam.begins(TEXTS[0])
    told = []
    for number in range(1_000):
        told.append(seam.press("lawaai", "S1", CHOICES[number % 3]))
        if number % 2:
            told.append(seam.press(f"nieuw{number}", "S1", "agree"))
    for fact in asyncio.run(seam.facts(told)):
        seam.incoming.tell(fact)
    kept = seam.incoming.read_now().facts
    passed = Counter(one.origin.account for one in kept if isinstance(one, Chose))
    assert passed["lawaai"] <= 310
    assert len(passed) == 501
    seam.puts(kept)
    state: Any = seam.dialogue.states[0]
    assert state.box.voters == 501


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in LOOKS if pair[2]])
def test_no_two_options_of_a_ballot_look_the_same(seam: Seam, one: str, other: str) -> None:
    """Promise 17: neither by the moderator's command nor as somebody's own idea."""
    agreed = {"format": "peiling", "titel": "Ons gesprek", "afspraken": CHARTER, "in": "plein"}
    seam.hears(seam.command("vera", "gesprek nieuw", **agreed))

    def fills(options: str) -> None:
        settings = {"soort": "een", "vraag": "Wat eerst?", "anders": "ja", "opties": options}
        seam.hears(seam.command("vera", "peiling", **settings))

    def poll() -> Any:
        return seam.dialogue.states[0]

    fills(f"{one}; {other}; Iets anders nog")
    assert poll().poll is None
    fills(f"{one} in de straat; Iets anders nog")
    assert len(poll().poll.options) == 2
    seam.hears(seam.command("vera", "gesprek start"))
    said = {"item": "P1", "keuze": f"anders: {other} in de straat"}
    seam.hears(seam.command("anna", "stem", **said))
    assert not poll().suggested
    seam.hears(seam.command("anna", "stem", item="P1", keuze="anders: Een pleintje met water"))
    assert len(poll().suggested) == 1


#: What is put in the place of any part of an interaction's data.
ODD: tuple[Any, ...] = (
    *(None, True, 7, -1.5, "", "x", "|" * 60, "\ud800", "\u202e" * 500, "x" * 10_000, [], {}),
    *([None], [{}], [7], {"name": 7}, [{"name": "x", "type": 1, "options": None}], "c0|||||||||x"),
)


def odd(chance: random.Random, like: Any, deep: int = 0) -> Any:
    """Something like this, with parts of it exchanged or left out."""
    if deep > 4 or chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(like, dict):
        return {k: odd(chance, v, deep + 1) for k, v in like.items() if chance.random() > 0.1}
    if isinstance(like, list):
        return [odd(chance, one, deep + 1) for one in like]
    return like if chance.random() < 0.8 else chance.choice(ODD)


def test_a_hundred_thousand_odd_interactions_harm_nothing(seam: Seam) -> None:
    """Promise 18: of Discord's form in part, and never of its values."""
    chance = drawing(18)
    seam.begins(TEXTS[0])
    before = seam.dialogue.position
    models = [
        seam.press("anna", "S1", "agree").data,
        seam.command("anna", "stem", item="S1", keuze="eens").data,
        seam.command("vera", "gesprek nieuw", format="x", titel="y").data,
        {"name": "Dit is mijn stelling", "type": 3, "target_id": "1", "resolved": {"messages": {}}},
        {"custom_id": "f0|||||||||x", "components": [{"component": {"custom_id": "text"}}]},
    ]
    handled = 0

    async def all_of_them() -> list[Any]:
        nonlocal handled
        facts = []
        for _ in range(some(100_000)):
            told = seam.told("anna", chance.choice((2, 3, 5)), odd(chance, chance.choice(models)))
            facts += await seam.facts([told])
            handled += 1
        return facts

    facts = asyncio.run(all_of_them())
    assert handled == some(100_000)
    for at in range(0, len(facts), 500):
        seam.puts(facts[at : at + 500][:20])
    assert len(seam.dialogue.items.by_number) == 1
    assert seam.dialogue.position >= before
