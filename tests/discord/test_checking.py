"""``check`` on Discord: what is right, and what the config names that is not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.discord.checking import check
from bot.platforms.discord.settings import Settings
from tests.discord.world import World


def looked(world: World, settings: Settings) -> tuple[list[str], list[str]]:
    """What is right, and what is not."""
    found = world.run(check(world.env.bot, settings))
    return [one.text for one in found if one.good], [one.text for one in found if not one.good]


def test_all_is_right() -> None:
    world = World()
    world.start()
    right, wrong = looked(world, world.settings)
    assert wrong == []
    assert [text for text in right if text.startswith(("zomerstraat", "staf"))] == [
        "zomerstraat is the channel zomerstraat",
        "staf is the channel staf",
    ]
    world.close()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"guild": 5}, "discord.guild"),
        ({"rooms": {"weg": 12}}, "weg: "),
        ({"forums": {"zomerstraat": 12}}, "forum channel 12"),
        ({"roles": {"clerk": frozenset({"Griffie", "Moderator"})}}, "roles.discord.clerk"),
    ],
)
def test_what_is_not_there_is_named(changed: dict[str, Any], said: str) -> None:
    world = World(**changed)
    world.start()
    _, wrong = looked(world, world.settings)
    assert len(wrong) == 1
    assert said in wrong[0]
    world.close()


def test_an_outage_is_a_sentence() -> None:
    world = World()
    world.start()
    world.env.inject_error("GET", "/guilds/*", status=503)
    _, wrong = looked(world, world.settings)
    assert len(wrong) == 1
    assert "discord.com" in wrong[0]
    world.close()


def test_a_staff_channel_that_everybody_reads_is_said() -> None:
    world = World()
    world.start()
    everybody = replace(world.settings, staff_rooms={"staf": world.other.id})
    _, (said,) = looked(world, everybody)
    assert "praat" in said
    assert "@everyone" in said
    world.close()
