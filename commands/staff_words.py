"""The words of staff that belong to no kind of round, in alphabetical order, with who may use them.

To add a word: see ``words.py``.
"""

from __future__ import annotations

from commands import filling, filling_dialogues, filling_items, said, said_papers, said_pauses
from commands.charter import CHOICES, ENGLISH_KEYS
from commands.reasons import WORDS
from commands.word import (
    ANYWHERE,
    BACKSTAGE,
    BEFORE,
    BEGUN,
    CLERK,
    MODERATOR,
    REPORTER,
    RUNNING,
    STAFF_ROOM,
    UNFINISHED,
    WORKER,
    Parameter,
    Shape,
    Word,
)
from dialogues.charter import KEYS

_TARGET = Parameter("item", Shape.TARGET)
_OPENS = Parameter("om", Shape.MOMENT, required=False)
_UNTIL = Parameter("tot", Shape.MOMENT, required=False)

#: The agreements, for a menu.
AGREEMENTS = tuple(
    (dutch, english, f"agreement_{dutch}") for dutch, english in ENGLISH_KEYS.items()
)

#: And why one is changed after the start.
_CHANGED = (
    *AGREEMENTS,
    ("want", "because", "key_want"),
)

#: The few values that some of them have.
AGREED = tuple(
    (KEYS[name], tuple((value, "") for value in values))
    for name, values in CHOICES.items()
    if len(values) > 1
)

#: The room of a new dialogue, for a menu.
_ROOM = (("in", "in", "key_in"),)

#: The reasons for hiding, by the word for each.
_HIDING = Parameter(
    "reden",
    Shape.TEXT,
    values=(("", tuple((words[0], f"reason_{one.value}") for one, words in WORDS.items())),),
)

