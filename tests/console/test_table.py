"""The console's ``Table`` in process: how messages look, what is stored, and a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.console.terminal import moves, words
from bot.console.terminal.paper import Look, Paper
from bot.console.terminal.settings import key_of, settings
from bot.console.terminal.slash import SLASHES, ahead, message_number
from bot.console.terminal.table import Table
from bot.console.terminal.view import bar
from bot.platforms.places import Place, PlaceKind
from storage.database import NotNow
from storage.store import Store
from tests.console.test_piped import OPENED
from tests.sentences import console_says, count_of, says, wording

RESIDENT = words.Words("nl").resident


class Play:
    """A table whose paper is a list."""

    def __init__(self, folder: Path, colours: bool = False) -> None:
        self.said: list[str] = []
        given = settings(folder / "x.db", None)
        paper = Paper(self.said.append, colours, None)
        self.table = Table(given, key_of(given.db), paper, echo=not colours)
        self.table.open()

    def __call__(self, typed: str) -> str:
        """Type these lines; returns the output."""
        self.said.clear()
        for text in typed.splitlines():
            assert moves.line(self.table, text)
        return "".join(self.said)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    play = Play(tmp_path)
    yield play
    play.table.close()


def counted(statements: int) -> str:
    """The line of a card that counts statements."""
    return wording("statements_card", statements=statements, collecting=True)


def test_what_falls_due_while_the_clock_is_moved_happens_at_its_own_hour(play: Play) -> None:
    """A bot that is there misses no meeting."""
    play('/wie vera moderator\n/plek staf\nmoment nieuw Koffie wanneer="morgen 20:00"')
    said = play("/klok +3d")
    assert not says(said, "meeting_missed_staff")
    (meeting,) = play.table.session.engine.ledger.meetings.by_id.values()
    assert meeting.missed is None
    assert meeting.begun


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, after: int = 0) -> Iterator[None]:
    """All transactions fail, after the first ``after``."""
    real, left = Store.transaction, [after]

    @contextmanager
    def transaction(store: Store) -> Iterator[None]:
        left[0] -= 1
        if left[0] < 0:
            raise NotNow("full")
        with real(store):
            yield

    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", transaction)
        yield


def test_what_cannot_be_kept_is_said_in_the_persons_own_pane(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(OPENED + "/wie anna\n/plek prive\nstelling De bus moet vaker rijden")
    with full_disk(monkeypatch):
        said = play("stem S1 eens\n/plek zomerstraat\n!mijn\n/klok +1m")
    own, alone = said.count("[anna] "), said.count("[anna] anna: ")
    assert own - alone == 2
    assert count_of(said, "not_now_vote") == count_of(said, "not_now_word") == 1
    assert not says(said, "votes_noted")
    assert says(play("/plek prive\nstem S1 eens"), "votes_noted")


def test_what_could_not_be_sent_goes_with_the_next_line(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(OPENED + "/wie anna\n/plek prive")
    with full_disk(monkeypatch, after=2):  # before the card is frozen
        said = play("stelling De bus moet vaker rijden")
    assert says(said, "statement_noted", item="S1")
    assert "✎" not in said
    with full_disk(monkeypatch, after=3):  # before it is known that the card stands
        said = play("stelling Meer bomen bij de school")
    assert says(said, "statement_noted", item="S2")
    assert f"✎ {counted(2)}" in said
    assert "✎" not in play("mijn")
    assert play.table.session.store.outbox.counts() == {}


def test_forgetting_reaches_what_the_console_keeps(play: Play) -> None:
    forgotten: list[bool] = []
    play.table.forgotten = lambda: forgotten.append(True)
    play(OPENED + "/wie vera\n/plek prive\nvergeetmij")
    assert not forgotten
    assert says(play("ja, vergeet mij"), "forgotten")
    assert forgotten == [True]
    assert console_says(play("/wie"), "who", who="vera", roles=RESIDENT)
    play.table.close()
    for file in play.table.session.store.file.parent.iterdir():
        assert b"vera" not in file.read_bytes()
    play.table.close = lambda: None  # it is closed already


def test_roles_hold_until_set_again(play: Play) -> None:
    assert "moderator, ambtenaar" in play("/wie vera wethouder moderator\n/wie bob\n/wie vera")
    said = play("/wie vera bewoner\n/wie bob\n/wie vera")
    assert console_says(said, "who", who="vera", roles=RESIDENT)


def test_the_picture_for_prompt_and_completion(play: Play) -> None:
    play(OPENED + "/wie anna\n/plek prive\nstelling De bus moet vaker rijden")
    view = play.table.view
    assert (view.who, view.where, view.id) == ("anna", "prive", "m4")
    assert "stem" in view.words
    assert "werk" not in view.words
    assert view.items == ("S1",)
    assert view.people == ("anna", "vera")
    assert view.places == ("zomerstraat", "staf", "prive")
    assert counted(1) in view.card
    play("/plek zomerstraat")
    assert "!meedoen" in play.table.view.words


def test_the_next_deadline_is_told(play: Play) -> None:
    told: list[timedelta] = []
    play.table.arm(lambda at: told.append(at - play.table.clock()))
    play(OPENED.replace("gesprek start", 'gesprek start tot="over 30 minuten"'))
    assert timedelta(minutes=19) < told[-1] < timedelta(minutes=20)


def test_the_card_stands_in_the_bar_after_a_restart(tmp_path: Path) -> None:
    first = Play(tmp_path)
    first(OPENED)
    first.table.close()
    second = Play(tmp_path)
    card = second.table.view.card
    assert says(card, "card", round=1, rounds=1)
    assert card.startswith(bar(card, 200)[0][:20])
    assert f"✎ {counted(1)}" in second("/wie a\n/plek prive\nstelling Meer bomen")
    second.table.close()


def test_own_answers_stand_out_and_no_text_brings_colour_along() -> None:
    said: list[str] = []
    paper = Paper(said.append, colours=True, width=lambda: 40)
    anna = Place("console", PlaceKind.PERSONAL, "anna")
    paper.message(anna, "een twee drie vier vijf zes zeven acht negen", Look.OWN)
    paper.message(anna, "hallo", Look.OTHER)
    assert "\x1b[1m[anna]" in said[0]
    assert "\n  zeven acht negen" in said[0]
    assert "\x1b[2mhallo" in said[1]


def test_lengths_of_time_and_numbers_of_messages() -> None:
    assert ahead("+10m") == timedelta(minutes=10)
    assert ahead("+1d 2u") == timedelta(hours=26)
    for text in ("10m", "+10", "-1d", "+1y", "+", "+400d", "+1d+1d"):
        assert ahead(text) is None
    assert message_number("M12") == 12
    for text in ("12", "m", "m0", "m01", "mm1", "m1x"):
        assert message_number(text) is None


def test_every_sentence_is_there_in_both_languages() -> None:
    import string

    for code, both in words._WORDS.items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(text) if f} for text in both]
        assert fields[0] == fields[1], code
    assert [s.dutch for s in SLASHES] == sorted(s.dutch for s in SLASHES)
    assert set(moves._MOVES) == {s.dutch for s in SLASHES} - {"uit"}
