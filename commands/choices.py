"""Reads typed choices of any kind of round: one word alone, or places with words (``1 eens 2 ?``).

A message is an answer to an offer only when all of it is places and choices; where it is that but
cannot be counted, the ``Wrong`` says why and nothing counts. A form or a near-duplicate question
that waits for a number reads the message before this does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from commands.cleaning import plain_word
from commands.wrong import Wrong, wrong

#: The choice that takes a vote back, as it is read; ``as_kept`` turns it into None.
NONE = "none"

#: The words that take a vote back.
BACK: Mapping[str, str] = {"niets": NONE, "nothing": NONE}

YES_OR_NO: Mapping[str, str] = {
    "ja": "yes",
    "j": "yes",
    "yes": "yes",
    "y": "yes",
    "nee": "no",
    "n": "no",
    "no": "no",
    **BACK,
}

#: How people say yes and no to a question of the bot besides these words; no vote is read so.
_AGREES = (
    "ja+", "ja (?:hoor|graag|zeker|prima|goed|klopt|precies)", "jawel", "jazeker", "zeker",
    "(?:ja )?(?:dat )?(?:klopt|is goed)", "(?:ja )?doe (?:dat )?maar", "jep", "yep", "yup", "yeah",
    "yes please", "(?:yes )?(?:sure|go ahead)",
)  # fmt: skip
_REFUSES = (
    "ne+", "neen", "nee+", "(?:nee )?(?:toch|doe maar|nog|maar|liever) niet", "nee hoor", "no+pe",
    "nee (?:bedankt|dank u(?: wel)?|dank je(?: wel)?)", "(?:nee |no )?wacht(?: even)?",
    "(?:nee )?laat maar", "(?:nee )?niet doen", "no thanks", "no thank you", "(?:no )?wait",
)  # fmt: skip
_SAID: Mapping[str, re.Pattern[str]] = {
    "yes": re.compile("|".join(_AGREES)),
    "no": re.compile("|".join(_REFUSES)),
}

#: Words that say "enough for now".
_ENOUGH = frozenset({"stop", "stoppen", "pauze", "klaar", "genoeg", "pause", "done", "enough"})

#: An answer to an offer is short; nothing longer is looked at.
LONGEST = 400

#: More places than any list has.
ANY = 99

# Skin tones, the signs for man and woman, the joiner and the variation selectors.
_DRESSING = re.compile("[\U0001f3fb-\U0001f3ff\u2640\u2642\u200d\ufe0e\ufe0f]")
_KEYCAP = re.compile("([0-9])[\ufe0e\ufe0f]?\u20e3")

_PLACE = r"(?P<place>[0-9]{1,2})"
_END = r"(?=[\s,;.!]|\Z)[\s,;.!]*(?:(?:en|and|&|\+)\s+)?"
_NUMBER = re.compile(rf"{_PLACE}[:.)]?{_END}")
_JOINS = re.compile(r",|&|\+|\ben\b|\band\b")
_THUMBS = re.compile("([\U0001f44d\U0001f44e\U0001f937])")
_ALL = re.compile(
    r"(?:op |ik ben het )?(?:alles|allemaal|alle|overal|all|everything) (?P<first>.+)"
    r"|(?:ik ben het )?(?P<last>.+?) (?:met |op |with |on |to )?"
    r"(?:alles|allemaal|alle|all|everything)"
)
_LIST = re.compile(r"[0-9]{1,2}(?:[\s,;]+[0-9]{1,2}){0,9}\Z")


@dataclass(frozen=True, slots=True)
class Answers:
    """The choices of one message, each with the place (from 1) it answers, as typed."""

    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the choices of a kind are typed behind places; ``in_order``: also without places, one
    after the other (``e o ?``)."""

    words: Mapping[str, str]
    answer: re.Pattern[str]
    in_order: bool


def grammar(words: Mapping[str, str], letter: str = "", *, in_order: bool = False) -> Grammar:
    """``words`` are what can be typed and the choice it stands for; ``letter`` may stand before a
    place (``a1 ja``)."""
    known = "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")
        for word in sorted(words, key=len, reverse=True)
    )
    before = f"{letter.lower()}?" if letter else ""
    placed = rf"{before}{_PLACE}\s?[:.)=]?\s*(?P<choice>{known})"
    alone = f"|(?P<alone>{known})" if in_order else ""
    return Grammar(words, re.compile(rf"(?:{placed}{alone}){_END}"), in_order)


