"""What people meet of a poll."""

from tests.rounds.gesprek import PLAYED
from tests.rounds.surfaces import (
    GUIDES_COLLECTING,
    Evening,
    Forged,
    Forgotten,
    Hidden,
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

ASKED = 'vraag="Waar begint het?" opties="noord; zuid; west"'
POLL = f"peiling soort=een anders=ja {ASKED}"
SEVERAL = f"peiling soort=meer {ASKED}"
DATES = 'peiling soort=datum vraag="Wanneer?" opties="4 dec 2026 20:00 | 5 dec 2026 20:00"'
FRIDAY, SATURDAY = "vrijdag 4 december 2026 om 20.00 uur", "zaterdag 5 december 2026 om 20.00 uur"
NORTH, SOUTH, WEST = (
    {"options": [{"number": n, "text": t}]} for n, t in enumerate(("noord", "zuid", "west"), 1)
)

SURFACE = Surface(
    words={"peiling": moderator()},
    settings={"per_person": (3, 0, 1000)},
    format="peiling",
    fills=(line("vera", POLL, "poll_filled", item="P1", question="Waar begint het?"),),
    item="P1",
    filled=(
        line("vera", "start", "refused_nothing_to_open", kind="poll"),
        line("vera", "werk", "work", notes=[{"what": "work_poll_empty", "title": "Peiling"}]),
        line("vera", "peiling", "refused_missing", example="example_poll"),
        helped("vera", "help_start", "help_charter", "help_poll", "help_explain", "help_status"),
    ),
    typed=(
        line("anna", "stem P1 noord", "votes_noted", votes=choice("P1", **NORTH)),
        line("anna", "stem P1", "refused_choice_missing", kind="poll", example="2"),
        line("anna", "stem P1 9", "refused_option_unknown"),
        line("anna", "stem P1 bos", "refused_unknown_option", most=3),
        line("anna", "P9 1 2", "refused_no_such_item"),
        line("anna", "P1 2", "votes_noted", votes=choice("P1", **SOUTH)),
        line("bram", "3", "votes_noted", votes=choice("P1", **WEST)),
        line("bram", "meedoen", "begin"),
        line("bram", "ja", "offer_poll", voted=True),
        line("bram", "anders", "refused_other_missing"),
        line("bram", "anders een park", "option_suggested", item="P1"),
        line("bram", "De straat is te donker.", "not_understood", perhaps="poll_perhaps"),
        line("carla", "1=3 2=7", "nothing_counted", "begin"),
    ),
    offered=(
        line("anna", "meedoen", "begin", kind="poll", ballots=True),
        line("anna", "ja", "offer_poll", item="P1", voted=False),
        line("anna", "eens", "nothing_counted", "offer_poll", stands=True),
        line("vera", POLL.replace("noord; zuid", "oost; noord; zuid"), "poll_filled"),
        line("anna", "zuid", "words_changed", "offer_poll", voted=False),
        line("vera", POLL, "poll_filled"),
        line("anna", "meedoen", "offer_poll", voted=False),
        line("anna", "zuid", "votes_noted", votes=choice("P1", **SOUTH)),
        line("anna", "meedoen", "offer_poll", voted=True),
    ),
    reacted=(
        Reacted(
            item="P1",
            on="card",
            signs={"1️⃣": 1, "3️⃣": 3},
            both=(("1️⃣", "2️⃣"), (2,)),
            typed="3",
            left=(3,),
        ),
        *(
            Reacted(
                item="P1",
                on="card",
                signs={"1️⃣": 1},
                both=(("1️⃣", "2️⃣"), (1, 2)),
                typed="2",
                left=(2,),
                fills=(line("vera", fills, "poll_filled"),),
            )
            for fills in (SEVERAL, DATES)
        ),
    ),
    pressed=Lacking("there can be too many options for buttons"),
    gathered=Lacking("residents give no items: only options of their own, in person"),
    heard=Lacking("talk in the room stays talk: nobody has a turn"),
    hidden=Hidden(
        "X1",
        "vijver",
        (
            line("anna", "stem P1 anders een vijver", "option_suggested", item="P1"),
            line("vera", "ok X1", "approved"),
            line("bram", "stem P1 een vijver", "votes_noted"),
        ),
        (line("carla", "stem P1 een vijver", "refused_unknown_option"),),
    ),
    forgotten=Forgotten(
        before=(
            line("anna", "stem P1 1", "votes_noted"),
            line("bram", "stem P1 1", "votes_noted"),
            line("anna", "stem P1 anders een vijver", "option_suggested"),
        ),
        votes={"P1": {1: 1}},
        states={"X1": "erased"},
        words="vijver",
    ),
    order=2,
    exported=(
        Evening(
            format="gesprek",
            says=PLAYED,
            rows=("2;P1;noord;7", "2;P1;zuid;3"),
            page=(
                "«Waar?: noord»",
                "Gekozen door 7 van de 10 (P1).",
                "**P1, één keuze: «Waar?» Stemmers: 10.**",
                "| «noord» | 7 |",
                "«noord»: «Daar is ruimte.»",
                "`poll-one/1` Eén keuze",
            ),
            texts=("P1;poll;shown;Waar?", "P1;option;shown;noord", "P1;option;shown;zuid"),
            typed=("1",) * 7 + ("2",) * 3,
        ),
        Evening(
            format="peiling",
            says=(
                ("vera", f"peiling soort=een {ASKED}"),
                ("vera", "start"),
                *each(*["stem P1 1"] * 3, *["stem P1 2"] * 3),
            ),
            rows=("1;P1;noord;3", "1;P1;zuid;3", "1;P1;west;0"),
            page=("Even vaak gekozen: «noord» en «zuid», elk 3 keer.", "| «west» | 0 |"),
            typed=("1",) * 3 + ("2",) * 3,
        ),
        Evening(
            format="peiling",
            says=(
                ("vera", DATES),
                ("vera", "start"),
                *each(*["stem P1 1 2"] * 3, *["stem P1 4 dec"] * 3),
            ),
            rows=(f"1;P1;{FRIDAY};6", f"1;P1;{SATURDAY};3"),
            page=(f"Meest gekozen: «{FRIDAY}», 6 van de 6.", f"| «{SATURDAY}» | 3 |"),
            typed=("1 2",) * 3 + ("1",) * 3,
        ),
        Evening(
            format="peiling",
            says=(
                ("vera", f"peiling soort=punten punten=10 {ASKED}"),
                ("vera", "start"),
                *each(*["stem P1 1=7 3=3"] * 6),
            ),
            rows=("1;P1;noord [7];6", "1;P1;west [3];6"),
            page=("De meeste punten: «noord», 42 punten.", "| «noord» | 42 | 6 |"),
            typed=("1=7 3=3",) * 6,
        ),
    ),
    forged=(
        Forged(("rounds", 1, "items", 0, "counts", "noord"), 8, ("sum",)),
        Forged(("rounds", 1, "items", 0, "result"), ["zuid"], ("result",)),
        Forged(("rounds", 1, "items"), twice("P2"), ("shape",)),
        Forged(("rounds", 0, "items", 0, "counts", FRIDAY), 7, ("sum",), evening=2),
        Forged(("rounds", 0, "items", 0, "result"), [SATURDAY], ("result",), evening=2),
        Forged(("recommendations", 1, "text"), "Waar?: oost", ("proposal_text",)),
    ),
    helped=(
        helped("anna", "help_join", "help_status", "help_mine", "help_privacy", "help_language"),
        line("anna", "stem P1 1", "votes_noted"),
        helped("anna", "help_vote", "help_status", "help_mine", "help_privacy", "help_language"),
        GUIDES_COLLECTING,
    ),
    status=("«Waar begint het?»", "2. zuid", "Een eigen idee kan ook."),
    youth=Youth(
        (),
        (
            line("anna", "meedoen", "begin"),
            line("anna", "ja", "offer_poll"),
            line("anna", "2", "votes_noted"),
        ),
        Lacking("no reason is asked for"),
    ),
    unsaid={
        "poll_pick": "its own refusals say what can be chosen",
    },
)
