"""From a word and what follows it to what was said: one small function for each word."""

from __future__ import annotations

import re
from collections.abc import Callable

from commands import charter
from commands.keyvalues import head, pairs, unquoted
from commands.poll_words import new_poll
from commands.reasons import no_reason
from commands.said import (
    Advice,
    AdviceAdd,
    AdviceDrop,
    AdviceOrder,
    Answer,
    Approve,
    Change,
    Choose,
    CloseRound,
    ForgetMe,
    Help,
    Hide,
    Join,
    Language,
    Link,
    LookUp,
    Mine,
    NewDialogue,
    NextRound,
    Now,
    Privacy,
    Question,
    Results,
    Said,
    SetCharter,
    Show,
    StaffRoom,
    Start,
    Statement,
    Status,
    StopCollecting,
    Support,
    Until,
    Vote,
    Why,
    Withdraw,
    Work,
    Wrong,
    wrong,
)
from commands.words import BY_DUTCH

#: A town's dialogue has a title that fits a card.
TITLE_LIMIT = 120

#: The kinds of items that have a number.
LETTERS = "SVPRAX"

#: A row of numbers longer than this, in characters, is not read.
LIST_LIMIT = 2_000

_GAP = r"(?=[\s:,.;]|\Z)[:,.;]?\s*"
_ITEM = re.compile(rf"([SVPRAXsvrx]\s|[A-Za-z])([0-9]{{1,6}}){_GAP}")
_NAMED = re.compile(r"(?<![\w-])([SPAspa][1-9][0-9]{0,5})(?![\w-])")
_TARGET = re.compile(rf"#?([0-9]{{1,4}}){_GAP}")
_TOKEN = re.compile(r"(\S+)\s*")
_ROUND = re.compile(r"(?:ronde|round)?\s*([1-9][0-9]{0,3})\.?\Z", re.IGNORECASE)
_CROCKFORD = str.maketrans("OIL", "011", " -\t\n\xa0")


def item_in(word: str, text: str) -> tuple[str, str] | Wrong:
    """The item a text begins with, and what follows it."""
    match = _ITEM.match(text)
    letter = match[1].strip().upper() if match else ""
    number = match[2].lstrip("0") if match else ""
    if match is None or letter not in LETTERS or not number:
        return wrong("item_unreadable", word=word, value=_shown(text))
    if number != match[2]:
        return wrong("item_leading_zero", value=letter + match[2], nearest=letter + number)
    letters = next((p.letters for p in BY_DUTCH[word].parameters if p.letters), LETTERS)
    if letter not in letters:
        return wrong("item_wrong_kind", word=word, value=letter + number, letters=tuple(letters))
    return letter + number, text[match.end() :]


def votable_in(text: str) -> str:
    """The one item that a message names anywhere, of those that can be voted on; else nothing."""
    named = {found.upper() for found in _NAMED.findall(text[:LIST_LIMIT])}
    return named.pop() if len(named) == 1 else ""


def _target_in(word: str, text: str) -> tuple[str, str] | Wrong:
    """An item, or a number of the last list of work."""
    match = _TARGET.match(text)
    if match is None:
        return item_in(word, text)
    number = match[1].lstrip("0")
    if not number:
        return wrong("item_unreadable", word=word, value=match[1])
    if number != match[1]:
        return wrong("item_leading_zero", value=match[1], nearest=number)
    return number, text[match.end() :]


def _item_alone(word: str, rest: str, make: Callable[[str], Said]) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("item",))
    found = item_in(word, rest)
    if isinstance(found, Wrong):
        return found
    return make(found[0]) if not found[1] else too_much(word, found[1])


def _item_and_text(word: str, rest: str, make: Callable[[str, str], Said], what: str) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("item", what))
    found = item_in(word, rest)
    if isinstance(found, Wrong):
        return found
    item, text = found[0], unquoted(found[1])
    if not text:
        return wrong("text_missing", word=word, item=item)
    return make(item, text)


def _text(word: str, rest: str, make: Callable[[str], Said]) -> Said:
    text = unquoted(rest)
    return make(text) if text else wrong("text_missing", word=word, item="")


def _nothing_more(word: str, rest: str, said: Said) -> Said:
    return too_much(word, rest) if rest else said


def too_much(word: str, rest: str) -> Wrong:
    return wrong("too_much", word=word, rest=_shown(rest))


def _moment(rest: str) -> str:
    """The words of a moment, also behind ``tot=`` and in quotes."""
    return unquoted(re.sub(r"\A(?:tot|until)\b\s*=?\s*", "", rest, flags=re.IGNORECASE))


def _new_dialogue(word: str, rest: str) -> Said:
    named = _TOKEN.match(rest)
    if named is None:
        return wrong("missing", word=word, what=("werkvorm", "titel"))
    title, typed = head(rest[named.end() :])
    found = pairs(typed, {**charter.TYPED_KEYS, "in": "in"})
    if isinstance(found, Wrong):
        return found
    title = " ".join(title.split())
    if not title or "=" in named[1]:
        return wrong(
            "missing", word=word, what=("titel",) if "=" not in named[1] else ("werkvorm",)
        )
    if len(title) > TITLE_LIMIT:
        return wrong("value_too_long", key="titel", limit=TITLE_LIMIT)
    room = found.pop("in", "")
    return NewDialogue(named[1].casefold(), title, room, found)


def _set_charter(word: str, rest: str) -> Said:
    found = pairs(rest, {**charter.TYPED_KEYS, "want": "want", "because": "want"})
    if isinstance(found, Wrong):
        return found
    want = found.pop("want", "")
    return SetCharter(found, want)


def _choose(word: str, rest: str) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("gesprek",))
    return Choose(rest.removeprefix("@").casefold())


