"""A meeting on Discord: its card is pressed, answers are seen by one person, and nobody gets a
direct message but who asked for it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from meetings.meeting import Meeting, Stand
from tests.discord.conftest import OnDouble
from tests.discord.double.house import House, named_by
from tests.discord.double.people import until
from tests.discord.double.town import ONLY, TIME, Json, text_of, walked
from tests.sentences import says

NEW = {"titel": "Ons plein", "wanneer": "over 3 dagen"}
MOVED = {"bijeenkomst": "M1", "wanneer": "over 4 dagen", "want": "De zaal is dicht."}


class Ahead:
    """The time on the double, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return time.time() + self.seconds

    def by(self, **delta: float) -> None:
        self.seconds += timedelta(**delta).total_seconds()


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Ahead:
    made = Ahead()
    monkeypatch.setattr(TIME, "clock", made)
    return made


def meeting(house: House, number: int = 1) -> Meeting:
    found = house.app._engine.ledger.meetings.get(number)
    assert found is not None
    return found


async def planned(house: House, **more: str) -> Json:
    """Plan a meeting; its card."""
    await house.until_ready()
    await said(house, "vera", "moment nieuw", **NEW, **more)
    return await until(lambda: card(house))


def card(house: House) -> Json | None:
    found = [one for one in house.people.room() if says(text_of(one), "meeting_card", "nl")]
    assert len(found) <= 1
    return found[0] if found else None


async def said(house: House, who: str, word: str, **options: str) -> Json:
    return await house.people.answered(await house.people.command(who, word, **options))


async def pressed(house: House, who: str, message: Json, choice: str) -> Json:
    """Press a button; the answer."""
    asked = await house.people.press(who, message, named_by(message, choice))
    return await house.people.answered(asked)


def labels(message: Json) -> list[str]:
    return [one["label"] for one in walked(message["components"]) if "label" in one]


def links(message: Json) -> list[str]:
    return [one["url"] for one in walked(message["components"]) if "url" in one]


async def after(house: House, ahead: Ahead, **delta: float) -> None:
    """Time passes, and what is due happens."""
    ahead.by(**delta)
    await said(house, "zoe", "privacy")


def told(messages: list[Json], code: str) -> list[Json]:
    return [one for one in messages if says(text_of(one), code, "nl")]


