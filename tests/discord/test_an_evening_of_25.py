"""An evening of 25 residents by buttons, as Discord counts it: requests, edits, messages."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery.queue import Paces
from tests.discord.double.house import House, choosing, joining, offered, played, until
from tests.discord.double.people import People
from tests.discord.double.rest import Interaction
from tests.discord.double.server import Double, Request
from tests.discord.double.town import TIME, custom_ids, text_of
from tests.matrix.faults.hours import Jumping, play
from tests.replay.playing import LIVE_CHARTER as CHARTER

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


def test_what_the_library_counts_does_not_grow_with_the_presses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """For each new count it looks through all of them, and keeps them for five minutes."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXTS[0])
            message = await offered(house.people, "anna")
            choices = [choosing(message)["S1", choice] for choice in CHOICES]
            for number in range(200):
                one = choices[number % 3]
                await answered(await house.people.press("anna", message, one))
            assert len(house.platform._wire.here.http._buckets) < 150

    played(monkeypatch, work)


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
            assert BREATH >= 3
            assert all(then - first >= BREATH for first, then in pairwise(edits))
            room = house.people.room()
            assert len(room) <= 4
            assert not any(who in text_of(message) for message in room for who in PEOPLE)

    played(monkeypatch, work)


def edited(double: Double, card: str, times: int) -> bool:
    return sum(edits_of(one, card) for one in double.requests) >= times


def edits_of(request: Request, message: str) -> bool:
    return request.method == "PATCH" and request.path.endswith(message)


#: A confidential evening of 90 minutes in three rounds, each of half an hour.
STATEMENTS = [f"Plan {n} gaat over {n * 7} bomen en {n + 3} bankjes." for n in range(1, 31)]
POLL = 'soort=een vraag="Wat eerst?" opties="Bomen; Bankjes; Speeltuin"'


async def pressed_through(house: House, who: str, most: int, seen: set[str]) -> None:
    """Take part, and press what comes, at most so often."""
    people = house.people
    card = [one for one in people.room() if "meedoen" in "".join(custom_ids(one))][-1]
    message = await people.answered(await people.press(who, card, joining(card)))
    for number in range(most):
        shown = {key: one for key, one in choosing(message).items() if key[1] not in ("stop", "")}
        asked = sorted({item for item, _ in shown} - seen)
        if not asked:
            return
        item = asked[0]
        seen.add(item)
        every = sorted(one for (its, _), one in shown.items() if its == item)
        await answered(
            await people.press(who, message, every[hash_of(f"{who}{number}") % len(every)])
        )


def test_the_room_stays_readable_in_a_confidential_evening(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Promise 35: 25 residents, 30 statements, three rounds, 90 minutes: at most 15 messages in
    the room and 4 a round, none of which names anybody."""
    loop = Jumping()
    monkeypatch.setattr(TIME, "clock", lambda: loop.now().timestamp())

    async def evening() -> None:
        double = Double()
        async with double:
            double.points(monkeypatch)
            async with House(tmp_path, double, paces=Paces()) as house:
                people = house.people
                await house.until_ready()
                await begun(people, "gesprek")
                await people.answered(await people.command("vera", "peiling", peiling=POLL))
                await people.answered(await people.command("vera", "gesprek start"))
                for number, text in enumerate(STATEMENTS):
                    await people.command(PEOPLE[number % 25], "stelling", tekst=text)
                    await asyncio.sleep(10)
                counts, rounds = [0], 0
                while house.state.open_frame is not None:
                    await asyncio.sleep(60)
                    for who in PEOPLE:
                        await pressed_through(house, who, 6, set())
                        await asyncio.sleep(40)
                    rounds += 1
                    await people.writes("vera", "volgende ja", called=True)
                    await asyncio.sleep(120)
                    counts.append(len(people.room()))
                await people.answered(await people.command("vera", "advies maak"))
                await asyncio.sleep(60)
                room = list(map(text_of, people.room()))
                assert rounds >= 3
                assert len(room) <= 15
                assert max(then - before for before, then in pairwise(counts)) <= 4
                named = [who for who in [*PEOPLE, "vera", "zoe"] if who in "".join(room)]
                assert named == []
                accounts = [str(people.named(who).id) for who in PEOPLE]
                assert not any(one in "".join(room) for one in accounts)
        assert double.wrong == []

    play(evening(), loop, monkeypatch)
    loop.close()


async def begun(people: People, kind: str) -> None:
    agreed = {"format": kind, "titel": "Ons gesprek", "afspraken": CHARTER}
    await people.answered(await people.command("vera", "gesprek nieuw", **agreed))