def _staff_room(word: str, rest: str) -> Said:
    name, *more = rest.split(maxsplit=1) or [""]
    return too_much(word, more[0]) if more else StaffRoom(name.lstrip("#@").casefold())


def _results(word: str, rest: str) -> Said:
    if not rest:
        return Results(None)
    number = _ROUND.match(rest)
    if number is None:
        return wrong("number_unreadable", word=word, value=_shown(rest))
    return Results(int(number[1]))


def _language(word: str, rest: str) -> Said:
    codes = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en",
             "english": "en"}  # fmt: skip
    code = codes.get(rest.casefold())
    if code is None:
        return wrong("value_unknown", key=word, value=_shown(rest), options=("nl", "en"))
    return Language(code)


def _link(word: str, rest: str) -> Said:
    if len(rest) > 60:
        return too_much(word, rest)
    return Link(rest.upper().translate(_CROCKFORD))


def _vote(word: str, rest: str) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("item", "keuze"))
    found = item_in(word, rest)
    if isinstance(found, Wrong):
        return Vote("", rest) if found.code == "item_unreadable" else found
    if not found[1]:
        return wrong("choice_missing", item=found[0])
    return Vote(found[0], found[1])


def _approve(word: str, rest: str) -> Said:
    numbers: list[str] = []
    if len(rest) > LIST_LIMIT:
        return too_much(word, rest)
    while rest:
        found = _target_in(word, rest)
        if isinstance(found, Wrong):
            return found
        numbers.append(found[0])
        rest = found[1]
    if not numbers:
        return wrong("missing", word=word, what=("nummers",))
    return Approve(tuple(dict.fromkeys(numbers)))


def _hide(word: str, rest: str) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("item", "reden"))
    found = _target_in(word, rest)
    if isinstance(found, Wrong):
        return found
    if not found[1]:
        return no_reason()
    return Hide(found[0], unquoted(found[1]))


def _show(word: str, rest: str) -> Said:
    if not rest:
        return wrong("missing", word=word, what=("item",))
    found = _target_in(word, rest)
    if isinstance(found, Wrong):
        return found
    return too_much(word, found[1]) if found[1] else Show(found[0])


def _order(word: str, rest: str) -> Said:
    items: list[str] = []
    if len(rest) > LIST_LIMIT:
        return too_much(word, rest)
    while _ITEM.match(rest):
        found = item_in(word, rest)
        if isinstance(found, Wrong):
            return found
        if found[0] in items:
            return wrong("item_twice", item=found[0])
        items.append(found[0])
        rest = found[1]
    lacking = tuple(n for n, has in (("items", items), ("reden", rest)) if not has)
    if lacking:
        return wrong("missing", word=word, what=lacking)
    return AdviceOrder(tuple(items), unquoted(rest))


def _until(word: str, rest: str) -> Said:
    moment = _moment(rest)
    return Until(moment) if moment else wrong("missing", word=word, what=("moment",))


def _look_up(word: str, rest: str) -> Said:
    said = _item_and_text(word, rest, LookUp, "moment")
    if isinstance(said, Wrong) and said.code == "text_missing":
        return wrong("missing", word=word, what=("moment",))
    return said


Filler = Callable[[str, str], Said]

#: One row a word, in the order of the registry.
FILLERS: dict[str, Filler] = {
    "advies": lambda word, rest: _nothing_more(word, rest, Advice()),
    "advies erbij": lambda word, rest: _item_and_text(word, rest, AdviceAdd, "reden"),
    "advies orde": _order,
    "advies weg": lambda word, rest: _item_and_text(word, rest, AdviceDrop, "reden"),
    "antwoord": lambda word, rest: _item_and_text(word, rest, Answer, "tekst"),
    "gesprek afspraken": _set_charter,
    "gesprek nieuw": _new_dialogue,
    "gesprek staf": _staff_room,
    "hulp": lambda word, rest: Help(),
    "intrekken": lambda word, rest: _item_alone(word, rest, Withdraw),
    "kies": _choose,
    "koppel": _link,
    "meedoen": lambda word, rest: Join(),
    "mijn": lambda word, rest: Mine(),
    "nu": lambda word, rest: _item_alone(word, rest, Now),
    "ok": _approve,
    "peiling": new_poll,
    "privacy": lambda word, rest: Privacy(),
    "sluit": lambda word, rest: _nothing_more(word, rest, CloseRound()),
    "start": lambda word, rest: Start(_moment(rest)),
    "status": lambda word, rest: Status(),
    "stelling": lambda word, rest: _text(word, rest, Statement),
    "stem": _vote,
    "steun": lambda word, rest: _item_alone(word, rest, Support),
    "taal": _language,
    "toon": _show,
    "tot": _until,
    "uitslag": _results,
    "verberg": _hide,
    "vergeetmij": lambda word, rest: _nothing_more(word, rest, ForgetMe(confirmed=False)),
    "verzamelen stop": lambda word, rest: _nothing_more(word, rest, StopCollecting()),
    "volgende": lambda word, rest: NextRound(_moment(rest)),
    "vraag": lambda word, rest: _text(word, rest, Question),
    "waarom": lambda word, rest: _item_and_text(word, rest, Why, "tekst"),
    "werk": lambda word, rest: _nothing_more(word, rest, Work()),
    "wijzig": lambda word, rest: _item_and_text(word, rest, Change, "tekst"),
    "zoekuit": _look_up,
}


def fill(word: str, rest: str) -> Said:
    """What was said with this canonical word; ``rest`` is what follows it."""
    return FILLERS[word](word, rest.strip())


def _shown(text: str) -> str:
    """The beginning of what was typed, short enough to say back."""
    return " ".join(text[:60].split())[:40]
