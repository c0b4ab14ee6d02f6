"""The files that are posted are those of the posted hash, whatever is erased before."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from advice import bundle
from bot.documents.handover import handed_over
from bot.platforms.messages import Message
from bot.platforms.places import PlaceKind
from rounds import registry
from tests.engine.bots import KEY, MODERATOR, Bot
from tests.verifying import verified


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A closed dialogue; six people agreed with Zoe, and Yara's is the other statement."""
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.say("yara", "stelling De bus moet vaker rijden.")
    for name in "abcdef":
        made.say(name, "stem S1 eens")
    made.staff("sluit ja")
    return made


def forgotten(bot: Bot) -> None:
    for text in ("vergeetmij", "ja, vergeet mij"):
        bot.session.engine.receive([bot.fact("yara", text)]).whole()


def asked(bot: Bot) -> None:
    bot.session.engine.receive([bot.fact("vera", "advies", "staf", MODERATOR)]).whole()


def documents(bot: Bot, kind: PlaceKind = PlaceKind.ROOM) -> list[Message]:
    return [message for message in bot.heard if message.files and message.place.kind is kind]


def unpacked(message: Message) -> dict[str, bytes]:
    (data,) = (file.data for file in message.files if file.name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_asked_for_twice_before_it_is_there_it_is_one_version(bot: Bot) -> None:
    asked(bot)
    asked(bot)
    bot.tick(timedelta())
    (message,), (to_staff,) = documents(bot), documents(bot, PlaceKind.STAFF)
    assert message.files == to_staff.files
    assert bot.dialogue.advice is not None
    assert bot.dialogue.advice.version == 1
    assert bundle.manifest_hash(unpacked(message)) == bot.dialogue.advice.manifest


def check(bot: Bot) -> None:
    """One document stands in the room, with the hash that its files have; staff has the same."""
    (message,), (to_staff,) = documents(bot), documents(bot, PlaceKind.STAFF)
    assert message.files == to_staff.files
    files = unpacked(message)
    assert bot.dialogue.advice is not None
    assert bundle.manifest_hash(files) == bot.dialogue.advice.manifest
    assert bot.dialogue.advice.manifest in message.plain
    assert not any("vaker rijden" in data.decode() for data in files.values())
    handed = bot.session.hand_over("ons-gesprek", clerk=True)
    assert handed.posted
    assert bundle.manifest_hash(handed.files) == bot.dialogue.advice.manifest
    assert bot.alarms == []
    bot.close()


def test_erased_between_issue_and_sending(bot: Bot) -> None:
    asked(bot)
    bot.session._chores.work()
    assert bot.dialogue.advice.manifest
    forgotten(bot)
    bot.session.settle()
    assert bot.dialogue.advice.version == 2
    check(bot)


def test_erased_between_request_and_issue(bot: Bot) -> None:
    asked(bot)
    forgotten(bot)
    bot.session.settle()
    check(bot)


def test_erased_after_it_was_sent(bot: Bot) -> None:
    """What stands cannot be recalled; an export is the next version."""
    asked(bot)
    bot.session.settle()
    forgotten(bot)
    bot.session.settle()
    assert len(documents(bot)) == 1
    handed = bot.session.hand_over("ons-gesprek")
    assert not handed.posted
    assert handed.result.version == 2
    bot.close()


def test_two_versions_that_wait(bot: Bot) -> None:
    """Of two that were asked for, the newer alone is sent, and staff hears of that one alone."""
    for _ in range(2):
        asked(bot)
        bot.session._chores.work()
    bot.session.settle()
    (message,), (to_staff,) = documents(bot), documents(bot, PlaceKind.STAFF)
    assert message.files == to_staff.files
    assert bot.dialogue.advice.manifest in message.plain
    bot.close()


@pytest.mark.parametrize("erased", [False, True])
def test_an_export_between_request_and_issue_verifies(
    bot: Bot, tmp_path: Path, erased: bool
) -> None:
    asked(bot)
    if erased:
        forgotten(bot)
    handed = handed_over(bot.session.reader, registry.pages(), KEY, "ons-gesprek", clerk=True)
    folder = tmp_path / "bundle"
    folder.mkdir()
    for name, data in handed.files.items():
        (folder / name).write_bytes(data)
    assert verified(folder).differences == ()
    bot.session.settle()
    bot.close()
