"""The town's site in Chromium: accessible at every width, light and dark, without a request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from playground import browser, webclient
from tests.browser import checker
from tests.site.made import conversation, site
from tests.site.town import answered_town, released_town, small_town

if TYPE_CHECKING:  # it takes long to import: not where tests are only collected
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 768, 1280)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    missing = browser.missing()
    if missing:
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=browser.chromium(), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        return checker.program()
    except webclient.CannotBuildError as error:
        pytest.skip(f"there is no axe-core: {error}")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The site of a small town, with the document of a dialogue; and one by hand in which
    everything stands that can, a draft, a newsletter, answers and a proposal too."""
    town = small_town(tmp_path_factory.mktemp("town"))
    assert town.publish() == 0
    full = tmp_path_factory.mktemp("full")
    for name, data in site("Meer bomen, graag vóór de school").items():
        (full / name).parent.mkdir(parents=True, exist_ok=True)
        (full / name).write_bytes(data)
    letters = released_town(tmp_path_factory.mktemp("letters")).site / "nieuwsbrieven"
    shutil.copytree(letters, full / "nieuwsbrieven")
    return town.site, answered_town(tmp_path_factory.mktemp("answered")).site, full


def opened(window: Page, folder: Path, name: str) -> list[str]:
    """Open a page from the disk; what it asked for besides itself, and what went wrong in it."""
    wrong: list[str] = []
    address = (folder / name).resolve().as_uri()
    heard: tuple[tuple[Literal["request", "pageerror", "console"], Callable[..., None]], ...] = (
        ("request", lambda asked: wrong.append(asked.url) if asked.url != address else None),
        ("pageerror", lambda error: wrong.append(str(error))),
        ("console", lambda said: wrong.append(said.text)),
    )
    for what, hears in heard:
        window.on(what, hears)
    window.goto(address)
    for what, hears in heard:
        window.remove_listener(what, hears)
    return [each for each in wrong if not each.startswith("data:,")]


#: By these names ``folders`` are told apart in a test's own.
TOWNS = ("a small town", "a town that was answered", "all that can stand there")


@pytest.mark.parametrize("town", TOWNS)
def test_axe_finds_nothing_on_any_page_at_any_size(
    town: str, chromium: Browser, axe: str, folders: tuple[Path, ...]
) -> None:
    """In every width and scheme. A page is read once and then turned, as a phone is: reading
    it, and axe with it, costs more than looking."""
    window = chromium.new_page(bypass_csp=True)
    wrong = {}
    folder = folders[TOWNS.index(town)]
    for path in sorted(folder.rglob("*.html")):
        window.goto(path.resolve().as_uri())
        window.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        window.evaluate(axe)
        for width, scheme in product(WIDTHS, SCHEMES):
            window.set_viewport_size({"width": width, "height": 900})
            window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = checker.findings(window)
            if window.evaluate("document.documentElement.scrollWidth") > width:
                found.append("wider than the window")
            if found:
                wrong[f"{path.relative_to(folder)}, {width}, {scheme}"] = found
    window.close()
    assert wrong == {}


def test_a_page_asks_for_nothing_and_nothing_goes_wrong_in_it(
    chromium: Browser, folders: tuple[Path, ...]
) -> None:
    window = chromium.new_page()
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            assert opened(window, folder, str(path.relative_to(folder))) == []
    window.close()


def shown(window: Page) -> list[str]:
    return [text for text in window.locator("main h3:visible").all_inner_texts() if text]


