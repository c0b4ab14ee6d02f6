"""Promise 20 on Discord: every role x command x place, from the table of ``tests/engine``.

A row is said as the slash command it is there, in a room's channel, in the staff channel and in a
channel that is none, and typed behind a mention of the bot. What only a ``ja`` behind a word does
is done with the button of the question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from bot.desk.asker import Reply
from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Settings
from bot.platforms.messages import Meaning
from dialogues.core import Choice
from rounds import registry
from tests.discord.double.town import BOT, GUILD, ROOM, STAFF
from tests.discord.seam import Seam
from tests.engine.bots import START, copied
from tests.engine.test_roles import REFUSED, ROLES, TABLE, TOLD, Row, bases

__all__ = ["bases"]

KNOWN = registry.vocabulary()

#: What is no channel of a room.
ELSEWHERE = ROOM + 99


class Way(NamedTuple):
    """How something is said: in which channel, whether with a slash, and what place that is to the
    bot, whose answers to a command only who asked sees."""

    channel: int
    slash: bool
    place: str


WAYS = (
    Way(ROOM, True, "personal"),
    Way(STAFF, True, "staf"),
    Way(ELSEWHERE, True, "personal"),
    Way(ROOM, False, "zomerstraat"),
    Way(STAFF, False, "staf"),
)

#: What nobody may, but on Discord everybody may ask the bot for in its menu.
CODES = REFUSED | {"refused_word_not_now"}


#: Where only who took part may: that was on the console, by other accounts.
TOOK_PART = {"draft": {"refused_objection_not_there"}}

#: What somebody did before in a situation: it was done on the console there, by another account.
EARLIER = {"signed up": ("aanmelden M1",)}


def command(seam: Seam, text: str) -> tuple[str, dict[str, str]] | None:
    """The name of a command and its options for what is typed; None where it has none for all of
    it, so that the rest is pressed."""
    words = text.split(" ")
    for size in (3, 2, 1):
        word = KNOWN.by_form.get(tuple(words[:size]))
        if word is not None:
            break
    else:
        raise AssertionError(text)
    made, rest = seam.menu[word.dutch], words[size:]
    options = [one for one in made.options if not one.key]
    given: dict[str, str] = {}
    for number, option in enumerate(options):
        last = number + 1 == len(options)
        value = " ".join(rest) if last else " ".join(rest[:1])
        rest = [] if last else rest[1:]
        if value:
            given[option.name.dutch] = value
    return None if rest else (made.name.dutch, given)


def lines(seam: Seam) -> int:
    """The number of lines of all journals together."""
    reader = seam.store.reader()
    return sum(len(list(reader.lines(name))) for name in reader.chains())


def codes(replies: Iterable[Reply]) -> set[str]:
    return {notice.template for reply in replies for notice in reply.notices}


def says(seam: Seam, way: Way, role: str, text: str) -> set[str]:
    """Somebody with this role says it; the codes of what they are answered."""
    who, roles = f"een-{role}", () if role == "resident" else (role,)
    where: dict[str, Any] = {"roles": roles, "channel": way.channel}
    if not way.slash or KNOWN.item.match(text):  # a number alone is no command
        return codes(writes(seam, who, text, roles, way.channel))
    made = command(seam, text)
    bare = made or command(seam, text.removesuffix(" ja"))
    assert bare is not None, text
    name, options = bare
    replies = seam.hears(seam.told(who, 2, seam.called(name, options), **where))
    found = codes(replies)
    yes = [one for one in _choices(replies) if one.choice == "yes"]
    if made is None and yes:
        means = Meaning(yes[0].dialogue, choice="yes", round=0, question=yes[0].question)
        found |= codes(seam.hears(seam.chooses(who, means, **where)))
    return found


def _choices(replies: Iterable[Reply]) -> list[Choice]:
    return [one for reply in replies for notice in reply.notices for one in notice.choices]


def writes(seam: Seam, who: str, text: str, roles: Sequence[str], channel: int) -> Sequence[Reply]:
    """They write it behind a mention of the bot."""
    told = seam.told(who, 2, {}, roles, channel)
    told.content, told.author = f"<@{BOT}> {text}", told.user
    told.author.bot = False
    told.guild = SimpleNamespace(id=GUILD, unavailable=False, me=SimpleNamespace(id=BOT))
    told.channel.guild, told.reference = None, None
    asyncio.run(seam.incoming.message(told))
    return seam.puts(seam.incoming.read_now().facts)


def opened(file: Path) -> Seam:
    seam = Seam(file)
    seam.clock.set(START.replace(minute=30))
    return seam


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.text[:24]} ({row.situation})")
def test_every_cell(row: Row, bases: dict[str, Path], tmp_path: Path) -> None:
    outside = opened(copied(bases[row.situation], tmp_path / "outside"))
    for number, way in enumerate(WAYS):
        for role in ROLES:
            if row.may(role, way.place):
                file = copied(bases[row.situation], tmp_path / f"{role}{number}")
                seam = opened(file)
                for earlier in EARLIER.get(row.situation, ()):
                    says(seam, way, role, earlier)
                before = lines(seam)
                said = says(seam, way, role, row.text)
                assert not CODES & said, (role, way, said)
                changes = row.changes and said != TOOK_PART.get(row.situation)
                assert (lines(seam) > before) is changes, (role, way, said)
                # what did not change is as sound as it was
                seam.close() if row.changes else seam.store.close()
            else:
                _not_allowed(row, role, way, outside)
    outside.close()


def _not_allowed(row: Row, role: str, way: Way, seam: Seam) -> None:
    before = lines(seam)
    said = says(seam, way, role, row.text)
    told = role == "resident" and (row.text, row.situation, way.place) in TOLD
    grown = lines(seam) - before
    assert grown == 0 or (told and grown == 1), (role, way, said)
    if not told:
        assert CODES & said, (role, way, said)


@pytest.mark.parametrize(
    "name",
    ["moderator", "M\u043ederator", "Moderator ", "\uff2doderator", "\u202eModerator", "Mode"],
)
def test_a_role_that_only_looks_like_one_is_none(name: str) -> None:
    """Nor does a person's own name give any."""
    given = Settings(lambda: "", GUILD, bytes(32), roles={"moderator": frozenset({"Moderator"})})
    house = House(given)
    assert house.roles(SimpleNamespace(roles=[SimpleNamespace(name="Moderator", id=1)]))
    held = [SimpleNamespace(name=name, id=1)]
    assert not house.roles(SimpleNamespace(name="Moderator", nick="Moderator", roles=held))
