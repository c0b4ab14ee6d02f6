"""Every word can stand in a platform's menu: with a name and a sentence, and so can its options."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from bot.platforms.menu import Told
from bot.runtime.builtin import catalogues
from bot.runtime.surface import Surface
from bot.town.town import Rooms, Town
from rounds import registry

TOWN = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", bytes(32), Rooms({}, {}, {}), {})
KNOWN = registry.vocabulary()
MENU = Surface(TOWN, KNOWN).menu()

#: What a menu takes as a name, in one part.
NAME = re.compile(r"[-_'\w]{1,32}\Z")


def test_every_word_has_its_place_in_the_menu() -> None:
    assert sorted(command.typed for command in MENU) == sorted(KNOWN.by_dutch)


def test_a_word_has_one_to_three_parts_and_is_no_head_of_others() -> None:
    for which in (lambda told: told.dutch, lambda told: told.english):
        names = [which(command.name).split() for command in MENU]
        assert {len(name) for name in names} <= {1, 2, 3}
        heads = {tuple(name[:size]) for name in names for size in range(1, len(name))}
        assert [name for name in names if tuple(name) in heads] == []


def test_names_and_sentences_are_short_and_plain() -> None:
    for command in MENU:
        for option in command.options:
            assert NAME.match(option.name.dutch)
            assert NAME.match(option.name.english)
            assert _told(option.help), option.name
        for part in (*command.name.dutch.split(), *command.name.english.split()):
            assert NAME.match(part)
        assert _told(command.help), command.typed


def _told(told: Told) -> bool:
    return all(1 <= len(text) <= 100 for text in (told.dutch, told.english))


def test_what_is_optional_comes_last_and_has_a_name_of_its_own() -> None:
    for command in MENU:
        names = [option.name.dutch for option in command.options]
        assert len(set(names)) == len(names)


def test_words_about_a_dialogue_stand_together_and_advice_alone_has_a_name() -> None:
    names = {command.typed: command.name for command in MENU}
    assert names["verzamelen stop"] == Told("gesprek verzamelen stop", "dialogue collecting stop")
    assert names["advies"] == Told("advies maak", "advice make")
    assert names["stem"] == Told("stem", "vote")


# -- what texts call words -----------------------------------------------------------------------

#: What stands in a text as something to type: by a word, or as it is.
BY_WORD = re.compile(r"""cmd\((?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)")""")
AS_IT_IS = re.compile(r"`([^`{]+)`")

#: What is typed as an answer to a question, which a word may be too.
ANSWERS = (
    "1",
    "2",
    "3",
    "adressen=",
    "addresses=",
    "anders",
    "beslisser",
    "decider",
    "een",
    "eens",
)
ANSWERS += ("in=", "ja", "klaar", "nee", "stop", "terug", "?", "15 ", "vrijdag", "friday", "other")
ANSWERS += ("yes", "no", "done", "back", "one", "meer", "rangorde", "punten", "several", "ranked")


def test_words_in_texts_are_called_as_the_menu_calls_them() -> None:
    """In every text that somebody can read on a platform with a menu."""
    for language, which in (("nl", lambda told: told.dutch), ("en", lambda told: told.english)):
        names = {which(command.name) for command in MENU}
        texts = catalogues()[language].texts
        named = {a or b for text in texts.values() for a, b in BY_WORD.findall(text)}
        assert len(named) > 60
        for words in named:
            called = KNOWN.in_menu(language, words.strip())
            assert any(called == name or called.startswith(f"{name} ") for name in names), called


def test_fields_in_texts_are_written_as_the_menu_writes_them() -> None:
    """As ``key:value``, with a field that this command has: so it can be pasted."""
    for language, which in (("nl", lambda told: told.dutch), ("en", lambda told: told.english)):
        fields = {
            which(command.name): {which(option.name) for option in command.options}
            for command in MENU
        }
        texts = catalogues()[language].texts
        named = {a or b for text in texts.values() for a, b in BY_WORD.findall(text)}
        shown = {KNOWN.in_menu(language, words.strip()) for words in named if "=" in words}
        assert len(shown) > 5
        for words in shown:
            assert "=" not in words.removesuffix("="), words
            (name,) = (name for name in fields if words.startswith(f"{name} "))
            given = set(re.findall(r" ([^\W\d]+):", words.removeprefix(name)))
            assert given <= fields[name], words


def test_no_text_names_a_word_but_by_the_vocabulary() -> None:
    """What is to be typed and is no answer would stand there without a prefix, and under a name
    that no menu has."""
    for language in ("nl", "en"):
        for code, text in catalogues()[language].texts.items():
            found = [one for one in AS_IT_IS.findall(text) if not one.startswith(ANSWERS)]
            words = [one for one in found if tuple(one.split()[:1]) in KNOWN.by_form]
            words += [one for one in found if tuple(one.split()[:2]) in KNOWN.by_form]
            assert words == [], (language, code)
