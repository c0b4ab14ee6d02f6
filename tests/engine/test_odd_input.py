"""Promises 16 to 18: whatever is typed, nothing breaks, nothing is evaluated, nothing is logged."""

from __future__ import annotations

import random
import string
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.facts import Chose, Fact
from bot.platforms.messages import Meaning
from bot.platforms.writing import html
from rounds import registry
from tests.engine.bots import MODERATOR, Bot
from tests.generated import drawing, examples, figure, some
from tests.replay.playing import CHARTER

INPUTS = some(10_000)

PIECES = (
    "{{ 7*7 }}", "{% for x in (1,) %}", "{{ config }}", "{{ ''.__class__.__mro__ }}",
    "{# x #}",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</section>", "&lt;",
    "<!--",
    "](http://x)", "![](file:///etc/passwd)", "`code`", "**vet**", "# kop",
    "@everyone", "@room",
    "../../etc/passwd", "file:///etc/passwd", "C:\\con", "/dev/null", "%00", "\x00",
    "\x1b[31m",
    "#let x = 1", "#include \"/etc/passwd\"", "=1+1", "+cmd|' /C calc'!A0", "@SUM(1)",
    "\t=1", "＝1",
    "{\"a\": " * 40, "[" * 200, "]" * 200, "'" * 50, '"' * 50, "“", "”", "\\", "\r\n",
    "\u2028",
    "\ud800", "\udfff", "\u202e", "\u2066", "\u200d", "\ufeff", "a\u0301" * 30,
    "\U0010ffff",
    "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "مرحبا", "שלום", "ﷺ", "İ", "ß", "ﬁ", "𝐒𝟏", "Ѕ1", "S１",
    "S" + "9" * 40,
    "S1", "S2", "V1", "P1", "A1", "R1", "X1", "S0", "S01", "s 1", "1", "0", "-1",
    "1=7", "1 eens 2 oneens",
    "eens", "oneens", "?", "ja", "nee", "niets", "e o ? e e", "tot=", "want=",
    "in=zomerstraat",
    "over 99999 weken", "9999-12-31 23:59", "0001-01-01", "vrijdag 20:00",
    "31 februari", "@", "@x", "!",
    "minimum=99999999999", "opties=\"a;b\"", "vraag=\"\"", "soort=punten",
    "niveau=meeweten", "=", "==",
)  # fmt: skip
#: Words that have an effect, whatever follows them.
MEANT = (
    "stelling Op nummer", "stelling", "stelling", "waarom S1", "waarom S2",
    "wijzig S1", "stem P1 anders",
    "verberg S1", "toon S1", "ok 1", "advies erbij S1", "antwoord V1",
    "gesprek afspraken want=x",
)  # fmt: skip
WHOLE = (
    "stem S1 eens",
    "stem S1 oneens",
    "stem S2 ?",
    "stem S1 niets",
    "meedoen",
    "ja",
    "1",
    "2",
    "e o",
)
RESIDENTS = (*(f"bewoner{n}" for n in range(60)), "x/../y", "😀", "a" * 255, "zoe", "bram")
HEADS = (
    *sorted({form for word in registry.vocabulary().words for form in word.forms}),
    "",
    "!",
    "! ",
    "@ons-gesprek ",
)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open("gesprek", "stemming=open")
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.say("zoe", "stelling De bus moet vaker rijden.")
    yield made
    assert made.alarms == []
    assert made.session.reader.failed() == 0
    made.close()


def odd(draw: random.Random) -> str:
    if draw.random() < 0.25:
        return draw.choice(WHOLE)
    heads = MEANT if draw.random() < 0.5 else HEADS
    text = draw.choice(heads) + " " + " ".join(draw.choices(PIECES, k=draw.randint(0, 4)))
    if draw.random() < 0.2:
        text += "".join(draw.choices(string.printable + "éëïо\u0430", k=draw.randint(1, 60)))
    if draw.random() < 0.1:
        place = draw.randrange(len(text) + 1)
        text = text[:place] + chr(draw.randrange(0x110000)) + text[place:]
    return text


def facts(bot: Bot, draw: random.Random) -> Iterator[Fact]:
    """Random facts: said by anybody anywhere, edited, removed, reacted with."""
    ids: list[str] = ["none"]
    for number in range(INPUTS):
        user = draw.choice(RESIDENTS)
        kind = draw.random()
        if kind < 0.05:
            yield bot.edit(
                user, draw.choice(ids[-50:]), odd(draw), draw.choice(("zomerstraat", None))
            )
        elif kind < 0.07:
            yield bot.removal(user, draw.choice(ids[-50:]), draw.choice(("zomerstraat", None)))
        elif kind < 0.12:
            sign = draw.choice((*PIECES, "👍", "👎", "🤷", "1️⃣"))
            yield bot.reaction(user, sign, draw.choice(PIECES), id=f"i{number}")
        elif kind < 0.14:
            yield bot.unreaction(user, draw.choice(ids[-50:]))
        elif kind < 0.3:
            where = draw.choice(("staf", None))
            roles = draw.choice((MODERATOR, ("official",), ("clerk", "youth_worker")))
            yield bot.fact("vera" if roles is MODERATOR else roles[0], odd(draw), where, roles)
        else:
            where = draw.choice(("zomerstraat", "plein", "staf", None, None, None))
            yield bot.fact(user, odd(draw), where, id=f"i{number}")
        ids.append(f"i{number}")


