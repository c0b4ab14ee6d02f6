"""Interactions made from Discord's own description, told over the gateway: slash commands, presses,
choices in menus, forms and searches; whole, and with parts of them odd or left out.

Nothing of them is an error in the log, each that is whole is acknowledged, and nothing is counted
but a press on what the bot showed. Where the description is not found this is skipped.
"""

from __future__ import annotations

import asyncio
import copy
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.discord import requests
from tests.discord.conftest import OnDouble
from tests.discord.described import constants, named
from tests.discord.double.house import House, choosing, offered
from tests.discord.double.people import until
from tests.discord.double.rest import Interaction
from tests.discord.double.town import BOT, GUILD, ROOM, STAFF, Json, Person, snowflake
from tests.discord.menu import menu
from tests.generated import LONG, examples, figure

pytestmark = pytest.mark.skipif(
    requests.description() is None, reason="Discord's description is not here"
)

COMMAND, PRESS, SEARCH, FORM = 2, 3, 4, 5

#: What the library may say of an event that it cannot read at all: the type of its error.
_UNREADABLE = re.compile(r"discord_[A-Z]\w*Error\Z")

#: What is put in the place of any part.
_ODD = st.one_of(
    st.sampled_from([None, True, 7, -1.5, "", "x", "\ud800", "\u202e" * 500, [], {}, [None], [{}]]),
    st.sampled_from([(1 << 63) - 1, -(1 << 63), str(10**30), "9" * 400, "0", [[[]]], {"type": 99}]),
    st.text(max_size=10),
)

#: Ids that the bot never made; one of those it showed, by its number; and that with a letter more.
_FORGED = st.one_of(
    st.text(max_size=100), st.just("c0|||||||||x"), st.from_regex(r"c0\|[a-z|]{8}\|[a-zA-Z]{11}")
)
_SHOWN = st.integers(0, 2).map(lambda number: f"<shown {number}>")
_BROKEN = _SHOWN.map(lambda one: f"{one}x")

#: Stands for the message under which somebody pressed, by its number: the card or an answer.
_UNDER = "<message>"

#: Who presses: a few, so that they change their minds.
_ACCOUNTS = st.integers(0, 5).map(lambda number: 900_000_000_000_001_000 + number)


@dataclass
class Told:
    """An interaction without its id and token. ``whole``: it is as Discord tells it."""

    event: Json
    whole: bool


def custom_ids() -> st.SearchStrategy[str]:
    return st.one_of(_SHOWN, _FORGED, _BROKEN, _SHOWN)


@st.composite
def _options(draw: st.DrawFn, deep: int = 0) -> list[Json]:
    kinds = constants("ApplicationCommandOptionType")
    found: list[Json] = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from([*kinds, 99]))
        one: Json = {"name": draw(st.sampled_from(["item", "keuze", "tekst", "x"])), "type": kind}
        if kind in (1, 2):
            one["options"] = draw(_options(deep + 1)) if deep < 2 else []
        else:
            one["value"] = draw(st.one_of(st.text(max_size=20), st.integers(), st.booleans()))
        if draw(st.booleans()):
            one["focused"] = draw(st.booleans())
        found.append(one)
    return found


