"""What people meet of a closing round."""

from tests.rounds.gesprek import AGREED, DISPUTED, FILLED, ONWARD, PLAYED, STATED
from tests.rounds.surfaces import (
    GUIDES_COLLECTING,
    Evening,
    Forged,
    Forgotten,
    Lacking,
    Pressed,
    Surface,
    Youth,
    choice,
    helped,
    line,
    moderator,
)

YES, NO = {"word": "choice_yes"}, {"word": "choice_no"}
DRAFTED = (*STATED, *AGREED, *DISPUTED, ONWARD, ONWARD)

SURFACE = Surface(
    words={word: moderator() for word in ("advies erbij", "advies orde", "advies weg")},
    settings={"prepare": (60, 0, 7 * 24 * 60)},
    format="gesprek",
    round=2,
    fills=(FILLED,),
    opens=(
        *DRAFTED,
        helped(
            "vera",
            "help_next_round",
            "help_advice_drop",
            "help_advice_order",
            "help_advice_add",
            "help_close",
        ),
        line("anna", "meedoen", "begin", kind="closing", ballots=True),
        line("anna", "ja", "offer_consent_later"),
        line("vera", "advies erbij S1 Dat hoort erbij.", "advice_changed"),
        line("vera", "advies orde A2 A1 Dit eerst.", "advice_changed"),
        line("vera", "advies weg A2 Toch niet.", "advice_changed"),
        line("vera", "advies erbij S1 Toch wel.", "advice_changed"),
        ONWARD,
    ),
    item="A1",
    filled=Lacking("the rounds before it fill it"),
    typed=(
        line("anna", "stem A1 ja", "votes_noted", votes=choice("A1", **YES)),
        line("anna", "stem A1", "refused_choice_missing", kind="closing"),
        line("anna", "stem A1 misschien", "refused_consent_unreadable"),
        line(
            "anna", "stem A1 nee Te duur.", "votes_noted", "reason_noted", votes=choice("A1", **NO)
        ),
        line("bram", "A9 nee Te duur.", "refused_no_such_item"),
        line("bram", "S9 ja", "refused_no_such_item"),
        line("bram", "A1 j", "votes_noted", votes=choice("A1", **YES)),
        line("carla", "1 ja", "nothing_counted", "begin"),
        line("anna", "De straat is te donker.", "not_understood", perhaps=""),
    ),
    offered=(
        line("anna", "meedoen", "offer_consent", items=[{"number": "A1"}, {"number": "A2"}]),
        line("anna", "1 ja 3 nee", "refused_place_unknown", places=2),
        line("anna", "1 eens", "nothing_counted", "offer_rest", stands=True),
        line("anna", "1 ja 2 misschien", "nothing_counted", "offer_rest", stands=True),
        line("anna", "1 ja", "votes_noted", "offer_rest", asked=[{"item": "A2"}]),
        line("anna", "nee", "votes_noted", "offer_consent_done", votes=choice("A2", **NO)),
        line("carla", "meedoen", "begin"),
        line("carla", "ja", "offer_consent"),
        line("carla", "1 ja 2 nee", "votes_noted", "offer_consent_done"),
        line("carla", "nee", "nothing_counted", "offer_consent_done", stands=True),
    ),
    reacted=Lacking("a yes or no to the council is typed or pressed, never a sign in passing"),
    pressed=Pressed(("yes", "no")),
    gathered=Lacking("residents give nothing: it is about what they said before"),
    heard=Lacking("talk in the room stays talk: nobody has a turn"),
    hidden=Lacking("a recommendation is dropped, or its item is hidden"),
    forgotten=Forgotten(
        before=(
            line("anna", "stem A1 nee Een vijver was beter.", "votes_noted", "reason_noted"),
            line("bram", "stem A1 nee", "votes_noted"),
        ),
        votes={"A1": {"no": 1}},
        states={"R1": "erased"},
        words="vijver",
    ),
    order=0,
    exported=(
        Evening(
            format="gesprek",
            says=PLAYED,
            rows=("3;A1;yes;9", "3;A1;no;1", "3;A2;yes;7", "3;A2;no;3"),
            page=(
                "**A1** «Er moeten meer bomen komen.»",
                "Slotstemming: 9 ja, 1 nee.",
                "**A2** «Waar?: noord»",
                "Tegen: 3. Een reden: «Het is te duur.»",
                "| A1 | «Er moeten meer bomen komen.» | 9 | 1 |",
                "Ja: «Daar is plek.»",
                "Nee: «Het is te duur.»",
                "`minority/1`",
                "`recommendation/3`",
            ),
            texts=("A2;recommendation;shown;Waar?: noord",),
            typed=("yes",) * 16 + ("no",) * 4,
        ),
    ),
    forged=(
        Forged(("rounds", 2, "items", 0, "counts", "yes"), 8, ("sum",)),
        Forged(("rounds", 2, "items", 0, "result"), "yes", ("result",)),
        Forged(("recommendations", 0, "consent", "yes"), 8, ("consent",)),
        Forged(("recommendations", 0, "minority", "reason"), "Anders.", ("reason",)),
    ),
    helped=(
        helped("anna", "help_join", "help_results", "help_status", "help_mine", "help_privacy"),
        line("anna", "stem A1 ja", "votes_noted"),
        helped("anna", "help_vote", "help_results", "help_status", "help_mine", "help_privacy"),
        GUIDES_COLLECTING,
    ),
    status=("- A1: «De bus moet vaker rijden.»", "Mag dit naar de raad?"),
    youth=Youth(
        (
            *STATED,
            line("vera", "ok S1 S2", "approved"),
            *AGREED,
            *DISPUTED,
            ONWARD,
            ONWARD,
            line("vera", "advies erbij S1 Dat hoort erbij.", "advice_changed"),
            ONWARD,
        ),
        (
            line("carla", "meedoen", "begin"),
            line("carla", "ja", "offer_consent"),
            line("carla", "1 ja", "votes_noted", "offer_rest"),
        ),
        Lacking("no reason is asked for"),
    ),
    unsaid={
        "closing_pick": "its own refusal says what can be chosen",
        "closing_without_vote": "only where nothing goes to the council",
    },
)
