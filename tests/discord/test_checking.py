"""``check`` on Discord: what is right, and what the config names that is not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.platforms.discord.checking import check
from bot.platforms.discord.permissions import EVERYWHERE, THREADS, invited
from bot.platforms.discord.settings import Settings
from tests.discord.world import GUILD, World


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


def refused(world: World, role: int, rights: discord.Permissions) -> None:
    """Take rights away from a server role in the room."""
    channel = world.env.backend.channels[world.room.id]
    channel.overwrites.append(Overwrite(role, OverwriteType.ROLE, 0, rights.value))


@pytest.mark.parametrize("right", {**EVERYWHERE, **THREADS})
@pytest.mark.parametrize("where", ["role", "channel"])
def test_a_right_that_the_bot_lacks_is_named(right: str, where: str) -> None:
    """Taken from its role, or in a channel."""
    world = World(threads=frozenset({"zomerstraat"}))
    world.start()
    gone = discord.Permissions(**{right: True})
    if where == "role":
        for role in world.env.backend.guilds[GUILD].roles.values():
            role.permissions &= ~gone.value
    else:
        refused(world, world.own.id, gone)
    _, wrong = looked(world, world.settings)
    assert [text for text in wrong if text.startswith("zomerstraat: ")]
    unseen = right == "view_channel"  # then Discord does not tell of the channel at all
    assert unseen or all({**EVERYWHERE, **THREADS}[right] in text for text in wrong)
    # where there are no threads, only what every channel needs
    assert any(text.startswith("staf: ") for text in wrong) == (
        where == "role" and right in EVERYWHERE and not unseen
    )
    world.close()


def test_an_administrator_lacks_nothing() -> None:
    world = World()
    world.start()
    world.env.backend.guilds[GUILD].roles[world.own.id].permissions = 8
    refused(world, GUILD, discord.Permissions.all())
    assert looked(world, world.settings)[1] == []
    world.close()


def test_the_invitation_gives_what_is_needed_and_nothing_else() -> None:
    """The numbers in the docs, and in the README how many rights that are."""
    root = Path(__file__).parents[2]
    text = (root / "docs" / "discord.md").read_text("utf-8")
    assert f"&permissions={invited()}`" in text
    assert f"`{invited(threads=True)}`" in text
    readme = (root / "README.md").read_text("utf-8")
    assert f"&permissions={invited()}`" in readme
    assert invited().bit_count() == 7
    assert "It asks for seven rights and no more" in readme
