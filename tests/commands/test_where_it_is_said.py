"""What is read in a room, in the personal conversation and in the staff room, and of whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reading import Reading, read
from commands.said import (
    Choose,
    Hide,
    Join,
    Plain,
    Said,
    Status,
    Unknown,
    Vote,
    Where,
    Work,
)
from commands.word import Fits
from commands.wrong import Wrong, wrong
from dialogues.core import Role
from rounds.questions.words import Answer, LookUp
from rounds.statements.words import Statement
from tests.commands.reading import (
    CLERK,
    EVERY,
    KNOWN,
    MODERATOR,
    NOBODY,
    OFFICIAL,
    RESIDENTS,
    STAFF,
    said,
)
from tests.generated import examples


@pytest.mark.parametrize(
    "text",
    ["", "!", "!!", "!?", "! ", "!!! mooi", "! 😀", "hallo", "meedoen", "stem S7 eens", "\u200b",
     "!1 eens", "@zomerstraat !status", "😀 !status", "!?status", "!\n\n"],
)  # fmt: skip
def test_talk_in_a_room_is_no_concern_of_ours(text: str) -> None:
    assert read(KNOWN, text, Where.ROOM, EVERY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!status", Status()),
        (" \n!status", Status()),
        ("\u200b\ufeff!status", Status()),
        ("!\u200bstatus", Status()),
        ("! status", Status()),
        ("!stem S7 eens", Vote("S7", "eens")),
        ("!stelling Meer\nbomen", Statement("Meer\nbomen")),
        ("!stemm S7 eens", Unknown("stemm", "stem")),
        ("!uitslga", Unknown("uitslga", "uitslag")),
        ("!Steling x", Unknown("Steling", "stelling")),
        ("!votee", Unknown("votee", "vote")),
        ("!hoera", Unknown("hoera", "")),
        ("!sluitt", Unknown("sluitt", "")),
        ("!zzzzzzzzzz", Unknown("zzzzzzzzzz", "")),
    ],
)
def test_in_a_room_the_prefix_counts(text: str, expected: Said) -> None:
    assert said(text, Where.ROOM) == expected


def test_another_prefix() -> None:
    assert read(KNOWN, "!status", Where.ROOM, prefix="/") is None
    assert read(KNOWN, "/status", Where.ROOM, prefix="/") == Reading("", Status(), "status")


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("@zomerstraat verberg S3 2", "zomerstraat", Hide("S3", "2")),
        ("@Zomerstraat-2: status", "zomerstraat-2", Status()),
        ("@zomerstraat !werk", "zomerstraat", Work()),
        ("!@zomerstraat werk", "zomerstraat", Work()),
        ("@zomerstraat goed gedaan", "", Plain("@zomerstraat goed gedaan")),
        ("@zomerstraat", "", Plain("@zomerstraat")),
        ("anna@zomerstraat.nl", "", Plain("anna@zomerstraat.nl")),
    ],
)
def test_a_dialogue_can_be_named(text: str, target: str, expected: Said) -> None:
    reading = read(KNOWN, text, Where.STAFF, MODERATOR)
    assert reading is not None
    assert (reading.target, reading.said) == (target, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steling Meer bomen", Unknown("steling", "stelling")),
        ("stemm S7 eens", Unknown("stemm", "stem")),
        ("stemm eens", Unknown("stemm", "stem")),
        ("stemm 1 2", Unknown("stemm", "stem")),
        ("stemm 1 eens oneens", Unknown("stemm", "stem")),
        ("stemm jij ook?", Plain("stemm jij ook?")),
        ("meedoenn", Unknown("meedoenn", "meedoen")),
        ("meedoenn is leuk", Plain("meedoenn is leuk")),
        ("waarm S7 omdat", Unknown("waarm", "waarom")),
        ("steunn V3", Unknown("steunn", "steun")),
        ("wijzg S1 tekst", Unknown("wijzg", "wijzig")),
        ("Graag meer bomen", Plain("Graag meer bomen")),
        ("Vaag plan", Plain("Vaag plan")),
        ("Vraagt dit niet veel geld?", Plain("Vraagt dit niet veel geld?")),
        ("steen voor steen", Plain("steen voor steen")),
        ("Er moeten meer bomen komen", Plain("Er moeten meer bomen komen")),
        ("ja", Plain("ja")),
        ("nee", Plain("nee")),
        ("2", Plain("2")),
        ("1 eens 2 oneens 3 ?", Plain("1 eens 2 oneens 3 ?")),
        ("e o ? e e", Plain("e o ? e e")),
        ("S7", Plain("S7")),
        ("S7 vind ik onzin", Plain("S7 vind ik onzin")),
        ("ja, vergeet mij niet", Plain("ja, vergeet mij niet")),
        ("sluitt", Plain("sluitt")),
        ("!", Plain("!")),
        ("!1 eens 2 o", Plain("1 eens 2 o")),
        ("!eens", Plain("eens")),
        ("!e o ?", Plain("e o ?")),
        ("!ja", Plain("ja")),
        ("!hoera", Unknown("hoera", "")),
        ("", Plain("")),
    ],
)
def test_in_the_personal_conversation(text: str, expected: Said) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("verbergg S3 2", Unknown("verbergg", "verberg")),
        ("gesprek niew x y", Unknown("gesprek niew", "gesprek nieuw")),
        ("gesprek gaat goed", Plain("gesprek gaat goed")),
        ("!gesprek gaat goed", Unknown("gesprek gaat", "")),
        ("gesprek", wrong("subword_missing", word="gesprek", options=(
            "gesprek afspraken", "gesprek nieuw", "gesprek reeks", "gesprek rooster",
            "gesprek staf", "gesprek titel", "gesprek weg", "gesprek hervat", "gesprek kies",
            "gesprek pauze", "gesprek sluit", "gesprek start", "gesprek tot", "gesprek volgende"))),
        ("volgend jaar weer", Plain("volgend jaar weer")),
        ("stelling: dit is geen inbreng", Plain("stelling: dit is geen inbreng")),
        ("vraag van mij: zullen we?", Plain("vraag van mij: zullen we?")),
        ("!stelling x", wrong("word_not_here", word="stelling", places=("room", "personal"))),
        ("prima", Plain("prima")),
        ("antwoord V3 x", Plain("antwoord V3 x")),
        ("meedoen", Join()),
    ],
)  # fmt: skip
def test_in_the_staff_room(text: str, expected: Said) -> None:
    assert said(text, Where.STAFF, MODERATOR) == expected


@pytest.mark.parametrize(
    ("text", "roles", "expected"),
    [
        ("!sluit", MODERATOR, wrong("word_not_here", word="sluit", places=("staff", "personal"))),
        ("!sluit", NOBODY, wrong("word_not_yours", word="sluit")),
        ("!antwoord V3 ja", OFFICIAL, Answer("V3", "ja")),
        ("!zoekuit V3 vrijdag 20:00", OFFICIAL, LookUp("V3", "vrijdag 20:00")),
        ("!antwoord V3 ja", MODERATOR, wrong("word_not_yours", word="antwoord")),
        ("!advies", CLERK, wrong("word_not_here", word="advies", places=("staff", "personal"))),
    ],
)
def test_rights_in_the_room(text: str, roles: frozenset[Role], expected: Said) -> None:
    assert said(text, Where.ROOM, roles) == expected


def test_the_word_is_told_for_whoever_checks_or_counts() -> None:
    for text, word in (("!steun S3", "steun"), ("verberg", "verberg"), ("S7 eens", "stem")):
        reading = read(KNOWN, text, Where.PERSONAL, EVERY)
        assert reading is not None
        assert reading.word == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stelling", wrong("text_missing", word="stelling", item="")),
        ("vraag  ", wrong("text_missing", word="vraag", item="")),
        ("wijzig S12", wrong("text_missing", word="wijzig", item="S12")),
        ("wijzig", wrong("missing", word="wijzig", what=("item", "tekst"))),
        ("wijzig alles", wrong("item_unreadable", word="wijzig", value="alles", example="S7")),
        ("stem", wrong("missing", word="stem", what=("item", "keuze"))),
        ("stem S7", wrong("choice_missing", item="S7")),
        ("stem S07 eens", wrong("item_leading_zero", value="S07", nearest="S7")),
        ("steun S3", wrong("item_wrong_kind", word="steun", value="S3", letters=("V",))),
        ("steun V0", wrong("item_unreadable", word="steun", value="V0", example="V7")),
        ("steun V3 V4", wrong("too_much", word="steun", rest="V4")),
        ("steun", wrong("missing", word="steun", what=("item",))),
        ("waarom S7", wrong("text_missing", word="waarom", item="S7")),
        ("stem V3 eens", wrong("item_wrong_kind", word="stem", value="V3",
                               letters=tuple(sorted(KNOWN.fitting(Fits.VOTABLE))))),
        ("intrekken", wrong("missing", word="intrekken", what=("item",))),
        ("intrekken Z3", wrong("item_unreadable", word="intrekken", value="Z3", example="S7")),
        ("vergeetmij alsjeblieft", wrong("too_much", word="vergeetmij", rest="alsjeblieft")),
        ("taal", wrong("value_unknown", key="taal", value="", options=("nl", "en"))),
        ("taal tr", wrong("value_unknown", key="taal", value="tr", options=("nl", "en"))),
        ("uitslag twee", wrong("number_unreadable", word="uitslag", value="twee")),
        ("verberg S3", Hide("S3", "")),
        ("verberg", wrong("missing", word="verberg", what=("item", "reden"))),
        ("verberg 0 2", wrong("item_unreadable", word="verberg", value="0", example="S7")),
        ("toon 03", wrong("item_leading_zero", value="03", nearest="3")),
        ("toon S3 S4", wrong("too_much", word="toon", rest="S4")),
        ("ok", wrong("missing", word="ok", what=("nummers",))),
        ("ok alles", wrong("item_unreadable", word="ok", value="alles", example="S7")),
        ("nu S3", wrong("item_wrong_kind", word="nu", value="S3", letters=("V",))),
        ("tot", wrong("missing", word="tot", what=("moment",))),
        ("zoekuit V3", wrong("missing", word="zoekuit", what=("moment",))),
        ("kies", Choose("")),
        ("sluit nu", wrong("too_much", word="sluit", rest="nu")),
        ("sluit de deur", Plain("sluit de deur")),  # talk, not a command
        ("ontvangen", wrong("missing", word="ontvangen", what=("zaaknummer",))),
        ("ontvangen jullie mail", wrong("case_unreadable", value="jullie mail")),
        ("reactie", wrong("missing", word="reactie", what=("item", "uitkomst", "tekst"))),
        ("reactie S1 niet x",
         wrong("item_wrong_kind", word="reactie", value="S1", letters=("A",))),
        ("reactie A1 Wij doen het.", wrong("outcome_missing", item="A1")),
        ("reactie A1 deels", wrong("response_text", item="A1", outcome="partly")),
        ("reactie A1 nietig x van=raad", wrong("outcome_missing", item="A1")),
        ("reactie A1 niet x", wrong("body_missing", item="A1")),
        ("reactie A1 niet x van=jan",
         wrong("value_unknown", key="van", value="jan",
               options=("college", "raad", "burgemeester"))),
        ("uitstel A1", wrong("missing", word="uitstel", what=("dag",))),
        ("voortgang A1 half", wrong("progress_missing", item="A1")),
        ("voortgang A1 klaar", wrong("progress_text", item="A1", state="done")),
        ("voortgang klaar", wrong("item_unreadable", word="voortgang", value="klaar",
                                  example="A7")),
        ("advies graag", wrong("too_much", word="advies", rest="graag")),
        ("advies weg S2 x",
         wrong("item_wrong_kind", word="advies weg", value="S2", letters=("A",))),
        ("advies weg A2", wrong("text_missing", word="advies weg", item="A2")),
        ("advies orde A2 A2 x", wrong("item_twice", item="A2")),
        ("advies orde A2", wrong("missing", word="advies orde", what=("reden",))),
        ("advies orde", wrong("missing", word="advies orde", what=("items", "reden"))),
        ("gesprek nieuw", wrong("missing", word="gesprek nieuw", what=("titel",))),
        ("gesprek nieuw peiling " + "x" * 121, wrong("value_too_long", key="titel", limit=120)),
        ("peiling soort=een", wrong("missing", word="peiling", what=("vraag", "opties"))),
        ("peiling soort=veel vraag=x opties=a;b",
         wrong("value_unknown", key="soort", value="veel",
               options=("een", "meer", "rangorde", "punten", "datum"))),
        ("peiling soort=een vraag=x opties=a", wrong("options_too_few", given=1)),
        ("peiling soort=een vraag=x opties=a;B;b", wrong("options_alike", option="b")),
        ("peiling soort=een vraag=x opties=\"paaltje; p\u0430altje\"",
         wrong("options_alike", option="p\u0430altje")),
        ("peiling soort=een hoogstens=2 vraag=x opties=a;b",
         wrong("key_not_for_kind", key="hoogstens", kind="one")),
        ("peiling soort=meer hoogstens=3 vraag=x opties=a;b",
         wrong("value_out_of_range", key="hoogstens", value="3", low=1, high=2)),
        ("peiling soort=punten punten=0 vraag=x opties=a;b",
         wrong("value_out_of_range", key="punten", value="0", low=1, high=100)),
        ("peiling soort=een anders=soms vraag=x opties=a;b",
         wrong("value_unknown", key="anders", value="soms", options=("ja", "nee"))),
    ],
)  # fmt: skip
def test_badly_filled(text: str, expected: Wrong) -> None:
    assert said(text, Where.PERSONAL, EVERY) == expected


@examples(150)
@given(
    st.text(max_size=60),
    st.sampled_from([form for form, _ in RESIDENTS + STAFF]),
    st.sampled_from(list(Where)),
    st.sets(st.sampled_from(list(Role))),
)
def test_nothing_makes_it_fall_over(noise: str, form: str, where: Where, roles: set[Role]) -> None:
    word = form.split()[0]
    for text in (noise, "!" + noise, f"!{word} {noise}", f"{form}{noise}", f"{word}={noise}"):
        reading = read(KNOWN, text, where, roles)
        assert where is Where.ROOM or reading is not None


@examples(100)
@given(st.text(alphabet="abcdefg XYZ.,;:!?'\"“”=1234é\n", min_size=1, max_size=80))
def test_a_statement_is_kept_as_typed(words: str) -> None:
    words = f"De {words.strip()} zin"
    assert said("stelling " + words) == Statement(words)
    assert said("!stelling\n" + words, Where.ROOM) == Statement(words)
