"""Kinds of rounds in the documents: a kind made up here works, and unknown ones are refused."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest
import turns
from handmade import PAGES, bundled, receipts
from handmade_odd import ALL
from handmade_street import street, suppressed

from advice import bundle, words
from advice.documents import written
from advice.model import Item, Participants, Result, Round, encode
from advice.verifying import recount
from advice.verifying.verify import verify
from advice.writing import tables
from bot.documents.placing import put_bundle
from dialogues.core import Text
from dialogues.items import ItemState
from dialogues.report import ItemReport
from rounds import registry
from tests.sources import every_node

ADVICE = Path(words.__file__).parent


def changed(name: str, round_: int, item: int | None, key: str, value: Any) -> bytes:
    """A result with one key of a round or of an item set."""
    found = json.loads(encode(ALL[name]()))
    place = found["rounds"][round_]
    (place if item is None else place["items"][item])[key] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (changed("street", 0, None, "kind", "quadratic"), "$.rounds[0].kind"),
        (changed("street", 0, None, "kind", "poll"), "$.rounds[0].items[0]"),
        (changed("street", 0, None, "speakers", 3), "$.rounds[0]"),
        (changed("street", 0, 0, "poll", "one"), "$.rounds[0].items[0]"),
        (changed("street", 1, 0, "answer", None), "$.rounds[1].items[0]"),
        (changed("street", 1, 0, "poll", 1), "$.rounds[1].items[0].poll"),
        (changed("street", 0, 0, "counts", [1, 2]), "$.rounds[0].items[0].counts"),
        (changed("questions", 0, 0, "promise", {"until": 1}), "$.rounds[0].items[0].promise"),
    ],
)
def test_what_no_kind_has_is_refused_with_its_place(data: bytes, where: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        PAGES.decode(data)
    assert f"`{where}" in str(refused.value)


def test_only_a_poll_and_a_question_have_more_keys_than_every_item() -> None:
    items = {
        round_["kind"]: set(round_["items"][0])
        for name in ("street", "questions")
        for round_ in json.loads(bundled(ALL[name]())["uitslag.json"])["rounds"]
    }
    common = items["statements"]
    assert common == set(Item.__struct_fields__)
    more = {kind: keys - common for kind, keys in items.items()}
    assert more["closing"] == set()
    assert more["poll"] == {"at_most", "options", "points", "poll", "whole"}
    assert more["questions"] == {"answer", "promise"}


# A kind without ballots


def with_turns(round_: Round, contributed: int = 14) -> Result:
    made = street()
    people = Participants(contributed, 23, 23, made.participants.attested, True, 0, 23)
    return msgspec.structs.replace(made, rounds=[*made.rounds, round_], participants=people)


def test_an_item_without_counts_is_neither_withheld_nor_suppressed(tmp_path: Path) -> None:
    made = with_turns(turns.turns(street()))
    assert turns.EVERY.decode(encode(made)) == made
    files = bundle.public(made, turns.EVERY, receipts(made))
    put_bundle(files, tmp_path / "b")
    assert verify(tmp_path / "b", turns.EVERY).differences == ()
    text = files["advies.md"].decode()
    assert "4\\. Kring" in text or "4. Kring" in text
    assert "Speakers: 6." in text
    (row,) = [line for line in text.splitlines() if line.startswith("| 4 |")]
    assert row.endswith("| – |")  # no turnout where nobody votes
    assert "W1;word;shown;Ik fiets hier elke dag." in files["teksten.csv"].decode("utf-8-sig")
    assert b"W1" not in tables.results(made, turns.EVERY)
    with pytest.raises(msgspec.ValidationError, match=r"rounds\[3\]"):
        PAGES.decode(encode(made))  # who does not have the kind does not read it


def test_a_report_of_such_an_item_is_published_whole() -> None:
    text = Text("", "t1", "seal")
    shown = ItemReport("W1", text, ItemState.SHOWN, {}, 0, None)
    hidden = ItemReport("W1", text, ItemState.HIDDEN, {}, 0, None)
    said = {"t1": "Ik fiets."}
    assert turns.item(shown, said.get) == Item("W1", "Ik fiets.", "shown", None, None, False, None)
    assert turns.item(hidden, said.get).state == "hidden"
    assert turns.item(shown, {}.get).state == "erased"
    assert turns.PAGES.more(turns.State(6), True) == {"speakers": 6}


@pytest.mark.parametrize(
    ("round_", "contributed", "code"),
    [
        (turns.turns(street(), speakers=-1), 14, "count"),
        (turns.turns(street(), speakers=15), 14, "participants"),
        (
            turns.turns(street(), items=[Item("W1", "Ja.", "shown", {"x": 5}, None, False, None)]),
            14,
            "shape",
        ),
        (
            turns.turns(street(), items=[Item("W1", "Ja.", "shown", None, None, True, None)]),
            14,
            "under_threshold",
        ),
        (
            turns.turns(street(), items=[Item("W1", "Ja.", "hidden", None, None, False, None)]),
            14,
            "not_shown",
        ),
    ],
)
def test_what_such_a_round_cannot_be_is_found(round_: Round, contributed: int, code: str) -> None:
    found = recount.differences(with_turns(round_, contributed), turns.EVERY)
    assert code in [difference.code for difference in found]
    fine = with_turns(turns.turns(street()), contributed)
    assert list(recount.differences(fine, turns.EVERY)) == []


def test_a_question_hour_without_its_support_is_found() -> None:
    made = PAGES.decode(changed("questions", 0, 0, "counts", None))
    assert [d.code for d in recount.differences(made, PAGES)] == ["shape"]


# Their words


def phrases(source: str) -> dict[str, object]:
    """The phrases of a catalogue with the places in each, of a list that it is one."""

    def flat(path: str, table: dict[str, Any]) -> Iterator[tuple[str, object]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(f"{path}.{key}", value)
            elif isinstance(value, list):
                yield f"{path}.{key}", "list"
            else:
                yield (
                    f"{path}.{key}",
                    {place for _, place, _, _ in Formatter().parse(value) if place},
                )

    return dict(flat("", tomllib.loads(source)))


@pytest.mark.parametrize("folder", [ADVICE / "templates", *registry.texts()], ids=str)
def test_every_language_has_the_same_phrases_with_the_same_places(folder: Path) -> None:
    first, *others = (
        {
            key: places
            for key, places in phrases((folder / f"{language}.toml").read_text()).items()
            if folder.name == "templates" or key.startswith(".page")
        }
        for language in words.LANGUAGES
    )
    assert first
    assert all(other == first for other in others)


def test_a_phrase_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "nl.toml").write_text('[page.table]\nreason = "Reden"\n')
    with pytest.raises(ValueError, match=r"table\.reason is there already"):
        words.catalogue("nl", [tmp_path])


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_rule_a_result_can_name_is_explained(language: str) -> None:
    made = ALL["polls"](language=language)
    rules = {rule for each in made.rounds for rule in PAGES.by_kind[each.kind].rules(each)}
    rules |= {r for each in street().rounds for r in PAGES.by_kind[each.kind].rules(each)}
    assert rules == set(made.rules)
    assert all(f"rule.{rule}" in PAGES.words(language).phrases for rule in rules)


def test_a_report_about_nothing_that_can_be_asked_says_which_rounds_it_had() -> None:
    asked = written(ALL["questions"](), PAGES)["verslag.md"].decode()
    assert "In dit gesprek stelden bewoners vragen." in asked
    made = suppressed(charter={"minimum": 0})
    empty = [msgspec.structs.replace(made.rounds[0], items=[], voters=0)]
    people = Participants(0, 0, 0, minimum_met=True)
    none = msgspec.structs.replace(made, rounds=empty, participants=people)
    text = written(none, PAGES)["verslag.md"].decode()
    assert "stelden bewoners vragen" not in text
    assert "In dit gesprek is niet gestemd over voorstellen." in text


# No kind named elsewhere


def test_the_documents_know_no_kind_by_name() -> None:
    names = set(registry.KINDS) | {name.removesuffix("s") for name in registry.KINDS}
    letters = {x for each in registry.kinds().machines.values() for x in each.letters}
    strings = names | {letter.letter for letter in letters} | {letter.name for letter in letters}
    strings -= {"recommendation", "option"}  # of whatever kind: the council's, a column's title
    for file in sorted(ADVICE.glob("*.py")):
        for node in every_node(file.read_text(encoding="utf-8")):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in strings, (file.name, node.lineno, node.value)
            for name in ("id", "attr", "arg", "name", "module"):
                found = getattr(node, name, None)
                if isinstance(found, str):
                    told = set(found.lower().replace(".", "_").split("_"))
                    assert not told & names, (file.name, node.lineno, found)


def test_moments_are_told_to_the_second() -> None:
    from advice.published import iso

    assert iso(datetime(2026, 12, 1, 19, 30, 0, 999, tzinfo=UTC)) == "2026-12-01T19:30:00Z"
