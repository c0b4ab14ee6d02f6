"""A neighbourhood with the bot and Element, in the system's own browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from playground import browser, webclient
from playground.bot import Bot, write_config
from playground.neighbourhood import SERVER, Neighbourhood, settle
from playground.pages import Pages
from tests.matrix import synapse

#: The largest size of a picture, in bytes.
HEAVIEST = 250_000

Camera = Callable[[browser.Element, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="keep what the browser shows in this folder")


@dataclass(frozen=True, slots=True)
class Street:
    """The neighbourhood with its bot; nobody has a browser open yet."""

    window: browser.Browser
    pages: Pages
    hood: Neighbourhood

    def open(self, name: str, size: tuple[int, int]) -> browser.Element:
        return self.window.open(self.pages.urls[name], size)


@pytest.fixture(scope="session")
def page() -> Path:
    """The folder with Element's page."""
    missing = browser.missing() or ("" if synapse.installed() else synapse.MISSING)
    if missing:
        pytest.skip(missing)
    try:
        return webclient.build()
    except webclient.CannotBuildError as error:
        pytest.skip(f"Element's page cannot be built: {error}")


@pytest.fixture
def street(page: Path, tmp_path: Path) -> Iterator[Street]:
    """Synapse with its own limits on a quicker clock, the neighbourhood of the playground, and the
    bot."""
    yield from _street(page, tmp_path, lifted=False)


@pytest.fixture
def quick_street(page: Path, tmp_path: Path) -> Iterator[Street]:
    """The same, with the bot's rate limit lifted as docs/matrix.md advises."""
    yield from _street(page, tmp_path, lifted=True)


@pytest.fixture
def tapping_street(page: Path, tmp_path: Path) -> Iterator[Street]:
    """The same, where people get lists by themselves and vote in native polls too."""
    yield from _street(page, tmp_path, lifted=True, more="limits_lifted = true\npolls = true\n")


@pytest.fixture
def council_street(page: Path, tmp_path: Path) -> Iterator[Street]:
    """The same as the quick one; Daan is a councillor, and Eva the clerk."""
    yield from _street(page, tmp_path, lifted=True, roles={"councillor": "daan", "clerk": "eva"})


@pytest.fixture
def clerk_street(page: Path, tmp_path: Path) -> Iterator[Street]:
    """The same as the quick one; Vera is the clerk besides."""
    yield from _street(page, tmp_path, lifted=True, roles={"clerk": "vera"})


def _street(
    page: Path,
    tmp_path: Path,
    *,
    lifted: bool,
    more: str = "",
    roles: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Street]:
    from tests.matrix.evening import quick

    with synapse.Synapse(tmp_path / "synapse", settings=SERVER | quick.limits()) as server:
        hood = settle(server)
        if lifted:
            server.override_ratelimit(hood.bot.user)
        bot = Bot(write_config(tmp_path / "town", server, hood, more, roles))
        try:
            assert bot.ready.wait(90), "the bot is not ready"
            with Pages(page, hood) as pages, browser.Browser() as window:
                yield Street(window, pages, hood)
        finally:
            code = bot.stop()
        assert code == 0


@pytest.fixture
def camera(request: pytest.FixtureRequest) -> Camera:
    """Keeps a picture where ``--pictures`` says so."""
    folder: Path | None = request.config.getoption("--pictures", default=None)

    def picture(person: browser.Element, name: str) -> None:
        if folder is not None:
            file = folder / f"matrix-{name}.png"
            person.picture(file)
            assert file.stat().st_size <= HEAVIEST

    return picture