STAFF_WORDS: tuple[Word, ...] = (
    Word(
        "advies",
        "advice",
        "help_advice",
        REPORTER,
        BACKSTAGE,
        filling.nothing_more(said.Advice()),
        among=BEGUN,
    ),
    Word(
        "bewaar los",
        "keep release",
        "help_keep_release",
        CLERK,
        BACKSTAGE,
        filling_dialogues.resume_destruction,
        also=("bewaar release", "keep los"),
        parameters=(Parameter("gesprek", Shape.WORD), Parameter("reden", Shape.TEXT)),
    ),
    Word(
        "bewaar vast",
        "keep hold",
        "help_keep_hold",
        CLERK,
        BACKSTAGE,
        filling_dialogues.hold_destruction,
        also=("bewaar hold", "keep vast"),
        parameters=(Parameter("gesprek", Shape.WORD), Parameter("reden", Shape.TEXT)),
    ),
    Word(
        "gesprek afspraken",
        "dialogue charter",
        "help_charter",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.set_charter,
        also=("gesprek charter", "dialogue afspraken"),
        parameters=(
            Parameter("afspraken", Shape.PAIRS, required=False, keys=_CHANGED, values=AGREED),
        ),
    ),
    Word(
        "gesprek nieuw",
        "dialogue new",
        "help_new_dialogue",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.new_dialogue,
        also=("gesprek new", "dialogue nieuw", "nieuw gesprek", "new dialogue"),
        parameters=(
            Parameter("werkvorm", Shape.WORD),
            Parameter("titel", Shape.TEXT),
            Parameter("afspraken", Shape.PAIRS, required=False, keys=_ROOM),
        ),
    ),
    Word(
        "gesprek rooster",
        "dialogue schedule",
        "help_schedule",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.schedule,
        also=("gesprek schedule", "dialogue rooster", "rooster", "schedule"),
        parameters=(Parameter("uren", Shape.PAIRS, required=False),),
        among=UNFINISHED,
    ),
    Word(
        "gesprek staf",
        "dialogue staff",
        "help_staff_room",
        MODERATOR,
        STAFF_ROOM,
        filling_dialogues.staff_room,
        also=("gesprek staff", "dialogue staf"),
        parameters=(Parameter("groep", Shape.WORD, required=False),),
    ),
    Word(
        "gesprek titel",
        "dialogue title",
        "help_title",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.retitle,
        also=("gesprek title", "dialogue titel"),
        parameters=(Parameter("titel", Shape.TEXT),),
    ),
    Word(
        "gesprek weg",
        "dialogue discard",
        "help_discard",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.discard,
        also=("gesprek discard", "dialogue weg"),
        parameters=(Parameter("gesprek", Shape.WORD, required=False),),
        among=BEFORE,
    ),
    Word(
        "hervat",
        "resume",
        "help_resume",
        MODERATOR,
        ANYWHERE,
        filling.nothing_more(said_pauses.Resume()),
        also=("hervatten",),
        dialogue=True,
        among=RUNNING,
        asked=("ga verder", "we gaan verder", "go on", "continue"),
    ),
    Word(
        "kies",
        "choose",
        "help_choose",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.choose,
        parameters=(Parameter("gesprek", Shape.WORD),),
        dialogue=True,
    ),
    Word(
        "nieuwsbrief",
        "newsletter",
        "help_newsletter",
        REPORTER,
        STAFF_ROOM,
        filling.anything(said_papers.Newsletter),
        parameters=(Parameter("maand", Shape.TEXT, required=False),),
    ),
    Word(
        "ok",
        "ok",
        "help_approve",
        WORKER,
        BACKSTAGE,
        filling_items.approve,
        also=("oké", "oke", "okay"),
        parameters=(Parameter("nummers", Shape.TARGETS),),
        among=RUNNING,
        asked=("goedkeuren", "keur goed", "akkoord", "approve", "agreed with"),
    ),
    Word(
        "pauze",
        "pause",
        "help_pause",
        MODERATOR,
        ANYWHERE,
        filling_dialogues.pause,
        also=("pauzeer", "pauzeren"),
        parameters=(Parameter("reden", Shape.TEXT, required=False),),
        dialogue=True,
        among=RUNNING,
        asked=("even pauze", "schorsen", "schors", "suspend"),
    ),
    Word(
        "sluit",
        "close",
        "help_close",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.close,
        also=("sluiten",),
        dialogue=True,
        among=RUNNING,
        asked=(
            *("stop", "stoppen", "afsluiten", "eindig", "eindigen", "beëindig", "beëindigen"),
            *("stop de ronde", "stop het gesprek", "gesprek stop", "gesprek stoppen"),
            *("gesprek afsluiten", "finish", "end", "end the round", "stop the round"),
        ),
    ),
    Word(
        "start",
        "start",
        "help_start",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.start,
        also=("starten",),
        parameters=(_OPENS, _UNTIL),
        dialogue=True,
        among=BEFORE,
        asked=("begin", "beginnen", "begin maar"),
    ),
    Word("toon", "show", "help_show", WORKER, BACKSTAGE, filling_items.show, parameters=(_TARGET,)),
    Word(
        "tot",
        "until",
        "help_until",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.until,
        parameters=(Parameter("moment", Shape.MOMENT),),
        dialogue=True,
        among=RUNNING,
        asked=("verleng", "verlengen", "verleng tot", "extend", "extend to", "extend until"),
    ),
    Word(
        "verberg",
        "hide",
        "help_hide",
        WORKER,
        BACKSTAGE,
        filling_items.hide,
        parameters=(_TARGET, _HIDING),
    ),
    Word(
        "verzamelen stop",
        "collecting stop",
        "help_stop_collecting",
        MODERATOR,
        BACKSTAGE,
        filling.nothing_more(said.StopCollecting()),
        also=("stop verzamelen", "stop collecting"),
        dialogue=True,
        among=RUNNING,
    ),
    Word(
        "volgende",
        "next",
        "help_next_round",
        MODERATOR,
        BACKSTAGE,
        filling_dialogues.next_round,
        parameters=(_UNTIL,),
        dialogue=True,
        among=RUNNING,
    ),
    Word("werk", "work", "help_work", WORKER, BACKSTAGE, filling.nothing_more(said.Work())),
)
