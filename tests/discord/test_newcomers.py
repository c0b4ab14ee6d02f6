"""What somebody new meets: every message can be gone on from by pressing, and names nothing to type
that Discord does not know."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.discord.anna import Anna, led, with_statements
from tests.discord.conftest import OnDouble
from tests.discord.double.house import House as Double
from tests.discord.double.house import joining, offered
from tests.discord.double.people import until
from tests.discord.double.town import Json, walked
from tests.discord.double.town import text_of as double_text
from tests.discord.test_evening import House, buttons, words
from tests.discord.world import text_of
from tests.engine.bots import FORMATS
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import says

#: What a message shows as something to type.
TYPED = re.compile(r"[Tt]ype?\b[^`\n]*?`([^`]+)`")


def labels(message: Any) -> list[str]:
    return [one["label"] for one in buttons(message) if "label" in one]


def known(house: House) -> set[str]:
    """What can be used behind a /."""
    return {command.name.english for command in house.world.settings.menu}


async def pressed(house: House, who: str, message: Any, label: str) -> Any:
    """Press a button; the answer, which takes the place of the message or is a new one."""
    before = words(message)
    return await house.press(who, message._message, label, heard=lambda text: text != before)


def test_help_names_commands_and_can_be_pressed(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        for who in ("anna", "vera"):
            helped = await house.command(who, "hulp")
            typed = TYPED.findall(words(helped))
            assert typed
            for one in typed:
                assert any(one[1:].startswith(name) for name in known(house)), one
                assert one[0] == "/"
        helped = await house.command("anna", "hulp")
        assert labels(helped)[:2] == ["Take part", "Give a statement"]
        list_of_hers = await pressed(house, "anna", helped, "Take part")
        assert labels(list_of_hers)[:3] == ["Agree", "Disagree", "Don't know"]
        mine = await pressed(
            house, "anna", await house.command("anna", "hulp"), "See what you gave"
        )
        assert says(words(mine), "mine", "en")

    house.run(evening)


def test_where_nothing_is_asked_no_answer_is_asked_for(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde")
        given = await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        assert labels(given) == ["Help"]
        status = await house.command("anna", "status")
        assert labels(status) == ["Meedoen" if "Meedoen" in labels(status) else "Take part"]
        spoken = await house.command("anna", "english")
        assert labels(spoken) == labels(status)
        asked = await house.command("vera", "gesprek tot", moment="onleesbaar")
        assert "Answer" in labels(asked)

    house.run(evening)


def test_a_question_that_is_answered_goes(house: House) -> None:
    """Its buttons asked anew what was said already."""

    async def evening(house: House) -> None:
        state = await led(house, "stellingenronde")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        asked = await house.command("bram", "stelling", tekst="Meer bomen moeten er komen!")
        assert len(labels(asked)) == 2
        done = await pressed(house, "bram", asked, labels(asked)[0])
        assert done.id == asked.id
        assert labels(done) == ["Help"], words(done)
        assert state.states[0].box.turnout == 1

    house.run(evening)


def test_a_reason_that_is_given_ends_the_question_for_it(house: House) -> None:
    async def evening(house: House) -> None:
        await with_statements(house)
        anna = Anna(house)
        await anna.begin()
        for _ in range(3):
            await anna.press("Disagree")
        await anna.fill("Give a reason", {"text": "Dan is er minder licht in huis."})
        assert "Give a reason" not in anna.buttons

    house.run(evening)


def test_a_word_of_another_kind_of_round_says_that_it_cannot_be_used_now(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde")
        for who, word in (("anna", "spreken"), ("vera", "door")):
            said = await house.command(who, word)
            assert says(words(said), "refused_word_not_now", "en")

    house.run(evening)


#: How a round of a format is prepared, where that is needed: the word, and what stands behind it.
PREPARED = {
    "dilemma": ("dilemma", 'vraag="Bomen of parkeren?" a="bomen" b="parkeren"'),
    "peiling": ("peiling", 'soort=meer vraag="Wat komt er?" opties="bomen; bankjes" anders=ja'),
}


@pytest.mark.parametrize("format", sorted(name for name in FORMATS if not FORMATS[name].imported))
def test_whatever_is_to_be_typed_is_a_command_that_discord_knows(house: House, format: str) -> None:
    """In all that a resident and the moderator read in an evening of each format."""

    async def evening(house: House) -> None:
        word, fill = PREPARED.get(format, ("", ""))
        state = await led(house, format, fill, word)
        everybody = ("hulp", "status", "privacy", "uitslag", "stil")
        for_residents = ("meedoen", "mijn", "vergeetmij", "english")
        used = [("anna", one) for one in (*everybody, *for_residents)]
        used += [("vera", one) for one in (*everybody, "werk")]
        read = [words(await house.command(*one)) for one in used]
        read += [text_of(one) for one in house.world.stored(house.world.room).values()]
        read += [text_of(one) for one in house.world.stored(house.world.staff).values()]
        menu = house.world.settings.menu
        names = tuple(f"/{n}" for one in menu for n in (one.name.dutch, one.name.english))
        typed = [one for text in read for one in TYPED.findall(text)]
        assert [one for one in typed if not one.startswith(names)] == []
        assert state.open_frame is not None

    house.run(evening)


def test_a_round_that_has_nothing_yet_is_not_offered_to_begin(house: House) -> None:
    async def evening(house: House) -> None:
        charter = {"format": "peiling", "titel": "Ons plein", "afspraken": CHARTER}
        made = await house.command("vera", "gesprek nieuw", **charter)
        assert "Begin" not in labels(made)
        assert "/poll" in words(made)
        filled = 'soort=een vraag="Wat komt er?" opties="bomen; bankjes"'
        ready = await house.command("vera", "peiling", peiling=filled)
        assert labels(ready) == ["Begin"]

    house.run(evening)


def test_who_speaks_neither_language_is_offered_english(on_double: OnDouble) -> None:
    async def work(house: Double) -> None:
        card, people = await house.opens("Er moeten meer bomen komen."), house.people
        people.named("fatma").locale = "tr"
        begun = await people.answered(await people.press("fatma", card, joining(card)))
        assert by_label(begun)["English"]
        assert "English" not in by_label(await offered(people, "anna"))
        await people.press("fatma", begun, by_label(begun)["English"])
        await until(lambda: "Take part" in by_label(begun))

    on_double(work)


def by_label(message: Json) -> dict[str, str]:
    every = [one for one in walked(message["components"]) if "label" in one]
    return {one["label"]: one["custom_id"] for one in every if "custom_id" in one}


def test_staff_presses_what_comes_next_and_files_say_what_they_are(house: House) -> None:
    async def evening(house: House) -> None:
        state = await led(house, "stellingenronde")
        await house.command("vera", "gesprek sluit")
        closed = await house.until(lambda: to_staff(house, "dialogue_closed_staff"))
        await house.press("vera", closed, "Advies maken")
        await house.until(lambda: state.advice is not None)
        for code in ("surface_file_page", "surface_file_bundle"):
            await house.until(
                lambda code=code: any(says(text_of(one), code, "nl") for one in house.shown())
            )

    house.run(evening)


def test_another_language_is_named_where_the_program_tells_none(on_double: OnDouble) -> None:
    async def work(house: Double) -> None:
        await house.opens("Er moeten meer bomen komen.")
        people = house.people
        for who, locale, named in (
            ("anna", "nl", False),
            ("john", "en-GB", False),
            ("fatma", "tr", True),
        ):
            people.named(who).locale = locale
            helped = await people.answered(await people.command(who, "hulp"))
            assert ("english`" in double_text(helped)) is named, who

    on_double(work)


def test_what_invites_can_be_pressed(house: House) -> None:
    """The announcement of the vote brings its list, and a result all of it, to who presses."""

    async def evening(house: House) -> None:
        await led(house, "kring")
        await house.command("anna", "spreken")
        await house.command("vera", "door")
        turn = await house.until(lambda: shown(house, "circle_turn"))
        hers = await house.press("anna", turn, "Meedoen", heard=bool)
        assert "Done speaking" in labels(hers) or "I am done" in labels(hers)
        await house.command("vera", "gesprek sluit")
        result = await house.until(lambda: shown(house, "round_result"))
        everything = await house.press("anna", result, "Alles zien", heard=bool)
        assert says(words(everything), "results", "en")

    house.run(evening)


def shown(house: House, code: str) -> Any:
    """What stands in the room with the text of this code."""
    return next((one for one in house.shown() if says(text_of(one), code, "nl")), None)


def test_staff_reads_what_waits_by_a_press(house: House) -> None:
    async def evening(house: House) -> None:
        await led(house, "stellingenronde", review="vooraf")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        told = await house.until(lambda: to_staff(house, "review_waits"))
        assert "/werk" not in text_of(told)  # its button is named after what is asked
        listed = await house.press("vera", told, "Lezen", heard=bool)
        assert "S1" in words(listed)

    house.run(evening)


def to_staff(house: House, code: str) -> Any:
    """What stands in the staff channel with the text of this code."""
    every = house.world.stored(house.world.staff).values()
    return next((one for one in every if says(text_of(one), code, "nl")), None)


def test_what_can_be_pressed_need_not_be_typed(house: House) -> None:
    """Who gave nothing yet, or asks for another language, takes part with the button below."""

    async def evening(house: House) -> None:
        await led(house, "stellingenronde")
        for name in ("mijn", "nederlands", "english"):
            answer = await house.command("anna", name)
            assert {"Meedoen", "Take part"} & set(labels(answer)), name
            assert not {"/meedoen", "/join"} & set(re.findall(r"/\w+", words(answer))), name
        house.world.person("tom", "official")  # who sees the words of staff
        refused = await house.command("tom", "werk")
        assert says(words(refused), "refused_word_not_yours", "en")
        assert "/help" in words(refused)

    house.run(evening)
