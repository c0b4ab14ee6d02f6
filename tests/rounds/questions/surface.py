"""What people meet of a round of questions."""

from dialogues.core import Role
from tests.rounds.surfaces import (
    ANYWHERE,
    OUT_FRONT,
    Allowed,
    Evening,
    Forged,
    Forgotten,
    Gathered,
    Hidden,
    Lacking,
    Surface,
    Youth,
    each,
    helped,
    line,
    moderator,
)

OFFICIAL = frozenset({Role.OFFICIAL})
ASKED = (
    line("zoe", "vraag Wanneer komen er bomen?", "question_noted", item="V1"),
    line("zoe", "vraag Rijdt de bus vaker?", "question_noted", item="V2"),
)

SURFACE = Surface(
    words={
        "vraag": Allowed(OUT_FRONT),
        "steun": Allowed(OUT_FRONT),
        "antwoord": Allowed(ANYWHERE, OFFICIAL),
        "zoekuit": Allowed(ANYWHERE, OFFICIAL),
        "nu": moderator(),
    },
    settings={
        "per_person": (3, 0, 1000),
        "offer": (5, 1, 5),
        "near_duplicates": (True, 0, 1),
        "threshold": (80, 1, 100),
    },
    format="vragenuur",
    opens=ASKED,
    item="V1",
    filled=Lacking("it opens with nothing in it"),
    typed=(
        line("anna", "steun V1", "support_noted", item="V1", support=1),
        line("anna", "vraag Rijdt de bus vaker dan?", "looks_like_question", item="V2"),
        line("anna", "1", "support_noted", item="V2"),
        line("anna", "stem V1 eens", "refused_item_wrong_kind", word="stem"),
        line(
            "vera",
            "werk",
            "work",
            rows=[
                {"item": "V1", "what": "work_question"},
                {"item": "V2", "what": "work_question"},
            ],
        ),
        line(
            "anna",
            "stelling De bus is vol.",
            "refused_not_in_this_round",
            given="statement",
            instead="questions",
        ),
        line("anna", "eens", "nothing_counted", "begin", stands=False),
        line("vera", "nu V1", "now_noted", item="V1"),
        line("otto", "antwoord V1 In maart.", "answer_noted", item="V1"),
        line("otto", "zoekuit V2 morgen 20:00", "promise_noted", item="V2"),
        line("vera", "werk", "work", rows=[]),
        line("bram", "De straat is te donker in de avond.", "begin"),
        line("bram", "ja", "offer_questions", "first_words"),
        line("bram", "De straat is te donker.", "first_words"),
        line("bram", "nee", "not_meant"),
        line("bram", "De straat is nog steeds te donker.", "first_words"),
        line("bram", "nee", "not_meant"),
        line("bram", "Vraagt iemand dat wel eens?", "first_words"),
        line("bram", "Dank u!", "not_understood"),
    ),
    offered=(
        line("anna", "meedoen", "begin", kind="questions", ballots=False),
        line("anna", "ja", "offer_questions", items=[{"item": "V1"}, {"item": "V2"}]),
        line("anna", "3", "refused_place_unknown", places=2),
        line("anna", "1 eens", "nothing_counted", "offer_questions", stands=True),
        line("anna", "1 2", "support_noted", "support_noted", support=1),
        line("anna", "meedoen", "offer_questions", items=[], total=2),
    ),
    reacted=Lacking("nobody votes in it: support is typed"),
    pressed=Lacking("nobody votes in it: support is typed"),
    gathered=Gathered("question_noted"),
    heard=Lacking("talk in the room stays talk: nobody has a turn"),
    hidden=Hidden(
        "V3",
        "vijver",
        (line("anna", "vraag Komt er een vijver?", "question_noted", item="V3"),),
        (
            line("bram", "steun V3", "refused_item_not_shown"),
            line("bram", "meedoen", "begin"),
            line("bram", "ja", "offer_questions", items=[{"item": "V1"}, {"item": "V2"}]),
        ),
    ),
    forgotten=Forgotten(
        before=(
            line("anna", "vraag Komt er een vijver?", "question_noted", item="V3"),
            line("anna", "steun V1", "support_noted", support=1),
        ),
        states={"V1": "shown", "V3": "erased"},
        words="vijver",
        after=(line("bram", "steun V1", "support_noted", support=1),),
    ),
    order=3,
    exported=(
        Evening(
            format="vragenuur",
            says=(
                ("vera", "start"),
                *((one.who, one.text) for one in ASKED),
                ("anna", "vraag Mag de weg dicht?"),
                ("bram", "vraag Hoe laat gaat het licht uit?"),
                ("carla", "vraag Waar blijven de honden?"),
                ("dora", "vraag Wie maait het gras?"),
                *each(*["steun V1"] * 5),
                ("otto", "antwoord V1 In maart."),
                ("otto", "zoekuit V2 morgen 20:00"),
            ),
            rows=(
                "1;V1;support;5",
                "1;V2;support;0",
                "1;V3;support;0",
                "1;V4;support;0",
                "1;V5;support;0",
                "1;V6;support;0",
            ),
            page=(
                "In dit gesprek stelden bewoners vragen.",
                "## Vragen van bewoners",
                "6 vragen: 1 beantwoord, 1 met een belofte, 4 zonder antwoord.",
                "Steun: 5. Antwoord: «In maart.»",
                "| V3 | «Mag de weg dicht?» | 0 | Nog geen antwoord. |",
            ),
            texts=("V1;question;shown;Wanneer komen er bomen?", "V1;answer;shown;In maart."),
        ),
    ),
    forged=(
        Forged(("rounds", 0, "items", 0, "result"), "open", ("result",)),
        Forged(("rounds", 0, "items", 0, "counts"), {"agree": 5}, ("shape",)),
    ),
    helped=(
        helped("anna", "help_join", "help_question", "help_support", "help_status", "help_mine"),
        helped("vera", "help_now", "help_close", "help_until", "help_hide", "help_stop_collecting"),
        helped(
            "otto", "help_answer", "help_look_up", "help_status", "help_results", "help_privacy"
        ),
    ),
    status=("2 vragen",),
    youth=Youth(
        (*ASKED, line("vera", "ok V1 V2", "approved")),
        (line("anna", "steun V1", "support_noted"),),
        Lacking("no reason is asked for"),
    ),
    unsaid={
        "giving_question": "said where it cannot be given, in a round of another kind",
        "promise_lapsed": "only when a promise is not kept",
        "questions_called": "to whoever spoke in the room of a live platform",
        "work_promised": "only when a promise is not kept",
    },
)
