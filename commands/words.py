"""The words people type: one entry each, in alphabetical order, and who may say them where.

To add a word: an entry here, its type in ``commands/said.py``, its row in
``commands/filling.py``, its help sentence in the catalogue.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from commands.said import Where
from dialogues.core import Role


class Who(StrEnum):
    """For whom a word is.

    ``ALL``, ``RESIDENT`` and ``AUTHOR`` words may be typed by everybody: that staff has no ballot
    and that a thing has one author is decided by the dialogue, which knows the sentence to say.
    """

    ALL = "all"
    RESIDENT = "resident"
    AUTHOR = "author"
    MODERATOR = "moderator"
    OFFICIAL = "official"
    CLERK = "clerk"
    YOUTH_WORKER = "youth_worker"
    COUNCILLOR = "councillor"


class Shape(StrEnum):
    """What a parameter looks like."""

    ITEM = "item"
    ITEMS = "items"
    TARGET = "target"
    TARGETS = "targets"
    WORD = "word"
    CODE = "code"
    NUMBER = "number"
    MOMENT = "moment"
    TEXT = "text"
    CHOICE = "choice"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Parameter:
    """``name`` is the Dutch name shown in help; ``letters`` the kinds of items that fit."""

    name: str
    shape: Shape
    required: bool = True
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """``dutch`` is the canonical form; ``also`` are natural forms that mean the same.

    With ``dialogue`` the word may follow "gesprek" or "dialogue" too.
    """

    dutch: str
    english: str
    help: str
    who: frozenset[Who]
    where: frozenset[Where]
    also: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    dialogue: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way to type this word, the canonical one first."""
        own = (self.dutch, self.english, *self.also)
        heads = ("gesprek", "dialogue") if self.dialogue else ()
        return tuple(dict.fromkeys((*own, *(f"{head} {form}" for head in heads for form in own))))


_ALL = frozenset({Who.ALL})
_AUTHOR = frozenset({Who.AUTHOR})
_MODERATOR = frozenset({Who.MODERATOR})
_OFFICIAL = frozenset({Who.OFFICIAL})
_REPORTER = frozenset({Who.CLERK, Who.MODERATOR})
_RESIDENT = frozenset({Who.RESIDENT})
_WORKER = frozenset({Who.MODERATOR, Who.YOUTH_WORKER})

_ANYWHERE = frozenset(Where)
_BACKSTAGE = frozenset({Where.STAFF, Where.PERSONAL})
_OUT_FRONT = frozenset({Where.ROOM, Where.PERSONAL})
_STAFF_ROOM = frozenset({Where.STAFF})

_ITEM = Parameter("item", Shape.ITEM)
_QUESTION = Parameter("item", Shape.ITEM, letters="V")
_REASON = Parameter("reden", Shape.TEXT)
_TARGET = Parameter("item", Shape.TARGET)
_TEXT = Parameter("tekst", Shape.TEXT)
_UNTIL = Parameter("tot", Shape.MOMENT, required=False)

