"""An evening of 25 residents by buttons, as Discord counts it: requests, edits, messages."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery.queue import Paces
from tests.discord.double.house import House, choosing, offered, played, until
from tests.discord.double.rest import Interaction
from tests.discord.double.server import Double, Request
from tests.discord.double.town import text_of

PEOPLE = [f"buur{number}" for number in range(25)]
TEXTS = (
    "Er moeten meer bomen komen.",
    "De bus moet vaker rijden.",
    "De school is te klein.",
)
CHOICES = ("agree", "disagree", "pass")

#: Of the two pauses of cards the longer one is cut, the other is as the bot has it.
BREATH = Paces().card_breath


async def votes(house: House, who: str, chosen: list[tuple[str, str, str]]) -> list[Interaction]:
    """Vote on every item that is shown, in whatever message, until there is none left."""
    people, pressed, done = house.people, [], set[str]()
    await offered(people, who)
    while True:
        shown = {k: (m, one) for m in people.private(who) for k, one in choosing(m).items()}
        left = sorted({item for item, choice in shown if choice in CHOICES} - done)
        if not left:
            return pressed
        item, choice = left[0], CHOICES[hash_of(who + left[0]) % 3]
        message, one = shown[item, choice]
        asked = await people.press(who, message, one)
        pressed.append(asked)
        chosen.append((who, item, choice))
        done.add(item)
        await answered(asked)


async def answered(asked: Interaction) -> None:
    """It was acknowledged, and its answer came."""
    await until(lambda: asked.answers)


def hash_of(text: str) -> int:
    return sum(map(ord, text))


def test_what_an_evening_costs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    paces = Paces(card_every=BREATH)

    async def work(double: Double) -> None:
        async with House(tmp_path, double, paces=paces) as house:
            card = await house.opens(*TEXTS)
            chosen: list[tuple[str, str, str]] = []
            every: list[Interaction] = []
            for number in range(0, 25, 9):
                group = PEOPLE[number : number + 9]
                pressed = await asyncio.gather(*(votes(house, who, chosen) for who in group))
                every += [one for each in pressed for one in each]
                await until(partial(edited, double, card["id"], number // 9 + 1))
            assert len(every) == 25 * len(TEXTS)
            for item in (f"S{number}" for number in range(1, 4)):
                wanted = [choice for _, where, choice in chosen if where == item]
                assert house.tally(item) == {c: wanted.count(c) for c in set(wanted)}
            # a vote is acknowledged and its answer edits, and that is all
            assert max(one.requests for one in every) <= 2
            await house.people.writes("vera", "sluit ja", called=True)
            await until(lambda: len(house.people.room()) >= 2)
            edits = [one.at for one in double.requests if edits_of(one, card["id"])]
            assert len(edits) >= 3
            assert all(then - first >= BREATH for first, then in pairwise(edits))
            room = house.people.room()
            assert len(room) <= 4
            assert not any(who in text_of(message) for message in room for who in PEOPLE)

    played(monkeypatch, work)


def edited(double: Double, card: str, times: int) -> bool:
    return sum(edits_of(one, card) for one in double.requests) >= times


def edits_of(request: Request, message: str) -> bool:
    return request.method == "PATCH" and request.path.endswith(message)
