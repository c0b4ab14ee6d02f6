"""What residents and staff say, and what is read in it."""

from __future__ import annotations

from commands.followup.said import NoteProgress, Postpone, Received, Response
from commands.reading import read
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
    Privacy,
    Results,
    Retitle,
    Said,
    SetCharter,
    Show,
    Start,
    Status,
    StopCollecting,
    Until,
    Vote,
    Where,
    Why,
    Withdraw,
    Work,
)
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
