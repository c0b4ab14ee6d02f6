"""An example of a vote on a poll that would count: with the options and the limits it has."""

from __future__ import annotations

from collections.abc import Sequence

from rounds.poll.state import PollKind, State, open_options


def example_now(state: State) -> str:
    """What can be typed to vote on a poll that is filled, with what it has now."""
    filled = state.poll
    assert filled is not None
    most = filled.places if filled.kind is PollKind.RANKED else filled.at_most or 0
    return example(filled.kind, [o.number for o in open_options(state)], filled.points, most)


def example(kind: PollKind, numbers: Sequence[int], points: int = 0, most: int = 0) -> str:
    """What can be typed on a poll with options of these ``numbers``; "" where there are none.

    ``most`` is how many options a ballot can choose or put in order; 0 is no limit.
    """
    if not numbers:
        return ""
    first, second = numbers[0], numbers[min(1, len(numbers) - 1)]
    if kind is PollKind.POINTS:
        return _divided(first, second, points)
    if kind is PollKind.ONE or most == 1 or first == second:
        return str(second)
    if kind is PollKind.RANKED:
        return f"{second} {first}"
    return f"{first} {numbers[min(2, len(numbers) - 1)]}"


def _divided(first: int, second: int, points: int) -> str:
    """All points over two options, most of them on the first."""
    more = max(1, points * 7 // 10)
    if first == second or more == points:
        return f"{first}={points}"
    return f"{first}={more} {second}={points - more}"
