"""Objections in documents: what stands where, what verify holds them to, and hostile words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bundles import put
from handmade import PAGES, bundled
from handmade_street import street
from shapes_of_papers import shape

from advice.documents import written
from advice.model import Draft, Objection, Result, Ruling
from advice.objections import told
from advice.verifying import recount
from tests.corpus.reading import Surface, tried
from tests.verifying import verified

POSTED, HEARD, RULED = (f"2026-12-0{day}T20:30:00Z" for day in (1, 1, 2))
ADJUSTED = Ruling("adjusted", RULED, "p1", "Dat klopt.", "De bus moet op zondag rijden.")
REFUSED = Ruling("not", RULED, "p1", "Dat is niet zo.", None)


def contested(*objections: Objection, **more: Any) -> Result:
    made = street(**more)
    return msgspec.structs.replace(
        made, draft=Draft(POSTED, HEARD, RULED), objections=list(objections)
    )


def page(made: Result) -> str:
    front, _, _ = written(made, PAGES)["advies.md"].decode().partition("\n## Bijlage")
    return front


def appendix(made: Result) -> str:
    return written(made, PAGES)["advies.md"].decode().partition("\n## Bijlage")[2]


O1 = Objection("O1", "A1", "shown", "Er rijdt al een bus.", ADJUSTED)
O2 = Objection("O2", "A1", "shown", "Wij vroegen iets anders.", REFUSED)
O3 = Objection("O3", "A2", "shown", "Niemand zei dit.", None)
HIDDEN = Objection("O4", "A2", "hidden", None, None)
UNREAD = Objection("O5", "A2", "unreviewed", None, None)


def test_below_a_recommendation_stands_what_was_adjusted_and_who_disagrees() -> None:
    made = contested(O1, O2, O3)
    assert "Na O1 aangepast: «De bus moet op zondag rijden.» Hierover is niet gestemd." in page(
        made
    )
    assert "Klopt niet, volgens O2: «Wij vroegen iets anders.» Besluit: niet aangepast." in page(
        made
    )
    assert "Klopt niet, volgens O3: «Niemand zei dit.» Hierover is niet besloten." in page(made)
    (words,) = {r.text for r in made.recommendations if r.number == "A1"}
    assert f"**A1** «{words}»" in page(made)  # what was voted on stays


def test_of_two_adjustments_the_newest_is_how_it_is_put_now() -> None:
    later = msgspec.structs.replace(ADJUSTED, at="2026-12-02T20:29:00Z", text="Anders.")
    first = msgspec.structs.replace(ADJUSTED, at="2026-12-02T20:28:00Z")
    second = Objection("O2", "A1", "shown", "Nee.", later)
    made = contested(msgspec.structs.replace(O1, ruling=first), second)
    assert "Na O1 en O2 aangepast: «Anders.» Hierover is niet gestemd." in page(made)


def test_what_cannot_be_read_is_counted_without_words() -> None:
    made = contested(HIDDEN, UNREAD, hidden={"insult": 4, "personal": 4}, unreviewed=9)
    assert "Ook hierover gezegd: 1 verborgen. 1 niet beoordeeld." in page(made)
    assert "| O4 | A2 | verborgen | Hierover is niet besloten. |" in appendix(made)


def test_a_draft_that_nobody_contested_says_so() -> None:
    assert "zei niemand dat iets niet klopt" in appendix(contested())
    assert "niet klopt" not in appendix(street())


def test_nothing_is_quoted_where_that_was_agreed() -> None:
    silent = [msgspec.structs.replace(o, text=None) for o in (O1, O3)]
    made = contested(*silent)
    made.dialogue.charter["citaten"] = "nee"
    for round_ in made.rounds:
        for item in round_.items:
            item.reasons.clear()
    assert "Klopt niet, volgens O3. Zie bijlage." in page(made)
    assert "| O3 | A2 | niet geciteerd |" in appendix(made)
    assert not [f for f in recount.differences(made, PAGES) if f.code == "objection"]


def test_what_follows_has_them_with_their_ruling() -> None:
    assert told(contested(O1, O3)) == [
        {
            "number": "O1",
            "item": "A1",
            "text": "Er rijdt al een bus.",
            "ruling": {
                "outcome": "adjusted",
                "at": RULED,
                "reason": "Dat klopt.",
                "text": "De bus moet op zondag rijden.",
            },
        },
        {"number": "O3", "item": "A2", "text": "Niemand zei dit.", "ruling": None},
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "O0"},
        {"number": "O01"},
        {"number": "P1"},
        {"item": "A9"},
        {"item": "S1"},
        {"state": "pending"},
        {"state": "hidden"},  # its words are still there
        {"text": None},
        {"ruling": msgspec.structs.replace(ADJUSTED, outcome="maybe")},
        {"ruling": msgspec.structs.replace(REFUSED, text="Anders.")},
        {"ruling": msgspec.structs.replace(REFUSED, at="2026-12-02T20:30:01Z")},
        {"ruling": msgspec.structs.replace(REFUSED, at="2026-12-01T20:29:59Z")},
        {"ruling": msgspec.structs.replace(REFUSED, at="2026-12-01")},
    ],
)
def test_an_objection_that_cannot_be_is_found(changes: dict[str, Any]) -> None:
    right, wrong = (
        {f.code for f in recount.differences(contested(one), PAGES)}
        for one in (O1, msgspec.structs.replace(O1, **changes))
    )
    assert "objection" not in right
    assert "objection" in wrong


def test_objections_without_a_draft_or_twice_are_found() -> None:
    for made in (msgspec.structs.replace(contested(O1), draft=None), contested(O1, O1)):
        assert "objection" in {f.code for f in recount.differences(made, PAGES)}


@pytest.mark.parametrize(
    "times", [(HEARD, RULED, HEARD), (RULED, HEARD, RULED), ("nu", HEARD, RULED)]
)
def test_hours_that_cannot_be_are_found(times: tuple[str, str, str]) -> None:
    made = msgspec.structs.replace(contested(), draft=Draft(*times))
    assert "times" in {f.code for f in recount.differences(made, PAGES)}


def test_a_byte_of_it_that_is_changed_is_found(tmp_path: Path) -> None:
    files = bundled(contested(O1, O3))
    changed = files["uitslag.json"].replace(b"Niemand zei dit.", b"Iemand zei dit.")
    assert changed != files["uitslag.json"]
    folder = put({**files, "uitslag.json": changed}, tmp_path / "b")
    assert verified(folder).differences != ()


#: So many texts are put into one set of documents, whose making takes longer than a few texts more.
AT_ONCE = 25


def test_hostile_words_have_no_effect() -> None:
    """Each payload as an objection, as a reason and as the new words of a recommendation: the files
    hold no element but those of ordinary words, and every quote is letter for letter what was
    shown (``written`` stops where it is not)."""
    calm = [set(each) for each in shape(documents(full(["gewone woorden " * 9])))]
    calm = [
        one | set(other) for one, other in zip(calm, shape(documents(full(["a"]))), strict=True)
    ]
    hostile = list(filter(str.strip, tried(Surface.PAGE)))
    for start in range(0, len(hostile), AT_ONCE):
        given = hostile[start : start + AT_ONCE]
        elements, tokens = shape(documents(full(given)))
        assert set(elements) <= calm[0], given
        assert set(tokens) <= calm[1], given


def full(texts: list[str]) -> Result:
    """Three objections a text: to one that was adjusted, to one that was not, and undecided."""
    objections: list[Objection] = []
    for typed in texts:
        text = typed.encode("utf-8", "replace").decode()  # as whatever is typed is kept
        adjusted = msgspec.structs.replace(ADJUSTED, text=text, reason=text)
        refused = msgspec.structs.replace(REFUSED, reason=text)
        for one, ruling in ((O1, adjusted), (O2, refused), (O3, None)):
            number = f"O{len(objections) + 1}"
            made = msgspec.structs.replace(one, number=number, text=text, ruling=ruling)
            objections.append(made)
    return contested(*objections)


def documents(made: Result) -> dict[str, bytes]:
    return written(made, PAGES)


def test_a_table_has_the_words_and_no_formula() -> None:
    formula = msgspec.structs.replace(O3, text='=HYPERLINK("x")')
    table = bundled(contested(O1, formula, HIDDEN, hidden={"insult": 4, "personal": 4}))
    rows = table["teksten.csv"].decode("utf-8-sig").splitlines()
    assert "O1;objection;shown;Er rijdt al een bus." in rows
    assert "A1;adjusted;shown;De bus moet op zondag rijden." in rows
    assert "O4;objection;hidden;" in rows
    assert any(row.startswith("O3;objection;shown;") and "'=" in row for row in rows)


def test_the_model_comes_back_from_its_file() -> None:
    made = contested(O1, O2, O3)
    again = PAGES.decode(bundled(made)["uitslag.json"])
    assert again.objections == made.objections
    assert json.loads(bundled(made)["uitslag.json"])["draft"]["heard_until"] == HEARD
