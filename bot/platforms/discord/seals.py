"""What stands in the ``custom_id`` of a component: a sealed ``Meaning``, and the message's token.

Whoever makes one up does not know the key. An id has at most 100 characters: where a dialogue's id
is too long for it, a hash of it stands there, and the dialogues that exist are held against it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.platforms.live import Impossible
from bot.platforms.messages import Meaning

#: The most characters of a ``custom_id``.
MOST = 100

#: Between the parts, and before the hash of a dialogue's id; no id of ours has them.
_BETWEEN, _SHORT = "|", "~"

#: Several numbers are written as this and one character each, so that a long order fits; a choice
#: that begins with it has it twice.
_MANY = "*"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
_NUMBERS = re.compile(r"[1-9][0-9]?(?: [1-9][0-9]?)+")

#: So many ids that were pressed are at hand: many people press the same.
_AT_HAND = 2_000

#: How many bytes of a seal and of a hash are kept; base64 makes 12 and 8 characters of them.
_SEAL, _HASH = 9, 6


class Sort(StrEnum):
    """What a component does: it is a choice, it sends a form, it says a word, it is a menu of
    choices, each with an id of its own, or it opens a form as it was filled in last."""

    CHOICE = "c"
    FORM = "f"
    WORD = "w"
    MENU = "m"
    AGAIN = "a"


#: What is about no dialogue.
NOTHING = Meaning("")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a component stands for. ``form`` is the form it opens or sends; ``token`` that of its
    message, where it carries one; ``number`` tells components of a message apart."""

    sort: Sort
    means: Meaning = NOTHING
    form: str = ""
    token: str = ""
    number: int = 0


class _Mac:
    """HMAC-SHA256 with one key. What the key alone comes to is computed once: every button has a
    seal, and a third of the time is left."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def digest(self, said: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(said)
        outer.update(inner.digest())
        return outer.digest()


class Seals:
    """Writes and reads sealed ids. ``dialogues`` gives the ids of all dialogues."""

    def __init__(self, key: bytes, guild: int, dialogues: Callable[[], Iterable[str]]) -> None:
        self._mac = _Mac(hmac.digest(key, b"discord/1" + str(guild).encode(), "sha256"))
        self._dialogues = dialogues
        self._known: dict[str, str] = {}
        self._read: dict[str, Sealed] = {}

    def write(self, what: Sealed) -> str:
        """The id of a component; raises ``Impossible`` where it cannot be made to fit."""
        named = what.means.dialogue
        whole = self._whole(what, named)
        if len(whole) > MOST:
            whole = self._whole(what, self._hashed(named))
        if len(whole) > MOST:
            raise Impossible("a choice is too long for a button")
        return whole

    def _whole(self, what: Sealed, dialogue: str) -> str:
        body = self._body(what, dialogue)
        return f"{body}{_BETWEEN}{self._seal(body)}"

    def _body(self, what: Sealed, dialogue: str) -> str:
        means = what.means
        index = "" if means.round is None else str(means.round)
        parts = (f"{what.sort.value}{what.number}", what.token, dialogue, index, means.item,
                 _packed(means.choice), what.form, means.wording, means.question)  # fmt: skip
        if any(_BETWEEN in part for part in parts):
            raise Impossible("a choice cannot be written on a button")
        return _BETWEEN.join(parts)

    def read(self, custom_id: str) -> Sealed | None:
        """What an id says; None where it was not sealed here."""
        known = self._read.get(custom_id)
        if known is not None:
            return known
        body, _, seal = custom_id[: MOST + 1].rpartition(_BETWEEN)
        if not hmac.compare_digest(_bytes(seal), _bytes(self._seal(body))):
            return None
        head, token, dialogue, index, item, choice, form, wording, question = body.split(_BETWEEN)
        if dialogue.startswith(_SHORT):
            dialogue = self._named(dialogue)
        means = Meaning(
            dialogue, item, _unpacked(choice), int(index) if index else None, wording, question
        )
        made = Sealed(Sort(head[0]), means, form, token, int(head[1:]))
        if dialogue:  # where there is none, there may be one later
            self._keep(custom_id, made)
        return made

    def _keep(self, custom_id: str, made: Sealed) -> None:
        if len(self._read) >= _AT_HAND:
            self._read.clear()
        self._read[custom_id] = made

    def _seal(self, body: str) -> str:
        return _text(self._mac.digest(b"seal" + _bytes(body))[:_SEAL])

    def _hashed(self, dialogue: str) -> str:
        short = self._mac.digest(b"dialogue" + _bytes(dialogue))[:_HASH]
        name = f"{_SHORT}{_text(short)}"
        self._known[name] = dialogue
        return name

    def _named(self, short: str) -> str:
        """The dialogue with this hash; "" when there is none (any more)."""
        if short not in self._known:
            for dialogue in self._dialogues():
                self._hashed(dialogue)
        return self._known.get(short, "")


def _packed(choice: str) -> str:
    """A choice as it stands in an id."""
    if choice.startswith(_MANY):
        return f"{_MANY}{choice}"
    numbers = [*map(int, choice.split())] if _NUMBERS.fullmatch(choice) else []
    if not numbers or max(numbers) >= len(_DIGITS):
        return choice
    return _MANY + "".join(_DIGITS[number] for number in numbers)


def _unpacked(written: str) -> str:
    if not written.startswith(_MANY) or written.startswith(_MANY * 2):
        return written.removeprefix(_MANY)
    return " ".join(str(_DIGITS.index(one)) for one in written[1:])


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