def answers(
    how: Grammar, text: str, places: int, asked: Sequence[int] = ()
) -> Answers | Wrong | None:
    """Read a message as answers to an offer with this many places; None when it is no answer.

    With places (``1 eens 2 oneens 3 ?``) or in the order of the places that are ``asked`` (none:
    all; at least two words); one word alone when one is asked. A word that takes a vote back needs
    its place: alone it may be a reason.
    """
    if len(text) > LONGEST:
        return None
    text = _spaced(text)
    every = _of_all(how, text, asked or range(1, places + 1))
    if every is not None:
        return every
    placed: list[tuple[int, str]] = []
    group: list[int] = []  # places that share the choice after them: "4 en 5 eens"
    loose: list[str] = []
    unfinished: list[int] = []
    at = 0
    while at < len(text):
        if (found := how.answer.match(text, at)) is not None:
            if found["choice"] is not None:
                chosen = choice_of(how.words, found["choice"])
                placed += [(place, chosen) for place in (*group, int(found["place"]))]
                group = []
            else:
                loose.append(choice_of(how.words, found["alone"]))
        elif how.in_order and (found := _NUMBER.match(text, at)) is not None:
            (group if _JOINS.search(found.group()) else unfinished).append(int(found["place"]))
        else:
            return None
        at = found.end()
    unfinished += group
    if unfinished and not placed and not loose:
        return wrong("bare_numbers", places=places)
    if placed and loose:
        return wrong("answers_mixed")
    if unfinished:
        return wrong("answers_unfinished", place=unfinished[0])
    return (
        with_places(placed, places) if placed else _in_order(loose, asked or range(1, places + 1))
    )


def _spaced(text: str) -> str:
    """A message in small letters, without dressing, thumbs apart from each other."""
    return _THUMBS.sub(r" \1 ", bare(text)).casefold().strip(" \t\n,;")


def _of_all(how: Grammar, text: str, asked: Sequence[int]) -> Answers | None:
    """The same choice on every place that is asked: "alles eens"."""
    found = _ALL.fullmatch(" ".join(text.rstrip(" .!").split())) if how.in_order else None
    choice = how.words.get(found["first"] or found["last"]) if found is not None else None
    if choice is None or choice == NONE:
        return None
    return Answers(tuple((place, choice) for place in asked))


def choice_of(words: Mapping[str, str], typed: str) -> str:
    """The choice of a word that matched the grammar; spaces and apostrophes may be of any sort."""
    return words[" ".join(typed.replace("’", "'").split())]


def with_places(placed: list[tuple[int, str]], places: int) -> Answers | Wrong:
    """The choices by place, or the first place that is not there or is named twice."""
    seen: set[int] = set()
    for place, _ in placed:
        if not 1 <= place <= places:
            return wrong("place_unknown", place=place, places=places)
        if place in seen:
            return wrong("place_twice", place=place)
        seen.add(place)
    return Answers(tuple(placed))


def _in_order(loose: list[str], asked: Sequence[int]) -> Answers | Wrong | None:
    if not loose or NONE in loose:
        return None
    if len(loose) > len(asked):
        return wrong("answers_too_many", given=len(loose), places=len(asked))
    if len(loose) == 1 and len(asked) > 1:
        return wrong("which_place", places=tuple(map(str, asked)))
    return Answers(tuple(zip(asked, loose, strict=False)))


def bare(text: str) -> str:
    """The text with keycap digits as digits and without skin tones and selectors."""
    return _DRESSING.sub("", _KEYCAP.sub(r"\1", text))


def sign(emoji: str) -> str:
    """A reaction without skin tone or gender; "" for a text too long to be one."""
    return _DRESSING.sub("", emoji) if len(emoji) < 16 else ""


def keycap(emoji: str) -> int | None:
    """The number (1 to 9) that a keycap reaction stands for."""
    found = _KEYCAP.fullmatch(emoji)
    return int(found[1]) if found is not None and found[1] != "0" else None


def as_kept(choice: str) -> str | None:
    """A choice as the ballot box stores it: None for one that takes a vote back."""
    return None if choice == NONE else choice


def numbers(text: str) -> tuple[int, ...] | None:
    """The numbers of a list, in the order typed; None when the text holds anything else."""
    text = bare(text).strip()
    if not _LIST.match(text):
        return None
    return tuple(int(number) for number in re.findall(r"[0-9]+", text))


def yes_or_no(text: str) -> Literal["yes", "no", "none"] | None:
    """Whether the text is one word for yes, no or no opinion; None for anything else."""
    found = YES_OR_NO.get(plain_word(text[:40]).strip(" .!"))
    assert found in ("yes", "no", NONE, None)
    return found  # type: ignore[return-value]


def agrees(text: str) -> Literal["yes", "no", "none"] | None:
    """What words answer to a question of the bot that takes yes or no, as people say it: "ja doe
    maar", "nee wacht"."""
    alone = yes_or_no(text)
    if alone is not None:
        return alone
    said = " ".join(re.sub(r"[^\w\s]|_", " ", plain_word(text[:40])).split())
    if _SAID["yes"].fullmatch(said):
        return "yes"
    return "no" if _SAID["no"].fullmatch(said) else None


def enough(text: str) -> bool:
    """Whether the text says "enough for now"."""
    return plain_word(text[:40]).strip(" .!") in _ENOUGH
