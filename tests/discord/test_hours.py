"""A round's closing hour is shown in everybody's own time too, beside the date written out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.platforms.discord.writing import markdown
from bot.platforms.writing import html, plain
from bot.text.templates import Renderer
from locales import Catalogue
from rounds import registry
from tests.discord.test_evening import House
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER

AT = datetime(2026, 12, 15, 19, 30, tzinfo=UTC)


def test_only_discord_counts_down_to_it() -> None:
    catalogue = Catalogue("nl", {"open": "Open tot **{{ at|local }}**."})
    zone = ZoneInfo("Europe/Amsterdam")
    render = Renderer({"nl": catalogue}, "nl", zone, {}, lambda _ref: None, registry.vocabulary())
    made = render.render("open", {"at": AT})
    written = "dinsdag 15 december 2026 om 20.30 uur"
    assert plain(made) == f"Open tot {written}."
    assert html(made) == f"<p>Open tot <strong>{written}</strong>.</p>"
    assert markdown(made) == f"Open tot **{written} (<t:{int(AT.timestamp())}:R>)**."


def test_the_card_counts_down_to_its_closing(house: House) -> None:
    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": CHARTER}
        await house.command("vera", "gesprek nieuw", **agreed)
        await house.command("vera", "gesprek start")
        (card,) = await house.until(house.shown)
        closes = house.app._engine.ledger.states["ons-gesprek"].frames[0].closes_at
        assert re.findall(r"<t:(\d+):R>", text_of(card)) == [str(int(closes.timestamp()))]
        kept = b"".join(Path(one).read_bytes() for one in house.file.parent.glob("town.db*"))
        assert b"<t:" not in kept

    house.run(evening)
