"""Who does something is an office or a group: tells what looks like a person or an account."""

from __future__ import annotations

import re
import unicodedata

from commands.bounds import in_one_line
from commands.first_names import FIRST_NAMES

_ACCOUNT = re.compile(
    r"@\S|<[@!#&]|matrix\.to/|https?://|\b[\w.+-]+:[\w-]+\.[\w.-]+|\bu/\w|[+0]\d{8}|\d{7}"
)
_TITLED = re.compile(
    r"(?:de heer|dhr|meneer|mevrouw|mevr|mw|mej|dr|drs|mr|mrs|ms|miss|sir|oom|tante)\b",
    re.IGNORECASE,
)
#: One resident, as opposed to a group of them.
_ONE = re.compile(
    r"(?:(?:de|het|een|the|a|an|mijn|my|onze|our)\s+)?"
    r"(?:bewoner|bewoonster|inwoner|buurman|buurvrouw|buur|buurjongen|buurmeisje|jongere|ouder"
    r"|resident|neighbour|neighbor|ik|mij|hij|zij|hem|haar|i|me|he|she|him|her)\Z",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"(?:(?:de|een|the|a)\s+)?(?:bewoner|bewoonster|inwoner|buurman|buurvrouw|resident)\b(?!s)",
    re.IGNORECASE,
)


#: Initials before a surname: "J. de Vries", "A.B. Bos".
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,4}\s?[^\W\d_]")
#: What a name is followed by where it is part of that of a street, a school or a group.
_OF_MANY = re.compile(
    r"(?:straat|plein|laan|kade|weg|hof|park|gracht|singel|brug|school|college|lyceum|huis|hal"
    r"|kerk|wijk|buurt|raad|vereniging|stichting|genootschap|comité|commissie|groep|team|club"
    r"|dienst|afdeling|bureau|fonds|centrum|bedrijf|bv|street|square|road|lane|house|church"
    r"|foundation|association|society|committee|group|service|department|centre)\Z",
    re.IGNORECASE,
)


def is_person(who: str) -> bool:
    """Whether words name an account, or one person rather than an office or a group. A surname
    alone looks like an office: nobody can tell."""
    said = in_one_line(who)
    return bool(
        _ACCOUNT.search(said)
        or _TITLED.match(said)
        or _ONE.match(said)
        or _OF_ONE.match(said)
        or _INITIALS.match(said)
        or _is_named(said)
    )


def _is_named(said: str) -> bool:
    """Whether words begin with a first name that is not that of a street, a school or a group:
    "Anna", "Jan de Boer", "Fatima van wijkbeheer", "Anna en Bram"."""
    words = re.findall(r"[^\W\d_]+", said)
    if not words or any(map(_OF_MANY.search, words)):
        return False
    return _plain(words[0]) in FIRST_NAMES


def _plain(word: str) -> str:
    """A word in small letters and without accents."""
    taken_apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign))
