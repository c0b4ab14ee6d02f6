"""The words about meetings, in alphabetical order, with who may use them.

``ALSO`` are words of other things that mean something else with a meeting behind them.
"""

from __future__ import annotations

from collections.abc import Mapping

from commands.meetings import filling, said
from commands.meetings.phrases import AGENDA, CALL_OFF, MOVE, PROPOSE, SIGN_OFF, SIGN_UP
from commands.staff_words import AGREED, AGREEMENTS
from commands.word import (
    ALL,
    ANYWHERE,
    BACKSTAGE,
    MODERATOR,
    OUT_FRONT,
    REASON,
    RESIDENT,
    Filler,
    Meets,
    Parameter,
    Shape,
    Who,
    Word,
)

_STAFF = frozenset({Who.MODERATOR, Who.OFFICIAL, Who.CLERK})
_PLANNERS = _STAFF | {Who.COUNCILLOR}


def _meeting(meets: Meets) -> Parameter:
    return Parameter("bijeenkomst", Shape.WORD, required=False, meets=meets)


_TITLE = Parameter("titel", Shape.TEXT)


def _keys(*dutch: str) -> tuple[tuple[str, str, str], ...]:
    """Keys for a menu: the Dutch form, the English one, and the text that explains it."""
    english = {name: typed for typed, name in filling.KEYS.items() if typed != name}
    return tuple((key, english.get(key, key), f"key_meeting_{key}") for key in dutch)


_PLANNED = _keys(
    *("wanneer", "duur", "waar", "plaatsen", "voor", "door", "gesprek", "vorige", "uit")
)
_ALL_KEYS = (*_PLANNED, *_keys("elke", "keer", "einde", "in"))
_SERIES_KEYS = _keys("elke", "duur", "keer", "einde", "in")
_WANT = ("want", "because", "key_want")

