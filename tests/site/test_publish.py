"""``stadsgesprek publish``: what stands in the folder, and what happens the next time."""

from __future__ import annotations

from pathlib import Path

from tests.site.town import small_town


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    assert town.publish() == 0
    before = town.files(), town.stamps()
    assert town.publish() == 0
    assert (town.files(), town.stamps()) == before
