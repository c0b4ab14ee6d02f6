"""While a round is blind nobody sees anything that depends on what somebody chose.

Two worlds are played that differ in one person's choices alone, while others vote, look, hide,
show, withdraw and are forgotten. All that is said to anybody else is the same, and so is what could
be published then but for the journal's head.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generated import examples
from tests.replay.playing import CHARTER, Evening, played

POLL = 'peiling soort={} anders=ja vraag="Wat?" opties="bomen; banken"'
DATES = 'peiling soort=datum vraag="Wat?" opties="4 dec 2026 20:00; 21:00; 7 dec 2026 20:00"'
OPTION = ("stem P1 anders een glijbaan", "ok X1", "verberg X1 2", "toon X1", "intrekken X1")
STATEMENT = ("stelling Meer bomen!", "", "verberg S1 2", "toon S1", "intrekken S1")

#: By kind: its format, how it is filled, what may be hidden and how, and choices that can be typed.
KINDS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "statements": ("stellingenronde", "", STATEMENT, ("S1 eens", "S1 oneens", "S1 ?", "S2 eens")),
    "one": ("peiling", POLL.format("een"), OPTION, ("P1 1", "P1 2", "P1 3")),
    "several": ("peiling", POLL.format("meer"), OPTION, ("P1 1", "P1 1 3", "P1 3")),
    "ranked": ("peiling", POLL.format("rangorde"), OPTION, ("P1 1 3", "P1 3 1", "P1 3")),
    "points": ("peiling", POLL.format("punten"), OPTION, ("P1 1=10", "P1 1=4 3=6", "P1 3=10")),
    "date": ("peiling", DATES, ("",) * 5, ("P1 1", "P1 1 3", "P1 7 dec 2026")),
    "dilemma": ("dilemma", 'dilemma vraag="Wat?" a="bomen" b="parkeren"', ("",) * 5,
                ("D1 a", "D1 b", "D1 geen")),
}  # fmt: skip

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "vote",
                "vote",
                "hide",
                "show",
                "withdraw",
                "status",
                "join",
                "help",
                "forget",
                "target",
            ]
        ),
        st.integers(0, 5),
    ),
    min_size=4,
    max_size=14,
)
CHOICES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=8, max_size=8)


def world(kind: str, steps: list[tuple[str, int]], choices: list[int]) -> Evening:
    form, filled, (gives, approves, hides, shows, withdraws), words = KINDS[kind]
    evening = Evening()
    evening.staff(f"gesprek nieuw {form} Ons gesprek {CHARTER} in=zomerstraat")
    for text in (filled, "gesprek start"):
        if text:
            evening.staff(text)
    if gives:
        evening.say("ida", gives)
        if kind == "statements":
            evening.say("jan", "stelling De bus moet vaker rijden.")
    if approves:
        evening.staff(approves)
    left = list(choices)
    evening.say("target", f"stem {words[left.pop() % len(words)]}")
    for number, (step, which) in enumerate(steps):
        who = f"buur{which}"
        if step == "vote":
            evening.say(who, f"stem {words[(which + number) % len(words)]}")
        elif step == "target" and left:
            own = [*words, f"{words[0].split()[0]} niets"]
            evening.say("target", f"stem {own[left.pop() % len(own)]}")
        elif step in ("hide", "show") and hides:
            evening.staff(hides if step == "hide" else shows)
        elif step == "withdraw" and withdraws:
            evening.say("ida", withdraws)
        elif step == "status":
            evening.staff("status")
            evening.say(who, "uitslag 1")
        elif step == "join":
            evening.say(who, "meedoen")
            evening.say(who, "ja")
        elif step == "help":
            evening.say("ida", "mijn")
            evening.staff("werk")
        elif step == "forget":
            evening.say(who, "vergeetmij")
            evening.say(who, "ja, vergeet mij")
    return evening


def seen(evening: Evening, file: Path) -> tuple[list[dict[str, Any]], dict[str, bytes], Any]:
    """All that others read, the files that could be published now, and where the journal ends."""
    done = played(evening.data, file, chat=True)
    said = [line for line in done.chat if line["place"] != "target"]
    (handed,) = done.bundles.values()
    head = done.bundles["ons-gesprek"].result.journal
    files = {
        name: data.replace(head.head.encode(), b"HEAD").replace(head.head[:16].encode(), b"HEAD")
        for name, data in handed.files.items()
        if not name.startswith("SHA256SUMS")
    }
    return said, files, (head.position, head.at)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_others_see_depends_on_a_choice(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @examples(8, 400)
    @given(STEPS, CHOICES)
    def check(steps: list[tuple[str, int]], pairs: list[tuple[int, int]]) -> None:
        folder = tmp_path_factory.mktemp("worlds")
        one, other = (
            seen(world(kind, steps, [pair[n] for pair in pairs]), folder / f"{n}.db")
            for n in (0, 1)
        )
        assert one[0] == other[0]
        if one[2] == other[2]:  # the same choice given again is no event
            assert one[1] == other[1]

    check()
