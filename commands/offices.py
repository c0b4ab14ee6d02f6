"""Who does something is an office or a group: tells what looks like a person or an account."""

from __future__ import annotations

import re

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


def is_person(who: str) -> bool:
    """Whether words name an account, or one person rather than an office or a group. A bare name
    looks like an office: nobody can tell."""
    said = " ".join(who.split())
    return bool(
        _ACCOUNT.search(said) or _TITLED.match(said) or _ONE.match(said) or _OF_ONE.match(said)
    )
