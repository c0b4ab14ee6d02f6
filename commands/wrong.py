"""What is wrong with words that were recognised and badly filled: a code and its values.

The catalogue has the sentence of each code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogues.core import Value


@dataclass(frozen=True, slots=True)
class Wrong:
    """A known word that is badly filled: ``code`` and its values, for the catalogue."""

    code: str
    data: Mapping[str, Value] = field(default_factory=dict)


def wrong(code: str, **data: Value) -> Wrong:
    """A ``Wrong``; the names of the values are those that ``CODES`` gives."""
    return Wrong(code, data)


#: Every code a ``Wrong`` can have, in alphabetical order, with the names of its values; a kind of
#: round names those of its own words (``KindWords.codes``).
CODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("answers_mixed", ()),
    ("answers_too_many", ("given", "places")),
    ("answers_unfinished", ("place",)),
    ("bare_numbers", ("places",)),
    ("body_missing", ("item",)),
    ("broken_text", ()),
    ("case_unreadable", ("value",)),
    ("choice_missing", ("item",)),
    ("commitment_about", ("value",)),
    ("day_far", ("day", "years")),
    ("day_impossible", ("value",)),
    ("day_past", ("day",)),
    ("day_unreadable", ("value",)),
    ("form_change", ("value",)),
    ("form_choose", ("key", "options", "value")),
    ("form_first", ()),
    ("form_more", ("value",)),
    ("form_preview", ("value",)),
    ("item_leading_zero", ("nearest", "value")),
    ("item_unreadable", ("example", "value", "word")),
    ("item_wrong_kind", ("letters", "value", "word")),
    ("key_twice", ("key",)),
    ("key_unknown", ("key", "known", "nearest")),
    ("length_unreadable", ("key", "value")),
    ("meeting_each", ("meeting",)),
    ("meeting_places", ("value",)),
    ("missing", ("what", "word")),
    ("moment_far", ("at", "years")),
    ("moment_gap", ("day",)),
    ("moment_no_place", ("value", "word")),
    ("moment_past", ("at", "suggestions", "value")),
    ("moment_repeats", ("suggestions", "value")),
    ("moment_time_only", ("suggestions", "value")),
    ("moment_two", ("suggestions", "value")),
    ("moment_unreadable", ("value",)),
    ("number_unreadable", ("value", "word")),
    ("outcome_missing", ("item",)),
    ("place_twice", ("place",)),
    ("place_unknown", ("place", "places")),
    ("progress_missing", ("item",)),
    ("progress_text", ("item", "state")),
    ("quote_open", ("key",)),
    ("quotes_needed", ("key", "rest")),
    ("reason_unknown", ("options",)),
    ("recurrence_day", ("day", "value")),
    ("recurrence_days", ("suggestions", "value")),
    ("recurrence_differs", ("at", "value")),
    ("recurrence_limit", ()),
    ("recurrence_long", ("most",)),
    ("recurrence_none", ()),
    ("recurrence_once", ("value",)),
    ("recurrence_two", ("suggestions", "value")),
    ("recurrence_unreadable", ("value",)),
    ("recurrence_when", ("unit", "value")),
    ("response_text", ("item", "outcome")),
    ("ruling_unchanged", ("item",)),
    ("schedule_form", ("value",)),
    ("subword_missing", ("options", "word")),
    ("text_missing", ("item", "word")),
    ("too_long_message", ("limit",)),
    ("too_much", ("rest", "word")),
    ("value_empty", ("key",)),
    ("value_out_of_range", ("high", "key", "low", "value")),
    ("value_too_long", ("key", "limit")),
    ("value_unknown", ("key", "options", "value")),
    ("weekday_differs", ("day", "weekday")),
    ("which_place", ("places",)),
    ("who_is_person", ("who",)),
    ("word_not_here", ("places", "word")),
    ("word_not_yours", ("word",)),
)
