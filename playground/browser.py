"""Drives Element in a real browser as a person would (read, type, click), for browser tests.

::

    with Browser() as browser:
        anna = browser.open(pages.urls["anna"], PHONE)
        anna.write("Goedenavond")
        card = anna.wait_for("Ronde 1")
        anna.react(card.id, "👍")
        anna.picture(Path("kaart.png"))

Playwright drives the system's Chromium; it downloads none.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DESKTOP = (1280, 800)
PHONE = (390, 844)

_TIMELINE = ".mx_RoomView_MessageList"
_COMPOSER = ".mx_BasicMessageComposer_input"
_SEND_MESSAGE = re.compile("Send message|Bericht (ver)?sturen|Bericht verzenden")


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it is shown on the screen.

    ``reactions``: those under it with their numbers, without U+FE0F, which Element adds to 👍.
    """

    id: str
    text: str
    reactions: dict[str, int]


def missing() -> str:
    """A sentence about what is missing for a browser; "" where nothing is."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed here (pip install playwright)"
    if not chromium():
        return "there is no Chromium here (apt-get install chromium, or name one in $CHROMIUM)"
    return ""


def chromium() -> str:
    """The path of Chromium: ``$CHROMIUM`` or the system's; "" where there is none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), "")


class Browser:
    """One Chromium; every ``open`` is a window with its own profile."""

    def __init__(self, *, headless: bool = True) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"], headless=headless
        )

    def open(self, url: str, size: tuple[int, int] = DESKTOP, seconds: float = 45) -> Element:
        """The page of one person, once their room is shown."""
        width, height = size
        window = self._chromium.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", has_touch=size == PHONE
        )
        window.add_init_script(_SILENT)
        page = window.new_page()
        page.set_default_timeout(seconds * 1000)
        element = Element(page, url)
        page.goto(url)
        page.wait_for_selector(_COMPOSER)
        return element

    def close(self) -> None:
        self._chromium.close()
        self._playwright.stop()

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class Element:
    """One person's Element. ``errors`` and ``outside`` collect what a test may require to be
    empty."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        self.outside: list[str] = []  # requests that left this machine
        self._before: set[str] = set()  # what stood there at the last ``write``
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    # where

    def go_to(self, room: str) -> None:
        """Open a room from the list; on a phone the list is opened first."""
        back = self.page.locator(".playground_back")
        if back.is_visible():
            back.click()
        self.page.locator(".mx_RoomTile", has_text=room).first.click()
        self.page.locator(".mx_RoomHeader_heading", has_text=room).wait_for(state="attached")
        self.close_panel()
        self.page.wait_for_selector(_COMPOSER)

    def close_panel(self) -> None:
        """Close the panel at the right of the room (on a phone: over it)."""
        button = self.page.get_by_test_id("base-card-close-button")
        if button.count():
            button.first.click()

    def press_link(self, words: str) -> None:
        """Press a link in the newest message that has it; matrix.to links stay in Element."""
        link = self.page.locator(f"{_TIMELINE} .mx_EventTile_body a", has_text=words).last
        link.click()

    def accept_invitation(self, by: str, seconds: float = 90) -> None:
        """Open an invitation to a conversation from the list, and begin it: two taps."""
        back = self.page.locator(".playground_back")
        if back.is_visible():
            back.click()
        tile = self.page.locator(".mx_RoomTile", has_text=by).first
        tile.click(timeout=seconds * 1000)
        self.page.locator(".mx_RoomPreviewBar .mx_AccessibleButton_kind_primary").click()
        self.page.wait_for_selector(_COMPOSER)

    def message_from_profile(self) -> None:
        """Press the button that opens a conversation, in the profile that a matrix.to link
        opened."""
        profile = self.page.locator(".mx_UserInfo")
        profile.get_by_role("button", name=_SEND_MESSAGE).click()
        self.page.wait_for_selector(f"{_COMPOSER}")

    # reading

    def timeline(self) -> list[Line]:
        """The messages on the screen, oldest first; own ones once the server has them."""
        found = self.page.evaluate(_READ, _TIMELINE)
        return [Line(one["id"], one["text"], one["reactions"]) for one in found]

    def wait_for(self, part: str, seconds: float = 30) -> Line:
        """Wait for a message with these words; returns the newest one."""
        return self.wait_until(lambda one: part in one.text, repr(part), seconds)

    def wait_until(
        self, wanted: Callable[[Line], bool], what: str = "it", seconds: float = 30
    ) -> Line:
        end = time.monotonic() + seconds
        while True:
            lines = self.timeline()
            for line in reversed(lines):
                if wanted(line):
                    return line
            if time.monotonic() > end:
                last = [line.text for line in lines[-5:]]
                raise AssertionError(f"{what} was not shown in {seconds} s; the last: {last}")
            self.page.wait_for_timeout(100)

    def answer(self, part: str, seconds: float = 30) -> Line:
        """Wait for a message with these words that came after the last ``write`` and is in
        sight."""

        def wanted(one: Line) -> bool:
            return one.id not in self._before and part in one.text and self._in_sight(one.id)

        return self.wait_until(wanted, f"{part!r}, in sight,", seconds)

    def fits(self) -> bool:
        """Whether nothing is wider than the window."""
        wide = "document.documentElement.scrollWidth <= innerWidth"
        return bool(self.page.evaluate(wide))

    # doing

    def write(self, text: str) -> None:
        """Type a message and send it; slow when a conversation has to be created first. All of a
        line but its end comes at once, as from a phone's suggestions: Element draws its composer
        anew at each key, which took a tenth of what the browser did."""
        self._before = {line.id for line in self.timeline()}
        self.page.locator(_COMPOSER).click()
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Shift+Enter")
            self.page.keyboard.insert_text(line[:-1])
            self.page.keyboard.type(line[-1:])
        self.page.keyboard.press("Enter")

    def react(self, message: str, key: str) -> None:
        """Click a reaction that is there, or choose it from the emojis."""
        tile = self._tile(message)
        there = tile.locator(".mx_ReactionsRowButton", has_text=key)
        if there.count():
            there.first.click()
            return
        self._press(message, "React", "Reageren")
        picker = self.page.locator(".mx_EmojiPicker")
        found = picker.locator(".mx_EmojiPicker_body .mx_EmojiPicker_item_wrapper", has_text=key)
        for asked in (key, f"{key}\ufe0f"):  # the picker knows some with the mark for colour
            picker.locator("input").fill("")
            picker.locator("input").fill(asked)
            self.page.wait_for_timeout(200)
            if found.count():
                break
        found.first.click()

    def poll(self, part: str, seconds: float = 30) -> str:
        """Wait for a native poll whose question has these words; returns its id."""
        found = self.page.locator(
            f"{_TIMELINE} [data-event-id]", has=self.page.locator(".mx_MPollBody")
        )
        tile = found.filter(has_text=part).last
        tile.wait_for(timeout=seconds * 1000)
        tile.scroll_into_view_if_needed()
        return tile.get_attribute("data-event-id") or ""

    def vote(self, poll: str, answer: str) -> None:
        """Tap an answer of a native poll."""
        option = self._tile(poll).locator(".mx_PollOption")
        option.filter(has_text=re.compile(rf"^\s*{re.escape(answer)}\b")).first.click()

    def download(self, message: str) -> tuple[str, bytes]:
        """Save the file of a message; its name and content."""
        tile = self._tile(message)
        with self.page.expect_download() as expected:
            tile.locator(".mx_MFileBody_download a, .mx_MFileBody_info").first.click()
        file = expected.value
        return file.suggested_filename, Path(file.path()).read_bytes()

    def scroll_to(self, message: str) -> None:
        self._tile(message).scroll_into_view_if_needed()

    def picture(self, file: Path) -> None:
        """The window as it is, without the traces of a pointer."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.fonts.ready.then(() => null)")
        self.page.wait_for_timeout(700)  # pictures of people, panels that slide
        self.page.screenshot(path=str(file))

    def close(self) -> None:
        self.page.context.close()

    def _in_sight(self, message: str) -> bool:
        return bool(self.page.evaluate(_IN_SIGHT, message))

    def _tile(self, message: str) -> Locator:
        tile = self.page.locator(f"{_TIMELINE} [data-event-id='{message}']").first
        tile.scroll_into_view_if_needed()
        return tile

    def _press(self, message: str, *names: str) -> None:
        """Press a button of the bar that appears where the pointer is.

        A message that comes in meanwhile moves the others from under the pointer: hence the tries.
        """
        from playwright.sync_api import TimeoutError as TooLateError

        name = re.compile(rf"^({'|'.join(names)})$")
        for _ in range(5):
            tile = self._tile(message)
            self.page.mouse.move(0, 0)
            tile.locator(".mx_EventTile_line").first.hover()
            button = tile.locator(".mx_MessageActionBar").get_by_role("button", name=name)
            try:
                button.click(timeout=5000)
            except TooLateError:
                if not self.page.locator(".mx_ContextualMenu_background").count():
                    continue  # else it was pressed, and what it opens stands before it
            return
        raise AssertionError(f"no button {names} appeared at {message}")

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.outside.append(url)


