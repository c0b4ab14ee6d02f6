"""Dutch texts as they are said to young people: with "je" instead of "u".

Made of the ordinary texts by rule, so that no text has to be kept twice: the verb before "u" loses
its t, "u" and "uw" become "je", and "jou" behind words such as "voor". What stands in code or in a
placeholder stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: The languages: Dutch, and Dutch for young people.
DUTCH, YOUNG = "nl", "nl_jeugd"

#: A placeholder, a tag, or words to type.
_KEPT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|`[^`]*`)", re.DOTALL)

#: Verbs that have another form before "je" than without their last t.
_VERBS = {"doet": "doe", "gaat": "ga", "hebt": "heb", "heeft": "heb", "staat": "sta", "ziet": "zie"}

#: Verbs that keep their t before "je".
_KEEP = frozenset({"laat", "moet", "weet", "zit", "dat", "wat", "niet", "met", "het", "dát"})

_VERB_AND_U = re.compile(r"\b(\w+t) u\b")

#: Where "u" is not the one who does something.
_NOT_SUBJECT = re.compile(
    r"\b(aan|achter|bij|door|ken|met|naar|op|stuur|schrijf|tegen|van|voor|zonder) u\b"
    r"(?=[.,:;!?]|$| (?:mee|een|de|het|pas|iets|alleen|dat|niet|terug|weer|hier)\b)",
    re.IGNORECASE,
)

_WORDS = (
    (re.compile(r"\buzelf\b"), "jezelf"),
    (re.compile(r"\b([Aa]lleen) u\b"), r"\1 jij"),
    (re.compile(r"\bu heeft\b"), "je hebt"),
    (re.compile(r"\bU heeft\b"), "Je hebt"),
    (re.compile(r"\bUw\b"), "Je"),
    (re.compile(r"\buw\b"), "je"),
    (re.compile(r"\bU\b"), "Je"),
    (re.compile(r"\bu\b"), "je"),
)


def informal(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a catalogue, said with "je"."""
    return {code: _said(text) for code, text in texts.items()}


def _said(text: str) -> str:
    return "".join(
        part if number % 2 else _plain(part) for number, part in enumerate(_KEPT.split(text))
    )


def _plain(text: str) -> str:
    text = _NOT_SUBJECT.sub(lambda found: f"{found[1]} jou", text)
    text = _VERB_AND_U.sub(_before, text)
    for pattern, instead in _WORDS:
        text = pattern.sub(instead, text)
    return text


def _before(found: re.Match[str]) -> str:
    """A verb with "je" behind it: "stemt u" becomes "stem je"."""
    verb = found[1]
    if verb.lower() in _KEEP:
        return f"{verb} je"
    own = _VERBS.get(verb.lower())
    if own is None:
        return f"{verb[:-1]} je"
    return f"{own.capitalize() if verb[0].isupper() else own} je"
