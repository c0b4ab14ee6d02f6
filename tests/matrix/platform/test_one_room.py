"""Two rooms of the config that are one on Matrix are refused at the start."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.platforms.live import Ended
from bot.platforms.matrix import joining
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Known, Named


def test_an_alias_and_the_id_behind_it(tmp_path: Path) -> None:
    rooms = {"zomerstraat": "#zomerstraat:x", "plein": "!abc:x"}
    known = Known()
    known.named["zomerstraat"] = Named("#zomerstraat:x", "!abc:x")
    house = House(Settings("https://x", "@bot:x", tmp_path, rooms=rooms), known)
    with pytest.raises(Ended, match="zomerstraat and plein"):
        asyncio.run(joining.resolve(None, house, lambda _code: None))
