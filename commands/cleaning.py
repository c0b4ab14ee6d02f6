"""Cleans what people write, so that it is safe to read, store and show.

``clean`` is for what comes in, ``visible`` for what is shown too. Both are linear: a text over the
limit is refused before it is looked at, marks are cut before the normalisation whose cost grows
with the square of a run of marks.
"""

from __future__ import annotations

import re
import unicodedata

from commands.wrong import Wrong, wrong

#: The longest message that is read at all, in characters.
LIMIT = 65_536

#: The longest words that are read as a moment, in characters.
_LONGEST = 80

#: How many combining marks may stand on one letter.
MARKS = 4

# Line ends of all kinds become "\n", odd spaces a space.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Black flag, tags, end of tags: the flag of a region (Wales). Elsewhere tags are never shown.
_REGION_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)")

# Never shown: control characters, zero-width ones, bidi controls, fillers, no characters, and all
# from plane 4 on (tags among them): nothing there has a meaning of its own.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0003fffe-\U0010ffff]"
)
# The few of planes 1 and 2: controls of shorthand and music, no characters. Looking for each takes
# less than as many ranges more in the set above.
_UNSEEN_BEYOND = (
    "\U0001bca0\U0001bca1\U0001bca2\U0001bca3\U0001d173\U0001d174\U0001d175\U0001d176\U0001d177"
    "\U0001d178\U0001d179\U0001d17a\U0001fffe\U0001ffff\U0002fffe\U0002ffff"
)
_WITHOUT = str.maketrans("", "", _UNSEEN_BEYOND)

# The joiners stay inside emoji and in scripts that need them, not between Latin letters.
_JOINING = "\u0590-\u1fff\u20d0-\ufdff\ufe0e-\ufe0f\ufe70-\ufffd\U00010000-\U000dffff"
_LOOSE_JOINER = re.compile(rf"[\u200c\u200d](?:(?<![{_JOINING}].)|(?![{_JOINING}]))")

# A run that may hold stacked marks: no letters, spaces, ASCII, signs or emoji.
_MAYBE_STACK = re.compile(
    rf"[^\w\s\x00-\x7f\u2010-\u20cf\u2100-\u2bff\U0001f000-\U0001ffff]{{{MARKS + 1},}}"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")

# Marks on letters, joiners and tags; skin tones and loose accents.
_UNREAD = frozenset({"Mn", "Me", "Cf", "Sk"})

# A hyphen before a figure is a minus.
_PUNCTUATION = re.compile(r"""[.,;:!?'"`´’‘“”„«»()\[\]{}_…¡¿·•‐-―]|-(?![0-9])""")

# Letters of other scripts that look like Latin ones.
_TWINS = str.maketrans(
    "аеорсухіјѕԁԛԝмктвнгզοανικτυρβεζηχμ" + "0" + "1|",
    "aeopcyxijsdqwmktbhrqoavikturbezhxm" + "o" + "ll",
)


_DIGITS = re.compile(r"[0-9]{1,9}")
_GROUPING = re.compile(r"[.\u202f\xa0 ]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.\u202f\xa0 ][0-9]{3}){1,2}")


def clean(text: str) -> str | Wrong:
    """The cleaned text for storing (see ``visible``), or what is wrong with it.

    Refused: more than 65,536 characters, and half of a surrogate pair.
    """
    if len(text) > LIMIT:
        return wrong("too_long_message", limit=LIMIT)
    try:
        text.encode()
    except UnicodeEncodeError:
        return wrong("broken_text")
    return visible(text)


def visible(text: str) -> str:
    """The text in NFC, without invisible characters, with at most four marks on a letter."""
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii():
        return _CONTROL.sub("", text)
    parts = _REGION_FLAG.split(_SPACES.sub(" ", text))
    parts[::2] = (_UNSEEN.sub("", part) for part in parts[::2])
    text = "".join(parts)
    if any(character in text for character in _UNSEEN_BEYOND):
        text = text.translate(_WITHOUT)
    if "\u200c" in text or "\u200d" in text:
        text = _LOOSE_JOINER.sub("", text)
    text = _unstacked(text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return _unstacked(unicodedata.normalize("NFC", text))


def _unstacked(text: str) -> str:
    """The text without more than four marks on a letter."""
    found = set("".join(_MAYBE_STACK.findall(text)))
    marks = "".join(sorted(character for character in found if _stacks(character)))
    if not marks:
        return text
    return re.sub(f"([{marks}]{{{MARKS}}})[{marks}]+", r"\1", text)


def _stacks(character: str) -> bool:
    return unicodedata.combining(character) > 0 or unicodedata.category(character) in ("Mn", "Me")


def plain_word(text: str) -> str:
    """A word for comparison: small letters, without accents, one space between words, no
    hyphens."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.replace("-", " ").split())


def without_end(text: str) -> str:
    """A value without the signs that end a sentence or part of one."""
    return text.strip().rstrip(".,;:!?").rstrip()


def whole_number(text: str) -> int | None:
    """A number of at most nine digits, also as ``1.200`` or before a full stop; else None."""
    typed = without_end(text)
    if _THOUSANDS.fullmatch(typed):
        typed = _GROUPING.sub("", typed)
    return int(typed) if _DIGITS.fullmatch(typed) else None


def same_text(text: str) -> str:
    """An option's text for comparison: small letters, NFC, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split()).strip(" .,;!?")


def folded(text: str) -> str:
    """Small letters and single spaces, without the signs that end a sentence: how moments and the
    like are read. "" where the text is longer than such words are."""
    if len(text) > 4 * _LONGEST:
        return ""
    small = " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .,;!")
    return small if len(small) <= _LONGEST else ""


def skeleton(text: str) -> str:
    """The look of a text: options with the same skeleton are not told apart when read.

    Capitals, widths, spaces, accents, punctuation, skin tones and look-alike letters make no
    difference; numbers and other signs do. A text of punctuation alone keeps it.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    seen = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in _UNREAD)
    return (_PUNCTUATION.sub("", seen) or seen).translate(_TWINS).replace("i", "l")