def test_a_newcomer_presses_and_reads_the_answer_alone(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        shown = await planned(house)
        assert labels(shown) == ["Aanmelden", "Afmelden"]
        answer = await pressed(house, "anna", shown, "aanmelden")
        assert answer["flags"] & ONLY
        assert says(text_of(answer), "meeting_signed_up", "nl", number=1)
        assert labels(answer) == ["Bericht vooraf", "Afmelden"]
        await house.again()  # what was shown before goes on
        assert (await pressed(house, "bram", shown, "aanmelden"))["flags"] & ONLY
        off = await pressed(house, "anna", shown, "afmelden")
        assert says(text_of(off), "meeting_signed_off", "nl")
        never = await pressed(house, "cor", shown, "afmelden")
        assert says(text_of(never), "refused_meeting_not_signed_up", "nl")
        stands = {n: one.stand for n, one in meeting(house).sign_ups.items()}
        assert stands == {1: Stand.GONE, 2: Stand.PLACE}
        assert [house.people.direct(who) for who in ("anna", "bram", "cor")] == [[], [], []]

    on_double(work)


def test_a_proposal_is_supported_by_its_button(on_double: OnDouble) -> None:
    async def work(house: House) -> None:
        await house.until_ready()
        await said(house, "anna", "moment voorstel", titel="Schoon plein")
        assert card(house) is None
        await said(house, "vera", "ok", nummers="M1")
        shown = await until(lambda: card(house))
        assert labels(shown) == ["Steun"]
        own = await pressed(house, "anna", shown, "steun")
        assert says(text_of(own), "refused_meeting_support_own", "nl")
        given = await pressed(house, "bram", shown, "steun")
        assert given["flags"] & ONLY
        assert says(text_of(given), "meeting_supported", "nl")
        assert len(meeting(house).supporters) == 1

    on_double(work)


def test_who_asked_hears_by_direct_message_and_others_see_it(
    on_double: OnDouble, ahead: Ahead
) -> None:
    async def work(house: House) -> None:
        people, shown = house.people, await planned(house)
        for who in ("anna", "bram"):
            await pressed(house, who, shown, "aanmelden")
        await said(house, "anna", "herinner", bijeenkomst="M1")
        await said(house, "vera", "moment verzet", **MOVED)
        (moved,) = await until(lambda: told(people.direct("anna"), "your_meeting_moved"))
        assert links(moved) == [links_to(shown)]
        assert labels(moved)[0] == "Afmelden"
        in_direct = await pressed(house, "anna", moved, "afmelden")
        assert says(text_of(in_direct), "meeting_signed_off", "nl")
        help_there = await pressed(house, "anna", in_direct, "hulp")  # seen by her alone, there
        assert says(text_of(help_there), "help", "nl")
        await pressed(house, "anna", shown, "aanmelden")
        await said(house, "anna", "herinner", bijeenkomst="M1")
        await after(house, ahead, days=3, seconds=1)
        await after(house, ahead, hours=23)
        await until(lambda: len(told(people.direct("anna"), "your_meeting_soon")) == 2)
        assert people.direct("bram") == []
        mine = await said(house, "bram", "mijn")
        assert says(text_of(mine), "mine_meetings", "nl")
        assert "De zaal is dicht." in text_of(mine)
        asked = await people.press("bram", mine, named_by(mine, "afmelden"))
        await until(lambda: says(text_of(people.answer(asked) or mine), "meeting_signed_off", "nl"))
        await said(house, "vera", "moment afzeggen", bijeenkomst="M1", reden="Er is ijzel.")
        await until(lambda: told(people.direct("anna"), "your_meeting_called_off"))
        assert people.direct("bram") == []

    on_double(work)


def links_to(message: Json) -> str:
    return (
        f"https://discord.com/channels/900000000000000001/{message['channel_id']}/{message['id']}"
    )


def test_a_free_place_goes_to_the_first_who_waits(on_double: OnDouble, ahead: Ahead) -> None:
    async def work(house: House) -> None:
        people, shown = house.people, await planned(house, plaatsen="1")
        await pressed(house, "anna", shown, "aanmelden")
        for who in ("bram", "cor"):
            waits = await pressed(house, who, shown, "aanmelden")
            assert says(text_of(waits), "meeting_waits", "nl")
        await said(house, "bram", "herinner", bijeenkomst="M1")
        await pressed(house, "anna", shown, "afmelden")
        await after(house, ahead, seconds=2)
        await until(lambda: told(people.direct("bram"), "your_meeting_place"))
        await said(house, "bram", "afmelden", bijeenkomst="M1")
        await after(house, ahead, seconds=2)
        assert meeting(house).sign_ups[3].stand is Stand.PLACE
        assert people.direct("cor") == []
        assert "3" in text_of(await said(house, "cor", "mijn"))

    on_double(work)


def test_who_takes_no_direct_messages_reads_it_next_time_unless_it_is_too_late(
    on_double: OnDouble, ahead: Ahead
) -> None:
    async def work(house: House) -> None:
        people, shown = house.people, await planned(house)
        house.double.rest.closed.add(people.named("anna").id)
        await pressed(house, "anna", shown, "aanmelden")
        await said(house, "anna", "herinner", bijeenkomst="M1")
        ahead.by(hours=1)  # the token of what she did last is over
        await said(house, "vera", "moment verzet", **MOVED)
        await until(lambda: _refused(house) == 1)
        await said(house, "anna", "agenda")
        await until(lambda: told(people.private("anna"), "your_meeting_moved"))
        await after(house, ahead, days=3, seconds=1)
        await after(house, ahead, days=2)
        await said(house, "anna", "agenda")
        await said(house, "anna", "mijn")
        assert told(people.private("anna"), "your_meeting_soon") == []
        assert _refused(house) == 1  # she was asked once

    on_double(work)


def _refused(house: House) -> int:
    made: list[Any] = house.double.made("POST", "/users/@me/channels")
    return len(made)
