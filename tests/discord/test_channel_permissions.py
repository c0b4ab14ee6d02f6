"""A right in the server or in a channel makes nobody staff: roles come from the config alone."""

from __future__ import annotations

import discord
import pytest

from tests.discord.test_evening import RECEIPT, House, words
from tests.replay.playing import LIVE_CHARTER as CHARTER

MAY = {
    "messages": discord.Permissions(manage_messages=True),
    "channels": discord.Permissions(manage_messages=True, manage_channels=True),
    "everything": discord.Permissions(administrator=True),
}


@pytest.mark.parametrize("may", MAY)
def test_who_may_tidy_up_is_a_resident(house: House, may: str) -> None:
    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": CHARTER}
        await house.command("vera", "gesprek nieuw", **agreed)
        await house.command("vera", "gesprek start")
        world = house.world
        world.roles[may] = world.guild.create_role("Opruimer", permissions=MAY[may])
        world.person("bram", may)
        states = house.app._engine.ledger.states
        state = states["ons-gesprek"]
        before = state.position
        await house.command("bram", "gesprek nieuw", **{**agreed, "titel": "Nog een"})
        await house.command("bram", "gesprek sluit")
        assert (list(states), state.position) == (["ons-gesprek"], before)
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        voted = await house.command("bram", "stem", item="S1", keuze="eens")
        assert RECEIPT.search(words(voted))

    house.run(evening)
