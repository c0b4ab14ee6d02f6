"""Publishing that is cut off anywhere leaves pages that are whole, and the next time mends it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest

from bot.cli.publish import publish_site
from tests.site.town import Town, small_town


def killed(town: Town, after: int) -> bool:
    """Publish in a process of its own, killed once it has moved or removed so many files; whether
    it was, or had come to its end."""
    child = os.fork()  # all is imported: another interpreter would take longer than what it does
    if child == 0:
        try:
            publish_counted(town, after)
        finally:
            os._exit(1)  # it did not come to its end
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def publish_counted(town: Town, left: int) -> None:
    """Publish and end this process: by a kill at the step after so many, or with the exit code."""

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return step(*given, **named)

        return stepped

    Path.replace = counted(Path.replace)  # type: ignore[method-assign]
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
    os._exit(publish_site(town.site, town.db, town.config, False))


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


@pytest.mark.parametrize("after", [0, 1, 3, 8, 15, 19])
def test_the_first_time(after: int, tmp_path: Path) -> None:
    town = small_town(tmp_path)
    whole = Town(tmp_path)
    whole.site = tmp_path / "whole"
    assert whole.publish() == 0
    assert killed(town, after)
    if (town.site / "index.html").exists():
        read(town)
    assert town.publish() == 0
    assert town.files() == whole.files()
    assert not (town.site / ".stadsgesprek-new").exists()


@pytest.mark.parametrize("after", [1, 4, 9, 13, 16])
def test_a_time_that_adds_and_removes(after: int, tmp_path: Path) -> None:
    """One dialogue comes, one goes: until the end each link leads to something."""
    town = small_town(tmp_path)
    assert town.publish() == 0
    town.hold("plein", "De bushalte", "De bushalte gaat weg.")
    config = town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    town.play().config.write_text(config, "utf-8")
    assert killed(town, after)
    read(town)
    assert town.publish() == 0
    whole = Town(tmp_path)
    whole.config.write_text(config, "utf-8")
    whole.site = tmp_path / "whole"
    assert whole.publish() == 0
    assert town.files() == whole.files()
