"""What people meet of a dilemma."""

from tests.rounds.surfaces import (
    Evening,
    Forged,
    Forgotten,
    Lacking,
    Reacted,
    Surface,
    Youth,
    choice,
    each,
    helped,
    line,
    moderator,
    twice,
)

DILEMMA = (
    'dilemma vraag="Wat kiezen we?" a="meer bomen" a-geeft="schaduw" '
    'b="meer banken" b-kost="ruimte" bron="de wijk"'
)
A, B, NEITHER = ({"word": f"choice_{name}"} for name in ("a", "b", "neither"))

SURFACE = Surface(
    words={"dilemma": moderator()},
    format="dilemma",
    fills=(line("vera", DILEMMA, "dilemma_filled", item="D1", question="Wat kiezen we?"),),
    item="D1",
    filled=(
        line("vera", "start", "refused_nothing_to_open", kind="dilemma"),
        line("vera", "werk", "work", notes=[{"what": "work_dilemma_empty", "title": "Dilemma"}]),
        helped("vera", "help_start", "help_charter", "help_dilemma", "help_explain", "help_status"),
    ),
    typed=(
        line("anna", "stem D1 a", "votes_noted", "ask_why_dilemma", votes=choice("D1", **A)),
        line("anna", "stem D1", "refused_choice_missing", kind="dilemma"),
        line("anna", "stem D1 9", "refused_unknown_choice", kind="dilemma"),
        line(
            "anna",
            "stem D1 b want het is er druk",
            "votes_noted",
            "reason_noted",
            votes=choice("D1", **B),
        ),
        line("bram", "D9 a want het is er warm", "refused_no_such_item"),
        line("bram", "S9 geen van beide", "refused_no_such_item"),
        line("otto", "geen van beide", "refused_staff_no_ballot"),
        line(
            "bram",
            "D1 geen van beide",
            "votes_noted",
            "ask_why_dilemma",
            votes=choice("D1", **NEITHER),
        ),
        line("bram", "nee", "no_reason"),
        line("bram", "meedoen", "begin"),
        line("bram", "ja", "offer_dilemma"),
        line("bram", "De straat is te donker.", "not_understood", perhaps="dilemma_perhaps"),
        line("dora", "1=3 2=7", "nothing_counted", "begin", stands=False),
        line("carla", "bomen", "votes_noted", "ask_why_dilemma", votes=choice("D1", **A)),
        line("carla", "Het is er warm.", "reason_noted"),
    ),
    offered=(
        line("anna", "meedoen", "begin", kind="dilemma", ballots=True),
        line("anna", "ja", "offer_dilemma", item="D1", voted=False),
        line("anna", "eens", "nothing_counted", "offer_dilemma", stands=True),
        line("vera", DILEMMA.replace("meer banken", "banken"), "dilemma_filled"),
        line("anna", "2", "words_changed", "offer_dilemma", voted=False),
        line("anna", "2", "votes_noted", "ask_why_dilemma", votes=choice("D1", **B)),
        line("anna", "nee", "no_reason"),
        line("anna", "meedoen", "offer_dilemma", voted=True),
    ),
    reacted=(
        Reacted(
            item="D1",
            on="card",
            signs={"1️⃣": "a", "2️⃣": "b", "3️⃣": "neither"},
            both=(("1️⃣", "2️⃣"), ("b",)),
            typed="geen van beide",
            left=("neither",),
        ),
    ),
    pressed=Lacking("its choices are the town's own words, which stand in the offer"),
    gathered=Lacking("residents give no items: only reasons, in person"),
    heard=Lacking("talk in the room stays talk: nobody has a turn"),
    hidden=Lacking("it is the town's own question"),
    forgotten=Forgotten(
        before=(
            line("anna", "stem D1 a want ik wil een vijver", "votes_noted", "reason_noted"),
            line("bram", "stem D1 a", "votes_noted", "ask_why_dilemma"),
        ),
        votes={"D1": {"a": 1}},
        states={"R1": "erased"},
        words="vijver",
    ),
    order=3,
    exported=(
        Evening(
            format="dilemma",
            says=(
                ("vera", DILEMMA),
                ("vera", "start"),
                *each(*["stem D1 b want het is er vol"] * 4, *["stem D1 a want er is zon"] * 6),
            ),
            rows=("1;D1;a;6;;meer bomen", "1;D1;b;4;;meer banken", "1;D1;neither;0"),
            page=(
                "## Waarover deelnemers het meest eens zijn",
                "Bovenaan staat keuze A: «meer bomen», 6 van de 10.",
                "**D1: «Wat kiezen we?» Bron: de wijk.**",
                "| A: «meer bomen» | schaduw |  | 6 |",
                "Keuze A: «er is zon»",
                "Keuze B: «het is er vol»",
                "`poll-one/1`",
            ),
            texts=(
                "D1;a_gives;shown;schaduw",
                "D1;b_costs;shown;ruimte",
                "D1;source;shown;de wijk",
            ),
            typed=("a",) * 6 + ("b",) * 4,
        ),
        Evening(
            format="dilemma",
            says=(
                ("vera", DILEMMA),
                ("vera", "start"),
                *each(*["stem D1 a"] * 3, *["stem D1 b"] * 3),
            ),
            rows=("1;D1;a;3", "1;D1;b;3", "1;D1;neither;0"),
            page=(
                "## Wat verdeeld blijft",
                "A «meer bomen»: 3, B «meer banken»: 3, geen van beide: 0.",
            ),
            typed=("a",) * 3 + ("b",) * 3,
        ),
    ),
    forged=(
        Forged(("rounds", 0, "items", 0, "counts", "a"), 7, ("sum",)),
        Forged(("rounds", 0, "items", 0, "result"), "b", ("result",)),
        Forged(("rounds", 0, "items"), twice("D2"), ("shape",)),
    ),
    helped=(
        helped("anna", "help_join", "help_status", "help_mine", "help_privacy", "help_language"),
        line("anna", "stem D1 b", "votes_noted", "ask_why_dilemma"),
        helped("anna", "help_vote", "help_why", "help_status", "help_mine", "help_privacy"),
    ),
    status=("«Wat kiezen we?»", "Keuze A: meer bomen. Geeft: schaduw."),
    youth=Youth(
        (),
        (
            line("anna", "meedoen", "begin"),
            line("anna", "ja", "offer_dilemma"),
            line("anna", "1", "votes_noted"),
        ),
        "ask_why_dilemma",
    ),
)
