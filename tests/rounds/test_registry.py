"""What the folders of the kinds say together: each thing has one owner, and parts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

import rounds
from bot.desk import mine
from bot.desk.answer import word_of
from bot.desk.gathering import consent
from commands.vocabulary import KindWords
from dialogues.items import REASON
from dialogues.machine import Machine
from rounds.registry import KINDS, kinds, talks, vocabulary

FOLDER = Path(rounds.__file__).parent
MACHINES = kinds().machines


def _words(kind: str) -> KindWords:
    words: KindWords = import_module(f"rounds.{kind}.words").WORDS
    return words


def _twice(things: Iterable[object]) -> list[object]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_every_folder_is_a_kind_and_they_stand_in_order() -> None:
    folders = [file.parent.name for file in FOLDER.glob("*/rules.py")]
    assert sorted(folders) == list(KINDS)
    assert list(MACHINES) == list(KINDS)


def test_what_has_a_name_belongs_to_one_kind() -> None:
    machines = MACHINES.values()
    letters = [letter.letter for machine in machines for letter in machine.letters]
    assert not _twice([*letters, REASON.letter])
    assert not _twice(intent for machine in machines for intent in machine.intents)
    assert not _twice(event.__name__ for machine in machines for event in machine.events)
    assert not _twice(word.dutch for word in vocabulary().words)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_machine_is_whole(machine: Machine) -> None:
    assert bool(machine.votes) is (machine.cast is not None)
    assert set(machine.votes) | set(machine.quiet) <= set(machine.events)
    assert any(letter.votable for letter in machine.letters) is (machine.cast is not None)
    assert any(letter.contribution for letter in machine.letters) is machine.collects
    assert all(len(letter.letter) == 1 and letter.letter.isupper() for letter in machine.letters)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kinds_words_are_about_its_own_items(kind: str) -> None:
    assert _words(kind).letters == MACHINES[kind].letters


def test_what_stands_on_a_button_of_an_item_is_nothing_but_a_choice() -> None:
    """Such a press is taken for a vote, without a look at whether it is a word."""
    choices = talks().choices
    assert choices
    assert not choices & {*mine.BUTTONS, consent.YES, consent.NO}
    assert not [choice for choice in choices if word_of(vocabulary(), choice)]
