"""The reasons for hiding an item, by number or by word."""

from __future__ import annotations

from commands.cleaning import plain_word
from commands.said import Wrong, wrong
from dialogues.intents import HideReason

#: The words for each reason, the Dutch one first.
WORDS: dict[HideReason, tuple[str, ...]] = {
    HideReason.PERSONAL: ("persoon", "naam", "personal", "name"),
    HideReason.INSULT: ("belediging", "beledigend", "schelden", "insult"),
    HideReason.THREAT: ("bedreiging", "bedreigend", "geweld", "threat"),
    HideReason.DISCRIMINATION: ("discriminatie", "discriminerend", "haat", "discrimination"),
    HideReason.ADVERTISING: ("reclame", "spam", "advertising"),
    HideReason.OFF_TOPIC: ("onderwerp", "anders", "topic"),
    HideReason.DUPLICATE: ("dubbel", "herhaling", "duplicate"),
}


def hide_reason(typed: str) -> HideReason | Wrong:
    """The reason with a number (1 to 7) or a word of the list."""
    word = plain_word(typed[:40]).strip(" .")
    reasons = list(HideReason)
    if word.isdecimal() and 1 <= int(word) <= len(reasons):
        return reasons[int(word) - 1]
    for reason, words in WORDS.items():
        if word and word in words:
            return reason
    return no_reason()


def no_reason() -> Wrong:
    """The refusal when no reason was named: it shows the whole list."""
    listed = tuple(f"{n} {WORDS[reason][0]}" for n, reason in enumerate(HideReason, 1))
    return wrong("reason_unknown", options=listed)
