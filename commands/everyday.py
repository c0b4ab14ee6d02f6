"""The first words of a message, and what people say for a word though it is none of its forms."""

from __future__ import annotations

import re
from collections.abc import Collection

from commands.meetings.filling import meeting_in
from commands.said import Where
from commands.times.moments import is_day, is_moment
from commands.vocabulary import Vocabulary, may
from commands.word import Word
from dialogues.core import Role

_WORD = re.compile(r"\s*([^\W_]{1,40})(?:[:=]|[.,;!?]+(?=\s|\Z)|(?=\s|\Z))")

#: The most words of what people say for a word, and of what may follow it.
_MOST_SAID = 7
_SHORT = 4


#: An apostrophe within a word: "I'm" is read as two words.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’`](?=[^\W\d_])")

#: What may lead in what somebody says, and a "not" that stands behind the day: "ik kan vrijdag
#: niet".
_LEADS = re.compile(r"(?:(?:sorry|helaas|hoi|hallo|hi|hello)[\s,.!]+){1,3}", re.IGNORECASE)
_NOT_THEN = re.compile(
    r"(?P<i>ik (?:kan|kom)(?: er)?) (?P<when>\S.{0,40}?)"
    r" (?P<no>(?:toch )?niet(?: komen| bij zijn)?)[\s.!]*",
    re.IGNORECASE,
)

_TARGET = re.compile(r"@([\w-]{1,80})(?:[:,]?\s+|\Z)")


def opened(text: str, prefix: str) -> tuple[str, str, bool]:
    """The named dialogue, the text after it, and whether the prefix was typed (before or after
    it)."""
    prefixed = text.startswith(prefix)
    body = text[len(prefix) :].lstrip() if prefixed else text
    named = _TARGET.match(body)
    if named is None:
        return "", body, prefixed
    body = body[named.end() :]
    if not prefixed and body.startswith(prefix):
        prefixed, body = True, body[len(prefix) :].lstrip()
    return named[1].casefold(), body, prefixed


def everyday(
    known: Vocabulary, text: str, where: Where, roles: Collection[Role], prefix: str = "!"
) -> tuple[str, str] | None:
    """What people say for a word that they may use here, and that word; else None."""
    _, body, _ = opened(text.strip(), prefix)
    words = first_words(_APOSTROPHE.sub(" ", body), _MOST_SAID)
    for count in range(len(words), 0, -1):
        said = " ".join(form for form, _ in words[:count])
        words_so = [w for w in known.words_for(roles, where) if said in w.asked]
        if words_so:
            word = next((w for w in words_so if not may(w, ())), words_so[0])  # of staff, for staff
            end = words[count - 1][1]
            rest = body[end:].strip(" .!")
            return (body[:end].strip(" .!"), word.dutch) if _said_for(word, rest) else None
    return None


def begun(
    known: Vocabulary, text: str, where: Where, roles: Collection[Role], prefix: str = "!"
) -> dict[str, str]:
    """The words that a message of one word begins, and no more ("meld", "vergeet"): those that may
    be used here, each with the form that is named first."""
    _, body, _ = opened(text.strip(), prefix)
    words = [form for form, _ in first_words(body, 2)]
    found: dict[str, str] = {}
    if len(words) == 1:
        for word in known.words_for(roles, where):
            forms = [form for form in word.forms if form.split()[0] == words[0] and " " in form]
            found |= {word.dutch: forms[0]} if forms else {}
    return found


def only_a_meeting(text: str) -> int:
    """The number of the meeting that is all a message says: "M3", "M3?"; 0 for other words."""
    found = meeting_in(text[:80].strip().rstrip("?!. "))
    return found[0] if found is not None and not found[1].strip() else 0


def in_order(text: str) -> str:
    """A text that says for when somebody cannot come, with the day behind it, as it is read; any
    other as it is, without a greeting before it."""
    alone = text.strip()
    lead = _LEADS.match(alone[:80])
    alone = alone[lead.end() :] if lead is not None else alone
    found = _NOT_THEN.fullmatch(alone[:80]) if len(alone) <= 80 else None
    if found is None:
        return alone
    when = found["when"]
    named = meeting_in(when)
    meets = named is not None and not named[1]
    day = meets or is_day(when) or is_moment(when)
    return f"{found['i']} {found['no']} {when}" if day else alone


def _said_for(word: Word, rest: str) -> bool:
    """Whether the text after such words is short enough to go with the word, and no sentence."""
    return (
        not rest
        or is_moment(rest)
        or is_day(rest)
        or meeting_in(rest) is not None
        or (any(p.required for p in word.parameters) and len(rest.split()) <= _SHORT)
    )


def numbered(word: Word, text: str, prefix: str, number: str, *, alone: bool) -> str:
    """A text with the number of a meeting behind its word, before the rest of it (``alone``:
    instead of that)."""
    _, body, prefixed = opened(text, prefix)
    forms = sorted(word.forms, key=len, reverse=True)
    typed = next((form for form in forms if body.casefold().startswith(form)), "")
    rest = "" if alone else body[len(typed) :].strip()
    return f"{prefix if prefixed else ''}{word.dutch} {number} {rest}".rstrip()


def first_words(text: str, most: int) -> list[tuple[str, int]]:
    """Up to ``most`` words, each with the position where it ends."""
    words: list[tuple[str, int]] = []
    at = 0
    while len(words) < most and (match := _WORD.match(text, at)) is not None:
        words.append((match[1].casefold(), match.end()))
        at = match.end()
    return words
