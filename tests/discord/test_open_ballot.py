"""An open ballot on Discord: its statements stand in the room with buttons for everybody."""

from __future__ import annotations

from typing import Any

from tests.discord.test_evening import RECEIPT, House
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER


def shows(house: House, item: str) -> list[Any]:
    """The messages of the room that show an item."""
    return [one for one in house.shown() if f"{item}: «" in text_of(one)]


def votes(house: House) -> dict[object, int]:
    dialogue = house.app._engine.ledger.states["ons-gesprek"]
    box = dialogue.machine(0).box(dialogue.states[0])
    assert box is not None
    return {key: count for key, count in box.books["S1"].tally.items() if count}


def test_a_statement_in_the_room_has_buttons_for_everybody(house: House) -> None:
    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons gesprek"}
        agreed["afspraken"] = f"{CHARTER} stemming=open"
        await house.command("vera", "gesprek nieuw", **agreed)
        await house.command("vera", "gesprek start")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        (shown,) = await house.until(lambda: shows(house, "S1"))
        before = text_of(shown)
        assert "👍" not in before
        assert before.splitlines()[-3:] == ["Eens", "Oneens", "Weet ik niet"]

        first = await house.press("anna", shown, "Eens")
        assert first.ephemeral
        assert RECEIPT.search(text_of(first._message))
        await house.press("bram", shown, "Oneens")
        assert votes(house) == {"agree": 1, "disagree": 1}
        await house.press("anna", shown, "Oneens")
        assert votes(house) == {"disagree": 2}
        assert [text_of(one) for one in shows(house, "S1")] == [before]

        await house.command("vera", "verberg", item="S1", reden="reclame")
        await house.until(lambda: not shows(house, "S1"))

    house.run(evening)
