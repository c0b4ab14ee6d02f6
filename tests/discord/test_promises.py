"""The promises about votes, on Discord: the whole bot on the double, pressed by its residents."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.platforms.discord.seals import Seals
from rounds import registry
from rounds.registry import record
from storage.reader import Reader
from tests.discord.conftest import OnDouble
from tests.discord.double.house import KEY, House, choosing, offered, played, until
from tests.discord.double.rest import Interaction
from tests.discord.double.server import Double
from tests.discord.double.town import GUILD, MODERATOR, Json, custom_ids, text_of
from tests.engine.test_confidential import PROBES
from tests.generated import drawing, figure, some

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.")
PEOPLE = [f"buur{number}" for number in range(25)]
CHOICES = ("agree", "disagree", "pass")
#: Moments: these two evenings are not held at the same one.
HASH = re.compile(r"[0-9a-f]{16,64}")
MOMENT = re.compile(r"\w+dag \d+ \w+ \d{4}|\d+\.\d\d uur|<t:\d+")
RECEIPT = re.compile("[0-9A-HJKMNP-TV-Z]{12}")


def journal(house: House) -> list[str]:
    """The events of the only dialogue by their names."""
    reader = Reader.of(house.file, record())
    try:
        (name,) = reader.dialogues()
        return [type(record().read(line).event).__name__ for line in reader.lines(name)]
    finally:
        reader.close()


async def answered(*asked: Interaction) -> None:
    await until(lambda: all(one.answers for one in asked))


async def everybody(house: House) -> dict[str, Json]:
    """What the card brings each of 25 residents."""
    found = await asyncio.gather(*(offered(house.people, who) for who in PEOPLE))
    return dict(zip(PEOPLE, found, strict=True))


def shown_to(house: House, who: str, item: str, choice: str) -> tuple[Json, str]:
    """The message with this choice that somebody sees, and its id."""
    for message in house.people.private(who):
        one = choosing(message).get((item, choice))
        if one is not None:
            return message, one
    raise AssertionError(f"{who} sees no {choice} on {item}")


def first(message: Json) -> str:
    """The item that a message shows first."""
    return min(item for item, choice in choosing(message) if choice in CHOICES)


# -- promises 2, 3 and 4 --------------------------------------------------------------------------


def test_what_is_told_one_to_five_times_counts_once(on_double: OnDouble) -> None:
    """Also after a restart, and in any order; who presses again gets the same receipt."""
    chance = random.Random(3)

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        messages = await everybody(house)
        house.double.people.told.clear()
        for who, message in messages.items():
            one = choosing(message)[first(message), chance.choice(CHOICES)]
            await answered(await house.people.press(who, message, one))
        before, told = journal(house), list(house.double.people.told)
        counted = {item: house.tally(item) for item in ("S1", "S2")}
        again = [one for one in told for _ in range(chance.randint(0, 4))]
        chance.shuffle(again)
        for one in again:
            await house.people.tells(one)
        await house.double.gateway.heard()
        await house.again()
        for one in told:
            await house.people.tells(one)
        last = await house.people.command("buur0", "hulp")
        await house.people.answered(last)
        assert journal(house) == before
        assert {item: house.tally(item) for item in ("S1", "S2")} == counted
        for who, message in messages.items():
            one = choosing(message)[first(message), "agree"]
            await answered(await house.people.press(who, message, one))
            said = "".join(map(text_of, house.people.private(who)))
            assert len(set(RECEIPT.findall(said))) == 1
        assert sum(sum(tally.values()) for tally in counted.values()) == 25

    on_double(work)


def test_the_newest_press_is_the_one_that_counts(on_double: OnDouble) -> None:
    """Discord tells what one person did in its order, and mixes what several did."""
    chance = random.Random(4)

    async def work(house: House) -> None:
        await house.opens(TEXTS[0])
        messages = await everybody(house)
        wanted: Counter[str] = Counter()
        house.double.people.told.clear()
        for who, message in messages.items():
            made = [chance.choice(CHOICES) for _ in range(3)]
            wanted[made[-1]] += 1
            for number, choice in enumerate(made):
                one, ago = choosing(message)["S1", choice], 0.9 - number * 0.3
                await house.double.people.press(who, message, one, ago, tell=False)
        mine: dict[str, list[Json]] = {}
        for one in house.double.people.told:
            mine.setdefault(one["member"]["user"]["id"], []).append(one)
        while mine:
            account = chance.choice(list(mine))
            await house.people.tells(mine[account].pop(0))
            mine = {key: left for key, left in mine.items() if left}
        await until(lambda: sum(house.tally().values()) == 25 and house.tally() == wanted)

    on_double(work)


# -- promise 6 ------------------------------------------------------------------------------------


def test_fifty_buttons_work_after_a_restart(on_double: OnDouble) -> None:
    """Each means the statement it was shown with, also where its message shows the next by now."""

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        messages = await everybody(house)
        shown = {who: (first(m), choosing(m)) for who, m in messages.items()}
        for choice in ("agree", "disagree"):
            await house.again()
            for who, (item, choices) in shown.items():
                pressed = await house.people.press(who, messages[who], choices[item, choice])
                await answered(pressed)
        total = Counter(house.tally("S1")) + Counter(house.tally("S2"))
        assert total == {"disagree": 25}

    on_double(work)


def test_a_hundred_thousand_forged_ids_and_none_is_taken(on_double: OnDouble) -> None:
    """And who presses one reads that nothing changed, which nobody else sees."""
    chance = drawing(6)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789|~_-ABCDEFGH=."

    def forged(true: str) -> str:
        at = chance.randrange(len(true))
        letter = chance.choice([one for one in letters if one != true[at]])
        return f"{true[:at]}{letter}{true[at + 1 :]}"

    async def work(house: House) -> None:
        card = await house.opens(*TEXTS)
        await until(lambda: "2 stellingen" in text_of(house.people.room()[0]))
        message = await offered(house.people, "anna")
        true = [*custom_ids(message), *custom_ids(card)]
        seals = Seals(KEY, GUILD, tuple)
        assert all(seals.read(one) for one in true)
        read = sum(
            seals.read(forged(chance.choice(true))) is not None for _ in range(some(100_000))
        )
        figure("forged ids", some(100_000))
        assert read == 0
        before, room = journal(house), list(map(text_of, house.people.room()))
        for under in (message, card):
            for one in (forged(true[0]), "", "gemaakt", "x" * 100):
                asked = await house.people.press("anna", under, one)
                await answered(asked)
                assert house.double.town.messages[asked.message]["to"]
        assert (journal(house), list(map(text_of, house.people.room()))) == (before, room)

    on_double(work)


# -- promises 18 and 19 ---------------------------------------------------------------------------

ODD = (
    {"component_type": 2, "custom_id": "\ud800" * 50},
    {"component_type": 2, "custom_id": "x" * 1_000_000},
    {"component_type": 2},
    {"component_type": 3, "custom_id": "m", "values": []},
    {"component_type": 3, "custom_id": "m", "values": [7, None, {"a": []}]},
    {"custom_id": "|" * 60, "component_type": 99},
    {"component_type": 2, "custom_id": 7},
)


def test_odd_and_huge_input_harms_nothing(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        card = await house.opens(*TEXTS)
        before = journal(house)
        for data in ODD:
            await house.people.does("anna", 3, dict(data), card)
            await house.people.does("anna", 5, {**data, "components": [{}, {"component": 3}]})
        long = ("x" * 1_000_000, "\ud800\udfff\x00", "\u202e" * 5_000, "e" + "\u0301" * 5_000)
        for text in long:
            await house.people.command("anna", "stelling", tekst=text)
            await house.people.command("anna", "stem", item=text, keuze=text)
            await house.people.command("anna", text[:40] or "x")
            await house.people.writes("anna", text, called=True)
        message = await offered(house.people, "bram")
        item = first(message)
        await house.people.press("bram", message, choosing(message)[item, "agree"])
        await until(lambda: house.tally(item) == {"agree": 1})
        await until(lambda: journal(house) != before)  # it is counted a moment before it is kept
        assert [event for event in journal(house) if event not in before] == ["VoteCast"]
        assert len(house.double.gateway.identified) == 1

    on_double(work)


def test_who_presses_a_thousand_times_holds_up_nobody(on_double: OnDouble) -> None:
    """The others press in between, as often as Discord says that it failed."""

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        messages = await everybody(house)
        noisy = choosing(messages["buur0"])
        for number in range(1_000):
            one = noisy[first(messages["buur0"]), CHOICES[number % 3]]
            await house.people.press("buur0", messages["buur0"], one)
            if number % 40 == 0 and 0 < number // 40 < 25:
                who = PEOPLE[number // 40]
                choice = choosing(messages[who])[first(messages[who]), "agree"]
                await house.people.press(who, messages[who], choice)
        await until(lambda: _sum(house) == 25)
        every = house.double.rest.asked.values()
        await until(lambda: all(one.kind or one.failed for one in every))
        # over the allowance of a person nothing changes: 300 at once, and one a second, count
        assert 25 <= journal(house).count("VoteCast") <= 24 + 301 + 10
        # the library looks through all of these for each new one
        assert len(house.platform._wire.here.http._buckets) < 256

    on_double(work, counted=True)


def _sum(house: House) -> int:
    return sum(sum(house.tally(item).values()) for item in ("S1", "S2"))


# -- promises 24 and 25 ---------------------------------------------------------------------------


async def probed(house: House) -> list[str]:
    """Everything that staff and a resident who did not vote can ask for while a round is open: each
    word that shows something, and what is offered while one types. They have no answer but in what
    they see afterwards."""
    known, found = registry.vocabulary(), []
    words = dict.fromkeys(word for word in PROBES if word in known.by_dutch)
    for who in ("vera", "wim", "daan"):
        for word in [*words, "advies", "gesprek afspraken"]:
            name = known.menu_name(known.by_dutch[word])[0]
            answer = await house.people.answered(await house.people.command(who, name))
            found.append(f"{who} {word} {text_of(answer)}")
        searched = await house.people.searches(who, "stem", "item")
        found.append(f"{who} {searched}")
    return found


def test_what_all_see_is_the_same_whatever_was_voted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While the round is open; and every answer to a vote is for one person alone."""
    seen = []
    for turn, choice in enumerate(("agree", "disagree")):
        folder = tmp_path / choice
        folder.mkdir()

        async def work(double: Double, folder: Path = folder, choice: str = choice) -> None:
            async with House(folder, double) as house:
                double.town.person("wim", MODERATOR)
                await house.opens(*TEXTS)
                for who in PEOPLE[:8]:
                    message = await offered(house.people, who)
                    one = choosing(message)[first(message), choice]
                    pressed = await house.people.press(who, message, one)
                    await answered(pressed)
                    assert double.town.messages[pressed.message]["to"]
                await until(lambda: "8 mensen" in "".join(map(text_of, house.people.room())))
                asked = await probed(house)
                every = [*house.people.room(), *house.people.staff()]
                lines = [*map(text_of, every), *asked, *house.log]
                seen.append([HASH.sub("#", MOMENT.sub("#", line)) for line in lines])

        played(monkeypatch, work, counted=True)
        assert len(seen) == turn + 1
    assert seen[0] == seen[1]
    assert len(seen[0]) > 30