MEETING_WORDS: tuple[Word, ...] = (
    Word(
        "aanmelden",
        "signup",
        "help_sign_up",
        ALL,
        ANYWHERE,
        filling.sign_up,
        also=("meld aan", "sign up"),
        asked=SIGN_UP,
        parameters=(
            _meeting(Meets.COMING),
            Parameter(
                "gegevens",
                Shape.PAIRS,
                required=False,
                keys=(
                    ("naam", "name", "key_meeting_naam"),
                    ("namens", "behalf", "key_meeting_namens"),
                    ("aantal", "people", "key_meeting_aantal"),
                ),
            ),
        ),
    ),
    Word(
        "aanwezig",
        "attended",
        "help_attended",
        MODERATOR,
        BACKSTAGE,
        filling.attended,
        parameters=(_meeting(Meets.BEGUN), Parameter("aantal", Shape.NUMBER)),
    ),
    Word(
        "afgesproken",
        "agreed",
        "help_agreed",
        _STAFF,
        BACKSTAGE,
        filling.agreed,
        parameters=(
            _meeting(Meets.BEGUN),
            Parameter("tekst", Shape.TEXT),
            Parameter(
                "gegevens",
                Shape.PAIRS,
                required=False,
                keys=(
                    ("wie", "who", "key_meeting_wie"),
                    ("voor", "by", "key_meeting_voor_dag"),
                    ("tafel", "table", "key_meeting_tafel"),
                ),
            ),
        ),
    ),
    Word(
        "afmelden",
        "signoff",
        "help_sign_off",
        ALL,
        ANYWHERE,
        filling.sign_off,
        also=("meld af", "sign off"),
        asked=SIGN_OFF,
        parameters=(_meeting(Meets.SIGNED),),
    ),
    Word(
        "agenda",
        "agenda",
        "help_agenda",
        ALL,
        ANYWHERE,
        filling.agenda,
        asked=AGENDA,
        parameters=(_meeting(Meets.ANY),),
    ),
    Word(
        "gesprek reeks",
        "dialogue series",
        "help_series",
        MODERATOR,
        BACKSTAGE,
        filling.new_series,
        also=("gesprek series", "dialogue reeks"),
        parameters=(
            Parameter("werkvorm", Shape.WORD),
            _TITLE,
            Parameter("gegevens", Shape.PAIRS, keys=(*_SERIES_KEYS, *AGREEMENTS), values=AGREED),
        ),
    ),
    Word(
        "gesprek reeks stop",
        "dialogue series stop",
        "help_series_stop",
        MODERATOR,
        BACKSTAGE,
        filling.with_reason(said.StopSeries),
        parameters=(_meeting(Meets.PLANNED), REASON),
    ),
    Word(
        "herinner",
        "remind",
        "help_remind",
        ALL,
        ANYWHERE,
        filling.remind,
        parameters=(
            _meeting(Meets.SIGNED),
            Parameter(
                "wanneer",
                Shape.WORD,
                required=False,
                values=(("", (("dag", ""), ("uur", ""), ("nee", ""))),),
            ),
        ),
    ),
    Word(
        "moment afzeggen",
        "moment calloff",
        "help_call_off",
        _PLANNERS,
        BACKSTAGE,
        filling.with_reason(said.CallOffMeeting),
        also=("bijeenkomst afzeggen", "moment call off"),
        parameters=(_meeting(Meets.PLANNED), REASON),
        asked=CALL_OFF,
    ),
    Word(
        "moment neem",
        "moment take",
        "help_take",
        _PLANNERS,
        BACKSTAGE,
        filling.take,
        also=("bijeenkomst neem",),
        parameters=(
            _meeting(Meets.PROPOSED),
            Parameter(
                "gegevens",
                Shape.PAIRS,
                required=False,
                keys=_PLANNED,
            ),
        ),
    ),
    Word(
        "moment nieuw",
        "moment new",
        "help_new_meeting",
        _PLANNERS,
        BACKSTAGE,
        filling.new,
        also=("bijeenkomst nieuw", "nieuwe bijeenkomst", "nieuw moment", "new moment"),
        parameters=(_TITLE, Parameter("gegevens", Shape.PAIRS, keys=_ALL_KEYS)),
    ),
    Word(
        "moment verzet",
        "moment move",
        "help_move",
        _PLANNERS,
        BACKSTAGE,
        filling.move,
        also=("bijeenkomst verzet",),
        asked=MOVE,
        parameters=(
            _meeting(Meets.PLANNED),
            Parameter("gegevens", Shape.PAIRS, keys=(_ALL_KEYS[0], _WANT)),
        ),
    ),
    Word(
        "moment voorstel",
        "moment propose",
        "help_propose",
        RESIDENT,
        OUT_FRONT,
        filling.propose,
        also=("bijeenkomst voorstel", "voorstel moment"),
        asked=PROPOSE,
        parameters=(
            _TITLE,
            Parameter(
                "gegevens",
                Shape.PAIRS,
                required=False,
                keys=(
                    _ALL_KEYS[0],
                    ("waarom", "why", "key_meeting_waarom"),
                    _ALL_KEYS[-1],
                ),
            ),
        ),
    ),
    Word(
        "moment weiger",
        "moment decline",
        "help_decline",
        _PLANNERS,
        BACKSTAGE,
        filling.with_reason(said.DeclineMeeting),
        also=("bijeenkomst weiger",),
        parameters=(_meeting(Meets.PROPOSED), REASON),
    ),
    Word(
        "tafels",
        "tables",
        "help_tables",
        MODERATOR,
        BACKSTAGE,
        filling.tables,
        parameters=(_meeting(Meets.PLANNED), Parameter("aantal", Shape.NUMBER)),
    ),
)

#: Words of other things, which with a meeting behind them mean this; and the roles that may then
#: use them besides those who may anyway.
ALSO: Mapping[str, tuple[Filler, frozenset[Who]]] = {
    "intrekken": (filling.alone(said.WithdrawMeeting), frozenset()),
    "ok": (filling.alone(said.ShowMeeting), frozenset({Who.CLERK})),
    "steun": (filling.alone(said.SupportMeeting), frozenset()),
    "verberg": (filling.with_reason(said.HideMeeting), frozenset()),
}


#: Which meetings fit these words.
ALSO_MEETS: Mapping[str, Meets] = {
    "intrekken": Meets.OWN,
    "ok": Meets.PROPOSED,
    "steun": Meets.SHOWN,
    "verberg": Meets.PROPOSED,
}


def with_meeting(word: Word, rest: str) -> tuple[Filler, frozenset[Who]] | None:
    """How a word of other things is read with a meeting behind it, and who may use it so; None
    where it is read as it is."""
    return ALSO.get(word.dutch) if filling.meeting_in(rest.strip()) is not None else None
