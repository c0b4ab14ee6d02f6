"""Reasons as people type them: beside a vote, and for hiding an item by number or by word."""

from __future__ import annotations

import re
from enum import Enum, auto

from commands.cleaning import plain_word, without_end
from commands.wrong import Wrong, wrong
from dialogues.intents import HideReason

#: The words for each reason for hiding in Dutch, the one that is shown first.
_DUTCH: dict[HideReason, tuple[str, ...]] = {
    HideReason.PERSONAL: ("persoon", "naam"),
    HideReason.INSULT: ("belediging", "beledigend", "schelden"),
    HideReason.THREAT: ("bedreiging", "bedreigend", "geweld"),
    HideReason.DISCRIMINATION: ("discriminatie", "discriminerend", "haat"),
    HideReason.ADVERTISING: ("reclame", "spam"),
    HideReason.OFF_TOPIC: ("onderwerp", "anders"),
    HideReason.DUPLICATE: ("dubbel", "herhaling"),
}

#: And in English.
_ENGLISH: dict[HideReason, tuple[str, ...]] = {
    HideReason.PERSONAL: ("personal", "name"),
    HideReason.INSULT: ("insult",),
    HideReason.THREAT: ("threat",),
    HideReason.DISCRIMINATION: ("discrimination",),
    HideReason.ADVERTISING: ("advertising",),
    HideReason.OFF_TOPIC: ("topic",),
    HideReason.DUPLICATE: ("duplicate",),
}

#: All of them, the Dutch ones first.
WORDS: dict[HideReason, tuple[str, ...]] = {
    reason: (*_DUTCH[reason], *_ENGLISH[reason]) for reason in HideReason
}

#: The word that is shown for each reason in Dutch, and in English.
ENGLISH: dict[str, str] = {_DUTCH[reason][0]: _ENGLISH[reason][0] for reason in HideReason}

#: What people say instead of a reason, as ``plain_word`` gives it without signs: refusals, stop
#: words, thanks, greetings. A message of nothing else is no reason, however many it joins.
_INSTEAD = (
    # refusals
    "nee", "neen", "nou nee", "nee hoor", "(?:ik )?(?:wil )?(?:het )?liever niet(?: zeggen)?",
    "(?:dat )?(?:wil|zeg) ik (?:liever )?niet(?: zeggen)?", "(?:dat )?hoeft (?:van mij )?niet",
    "(?:dat is )?niet nodig", "laat maar(?: zitten)?", "(?:doe )?maar niet", "niet nu", "nu niet",
    "no", "nope", "nah", "(?:i(?: ?d| would)? )?(?:rather|prefer) not(?: to)?(?: say)?", "not now",
    "(?:i )?do ?n(?:o| )?t want to(?: say)?", "no need", "never ?mind",
    # no idea, no reason
    "(?:(?:daar )?(?:ik )?heb (?:ik )?(?:daar )?)?geen (?:flauw )?(?:idee|mening|reden|zin)",
    "(?:ik )?weet (?:ik )?(?:het )?(?:echt )?niet(?: zo(?: goed)?)?", "geen", "niets", "niks",
    "(?:i have )?no (?:idea|opinion|reason|comment)", "(?:i )?do ?n(?:o| )?t know", "(?:i )?dunno",
    "idk", "none", "nothing", "nvt", "n v t", "niet van toepassing", "na", "n a",
    "not applicable",
    # later, enough
    "stop", "stoppen", "ik stop", "ik wil stoppen", "pauze", "klaar", "genoeg", "overslaan",
    "sla (?:maar )?over", "skip(?: it)?", "pass", "pas", "later", "straks", "misschien later",
    "maybe later", "(?:een )?andere keer", "volgende(?: keer)?", "verder", "pause", "done",
    "enough", "next",
    # who wants to take part says so, and means nothing else
    "(?:hoi |hallo )?ik (?:wil|ga|zou)(?: ook)?(?: graag)?(?: willen)? ?mee(?: ?doen)?",
    "ik doe(?: ook)?(?: graag)? mee", "mag ik(?: ook)? mee ?doen",
    "i (?:want to|would like to|d like to) (?:join|take part)(?: too)?",
    # thanks, agreement
    "dank ?(?:u|je|jullie)?(?: ?wel)?", "(?:hartelijk |heel erg )?bedankt", "thanks(?: a lot)?",
    "thank ?you(?: very much)?", "thx", "ok", "oke", "okee", "okay", "(?:is )?(?:heel )?goed",
    "(?:dat )?is goed", "prima", "fine", "sorry", "ja", "ja hoor", "jawel", "yes", "yeah", "sure",
    # greetings
    "(?:hoi|hallo|hey|hee|hai|hi|hello|dag)(?: (?:allemaal|iedereen|all|everyone|everybody))?",
    "doei", "tot ziens", "groetjes",
    "goede[n ]?(?:dag|morgen|middag|avond|nacht)(?: (?:allemaal|iedereen))?", "bye(?: bye)?",
    "good ?(?:day|morning|afternoon|evening|night|bye)(?: (?:all|everyone|everybody))?",
)  # fmt: skip

_NONE = re.compile(rf"(?:(?:{'|'.join(_INSTEAD)})(?: |\Z))+")

#: The longest text that is compared with these, in characters.
_LONGEST = 80

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)

_SIGNS = re.compile(r"[^\w\s]|_")


class Given(Enum):
    """What words that were given as a reason are: none, one word (to be confirmed), or a reason."""

    NONE = auto()
    ONE_WORD = auto()
    REASON = auto()


def as_reason(text: str) -> Given:
    """Whether words are a reason: at least two words that do not only decline, greet or thank."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if not any(map(str.isalpha, text)):
        return Given.NONE
    if len(text) <= _LONGEST:
        said = " ".join(_SIGNS.sub(" ", plain_word(text)).split())
        if _NONE.fullmatch(said):
            return Given.NONE
    return Given.REASON if len(words) > 1 else Given.ONE_WORD


#: How a sentence begins that says why, and nothing else.
_BECAUSE = re.compile(
    r"(?:(?:en|maar|ja|nee|and|but|yes|no)[, ]+)?(?:om ?dat|door ?dat|want|because|cause)\b"
)


def gives_reason(text: str) -> bool:
    """Whether a sentence only says why: "omdat er dan meer schaduw is"."""
    said = plain_word(text)
    begins = _BECAUSE.match(said)
    return begins is not None and as_reason(said[begins.end() :]) is not Given.NONE


def says_nothing(text: str) -> bool:
    """Whether words cannot be a contribution: a greeting, thanks or a refusal, signs or a link
    alone, or words of under three letters."""
    words = re.findall(r"[^\W\d_]+", _LINK.sub(" ", text))
    if not any(len(word) > 2 or word.lower() == word.upper() for word in words):
        return True  # a script without capitals needs fewer signs for a word
    return as_reason(" ".join(words)) is Given.NONE


def hide_reason(typed: str) -> HideReason | Wrong:
    """The reason with a number (1 to 7) or a word of the list."""
    word = plain_word(without_end(typed[:40]))
    reasons = list(HideReason)
    if word.isdecimal() and 1 <= int(word) <= len(reasons):
        return reasons[int(word) - 1]
    for reason, words in WORDS.items():
        if word and word in words:
            return reason
    return no_reason()


def no_reason() -> Wrong:
    """The refusal when no reason was named: it shows the whole list."""
    return wrong("reason_unknown", options=tuple(_DUTCH[reason][0] for reason in HideReason))
