"""Reading messages: every word in every place, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reading import Reading, read
from commands.said import (
    Advice,
    Approve,
    Change,
    Choose,
    CloseRound,
    Discard,
    Explain,
    ForgetMe,
    Help,
    Hide,
    Join,
    Language,
    Link,
    Mine,
    NewDialogue,
    NextRound,
    Plain,
    Privacy,
    Results,
    Retitle,
    Said,
    SetCharter,
    Show,
    Start,
    Status,
    StopCollecting,
    Unknown,
    Until,
    Vote,
    Where,
    Why,
    Withdraw,
    Work,
)
from commands.said_followup import NoteProgress, Postpone, Received, Response
from commands.word import Fits
from commands.wrong import Wrong, wrong
from dialogues.core import Role
from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress
from rounds.closing.words import AdviceAdd, AdviceDrop, AdviceOrder
from rounds.poll.question_words import NewPoll
from rounds.poll.state import PollKind
from rounds.questions.words import Answer, LookUp, Now, Question, Support
from rounds.registry import vocabulary
from rounds.statements.words import Statement
from tests.generated import examples

KNOWN = vocabulary()
MODERATOR = frozenset({Role.MODERATOR})
OFFICIAL = frozenset({Role.OFFICIAL})
CLERK = frozenset({Role.CLERK})
EVERY = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()


def no_place(word: str, value: str) -> Wrong:
    """The refusal of a moment behind a word that takes none."""
    return wrong("moment_no_place", word=word, value=value)


def said(text: str, where: Where = Where.PERSONAL, roles: frozenset[Role] = NOBODY) -> Said | None:
    reading = read(KNOWN, text, where, roles)
    return None if reading is None else reading.said


RESIDENTS: list[tuple[str, Said]] = [
    ("meedoen", Join()),
    ("Meedoen!", Join()),
    ("join", Join()),
    ("doe mee", Join()),
    ("status", Status()),
    ("STATUS?", Status()),
    ("hulp", Help()),
    ("help", Help()),
    ("hulp stem", Explain("stem")),
    ("uitslag", Results(None)),
    ("uitslag 2", Results(2)),
    ("results round 1", Results(1)),
    ("uitslag ronde 12.", Results(12)),
    ("mijn", Mine()),
    ("mine", Mine()),
    ("privacy", Privacy()),
    ("taal en", Language("en")),
    ("language nl", Language("nl")),
    ("taal Nederlands", Language("nl")),
    ("stelling Er moeten meer bomen komen.", Statement("Er moeten meer bomen komen.")),
    ("Stelling: Meer bomen", Statement("Meer bomen")),
    ("stelling\nMeer bomen\nen banken", Statement("Meer bomen\nen banken")),
    ("statement “Meer bomen”", Statement("Meer bomen")),
    ("stelling 'Meer' en “beter”", Statement("'Meer' en “beter”")),
    ("stelling\u00a0Meer\u200b bomen", Statement("Meer bomen")),
    ("vraag Hoe laat?", Question("Hoe laat?")),
    ("question How late?", Question("How late?")),
    ("stem S7 eens", Vote("S7", "eens")),
    ("stem s7: weet ik niet", Vote("S7", "weet ik niet")),
    ("vote S 7 agree", Vote("S7", "agree")),
    ("stem A1 nee het is te duur", Vote("A1", "nee het is te duur")),
    ("stem P1 1=7 3=3", Vote("P1", "1=7 3=3")),
    ("stem P 1 2", Vote("P1", "2")),
    ("stem eens", Vote("", "eens")),
    ("stem a", Vote("", "a")),
    ("stem 1 eens 2 oneens", Vote("", "1 eens 2 oneens")),
    ("stem e o ?", Vote("", "e o ?")),
    ("stem S7 niets", Vote("S7", "niets")),
    ("waarom S7 Omdat het mag", Why("S7", "Omdat het mag")),
    ("why s7 because", Why("S7", "because")),
    ("steun V3", Support("V3")),
    ("support v3.", Support("V3")),
    ("wijzig S12 Meer groen", Change("S12", "Meer groen")),
    ("change V1 Hoe dan?", Change("V1", "Hoe dan?")),
    ("intrekken R4", Withdraw("R4")),
    ("withdraw s1", Withdraw("S1")),
    ("vergeetmij", ForgetMe(confirmed=False)),
    ("vergeet mij", ForgetMe(confirmed=False)),
    ("forget me", ForgetMe(confirmed=False)),
    ("ja, vergeet mij", ForgetMe(confirmed=True)),
    ("Ja vergeet mij.", ForgetMe(confirmed=True)),
    ("yes, forget me", ForgetMe(confirmed=True)),
    ("koppel", Link("")),
    ("koppel abcd-efgh jkmo", Link("ABCDEFGHJKM0")),
    ("link ILO123", Link("110123")),
    ("S7 eens", Vote("S7", "eens")),
    ("a1 nee, te duur", Vote("A1", "nee, te duur")),
    ("P1 3 1 2", Vote("P1", "3 1 2")),
]

STAFF: list[tuple[str, Said]] = [
    ("gesprek nieuw stellingenronde De Zomerstraat opnieuw",
     NewDialogue("stellingenronde", "De Zomerstraat opnieuw", "", {})),
    ("gesprek nieuw Zomerstraat", NewDialogue("zomerstraat", "", "", {})),
    ("gesprek nieuw peiling niveau=meedoen", NewDialogue("peiling", "", "", {"niveau": "meedoen"})),
    ("dialogue new gesprek “E=mc2 in de klas” in=zomerstraat niveau=meedenken",
     NewDialogue("gesprek", "E=mc2 in de klas", "zomerstraat", {"niveau": "meedenken"})),
    ('gesprek nieuw peiling Het plein level=meedoen vast="de bus; 10% blijft" answer=2026-12-15',
     NewDialogue("peiling", "Het plein", "", {"niveau": "meedoen", "vast": "de bus; 10% blijft",
                                              "antwoord": "2026-12-15"})),
    ("gesprek afspraken", SetCharter({}, "")),
    ("gesprek afspraken minimum=5 want=„het is een kleine straat”",
     SetCharter({"minimum": "5"}, "het is een kleine straat")),
    ("dialogue charter minimum=5 because=small", SetCharter({"minimum": "5"}, "small")),
    ("start", Start("")),
    ("gesprek start", Start("")),
    ("start tot=vrijdag 20:00", Start("vrijdag 20:00")),
    ('gesprek start tot="vrijdag 20:00"', Start("vrijdag 20:00")),
    ("start over 20 minuten", no_place("start", "over 20 minuten")),
    ("start vrijdag 20:00", no_place("start", "vrijdag 20:00")),
    ("volgende over 10 minuten", no_place("volgende", "over 10 minuten")),
    ("sluit vrijdag 20:00", no_place("sluit", "vrijdag 20:00")),
    ("sluit om half acht", no_place("sluit", "half acht")),
    ("start half acht", no_place("start", "half acht")),
    ("start om half acht", Start("", "half acht")),
    ("volgende om half acht", no_place("volgende", "half acht")),
    ("verzamelen stop om 20:00", no_place("verzamelen stop", "20:00")),
    ("start tot vrijdag 20:00", Start("vrijdag 20:00")),
    ("start om=vrijdag 20:00 tot=vrijdag 21:00", Start("vrijdag 21:00", "vrijdag 20:00")),
    ("start nu", Start("")),
    ("sluit ja", CloseRound(sure=True)),
    ("close yes", CloseRound(sure=True)),
    ("volgende ja", NextRound("", sure=True)),
    ('volgende ja tot="vrijdag 20:00"', NextRound("vrijdag 20:00", sure=True)),
    ("gesprek weg @straat", Discard("straat")),
    ('gesprek titel De straat want="Zo heet hij."', Retitle("De straat", "Zo heet hij.")),
    ("dialogue start until=friday 20:00", Start("friday 20:00")),
    ("volgende", NextRound("")),
    ("next until=in 20 minutes", NextRound("in 20 minutes")),
    ("volgende tot morgen 20:00", NextRound("morgen 20:00")),
    ("tot vrijdag 20:00", Until("vrijdag 20:00")),
    ("tot=2026-12-04T20:00", Until("2026-12-04T20:00")),
    ("gesprek tot vrijdag 20:00", Until("vrijdag 20:00")),
    ("until friday 20:00", Until("friday 20:00")),
    ("verzamelen stop", StopCollecting()),
    ("gesprek verzamelen stop", StopCollecting()),
    ("collecting stop", StopCollecting()),
    ("sluit", CloseRound()),
    ("gesprek sluit", CloseRound()),
    ("close", CloseRound()),
    ("kies zomerstraat-2", Choose("zomerstraat-2")),
    ("gesprek kies @zomerstraat", Choose("zomerstraat")),
    ('peiling soort=meer hoogstens=2 vraag="Wat wilt u?" opties="bomen; banken ; fietsenrek"',
     NewPoll(PollKind.SEVERAL, 10, 2, 0, False, "Wat wilt u?", ("bomen", "banken", "fietsenrek"))),
    ("poll kind=ranked places=2 other=yes question=Wat? options=a;b;c",
     NewPoll(PollKind.RANKED, 10, 0, 2, True, "Wat?", ("a", "b", "c"))),
    ('peiling soort=één vraag="Wat "echt" telt?" opties="a; b"',
     NewPoll(PollKind.ONE, 10, 0, 0, False, 'Wat "echt" telt?', ("a", "b"))),
    ("peiling soort=punten punten=7 vraag=“Hoe?” opties=«a; b»",
     NewPoll(PollKind.POINTS, 7, 0, 0, False, "Hoe?", ("a", "b"))),
    ("nu V3", Now("V3")),
    ("werk", Work()),
    ("work", Work()),
    ("ok 1 3", Approve(("1", "3"))),
    ("ok S3, V2,1 1", Approve(("S3", "V2", "1"))),
    ("oké 1", Approve(("1",))),
    ("verberg S3 2", Hide("S3", "2")),
    ("hide 3 er staat een naam in", Hide("3", "er staat een naam in")),
    ("toon S3", Show("S3")),
    ("show 2", Show("2")),
    ("antwoord V3 In maart.", Answer("V3", "In maart.")),
    ("answer v3 In March.", Answer("V3", "In March.")),
    ("zoekuit V3 vrijdag 4 december 20:00", LookUp("V3", "vrijdag 4 december 20:00")),
    ("look up V3 in 2 days", LookUp("V3", "in 2 days")),
    ("ontvangen 2026-1234", Received("2026-1234")),
    ("received case number 2026-1234", Received("2026-1234")),
    ("ontvangen zaak: Z/26/1234 b", Received("Z/26/1234 b")),
    ('reactie A1 overgenomen Wij planten. van=college bron="besluit" klaar="1 maart"',
     Response("A1", Outcome.ADOPTED, "Wij planten.", Body.COLLEGE, "besluit", "1 maart")),
    ("reactie a1 niet overgenomen, want te duur. van=raad",
     Response("A1", Outcome.NOT, "want te duur.", Body.COUNCIL)),
    ('response A2 partly adopted "Half of it." body=mayor source="letter"',
     Response("A2", Outcome.PARTLY, "Half of it.", Body.MAYOR, "letter")),
    ('reactie A1 klaar="nog niet bekend"', Response("A1", None, "", None, "", "nog niet bekend")),
    ('uitstel A1 tot 15 januari want="De raad."', Postpone("A1", "15 januari", "De raad.")),
    ("uitstel 15 januari", Postpone("", "15 januari", "")),
    ("postpone T3 15 January because=late", Postpone("T3", "15 January", "late")),
    ('voortgang A1 klaar Gedaan. bron="brief"',
     NoteProgress("A1", Progress.DONE, "Gedaan.", "brief")),
    ("progress t3 underway Half way.", NoteProgress("T3", Progress.UNDERWAY, "Half way.")),
    ("advies", Advice()),
    ("advice", Advice()),
    ("advies weg A2 staat al in de begroting", AdviceDrop("A2", "staat al in de begroting")),
    ("advice add S9 important", AdviceAdd("S9", "important")),
    ("advies orde A3 A1 eerst het goedkoopste", AdviceOrder(("A3", "A1"), "eerst het goedkoopste")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RESIDENTS)
def test_what_a_resident_says(text: str, expected: Said) -> None:
    assert said(text) == expected
    assert said("!" + text) == expected
    assert said("  !  " + text + " \n") == expected


@pytest.mark.parametrize(("text", "expected"), STAFF)
def test_what_staff_says(text: str, expected: Said) -> None:
    assert said(text, Where.STAFF, EVERY) == expected
    assert said(text, Where.PERSONAL, EVERY) == expected
    assert said(text.swapcase().swapcase(), Where.STAFF, EVERY) == expected
    assert said("!" + text, Where.STAFF, EVERY) == expected


@pytest.mark.parametrize(("text", "_expected"), STAFF)
def test_a_residents_sentence_with_a_staff_word_is_no_command(text: str, _expected: Said) -> None:
    assert said(text) == Plain(text)
    refused = said("!" + text)
    assert isinstance(refused, Wrong)
    assert refused.code in ("word_not_yours", "missing")


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
