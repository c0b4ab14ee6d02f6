"""The words of everybody and of residents that belong to no kind of round, and who may use them.

Those of staff stand in ``staff_words.py``, those about meetings in ``meeting_words.py``, those
about commitments in ``commitment_words.py``, about a draft in ``objection_words.py``, and about the
answer to an advice in ``followup_words.py``. All are in alphabetical order.

To add a word: an entry there, its type in ``commands/said.py``, its help sentence in the catalogue,
and what it does in ``bot/desk/understanding.py``.
"""

from __future__ import annotations

from commands import filling, filling_items, said, said_papers
from commands.followup.commitment_words import COMMITMENT_WORDS
from commands.followup.objection_words import OBJECTION_WORDS
from commands.followup.words import FOLLOWUP_WORDS
from commands.meetings.words import MEETING_WORDS
from commands.said import Where
from commands.staff_words import STAFF_WORDS
from commands.word import (
    ALL,
    ANYWHERE,
    AUTHOR,
    ITEM,
    OUT_FRONT,
    RESIDENT,
    TEXT,
    Fits,
    Parameter,
    Shape,
    Word,
)
from dialogues.dialogue import Status

_TARGET = Parameter("item", Shape.TARGET)
_OPENS = Parameter("om", Shape.MOMENT, required=False)
_UNTIL = Parameter("tot", Shape.MOMENT, required=False)

#: All of them.
WORDS: tuple[Word, ...] = (
    *COMMITMENT_WORDS,
    *FOLLOWUP_WORDS,
    *MEETING_WORDS,
    *OBJECTION_WORDS,
    *STAFF_WORDS,
    Word("english", "english", "help_other", ALL, ANYWHERE, filling.always(said.Language("en"))),
    Word(
        "evaluatie",
        "evaluation",
        "help_evaluation",
        ALL,
        frozenset({Where.PERSONAL}),
        filling.always(said_papers.Evaluate()),
        also=("evalueer",),
        among=frozenset({Status.CLOSED}),
    ),
    Word(
        "gegevens",
        "mydata",
        "help_everything",
        ALL,
        OUT_FRONT,
        filling.always(said.Everything()),
        also=("mijn alles", "mijn gegevens", "alles van mij", "mine all", "my data"),
    ),
    Word("hulp", "help", "help_help", ALL, ANYWHERE, filling.always(said.Help())),
    Word(
        "intrekken",
        "withdraw",
        "help_withdraw",
        AUTHOR,
        OUT_FRONT,
        filling.item_alone(said.Withdraw),
        also=("trek in",),
        parameters=(ITEM,),
    ),
    Word(
        "koppel",
        "link",
        "help_link",
        RESIDENT,
        OUT_FRONT,
        filling.link,
        parameters=(Parameter("code", Shape.CODE, required=False),),
    ),
    Word(
        "meedoen",
        "join",
        "help_join",
        ALL,
        ANYWHERE,
        filling.always(said.Join()),
        also=("doe mee",),
    ),
    Word("mijn", "mine", "help_mine", ALL, ANYWHERE, filling.always(said.Mine())),
    Word(
        "nederlands", "nederlands", "help_other", ALL, ANYWHERE, filling.always(said.Language("nl"))
    ),
    Word(
        "ontkoppel",
        "unlink",
        "help_unlink",
        RESIDENT,
        OUT_FRONT,
        filling.always(said.Unlink()),
    ),
    Word("privacy", "privacy", "help_privacy", ALL, ANYWHERE, filling.always(said.Privacy())),
    Word("status", "status", "help_status", ALL, ANYWHERE, filling.always(said.Status())),
    Word(
        "stem",
        "vote",
        "help_vote",
        RESIDENT,
        ANYWHERE,
        filling_items.vote,
        parameters=(
            Parameter("item", Shape.ITEM, required=False, fits=Fits.VOTABLE),
            Parameter("keuze", Shape.CHOICE),
        ),
    ),
    Word(
        "stil",
        "quiet",
        "help_quiet",
        ALL,
        ANYWHERE,
        filling.quiet,
        parameters=(Parameter("nee", Shape.WORD, required=False),),
    ),
    Word(
        "taal",
        "language",
        "help_language",
        ALL,
        ANYWHERE,
        filling.language,
        parameters=(Parameter("taal", Shape.WORD),),
    ),
    Word(
        "uitleg",
        "explain",
        "help_explain",
        ALL,
        ANYWHERE,
        filling.anything(said.Explain),
        parameters=(Parameter("woord", Shape.TEXT, required=False),),
    ),
    Word(
        "uitslag",
        "results",
        "help_results",
        ALL,
        ANYWHERE,
        filling.results,
        also=("result",),
        parameters=(Parameter("ronde", Shape.NUMBER, required=False),),
    ),
    Word(
        "vergeetmij",
        "forgetme",
        "help_forget_me",
        AUTHOR,
        ANYWHERE,
        filling.nothing_more(said.ForgetMe(confirmed=False)),
        also=("vergeet mij", "forget me", "vergeet me", "verwijder mij", "wis mij", "delete me"),
    ),
    Word(
        "verder",
        "more",
        "help_further",
        RESIDENT,
        frozenset({Where.PERSONAL}),
        filling.nothing_more(said.Further()),
    ),
    Word(
        "waarom",
        "why",
        "help_why",
        RESIDENT,
        OUT_FRONT,
        filling.item_and_text(said.Why, "tekst"),
        parameters=(Parameter("item", Shape.ITEM, fits=Fits.WITH_REASONS), TEXT),
    ),
    Word(
        "wijzig",
        "change",
        "help_change",
        AUTHOR,
        OUT_FRONT,
        filling.item_and_text(said.Change, "tekst"),
        parameters=(ITEM, TEXT),
    ),
)
