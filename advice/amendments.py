"""The changes of the recommendations by a moderator, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterator

from advice.document import Line
from advice.model import Change
from advice.phrases import Phrases

#: The codes of these changes.
AMENDED = ("advice_drop", "advice_add", "advice_order")


def amended(by: Phrases, most: int) -> Iterator[Line]:
    """In one line what the moderator dropped, added or put in another order, and why; at most so
    many changes."""
    words, result = by.words, by.result
    changes = [change for change in result.changes if change.what in AMENDED]
    told = changes[:most]
    if not told:
        return
    found = [words.line("page.amended"), *(_amendment(by, change) for change in told)]
    if len(told) < len(changes):
        found.append(words.line("page.amended_more", n=len(changes) - len(told)))
    yield by.spaced(found)


def _amendment(by: Phrases, change: Change) -> Line:
    """One change of the recommendations: which, and the reason as the moderator typed it."""
    texts = {r.number: r.text for r in by.result.dropped}
    text = texts.get(change.number or "") if change.what == "advice_drop" else None
    said: Line = (" ", *by.words_of(text)) if text else ()
    return by.words.line(
        f"page.{change.what}",
        number=change.number or "",
        numbers=by.listed((change.number or "").split(",")),
        said=said,
        reason=by.typed(change.reason.rstrip(" .")),
    )
