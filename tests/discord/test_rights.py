"""Promises 20 and 21 on Discord: who may not, changes nothing, by whatever way; nor does what is
no true act of a resident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.platforms.discord.seals import Seals
from bot.platforms.menu import Command
from tests.discord.conftest import OnDouble
from tests.discord.double.house import KEY, House, choosing, offered, until
from tests.discord.double.rest import Interaction
from tests.discord.double.town import BOT, GUILD, MODERATOR, ROOM, Json, custom_ids, text_of, user
from tests.discord.test_promises import journal

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.")

#: What is filled in for a parameter.
FILLED = {"item": "S1", "reden": "reclame", "moment": "over 2 uur", "titel": "Nog een gesprek"}


def filled(command: Command) -> dict[str, str]:
    return {one.name.dutch: FILLED.get(one.name.dutch, "S1") for one in command.options}


def test_no_word_of_staff_does_anything_for_a_resident(on_double: OnDouble) -> None:
    """Discord hides them, but a server can show them to everybody."""

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        await until(lambda: "2 stellingen" in text_of(house.people.room()[0]))
        before, room = journal(house), list(map(text_of, house.people.room()))
        staff = [command for command in house.settings.menu if command.staff]
        assert len(staff) > 12
        for command in staff:
            named = command.name.dutch
            asked = await house.people.command("anna", named, **filled(command))
            answer = await house.people.answered(asked)
            assert answer["to"], named
            assert journal(house) == before, named
            await house.people.writes("anna", f"{command.typed} S1", called=True)
        await house.people.answered(await house.people.command("anna", "hulp"))
        assert journal(house) == before
        assert list(map(text_of, house.people.room())) == room

    on_double(work)


def test_no_button_of_staff_does_anything_for_a_resident(on_double: OnDouble) -> None:
    """Whoever sees the staff channel by mistake presses what stands there."""

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        for word in ("werk", "status"):
            await house.people.answered(await house.people.command("vera", word))
        before = journal(house)
        pressed = 0
        for message in house.people.staff():
            for one in custom_ids(message):
                asked = await house.people.press("anna", message, one)
                await until(lambda asked=asked: asked.kind)
                pressed += 1
        assert pressed
        assert journal(house) == before

    on_double(work)


def test_staff_has_no_ballot(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        message = await offered(house.people, "anna")
        before = journal(house)
        house.double.town.person("wim", MODERATOR)
        for (item, choice), one in choosing(message).items():
            asked = await house.people.press("wim", message, one)
            await until(lambda asked=asked: asked.kind)
            await house.people.command("wim", "stem", item=item, keuze=choice)
        await house.people.answered(await house.people.command("wim", "hulp"))
        assert journal(house) == before

    on_double(work)


def elsewhere(told: Json) -> Json:
    """From another server, that the bot is in too."""
    return {**told, "guild_id": str(GUILD + 1)}


def in_person(told: Json) -> Json:
    """From a direct conversation with the bot."""
    kept = {key: value for key, value in told.items() if key not in ("guild_id", "member")}
    return {**kept, "user": told["member"]["user"], "channel": {"id": "1", "type": 1}}


def test_a_press_from_elsewhere_is_nobodys(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        before, _ = await _pressed(house, "bram", elsewhere)
        assert journal(house) == before

    on_double(work)


def test_a_press_in_a_direct_conversation_is_of_somebody_with_their_roles(
    on_double: OnDouble,
) -> None:
    """There the server is asked for them, so staff does not vote in person either."""

    async def work(house: House) -> None:
        house.double.town.person("wim", MODERATOR)
        before, asked = await _pressed(house, "wim", in_person)
        await house.people.answered(asked)  # others are answered sooner
        assert journal(house) == before
        before, asked = await _pressed(house, "bram", in_person)
        await house.people.answered(asked)
        assert len(journal(house)) == len(before) + 1

    on_double(work)


async def _pressed(
    house: House, who: str, changed: Callable[[Json], Json]
) -> tuple[list[Any], Interaction]:
    """Somebody presses under an answer, told otherwise; what stood in the journal before, and the
    press."""
    if not house.people.room():
        await house.opens(*TEXTS)
    message = await offered(house.people, "anna")
    before = journal(house)
    agree = next(one for (_, choice), one in choosing(message).items() if choice == "agree")
    asked = await house.people.press(who, message, agree, tell=False)
    await house.people.tells(changed(house.double.people.told[-1]))
    await house.people.answered(await house.people.command("anna", "hulp"))
    return before, asked


def test_bots_webhooks_and_edits_are_no_residents(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        before = journal(house)
        text = f"<@{BOT}> stelling Er komt een pomp."
        told = house.double.town.post(ROOM, {"content": text}, user(77, "robot", bot=True))
        told = {**told, "guild_id": str(GUILD)}
        hook = {**told, "id": str(int(told["id"]) + 1), "webhook_id": "78"}
        person = house.double.town.person("anna")
        edited = {**told, "author": user(person.id, "anna"), "member": person.member}
        await house.double.gateway.emit("MESSAGE_CREATE", told)
        await house.double.gateway.emit("MESSAGE_CREATE", hook)
        await house.double.gateway.emit("MESSAGE_UPDATE", edited)
        await house.double.gateway.emit("MESSAGE_DELETE", {**edited, "channel_id": str(ROOM)})
        reaction = {"user_id": str(person.id), "channel_id": str(ROOM), "emoji": {"name": "👍"}}
        first = house.people.room()[0]["id"]
        await house.double.gateway.emit("MESSAGE_REACTION_ADD", {**reaction, "message_id": first})
        await house.people.answered(await house.people.command("anna", "hulp"))
        assert journal(house) == before

    on_double(work)


def test_after_the_closing_a_press_counts_no_more(on_double: OnDouble) -> None:
    """Also one that says to be of before it, and one of the future."""

    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        message = await offered(house.people, "anna")
        agree = next(one for (_, choice), one in choosing(message).items() if choice == "agree")
        await house.people.writes("vera", "sluit ja", called=True)
        await until(lambda: "RoundClosed" in journal(house))
        for ago in (0.0, 2.5, 60.0, -3600.0):
            await house.people.press("bram", message, agree, ago)
        await house.people.answered(await house.people.command("anna", "hulp"))
        assert "VoteCast" not in journal(house)

    on_double(work)


def test_a_button_of_another_town_is_no_button_here(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        await house.opens(*TEXTS)
        message = await offered(house.people, "anna")
        agree = next(one for (_, choice), one in choosing(message).items() if choice == "agree")
        sealed = Seals(KEY, GUILD, tuple).read(agree)
        assert sealed is not None
        other = Seals(bytes(32), GUILD, tuple).write(sealed)
        asked = await house.people.press("bram", message, other)
        await until(lambda: asked.kind)
        assert "VoteCast" not in journal(house)

    on_double(work)
