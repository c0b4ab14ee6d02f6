"""A text in one language holds no words of the other: every word typed in every way, in both.

People write in the language of the dialogue here, so whatever word of the other language comes out
is the bot's own: a key, a value, a word to type, a sentence of the wrong catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.platforms.facts import Flooded, Stale
from tests.engine.bots import Bot
from tests.generated import LONG, some
from tests.replay.playing import Evening, played

ROLES = {"vera": ("moderator",), "otto": ("official",), "cleo": ("clerk",)}
RESIDENTS = ("sam", "lee", "kim", "max", "jo", "pat")

#: Names, and what is the same word in both languages.
NAMES = frozenset(
    {
        "stadsgesprek",
        "zomerstraat",
        "staf",
        "plein",
        "digid",
        "bsn",
        "kindertelefoon",
        "haarlem",
        *("meet", "share"),  # what the town calls such a meeting
        *ROLES,
    }
    | {*RESIDENTS, "nederlands", "english"}
)


class Lines(NamedTuple):
    """What is typed in one language: the charter, what opens an evening, and what follows words."""

    charter: str
    new: str
    start: str
    next: str
    close: str
    contributions: tuple[str, ...]
    votes: tuple[str, ...]
    tails: tuple[str, ...]
    fills: tuple[str, ...]
    odd: tuple[str, ...]
    form: tuple[str, ...]


ENGLISH = Lines(
    'level=think decider="the city council" answer=2026-12-15 fixed="the bus stays" open="trees"'
    " phase=preparation minimum=5",
    "dialogue new",
    "dialogue start",
    "next",
    "close",
    ("statement There should be more trees here.", "question When will the trees come?"),
    ("1 agree 2 disagree 3 ?", "1 yes", "1 2 3", "12 agree", "agree", "1", "because it is green",
     "vote D1 a", "vote P1 1", "speak", "support V1", "parking", "yes", "hello there my friend",
     "vote A1 no parking", "vot S1 agree"),
    ("", " S1", " S1 it is too wide", " 2", " nonsense words here", " key=1", " level=maybe",
     " friday 18:00", " 25:00", " 20:00", " monday 3 december", ' until="over"'),
    ('poll kind=several most=2 question="What first?" options="trees; benches; light"',
     'dilemma question="What first?" a="trees" b="benches"'),
    ("dialogue new nothing The park", "dialogue new statements", "dialogue", "dialogue chart",
     "dialogue charter level=maybe", "dialogue charter levl=think", "dialogue charter level=decide",
     "dialogue charter quotes=perhaps", "dialogue charter addresses=0", "dialogue charter review=x",
     "dialogue charter fixed=the bus", 'dialogue charter fixed="the bus', "poll kind=one",
     'poll kind=six question="What?" options="a; b"',
     'poll kind=one places=2 question="What?" options="red; green"',
     'poll kind=one other=perhaps question="What?" options="red; green"',
     'dialogue charter level=join quotes=no because="we said so"', "hide S1 nothing", "hide S1 2"),
    ("9", "2", "help", "x", "back", "2", "the council", "what", "15 december", "the bus", "trees",
     "1", "help", "levl=3", "review=before", "done", "perhaps", "no", "stop"),
)  # fmt: skip

DUTCH = Lines(
    'niveau=meedenken beslisser="de gemeenteraad" antwoord=2026-12-15 vast="de bus blijft"'
    ' open="bomen" fase=voorbereiding minimum=5',
    "gesprek nieuw",
    "gesprek start",
    "volgende",
    "sluit ja",
    ("stelling Er moeten hier meer bomen komen.", "vraag Wanneer komen de bomen?"),
    ("1 eens 2 oneens 3 ?", "1 ja", "1 2 3", "12 eens", "eens", "1", "want het is groen",
     "stem D1 a", "stem P1 1", "spreken", "steun V1", "parkeren", "ja", "hallo goede vriend",
     "stem A1 nee parkeren", "stm S1 eens"),
    ("", " S1", " S1 het is te breed", " 2", " woorden zonder zin", " sleutel=1", " niveau=zoiets",
     " vrijdag 18:00", " 25:00", " 20:00", " maandag 3 december", ' tot="voorbij"'),
    ('peiling soort=meer hoogstens=2 vraag="Wat eerst?" opties="bomen; banken; licht"',
     'dilemma vraag="Wat eerst?" a="bomen" b="banken"'),
    ("gesprek nieuw niets Het park", "gesprek nieuw stellingenronde", "gesprek", "gesprek afspraak",
     "gesprek afspraken niveau=zoiets", "gesprek afspraken level=zoiets",
     "gesprek afspraken nivo=x", "gesprek afspraken niveau=meebeslissen",
     "gesprek afspraken citaten=zoiets", "gesprek afspraken adressen=0",
     "gesprek afspraken toetsing=x", "gesprek afspraken vast=de bus",
     "peiling soort=een", 'peiling soort=zes vraag="Wat?" opties="a; b"',
     'peiling soort=een plaatsen=2 vraag="Wat?" opties="rood; groen"',
     'gesprek afspraken niveau=meedoen citaten=nee want="dat is gezegd"', "verberg S1 niets",
     "verberg S1 2"),
    ("9", "2", "hulp", "x", "terug", "2", "de raad", "wat", "15 december", "de bus", "bomen", "1",
     "hulp", "nivo=3", "toetsing=vooraf", "klaar", "zoiets", "nee", "stop"),
)  # fmt: skip

LINES = {"en": ENGLISH, "nl": DUTCH}

#: A town's language and that of the dialogue.
TOWNS = [("nl", "en"), ("en", "nl"), ("en", "en"), ("nl", "nl")]

#: In a long run all of them, else those in which the two differ: who takes one of them for the
#: other, and who has a language of its own, is seen there.
TRIED = TOWNS if LONG else TOWNS[:2]


class Walk:
    """An evening in one language; ``foreign`` are the words of the other one that were said."""

    def __init__(self, bot: Bot, town: str, language: str) -> None:
        self.bot, self.language, self.lines = bot, language, LINES[language]
        bot.session.town.language = town
        bot.session.speaker._renderer._language = town
        self.foreign: dict[str, tuple[str, str]] = {}

    def ask(self, who: str, text: str, where: str | None = None) -> None:
        where = where or ("staf" if who == "vera" else None)
        for message in self.bot.put(self.bot.fact(who, text, where, ROLES.get(who, ()))):
            self.check(text, message.plain)

    def check(self, cause: str, said: str) -> None:
        for word in foreign(said, self.language):
            self.foreign.setdefault(word, (cause, said[:400]))

    def every_word(self, tails: int) -> None:
        known = self.bot.session.engine.services.known
        for word in known.words:
            typed = word.english if self.language == "en" else word.dutch
            if word.dutch in ("english", "nederlands", "nieuwsbrief"):
                continue  # they change the language of whoever says them; it has the town's
            self.ask("lee", f"!{typed}", "zomerstraat")
            for tail in self.lines.tails[:tails]:
                self.ask("sam", typed + tail)
                if not (word.dialogue or word.dutch in ("gesprek nieuw", "gesprek staf", "advies")):
                    self.ask("vera", typed + tail)
                    self.ask("otto", typed + tail)

    def begin(self, format: str) -> None:
        language = f"{'language' if self.language == 'en' else 'taal'}={self.language}"
        title = "The park" if self.language == "en" else "Het park"
        charter = f"{self.lines.charter} {language} in=zomerstraat"
        self.ask("vera", f"{self.lines.new} {format} {title} {charter}")
        for line in self.lines.fills:
            self.ask("vera", line)
        self.ask("vera", self.lines.start)

    def take_part(self) -> None:
        for who in RESIDENTS:
            for line in self.lines.contributions:
                self.ask(who, line.replace("hier", who).replace("here", who))
            for line in self.lines.votes:
                self.ask(who, line)


def foreign(said: str, language: str) -> set[str]:
    """The words of a text that are rather of the other language than of this one."""
    return {word for word in words_in(said) if _rather_of_the_other(word, language)}


@cache
def _rather_of_the_other(word: str, language: str) -> bool:
    from wordfreq import zipf_frequency  # which takes long: not where tests are only collected

    other = {"en": "nl", "nl": "en"}[language]
    theirs, ours = zipf_frequency(word, other), zipf_frequency(word, language)
    return theirs - ours > 0.9 and ours < 4.3


def words_in(said: str) -> Iterator[str]:
    """The words of a text in small letters, but for names and codes."""
    for word in re.findall(r"[^\W_]+", said):
        name = (
            not word.isalpha() or word.casefold() in NAMES or (word.isupper() and len(word) == 12)
        )
        if not name and len(word) > 2:
            yield word.casefold()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db", seed="one language")
    yield made
    assert made.alarms == []
    made.close()


@pytest.mark.parametrize(("town", "language"), TRIED)
def test_a_whole_evening_is_in_one_language(town: str, language: str, bot: Bot) -> None:
    walk = Walk(bot, town, language)
    walk.begin("dialogue" if language == "en" else "gesprek")
    for line in walk.lines.odd:
        walk.ask("vera", line)
    for stage in range(4):
        walk.take_part()
        walk.every_word(some(3 if stage else 12))
        walk.ask("vera", walk.lines.fills[0])
        walk.ask("vera", walk.lines.close if stage == 3 else walk.lines.next)
    for who in ("sam", "vera"):
        for text in ("hulp", "status", "uitslag", "mijn", "vergeetmij"):
            walk.ask(who, text)
    walk.ask("vera", "advies")
    assert walk.foreign == {}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("format", ["vragenuur", "kring", "dilemma", "prioriteiten"])
def test_each_kind_of_round_is_in_one_language(format: str, language: str, bot: Bot) -> None:
    walk = Walk(bot, "nl", language)
    walk.begin(format)
    for _ in range(2):
        walk.take_part()
        walk.every_word(some(2))
        walk.ask("vera", walk.lines.next)
    assert walk.foreign == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_form_is_in_one_language(language: str, bot: Bot) -> None:
    walk = Walk(bot, "en" if language == "nl" else "nl", language)
    walk.begin("gesprek")
    walk.ask("vera", walk.lines.close)
    title, key = ("Our plan", "language") if language == "en" else ("Ons plan", "taal")
    walk.ask("vera", f"{walk.lines.new} gesprek {title} {key}={language} in=plein")
    walk.ask("vera", f"@{title.lower().replace(' ', '-')} gesprek afspraken")
    for line in walk.lines.form:
        walk.ask("vera", line)
    assert walk.foreign == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_documents_are_in_one_language(language: str, tmp_path: Path) -> None:
    lines, evening = LINES[language], Evening()
    key, title = ("language", "The park") if language == "en" else ("taal", "Het park")
    evening.staff(f"{lines.new} gesprek {title} {lines.charter} {key}={language} in=zomerstraat")
    evening.staff(lines.fills[0])
    evening.staff(lines.start)
    for line in lines.odd:
        evening.staff(line)
    for stage in range(3):
        for who in RESIDENTS:
            for line in (*lines.contributions[: stage == 0], *lines.votes):
                evening.say(who, line.replace("hier", who).replace("here", who))
        evening.staff(lines.odd[-1] if stage == 0 else lines.odd[-3])
        evening.staff(lines.next)
    evening.staff(lines.close)
    handed = played(evening.data, tmp_path / "town.db").bundles[title.lower().replace(" ", "-")]
    text = next(data for name, data in handed.files.items() if name.endswith(".md")).decode()
    assert len(text) > 2000
    assert foreign(re.sub("`[^`]*`", "", text), language) == set()


OTHERS = [("nl", "english", "en"), ("en", "nederlands", "nl")]


@pytest.mark.parametrize(("theirs", "word", "chosen"), OTHERS)
def test_who_is_new_reads_of_the_other_language_and_can_choose_it(
    theirs: str, word: str, chosen: str, bot: Bot
) -> None:
    walk = Walk(bot, theirs, theirs)
    walk.begin("gesprek")
    bot.say("zoe", walk.lines.contributions[0])
    assert word in bot.say("sam", "help").splitlines()[0]
    for text in (word, "help", "meedoen", "hm", "ja", "uitslag", "zzz zzz", "mijn", "stem S1 eens"):
        said = re.sub("«[^»]*»", "", bot.say("sam", text))
        assert foreign(said, chosen) == set(), said
    assert word not in bot.say("sam", "help")


@pytest.mark.parametrize("typed", ["meedoen", "!status"])
def test_what_is_said_of_a_flood_is_in_the_language_of_the_dialogue(
    tmp_path: Path, typed: str
) -> None:
    """Also of a press that is stale: nothing of either is read, so nobody asks which is meant."""
    bot = Bot(tmp_path / "town.db")
    bot.open(more="taal=en")
    bot.say("sam", typed)
    for sort in (Flooded, Stale):
        (reply,) = bot.session.engine.receive([sort(bot.fact("sam", "").origin)]).whole()
        assert reply.language == "en"
    bot.close()