def test_the_search_finds_words_of_statements_and_says_how_many(
    chromium: Browser, folders: tuple[Path, ...]
) -> None:
    """ "BÓMEN" is a word of the one statement that stands in a document; "xyz" of nothing."""
    window = chromium.new_page()
    opened(window, folders[0], "index.html")
    field, told = window.get_by_role("searchbox"), window.get_by_role("status")
    assert shown(window) == ["Het plein", "De Zomerstraat"]
    field.fill("BÓMEN komen")
    assert shown(window) == ["De Zomerstraat"]
    assert told.inner_text() == "1 gesprek gevonden."
    field.fill("xyz")
    assert shown(window) == []
    assert window.locator("main h2:visible").count() == 0
    assert told.inner_text() == "Geen gesprek gevonden."
    field.fill("")
    assert shown(window) == ["Het plein", "De Zomerstraat"]
    assert told.inner_text() == ""


def test_without_script_the_list_is_whole(chromium: Browser, folders: tuple[Path, ...]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    window = context.new_page()
    window.goto((folders[0] / "index.html").resolve().as_uri())
    assert window.locator("main h3:visible").all_inner_texts() == ["Het plein", "De Zomerstraat"]
    assert window.get_by_role("searchbox").count() == 0
    context.close()


def test_by_keyboard_the_first_step_leads_past_the_menu(
    chromium: Browser, folders: tuple[Path, ...]
) -> None:
    window = chromium.new_page()
    opened(window, folders[-1], "gesprekken/de-straat/index.html")
    window.keyboard.press("Tab")
    assert window.locator(":focus").inner_text() == "Naar de inhoud"
    window.keyboard.press("Enter")
    assert window.locator(":focus").get_attribute("id") == "inhoud"


def test_a_screen_reader_hears_the_answer_with_what_was_asked(
    chromium: Browser, folders: tuple[Path, ...]
) -> None:
    """By the tree that Chromium gives it: landmarks, headings in order, the answer as text."""
    window = chromium.new_page()
    opened(window, folders[-1], "gesprekken/de-straat/index.html")
    tree = window.locator("body").aria_snapshot()
    for part in ("- banner:", "- navigation ", "- main:", "- contentinfo:"):
        assert part in tree, part
    text = "Meer bomen, graag vóór de school"
    assert f'- heading "{text}" [level=1]' in tree
    below = tree[tree.index(f"«{text}»") - 40 :]  # below the picture, which names every answer
    answer = below[below.index("A1") : below.index("A2")]
    assert f"«{text}»" in answer
    assert "Overgenomen" in answer
    assert "Klaar uiterlijk maandag 1 maart 2027." in answer
    what_became = tree[tree.index("Wat er met het advies gebeurde") :]
    first = what_became[what_became.index("- link ") :].splitlines()[0]
    assert first == '- link "Lees wat er met het advies gebeurde":'  # before the names of files
    levels = [int(line.split("[level=")[1][0]) for line in tree.splitlines() if "[level=" in line]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_screen_reader_hears_a_draft_and_then_what_to_type(
    chromium: Browser, folders: tuple[Path, ...]
) -> None:
    window = chromium.new_page()
    opened(window, folders[-1], "gesprekken/de-bocht/index.html")
    tree = window.locator("body").aria_snapshot()
    parts = (
        '- heading "Dit gaat straks naar de raad" [level=2]',
        "Het document komt vanzelf, op dinsdag 8 december 2026, 20.00 uur.",
        "A1",
        '- heading "Verdeeld blijft" [level=3]',
        "S2",
        '- heading "Klopt er iets niet?" [level=3]',
        "- code: kloptniet A1",
        "De moderator beslist daarover",
    )
    places = [tree.index(part) for part in parts]
    assert places == sorted(places)


def test_on_paper_stands_what_was_asked_and_answered(
    chromium: Browser, folders: tuple[Path, ...], tmp_path: Path
) -> None:
    window = chromium.new_page()
    opened(window, folders[-1], "gesprekken/de-straat/index.html")
    window.emulate_media(media="print", color_scheme="dark")
    assert window.locator("nav:visible").count() == 0
    assert window.locator(".asks li:visible").count() == len(conversation().asks)
    assert window.evaluate("getComputedStyle(document.body).color") == "rgb(28, 37, 48)"