@st.composite
def _commands(draw: st.DrawFn) -> Json:
    names = sorted({one.name.dutch.split()[0] for one in menu()})
    name = draw(st.one_of(st.sampled_from(names), st.text(min_size=1, max_size=32)))
    kind = draw(st.sampled_from(constants("ApplicationCommandType")))
    data: Json = {"id": str(snowflake()), "name": name, "type": kind, "options": draw(_options())}
    if kind == 3:
        message = draw(named("BasicMessageResponse"))
        data |= {"target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
    return data


@st.composite
def _presses(draw: st.DrawFn) -> Json:
    kind = draw(st.sampled_from([*constants("MessageComponentTypes"), 99]))
    data: Json = {"component_type": kind, "custom_id": draw(custom_ids())}
    if kind != 2:
        data["values"] = draw(st.lists(custom_ids(), max_size=3))
    return data


@st.composite
def _forms(draw: st.DrawFn) -> Json:
    fields = st.fixed_dictionaries(
        {"type": st.sampled_from([4, 3, 19, 99]), "custom_id": st.text(max_size=20)},
        optional={"value": st.text(max_size=50), "values": st.lists(st.text(max_size=9))},
    )
    label = st.fixed_dictionaries({"type": st.just(18), "id": st.just(1), "component": fields})
    row = st.fixed_dictionaries({"type": st.just(1), "components": st.lists(fields, max_size=2)})
    words = st.just({"type": 10, "id": 3})
    inside = draw(st.lists(st.one_of(label, row, words), max_size=5))
    return {"custom_id": draw(custom_ids()), "components": inside}


_DATA = {COMMAND: _commands(), PRESS: _presses(), SEARCH: _commands(), FORM: _forms()}


@st.composite
def interactions(draw: st.DrawFn) -> Told:
    """Something that somebody does in the server, in another one, or in a direct message."""
    kind = draw(st.sampled_from([COMMAND, PRESS, PRESS, SEARCH, FORM]))
    where = draw(st.sampled_from(["here"] * 6 + ["elsewhere", "direct"]))
    person = draw(named("UserResponse")) | {"id": str(draw(_ACCOUNTS))}
    event: Json = {
        "application_id": str(BOT),
        "type": kind,
        "data": draw(_DATA[kind]),
        "version": 1,
        "attachment_size_limit": 1 << 20,
        "locale": draw(st.sampled_from(constants("AvailableLocalesEnum"))),
        "entitlements": [],
        "app_permissions": "0",
        "authorizing_integration_owners": {},
    }
    if where == "direct":
        channel = draw(named("PrivateChannelResponse"))
        event |= {"user": person, "context": draw(st.sampled_from([1, 2]))}
    else:
        known = draw(st.sampled_from([ROOM, ROOM, STAFF, 900_000_000_000_000_013]))
        guild = GUILD if where == "here" else 900_000_000_000_009_000
        channel = {"id": str(known), "type": 0, "guild_id": str(guild), "name": "kanaal"}
        channel |= {"position": 0, "permission_overwrites": []}
        member = draw(named("GuildMemberResponse"))
        member |= {"user": person, "permissions": "1024"}
        event |= {"guild_id": str(guild), "guild_locale": "nl", "member": member, "context": 0}
    event |= {"channel_id": channel["id"], "channel": channel}
    if kind in (PRESS, FORM) and draw(st.booleans()):
        event["message"] = {_UNDER: draw(st.integers(0, 1))}
    answered = where == "here" or (where == "direct" and kind == PRESS and "message" in event)
    if draw(st.booleans()):
        return Told(event, answered)
    if kind in (COMMAND, SEARCH) and draw(st.booleans()):  # only we read those
        _spoilt(draw, event["data"])
        return Told(event, answered)
    for _ in range(draw(st.integers(1, 3))):
        _spoilt(draw, event)
    return Told(event, False)


def _spoilt(draw: st.DrawFn, event: Json) -> None:
    """Put something odd in the place of any part, or leave it out."""
    where: Any = event
    while True:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if isinstance(where[key], dict | list) and draw(st.integers(0, 3)):
            where = where[key]
            continue
        if draw(st.booleans()):
            where[key] = copy.deepcopy(draw(_ODD))  # which goes on being changed
        else:
            del where[key]
        return


@dataclass
class Evening:
    """A house in which something can be voted on, and what was voted as far as it is known."""

    house: House
    messages: list[Json]
    shown: list[tuple[str, str]]
    votes: dict[str, str] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    async def check(self, told: Told) -> None:
        event = self._named(copy.deepcopy(told.event))
        made = snowflake()
        asked = Interaction(made, f"token-{made}", Person(0, "iemand"), ROOM)
        if "id" not in event:
            event["id"] = str(made)
        event["token"] = asked.token
        double = self.house.double
        double.rest.asked[asked.token] = asked
        before = len(self.house.log)
        await double.gateway.emit("INTERACTION_CREATE", event)
        if told.whole:
            await until(lambda: asked.kind, 10)
        else:  # what is told after it is answered: it was read
            await self.house.people.searches("anna", "stem", "item")
        said = self.house.log[before:]
        if told.whole:
            assert said == []
        assert [one for one in said if not _UNREADABLE.match(one)] == []
        self.told["whole" if told.whole else "odd"] += 1
        await self._counts(event, told.whole and "guild_id" in event)

    async def _counts(self, event: Json, surely: bool) -> None:
        """Only a press on what was shown counts, for who pressed it."""
        pressed = self._pressed(event)
        if pressed is None:
            assert self.house.tally() == Counter(self.votes.values())
            return
        account, choice = pressed
        after = {**self.votes, account: choice}
        if surely:
            await until(lambda: self.house.tally() == Counter(after.values()), 10)
        else:  # it may have been too odd to be a press
            await asyncio.sleep(0.05)
        if self.house.tally() == Counter(after.values()):
            self.votes = after
            self.told["counted"] += 1
        assert self.house.tally() == Counter(self.votes.values())

    def _pressed(self, event: Json) -> tuple[str, str] | None:
        """Who pressed which choice, where it is a press on what was shown, in this server or in a
        direct message."""
        try:
            if event["type"] != PRESS or event.get("guild_id", str(GUILD)) != str(GUILD):
                return None
            by = event["member"]["user"] if "guild_id" in event else event["user"]
            return str(by["id"]), dict(self.shown)[event["data"]["custom_id"]]
        except (KeyError, TypeError):
            return None

    def _named(self, part: Any) -> Any:
        """The same, with the ids that the bot made."""
        if isinstance(part, str):
            return re.sub(r"<shown (\d)>", lambda m: self.shown[int(m[1])][0], part)
        if isinstance(part, list):
            return [self._named(one) for one in part]
        if isinstance(part, dict) and part.get(_UNDER) in (0, 1):
            return self.messages[part[_UNDER]]
        return {k: self._named(v) for k, v in part.items()} if isinstance(part, dict) else part


@pytest.mark.timeout(3600 if LONG else 300)  # ten thousand take their time
def test_nothing_that_is_told_harms(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        card = await house.opens("Er moeten meer bomen komen.")
        message = await offered(house.people, "anna")
        shown = [(one, choice) for (_, choice), one in choosing(message).items()]
        evening = Evening(house, [card, message], shown)
        loop = asyncio.get_running_loop()

        @settings(
            examples(100, long=10_000),
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a smaller one that fails takes seconds each
        )
        @given(interactions())
        def tried(told: Told) -> None:
            try:
                asyncio.run_coroutine_threadsafe(evening.check(told), loop).result(60)
            except TimeoutError:
                raise AssertionError("nothing came of it") from None

        await asyncio.to_thread(tried)
        await asyncio.sleep(0.5)
        assert [one for one in house.log if not _UNREADABLE.match(one)] == []
        assert house.tally() == Counter(evening.votes.values())
        assert evening.told["counted"] > 0 or not LONG  # of a hundred none may be a vote
        figure("interactions from the description", sum(evening.told.values()))

    on_double(work, House)


def _press(**other: Any) -> Json:
    """A press by bram on something that the bot never made, told as Discord tells it."""
    event: Json = {"application_id": str(BOT), "type": PRESS, "version": 1, "entitlements": []}
    event |= {"data": {"component_type": 2, "custom_id": "niet van ons"}, "locale": "nl"}
    event |= {"attachment_size_limit": 1048576, "app_permissions": "0"}
    return event | {"authorizing_integration_owners": {}} | other


_BRAM = {"id": "900000000000001002", "username": "bram", "discriminator": "0", "avatar": None}


def _tried(on_double: OnDouble, event: Json, whole: bool = True) -> None:
    async def work(house: House) -> None:
        card = await house.opens("Er moeten meer bomen komen.")
        message = await offered(house.people, "anna")
        shown = [(one, choice) for (_, choice), one in choosing(message).items()]
        await Evening(house, [card, message], shown).check(Told(event, whole))

    on_double(work, House)


def _in_the_room(**other: Any) -> Json:
    member = {"user": _BRAM, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00"}
    member |= {"permissions": "1024", "deaf": False, "mute": False, "flags": 0}
    here = {"id": str(ROOM), "type": 0, "guild_id": str(GUILD), "name": "kanaal", "position": 0}
    event = _press(guild_id=str(GUILD), guild_locale="nl", context=0, channel_id=str(ROOM))
    return event | {"member": member, "channel": here} | other


def test_a_locale_that_is_no_text_is_no_language(on_double: OnDouble) -> None:
    _tried(on_double, _in_the_room(locale={"type": 99}))


@pytest.mark.parametrize("kind", [99, "3"])
def test_what_is_of_no_known_kind_is_no_press(on_double: OnDouble, kind: object) -> None:
    pressed = {"component_type": 2, "custom_id": "<shown 2>"}
    _tried(on_double, _in_the_room(type=kind, data=pressed), whole=False)


@pytest.mark.parametrize("seen_by", ["all", "one"])
def test_a_press_in_a_direct_message_is_acknowledged(on_double: OnDouble, seen_by: str) -> None:
    """Also under an answer there, which is a message that only its reader sees."""
    here = {"id": "900000000000000777", "type": 1, "flags": 0, "recipients": [_BRAM]}
    under = {_UNDER: ["all", "one"].index(seen_by)}
    event = _press(user=_BRAM, context=1, channel=here, channel_id=here["id"], message=under)
    _tried(on_double, event)
