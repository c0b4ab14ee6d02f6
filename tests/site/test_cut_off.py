"""Publishing that is cut off anywhere leaves pages that are whole, and the next time mends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib

from bot.cli.publish import publish_site
from tests.faults.dying import NEVER, Life, Process, lived
from tests.generated import figure, part_of
from tests.site.town import Town, small_town

#: What is written there first, and makes no difference to who looks.
_NEW = ".stadsgesprek-new"


def publishing(town: Town, site: Path) -> Callable[[Process], None]:
    """The work of a process."""

    def publishes(process: Process) -> None:
        process.watch()
        process.watch_files()
        process.begins()
        publish_site(site, town.db, town.config, False)

    return publishes


def deaths(town: Town, folder: Path) -> Iterator[tuple[str, Town]]:
    """Publish in processes of their own, killed at every point that leaves another site; each
    point, and the town with what is left."""
    base = town.site
    base.mkdir(exist_ok=True)

    def lives(name: str, die_at: int = NEVER) -> tuple[Life, Path]:
        site = folder / name
        shutil.copytree(base, site)
        return lived(publishing(town, site), site, die_at, _NEW), site

    listed, _ = lives("listed")
    figure("kills", len(part_of(listed.deaths)))
    for number in part_of(listed.deaths):
        died, town.site = lives(str(number), number)
        assert died.killed
        yield f"{number} {listed.points[number]}", town


def read(town: Town) -> None:
    """Every page is whole, and leads to pages that are there."""
    for path in town.site.rglob("*.html"):
        data = path.read_bytes()
        assert data.rstrip().endswith(b"</html>"), path
        root = html5lib.parse(data, namespaceHTMLElements=False)
        for link in root.iter("a"):
            target = (link.get("href") or "").partition("#")[0]
            if "://" not in target and target:
                assert os.path.exists(path.parent / target), (path, target)


def test_the_first_time(tmp_path: Path) -> None:
    town = small_town(tmp_path)
    whole = Town(tmp_path)
    whole.site = tmp_path / "whole"
    assert whole.publish() == 0
    for point, left in deaths(town, tmp_path):
        if (left.site / "index.html").exists():
            read(left)
        assert left.publish() == 0, point
        assert left.files() == whole.files(), point
        assert not (left.site / _NEW).exists(), point


def test_a_time_that_adds_and_removes(tmp_path: Path) -> None:
    """One dialogue comes, one goes: until the end each link leads to something."""
    town = small_town(tmp_path)
    assert town.publish() == 0
    town.hold("plein", "De bushalte", "De bushalte gaat weg.")
    config = town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    town.play().config.write_text(config, "utf-8")
    whole = Town(tmp_path)
    whole.config.write_text(config, "utf-8")
    whole.site = tmp_path / "whole"
    assert whole.publish() == 0
    for point, left in deaths(town, tmp_path):
        read(left)
        assert left.publish() == 0, point
        assert left.files() == whole.files(), point