WORDS: tuple[Word, ...] = (
    Word("advies", "advice", "help_advice", _REPORTER, _BACKSTAGE),
    Word(
        "advies erbij", "advice add", "help_advice_add", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("item", Shape.ITEM, letters="SP"), _REASON),
    ),
    Word(
        "advies orde", "advice order", "help_advice_order", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("items", Shape.ITEMS, letters="A"), _REASON),
    ),
    Word(
        "advies weg", "advice drop", "help_advice_drop", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("item", Shape.ITEM, letters="A"), _REASON),
    ),
    Word(
        "antwoord", "answer", "help_answer", _OFFICIAL, _ANYWHERE,
        parameters=(_QUESTION, _TEXT),
    ),
    Word(
        "gesprek afspraken", "dialogue charter", "help_charter", _MODERATOR, _BACKSTAGE,
        also=("gesprek charter", "dialogue afspraken"),
        parameters=(Parameter("afspraken", Shape.PAIRS, required=False),),
    ),
    Word(
        "gesprek nieuw", "dialogue new", "help_new_dialogue", _MODERATOR, _BACKSTAGE,
        also=("gesprek new", "dialogue nieuw", "nieuw gesprek", "new dialogue"),
        parameters=(
            Parameter("werkvorm", Shape.WORD),
            Parameter("titel", Shape.TEXT),
            Parameter("afspraken", Shape.PAIRS, required=False),
        ),
    ),
    Word(
        "gesprek staf", "dialogue staff", "help_staff_room", _MODERATOR, _STAFF_ROOM,
        also=("gesprek staff", "dialogue staf"),
        parameters=(Parameter("groep", Shape.WORD, required=False),),
    ),
    Word("hulp", "help", "help_help", _ALL, _ANYWHERE),
    Word(
        "intrekken", "withdraw", "help_withdraw", _AUTHOR, _OUT_FRONT, also=("trek in",),
        parameters=(_ITEM,),
    ),
    Word(
        "kies", "choose", "help_choose", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("gesprek", Shape.WORD),), dialogue=True,
    ),
    Word(
        "koppel", "link", "help_link", _RESIDENT, _OUT_FRONT,
        parameters=(Parameter("code", Shape.CODE, required=False),),
    ),
    Word("meedoen", "join", "help_join", _ALL, _ANYWHERE, also=("doe mee",)),
    Word("mijn", "mine", "help_mine", _ALL, _ANYWHERE),
    Word(
        "nu", "now", "help_now", _MODERATOR, _BACKSTAGE,
        parameters=(_QUESTION,),
    ),
    Word(
        "ok", "ok", "help_approve", _WORKER, _BACKSTAGE, also=("oké", "oke", "okay"),
        parameters=(Parameter("nummers", Shape.TARGETS),),
    ),
    Word(
        "peiling", "poll", "help_poll", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("peiling", Shape.PAIRS),),
    ),
    Word("privacy", "privacy", "help_privacy", _ALL, _ANYWHERE),
    Word(
        "sluit", "close", "help_close", _MODERATOR, _BACKSTAGE, also=("sluiten",), dialogue=True,
    ),
    Word(
        "start", "start", "help_start", _MODERATOR, _BACKSTAGE, also=("starten",),
        parameters=(_UNTIL,), dialogue=True,
    ),
    Word("status", "status", "help_status", _ALL, _ANYWHERE),
    Word(
        "stelling", "statement", "help_statement", _RESIDENT, _OUT_FRONT,
        parameters=(_TEXT,),
    ),
    Word(
        "stem", "vote", "help_vote", _RESIDENT, _ANYWHERE,
        parameters=(
            Parameter("item", Shape.ITEM, required=False, letters="SPA"),
            Parameter("keuze", Shape.CHOICE),
        ),
    ),
    Word(
        "steun", "support", "help_support", _RESIDENT, _OUT_FRONT,
        parameters=(_QUESTION,),
    ),
    Word(
        "taal", "language", "help_language", _ALL, _ANYWHERE,
        parameters=(Parameter("taal", Shape.WORD),),
    ),
    Word("toon", "show", "help_show", _WORKER, _BACKSTAGE, parameters=(_TARGET,)),
    Word(
        "tot", "until", "help_until", _MODERATOR, _BACKSTAGE,
        parameters=(Parameter("moment", Shape.MOMENT),), dialogue=True,
    ),
    Word(
        "uitslag", "results", "help_results", _ALL, _ANYWHERE, also=("result",),
        parameters=(Parameter("ronde", Shape.NUMBER, required=False),),
    ),
    Word(
        "verberg", "hide", "help_hide", _WORKER, _BACKSTAGE,
        parameters=(_TARGET, _REASON),
    ),
    Word(
        "vergeetmij", "forgetme", "help_forget_me", _AUTHOR, _ANYWHERE,
        also=("vergeet mij", "forget me"),
    ),
    Word(
        "verzamelen stop", "collecting stop", "help_stop_collecting", _MODERATOR, _BACKSTAGE,
        also=("stop verzamelen", "stop collecting"), dialogue=True,
    ),
    Word(
        "volgende", "next", "help_next_round", _MODERATOR, _BACKSTAGE,
        parameters=(_UNTIL,), dialogue=True,
    ),
    Word(
        "vraag", "question", "help_question", _RESIDENT, _OUT_FRONT,
        parameters=(_TEXT,),
    ),
    Word(
        "waarom", "why", "help_why", _RESIDENT, _OUT_FRONT,
        parameters=(Parameter("item", Shape.ITEM, letters="SPA"), _TEXT),
    ),
    Word("werk", "work", "help_work", _WORKER, _BACKSTAGE),
    Word(
        "wijzig", "change", "help_change", _AUTHOR, _OUT_FRONT,
        parameters=(_ITEM, _TEXT),
    ),
    Word(
        "zoekuit", "lookup", "help_look_up", _OFFICIAL, _ANYWHERE, also=("zoek uit", "look up"),
        parameters=(_QUESTION, Parameter("moment", Shape.MOMENT)),
    ),
)  # fmt: skip

BY_DUTCH: dict[str, Word] = {word.dutch: word for word in WORDS}

#: Every form as a row of words, and the entry it stands for.
BY_FORM: dict[tuple[str, ...], Word] = {
    tuple(form.split()): word for word in WORDS for form in word.forms
}
LONGEST_FORM = max(len(form) for form in BY_FORM)

#: First words that mean nothing by themselves.
HEADS = frozenset({"collecting", "dialogue", "gesprek", "verzamelen"})

#: The sentence that confirms ``vergeetmij``, without its comma.
CONFIRM_FORGET = frozenset(
    {
        ("ja", "vergeet", "mij"),
        ("ja", "vergeetmij"),
        ("yes", "forget", "me"),
        ("yes", "forgetme"),
    }
)

_EVERYBODY = frozenset({Who.ALL, Who.RESIDENT, Who.AUTHOR})


def may(word: Word, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may say this word at all."""
    return bool(word.who & _EVERYBODY) or any(Who(role.value) in word.who for role in roles)


def allowed(word: str, roles: Collection[Role], where: Where) -> bool:
    """Whether somebody with these roles may say this canonical word here.

    A moderator's words work in the staff room and in the moderator's personal conversation; in
    the room only ``antwoord`` and ``zoekuit`` of an official do.
    """
    entry = BY_DUTCH.get(word)
    return entry is not None and where in entry.where and may(entry, roles)


def words_for(roles: Collection[Role], where: Where) -> tuple[Word, ...]:
    """What somebody with these roles may say here, in alphabetical order."""
    return tuple(word for word in WORDS if where in word.where and may(word, roles))
