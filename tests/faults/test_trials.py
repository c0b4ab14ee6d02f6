"""No step is untried: each is passed by what a test kills at every point."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.engine import test_faults, test_faults_live
from tests.engine.bots import Bot
from tests.faults import test_files
from tests.faults.dying import PASSED, Process, lived
from tests.faults.steps import ASKED, STEPS, points
from tests.site import test_cut_off
from tests.site.town import small_town

#: What is asked of a platform by who reads it, and not by the courier.
NOT_SENT = ("acknowledge", "close", "look", "read", "start")


def passed(work: Callable[[Process], None], folder: Path) -> set[str]:
    return set(lived(work, folder, PASSED).points)


def test_every_step_is_passed_by_a_trial(tmp_path: Path) -> None:
    """Each of these is killed at every point by the test that it is of."""
    seen = set()
    for name, (before, fresh) in test_faults.SAID.items():
        bot = Bot(tmp_path / name / "town.db")
        before(bot)
        bot.close()
        seen |= passed(test_faults.said(bot.file, fresh), bot.file.parent)
        seen |= passed(test_faults.starts(bot.file), bot.file.parent)
    for name, trial in test_faults_live.TRIALS.items():
        town = test_faults_live.base(tmp_path / f"live {name}", trial)
        seen |= passed(test_faults_live.tried(town, trial, town.file), town.file.parent)
    for number, (does, first) in enumerate(test_files.TRIED):
        place = tmp_path / f"files {number}"
        place.mkdir()
        first(place)
        seen |= passed(test_files.living(does, place), place)
    site = small_town(tmp_path / "site")
    for _ in range(2):
        seen |= passed(test_cut_off.publishing(site, site.site), tmp_path / "site")
        site.hold("plein", "De bushalte", "De bushalte gaat weg.")
        young = site.config.read_text("utf-8").replace(
            '"zomerstraat"', '"zomerstraat"\nyouth = true'
        )
        site.play().config.write_text(young, "utf-8")
    wanted = {point for step in STEPS for point in points(step)}
    wanted |= {point for name in ASKED for point in points(f"platform:{name}")}
    wanted -= {point for name in NOT_SENT for point in points(f"platform:{name}")}
    assert wanted - seen == set()
