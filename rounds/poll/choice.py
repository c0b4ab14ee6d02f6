"""Checks a choice in a poll, and puts it in its one canonical form.

The same choice always has the same form (a set sorted, points without zeros at the end), so that
giving it again is seen to change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialogues.core import Refused
from rounds.poll.state import Option, PollFilled, PollKind


def checked(
    poll: PollFilled, options: Sequence[Option], choice: tuple[int, ...]
) -> tuple[int, ...]:
    """The choice in its canonical form; raises ``Refused`` for an invalid one. ``options``: those
    that can be chosen."""
    if poll.kind is PollKind.POINTS:
        return _divided(poll, options, choice)
    item = poll.number
    if not choice:
        raise Refused("no_choice", item=item)
    _check_known(item, options, choice)
    if poll.kind is PollKind.RANKED:
        return _ranking(poll, choice)
    chosen = tuple(sorted(set(choice)))
    if poll.kind is PollKind.ONE and len(chosen) > 1:
        raise Refused("one_option_only", item=item)
    if poll.kind is PollKind.SEVERAL and poll.at_most and len(chosen) > poll.at_most:
        raise Refused("too_many_options", item=item, most=poll.at_most)
    return chosen


def _check_known(item: str, options: Sequence[Option], numbers: Iterable[int]) -> None:
    known = {option.number for option in options}
    for number in numbers:
        if number not in known:
            raise Refused("no_such_option", item=item, option=number, most=max(known, default=0))


def _ranking(poll: PollFilled, choice: tuple[int, ...]) -> tuple[int, ...]:
    for place, number in enumerate(choice):
        if number in choice[:place]:
            raise Refused("repeated_option", item=poll.number, option=number)
    if len(choice) > poll.places:
        raise Refused("too_many_places", item=poll.number, most=poll.places)
    return choice


def _divided(
    poll: PollFilled, options: Sequence[Option], choice: tuple[int, ...]
) -> tuple[int, ...]:
    if any(given < 0 for given in choice):
        raise Refused("unknown_choice", item=poll.number, kind="poll")
    _check_known(poll.number, options, (n for n, given in enumerate(choice, 1) if given))
    left = poll.points - sum(choice)
    if left:
        raise Refused("points_left" if left > 0 else "points_over", item=poll.number, left=left)
    last = max(n for n, given in enumerate(choice, 1) if given)
    return choice[:last]
