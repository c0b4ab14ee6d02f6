"""Reasons for hiding: a number or a word of the list, and nothing else."""

from __future__ import annotations

from commands.reasons import hide_reason
from commands.said import Wrong


def test_a_reason_for_hiding_is_from_the_list() -> None:
    first = hide_reason("1")
    assert not isinstance(first, Wrong)
    assert isinstance(hide_reason("፩"), Wrong)
    refused = hide_reason("zomaar")
    assert isinstance(refused, Wrong)
    assert refused.code == "reason_unknown"
