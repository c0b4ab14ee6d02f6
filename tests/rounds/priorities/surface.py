"""What people meet of priorities, which has no words of its own."""

from tests.rounds.gesprek import ONWARD, STATED
from tests.rounds.surfaces import (
    Evening,
    Forged,
    Forgotten,
    Lacking,
    Surface,
    Youth,
    choice,
    each,
    line,
    twice,
)

OTHERS = ("help_results", "help_status", "help_mine", "help_privacy")

SURFACE = Surface(
    settings={"places": (3, 1, 9)},
    format="prioriteiten",
    round=1,
    opens=(*STATED, ONWARD),
    item="B1",
    filled=Lacking("the statements before it fill it"),
    typed=(
        line("anna", "stem B1 S2 S1", "votes_noted", votes=choice("B1", said="S2 S1")),
        line("anna", "stem B1", "refused_choice_missing", kind="priorities"),
        line("anna", "stem B1 S9", "refused_unknown_choice", kind="priorities"),
        line("anna", "stem B1 S1 S1", "refused_priority_twice"),
        line("bram", "B1 2", "votes_noted", votes=choice("B1", said="S2")),
        line("bram", "B9 2 1 3", "refused_no_such_item"),
        line("carla", "eens", "nothing_counted", "begin", stands=False),
    ),
    offered=(
        line("anna", "meedoen", "begin", kind="priorities", ballots=True),
        line("anna", "ja", "offer_priorities", item="B1", voted=False, places=3),
        line("anna", "eens", "nothing_counted", "offer_priorities", stands=True),
        line("anna", "2 1", "votes_noted", votes=choice("B1", said="S2 S1")),
        line("anna", "meedoen", "offer_priorities", voted=True),
    ),
    reacted=Lacking("a sign can name no order"),
    pressed=Lacking("a button can name no order"),
    gathered=Lacking("residents give nothing: it is about what they said before"),
    heard=Lacking("talk in the room stays talk: nobody has a turn"),
    hidden=Lacking("a statement in it is hidden, not the list"),
    forgotten=Forgotten(
        before=(
            line("anna", "stem B1 S2", "votes_noted"),
            line("bram", "stem B1 S2", "votes_noted"),
            line("carla", "stem B1 S1", "votes_noted"),
        ),
        votes={"B1": {(1, 0): 1, (2, 0): 1}},
    ),
    order=5,
    exported=(
        Evening(
            format="prioriteiten",
            says=(
                ("vera", "start"),
                *((one.who, one.text) for one in STATED),
                ("vera", "volgende"),
                *each(*["stem B1 S2 S1"] * 4, *["stem B1 S1"] * 2),
            ),
            rows=(
                "2;B1;S1 [1];2",
                "2;B1;S1 [2];4",
                "2;B1;S1 [3];0",
                "2;B1;S2 [1];4",
                "2;B1;S2 [2];0",
                "2;B1;S2 [3];0",
            ),
            page=(
                "Bovenaan staat S1: «Er moeten meer bomen komen.», 14 punten.",
                "**B1: de belangrijkste stellingen**",
                "| S1 | «Er moeten meer bomen komen.» | 2 | 4 | 0 | 14 |",
                "`poll-ranked/1`",
            ),
            texts=("B1;priorities;shown;Het belangrijkst",),
            typed=("2 1",) * 4 + ("1",) * 2,
        ),
    ),
    forged=(
        Forged(("rounds", 1, "items", 0, "counts", "S1"), [3, 4, 0], ("sum",)),
        Forged(("rounds", 1, "items", 0, "result"), ["S2"], ("result",)),
        Forged(("rounds", 1, "items"), twice("B2"), ("shape",)),
    ),
    helped=(
        line(
            "anna",
            "hulp",
            "help",
            things=["help_join", *OTHERS],
        ),
        line("anna", "stem B1 S2", "votes_noted"),
        line(
            "anna",
            "hulp",
            "help",
            things=["help_vote", *OTHERS],
        ),
    ),
    status=("2 stellingen. Kies er hoogstens 3, de beste vooraan.",),
    youth=Youth(
        (*STATED, line("vera", "ok S1 S2", "approved"), ONWARD),
        (line("anna", "stem B1 S2", "votes_noted"),),
        Lacking("no reason is asked for"),
    ),
)
