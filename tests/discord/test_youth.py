"""Promise 30 on Discord: a room of young people, and what becomes of what they say there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord.double.house import House, choosing, offered, played, until
from tests.discord.double.server import Double
from tests.discord.double.town import ONLY, text_of

YOUNG = ("noor", "sem", "yara", "tim", "lina", "boudewijn")
IDEA, ALARM = "Er moet een skatebaan komen.", "Ik heb blauwe plekken en durf niet naar huis."


def test_young_people_are_not_exposed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What they say is read first; of alarm words staff hears at once, without them; nobody gets a
    direct message (the double knows none) and nobody is named."""

    async def work(double: Double) -> None:
        async with House(tmp_path, double, youth=True) as house:
            people = house.people
            await house.opens()
            await people.answered(await people.command("noor", "stelling", tekst=IDEA))
            assert not any("skatebaan" in text_of(one) for one in people.room())
            given = await people.command("sem", "stelling", tekst=ALARM)
            assert (await people.answered(given))["to"]
            await until(lambda: any("S2" in text_of(one) for one in people.staff()))
            await people.writes("vera", "ok S1", called=True)
            await until(lambda: "1 stelling" in text_of(people.room()[0]))
            for who in YOUNG:
                message = await offered(people, who)
                pressed = await people.press(who, message, choosing(message)["S1", "agree"])
                await until(lambda pressed=pressed: pressed.kind)
            await people.writes("vera", "sluit ja", called=True)
            await until(lambda: len(people.room()) >= 2)
            seen = "".join(map(text_of, [*people.room(), *people.staff()]))
            assert "plekken" not in seen
            assert [who for who in YOUNG if who in seen or str(people.named(who).id) in seen] == []
            assert house.tally() == {"agree": 6}
            # what one person sees came after something they did: the bot begins nothing
            for message in double.town.messages.values():
                if message["flags"] & ONLY:
                    assert any(one.who.id == message["to"] for one in double.rest.asked.values())

    played(monkeypatch, work)
