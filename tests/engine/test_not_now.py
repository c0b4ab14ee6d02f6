"""Promise 9: when nothing can be kept, what somebody is told fits what they asked, and is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from msgspec import structs

from bot.desk import not_now
from bot.platforms.facts import Chose, Edited, Passed, Said, Submitted
from bot.platforms.messages import Meaning, ReplyHandle
from bot.platforms.places import PlaceKind
from tests.engine.bots import MODERATOR, Bot
from tests.sentences import wording

OFFICIAL, CLERK = ("official",), ("clerk",)
#: What somebody does, made by the bot of a test.
Asked = Callable[[Bot], Said | Chose | Submitted]

NOT_YET = {"nl": "nog niet", "en": "yet"}


@pytest.fixture(name="bot", scope="module")
def _bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    made = Bot(tmp_path_factory.mktemp("not-now") / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    return made


def said(who: str, text: str, where: str | None = None, roles: tuple[str, ...] = ()) -> Asked:
    return lambda bot: bot.fact(who, text, where, roles)


def chose(choice: str, item: str = "S1", question: str = "") -> Asked:
    means = Meaning("ons-gesprek", item, choice, question=question)
    return lambda bot: Chose(bot.fact("anna", "").origin, means)


def filled_in(form: str, roles: tuple[str, ...] = ()) -> Asked:
    means = Meaning("ons-gesprek", "S1", "")
    return lambda bot: Submitted(
        bot.fact("anna", "", roles=roles).origin, form, {"text": "Het is te druk."}, means
    )


#: What is asked, and the sentence for it with the word that it names.
ASKED: list[tuple[Asked, str, str]] = [
    (said("anna", "stem S1 eens"), "not_now_vote", ""),
    (said("anna", "S1 oneens"), "not_now_vote", ""),
    (said("anna", "1 eens 2 oneens"), "not_now_vote", ""),
    (said("anna", "1 eens en 2 onees"), "not_now_vote", ""),
    (said("anna", "!stem S1 eens", "zomerstraat"), "not_now_vote", ""),
    (said("anna", "stelling De bus moet vaker rijden."), "not_now_written", ""),
    (said("anna", "vraag Wanneer komt de bus?"), "not_now_written", ""),
    (said("anna", "waarom S1 Bomen geven schaduw."), "not_now_written", ""),
    (said("anna", "wijzig S1 Er moeten veel bomen komen."), "not_now_written", ""),
    (said("anna", "De bus rijdt nooit op tijd."), "not_now_written", ""),
    (said("anna", "meedoen"), "not_now_word", "meedoen"),
    (said("anna", "mijn"), "not_now_word", "mijn"),
    (said("anna", "vergeetmij"), "not_now_word", "vergeetmij"),
    (said("vera", "sluit ja", "staf", MODERATOR), "not_now_word", "sluit"),
    (said("vera", "sluit", None, MODERATOR), "not_now_word", "sluit"),
    (said("vera", "moment nieuw Overleg wanneer=morgen", "staf", MODERATOR),
     "not_now_word", "moment nieuw"),
    (said("vera", "gesprek start", "staf", MODERATOR), "not_now_word", "start"),
    (said("vera", "ja", "staf", MODERATOR), "not_now", ""),
    (said("vera", "ja", None, MODERATOR), "not_now", ""),
    (said("otto", "zoekuit V1 4 december", "staf", OFFICIAL), "not_now_official", ""),
    (said("otto", 'toezegging "Er komt een pomp" wie=Groen voor="1 maart"', "staf", OFFICIAL),
     "not_now_official", ""),
    (said("gita", "ontvangen 2026-17", "staf", CLERK), "not_now_official", ""),
    (chose("agree"), "not_now_vote", ""),
    (chose("meedoen", ""), "not_now_word", "meedoen"),
    (chose("stop", ""), "not_now", ""),
    (filled_in("why"), "not_now_written", ""),
    (filled_in("answer"), "not_now", ""),
    (filled_in("charter", MODERATOR), "not_now", ""),
]  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("asked", "code", "word"), ASKED)
def test_the_sentence_fits_what_was_asked(
    asked: Asked, code: str, word: str, language: str, bot: Bot
) -> None:
    fact = asked(bot)
    origin = structs.replace(fact.origin, language=language)
    fact = (
        structs.replace(fact, origin=origin)
        if isinstance(fact, Chose)
        else replace(fact, origin=origin)
    )
    for later in (True, False):
        reply = not_now.told(bot.session.engine.services, fact, later=later)
        assert reply is not None
        (notice,) = reply.notices
        assert (notice.template, notice.data.get("word", "")) == (code, word)
        assert reply.language == language
        assert (NOT_YET[language] in wording(code, language, **notice.data)) is later
        votes = "stem" if language == "nl" else "vote"
        if code != "not_now_vote":
            assert votes not in wording(code, language, **notice.data)


def test_talk_in_a_room_is_no_business_of_ours(bot: Bot) -> None:
    services = bot.session.engine.services
    talk = bot.fact("anna", "Wat een weer!", "zomerstraat")
    assert not_now.told(services, talk, later=True) is None
    assert not_now.told(services, Passed(talk.origin), later=True) is None
    edited = Edited(talk.origin, "x", "Wat een weer zeg!")
    assert not_now.told(services, edited, later=True) is None


def test_who_asked_in_a_room_is_told_in_person(bot: Bot) -> None:
    handle = ReplyHandle(bot.clock(), "1")
    asked = bot.fact("anna", "!stem S1 eens", "zomerstraat")
    reply = not_now.told(
        bot.session.engine.services, Said(structs.replace(asked.origin, handle=handle), asked.text),
        later=True,
    )  # fmt: skip
    assert reply is not None
    assert (reply.place.kind, reply.place.name) == (PlaceKind.PERSONAL, "anna")
    assert reply.handle is handle