# Nobody listens: a context that sounds for nobody takes as much as the rest of a page that rests.
_SILENT = """window.AudioContext = function () {
    return new OfflineAudioContext(1, 1, 44100);
};"""

_IN_SIGHT = """(id) => {
    const tile = document.querySelector(`[data-event-id="${CSS.escape(id)}"]`);
    const box = tile?.getBoundingClientRect();
    return Boolean(box) && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""

_READ = """(timeline) => {
    const lines = [];
    for (const tile of document.querySelectorAll(timeline + " [data-event-id]")) {
        const bodies = tile.querySelectorAll(
            ".mx_EventTile_body, .mx_MFileBody, .mx_RedactedBody");
        const body = [...bodies].find((one) => !one.closest(".mx_ReplyTile"));
        const reactions = {};
        for (const one of tile.querySelectorAll(".mx_ReactionsRowButton")) {
            const [key, count] = ["content", "count"].map(
                (part) => one.querySelector(".mx_ReactionsRowButton_" + part)?.innerText.trim());
            reactions[key.replaceAll("\\ufe0f", "")] = Number(count ?? 1);
        }
        const sent = !tile.dataset.eventId.startsWith("~");
        if (body && sent) lines.push({ id: tile.dataset.eventId, text: body.innerText, reactions });
    }
    return lines;
}"""
