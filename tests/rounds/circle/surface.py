"""What people meet of a circle."""

from tests.rounds.surfaces import (
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

BEGUN = (
    line("anna", "spreken", "turn_noted", number=1),
    line("vera", "door", "circle_onward", speaking=1, waiting=0),
)
SAID = line("anna", "woord Er moet een vijver komen.", "word_noted", item="W1")

SURFACE = Surface(
    words={
        **{word: Allowed(OUT_FRONT) for word in ("spreken", "pas", "klaar", "woord")},
        **{word: moderator() for word in ("door", "kring")},
    },
    settings={"minutes": (3, 1, 30)},
    format="kring",
    item="",
    filled=Lacking("it opens with nobody in it"),
    typed=(
        line("vera", "kring minuten=5", "circle_length", minutes=5),
        *BEGUN,
        line("bram", "spreken", "turn_noted", number=2, ahead=0, drawn=True),
        line("carla", "spreken", "turn_noted", number=3, ahead=1),
        line("bram", "klaar", "refused_not_your_turn"),
        line(
            "bram",
            "stelling De bus is vol.",
            "refused_not_in_this_round",
            given="statement",
            instead="circle",
        ),
        line("carla", "pas", "turn_given_up"),
        SAID,
        line("anna", "stem W1 eens", "refused_item_wrong_kind", word="stem"),
        line("anna", "klaar", "turn_done"),
        line("bram", "klaar", "turn_done"),
        line("carla", "spreken", "turn_yours", number=3),
        line("carla", "De straat is te donker.", "begin"),
        line("carla", "ja", "offer_circle"),
        line("carla", "De straat is te donker.", "not_understood", perhaps=""),
        line("carla", "spreker", "not_understood"),
        line("vera", "door", "circle_onward", speaking=0),
    ),
    offered=(
        line("anna", "meedoen", "begin", kind="circle", ballots=False),
        line("anna", "ja", "offer_circle", speaking=0, minutes=3),
        line("anna", "1", "nothing_counted", "offer_circle", kind="circle"),
        *BEGUN,
        line("bram", "meedoen", "begin"),
        line("bram", "ja", "offer_circle", speaking=1),
    ),
    reacted=Lacking("nobody votes in it"),
    pressed=Lacking("nobody votes in it"),
    gathered=Gathered("word_noted", BEGUN),
    heard=(
        *BEGUN,
        line("anna", "~Er moet een vijver komen.", "heard_ask", kind="circle"),
        line("bram", "~Dat vind ik ook wel."),
        line("anna", "ja", "word_noted", item="W1"),
    ),
    hidden=Hidden(
        "W1",
        "vijver",
        (*BEGUN, SAID),
        (line("anna", "mijn", "mine", items=[{"item": "W1", "state": "hidden"}]),),
    ),
    forgotten=Forgotten(
        before=(
            *BEGUN,
            SAID,
            line("bram", "spreken", "turn_noted"),
        ),
        states={"W1": "erased"},
        words="vijver",
        after=(line("bram", "spreken", "turn_yours"),),
    ),
    order=4,
    exported=(
        Evening(
            format="kring",
            says=(
                ("vera", "start"),
                *each(*["spreken"] * 6),
                *(("vera", "door"),) * 7,
                ("kiezer0", "woord Er moet een vijver komen."),
            ),
            rows=(),
            page=(
                "## Wie spraken in de kring (ronde 1)",
                "Er spraken 6 mensen, samen in 6 beurten. Hoe gelijk de tijd verdeeld was: 0,000",
                "- **W1** «Er moet een vijver komen.»",
                "6 mensen deden mee.",
                "| W1 | «Er moet een vijver komen.» |",
            ),
            texts=("W1;word;shown;Er moet een vijver komen.",),
        ),
    ),
    forged=(
        Forged(("rounds", 0, "turns"), 5, ("below",)),
        Forged(("rounds", 0, "gini"), None, ("shape",)),
        Forged(("rounds", 0, "items", 0, "counts"), {"x": 6}, ("shape",)),
    ),
    helped=(
        helped("vera", "help_onward", "help_turn_length", "help_close", "help_until", "help_hide"),
        helped("anna", "help_speak", "help_status", "help_mine", "help_privacy", "help_language"),
        *BEGUN,
        helped("anna", "help_done", "help_word", "help_status", "help_mine", "help_privacy"),
        line("bram", "spreken", "turn_noted"),
        helped("bram", "help_pass", "help_status", "help_mine", "help_privacy", "help_language"),
    ),
    status=("Een voor een spreken we, elk hoogstens 3 minuten.",),
    youth=Youth((), (*BEGUN, SAID), Lacking("no reason is asked for")),
    unsaid={
        "giving_word": "said where it cannot be given, in a round of another kind",
        "circle_misfit": "there is no list that a choice could misfit",
        "word_stands": "what is alike is not looked for: people speak in turn",
    },
)