def again(bot: Bot, number: int) -> None:
    """Open another dialogue, whatever a moderator did to the last."""
    while (left := bot.session.engine.ledger.open_in("zomerstraat")) is not None:
        bot.staff(f"@{left.id} hervat")
        bot.staff(f"@{left.id} sluit ja")
    bot.staff(f"gesprek nieuw gesprek Nog een {number} {CHARTER} stemming=open in=zomerstraat")
    bot.staff(f'@nog-een-{number} peiling soort=een vraag="Waar?" opties="noord; zuid" anders=ja')
    bot.staff(f"@nog-een-{number} gesprek start")
    bot.say("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat")
    bot.say("bram", "!stelling De bus moet vaker rijden.", "zomerstraat")


def test_ten_thousand_odd_inputs(bot: Bot, capsys: Any, tmp_path: Path) -> None:
    draw = drawing(18)
    batch: list[Fact] = []
    for number, fact in enumerate(facts(bot, draw)):
        batch.append(fact)
        if len(batch) == 50:
            bot.put(*batch)
            batch.clear()
            if number % 250 == 249:
                again(bot, number)
    bot.put(*batch)
    figure("odd inputs", INPUTS)
    assert bot.lines() > INPUTS // 20  # much of it meant something, whatever the seed
    page = "\n".join(html(message.document) for message in bot.heard)
    assert "failed" not in [notice.template for _, notice in bot.spoken]
    assert "<script" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    assert "49" not in bot.say("anna", "stelling {{ 7*7 }} gedaan").replace("S49", "")
    out = capsys.readouterr()
    assert out.out + out.err == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "town.db",
        "town.db-shm",
        "town.db-wal",
        *([] if not (tmp_path / "town.db.head").exists() else ["town.db.head"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 65_536,
        "x" * 65_537,
        "stelling " + "x" * 1_000_000,
        "stelling " + "{" * 65_000,
        "stelling " + "a\u0301" * 30_000,
        "e" + "\u0301" * 65_000,
        "stem S1 " + "eens " * 13_000,
        "1 " * 32_000,
        "ok " + "S1 " * 21_000,
        "gesprek afspraken " + 'voor="' * 9_000,
        "gesprek nieuw gesprek " + "a=" * 30_000,
        "@" + "a" * 65_000,
        "!" * 65_000,
        " " * 65_000,
        "\n" * 65_000 + "status",
        "vraag " + "[" * 60_000,
        "tot " + "9" * 65_000,
        "stelling " + "\ud800" * 60_000,
        "uitslag " + "1" * 65_000,
        "kies " + "\u202e" * 60_000,
    ],
    ids=lambda text: f"{text[:18]!r} x {len(text)}",
)
def test_huge(text: str, bot: Bot) -> None:
    before = bot.lines()
    for where, roles in ((None, ()), ("staf", MODERATOR), ("zomerstraat", ()), (None, MODERATOR)):
        said = bot.put(bot.fact("anna" if not roles else "vera", text, where, roles))
        assert sum(len(message.plain) for message in said) < 3_000
        assert len(said) <= 2
    assert bot.lines() - before <= 1


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    made = Bot(tmp_path_factory.mktemp("shared") / "town.db")
    made.open("gesprek")
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    yield made
    assert made.alarms == []
    made.close()


@settings(examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(HEADS),
    text=st.text(st.characters(), max_size=80),
    where=st.sampled_from(("zomerstraat", "staf", None)),
    moderator=st.booleans(),
)
def test_any_text(shared: Bot, head: str, text: str, where: str | None, moderator: bool) -> None:
    roles = MODERATOR if moderator else ()
    shared.put(shared.fact("vera" if moderator else "anna", head + " " + text, where, roles))
    assert shared.alarms == []


def test_words_of_people_stay_as_they_are(bot: Bot) -> None:
    """What is kept and shown is what was typed,
    not what it would mean to a template or page."""
    shown: Callable[[str], str] = lambda text: bot.say("anna", text)  # noqa: E731
    assert "«{{ 7*7 }} bomen»" in shown("stelling {{ 7*7 }} bomen")
    assert "«{% raw %} weg ermee»" in shown("stelling {% raw %} weg ermee")
    assert "«<b>stoep</b> breder»" in shown("stelling <b>stoep</b> breder")
    assert "<b>" not in "".join(html(message.document) for message in bot.heard)


def test_nothing_is_kept_of_what_is_pressed_and_stands_on_no_button(bot: Bot) -> None:
    """In a poll on Matrix whoever answers writes what is pressed, up to 64 KiB."""

    def press(number: int) -> None:
        means = Meaning("ons-gesprek", "S1", f"{number} {'x' * 60_000}", 0)
        bot.put(Chose(bot.fact("anna", "").origin, means))
        bot.heard.clear()
        bot.spoken.clear()

    press(0)
    tracemalloc.start()
    for number in range(1, 101):
        press(number)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000
    assert max(map(len, registry.vocabulary().by_dutch)) < 50
