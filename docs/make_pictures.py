"""``make pictures``: the pictures of the documentation, made by the program itself.

The console is played in a terminal (tmux) and drawn from what stands on the screen, the document is
that of the demo, and messages of Discord are drawn by ``discord_page.py``. A browser (chromium)
takes the pictures. Both are programs of the system. Those of a dialogue on Matrix are what the
browser tests show: ``pytest tests/browser --pictures DIR``.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from advice import documents
from advice.words import utc
from advice.writing import pdf
from advice.writing.letters import printable
from advice.writing.theme import NEUTRAL
from docs import discord_pictures, followed_page
from rounds import registry
from tests.site.town import answered_town, contested_town

PICTURES = Path(__file__).parent / "pictures"
PROGRAM = Path(sys.executable).parent / "stadsgesprek"

#: The size of the terminal, and of the pictures in dots.
COLUMNS, ROWS = 104, 44
DESKTOP, PHONE = (1000, 1240), (390, 1180)

#: The largest size of a picture, in bytes.
HEAVIEST = 300_000

#: What is typed before the picture; the first lines scroll out of sight.
SESSION = """\
/wie vera moderator
/plek staf
gesprek nieuw gesprek De Zomerstraat opnieuw niveau=meedenken \
beslisser="de gemeenteraad" antwoord="15 december" vast="de bus blijft" \
open="bomen, parkeren" fase=voorbereiding
peiling soort=een vraag="Waar begint het werk?" opties="bij de school; bij het station"
start tot="over 2 uur"
/wie bram bewoner
/plek prive
stelling Er moeten meer bomen komen.
stelling De straat moet autovrij.
stelling Er komt een zebrapad bij de school.
stem S1 eens
stem S2 eens
stem S3 eens
/wie carla
stem S1 eens
stem S2 oneens
stem S3 eens
/wie daan
stem S1 eens
stem S2 eens
/wie eva
stem S1 eens
stem S2 oneens
waarom S2 Dan kan de bakker niet meer laden.
/wie anna
meedoen
ja
1 eens 2 eens 3 oneens
Dan moet ik te ver lopen.
/wie vera
/plek staf
volgende
"""

#: The colours of the terminal: 0 to 7, then the bright ones.
COLOURS = (
    *("#1c2329", "#c8553d", "#5f9e6e", "#c79a3b", "#4f86b5", "#a06cb0", "#3f9aa3", "#d5dbe0"),
    *("#7b8a95", "#e0806a", "#86c494", "#e3bd6a", "#82b0d9", "#c497d2", "#70c3cb", "#ffffff"),
)

_SGR = re.compile(r"\x1b\[([\d;]*)m")
_OTHER = re.compile(r"\x1b(?:\[[^a-zA-Z]*[a-ln-zA-Z]|\(.)")

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 22px; background: #dfe5e9; width: max-content; }}
pre {{ margin: 0; padding: 18px 20px; border-radius: 8px; background: #12181d; color: #d5dbe0;
  font: 14px/1.36 "DejaVu Sans Mono", "Noto Sans Mono", monospace; }}
</style><pre>{lines}</pre>"""


def main() -> int:
    missing = [name for name in ("tmux", "chromium") if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"make pictures needs {' and '.join(missing)}; install them first\n")
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        console(work)
        document(work)
        followed(work)
        discord(work)
        site(work)
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture} ({size // 1000} kB)\n")
        if size > HEAVIEST:
            sys.stderr.write(f"{picture} is heavier than {HEAVIEST // 1000} kB\n")
            return 1
    return 0


def discord(work: Path) -> None:
    """Draw the channels of a dialogue on Discord, at a desk and on a phone."""

    def shoot(drawn: str, name: str, size: tuple[int, int]) -> None:
        page = work / f"{name}.html"
        page.write_text(drawn, encoding="utf-8")
        photographed(page, PICTURES / f"{name}.png", size, work)

    discord_pictures.pictures(shoot)


def console(work: Path) -> None:
    """Draw a session of the console as it is shown on the screen."""
    screen = played(work / "straat.db", SESSION.splitlines())
    page = work / "console.html"
    page.write_text(PAGE.format(lines=drawn(screen)), encoding="utf-8")
    size = (int(COLUMNS * 8.45) + 84, int(ROWS * 19.04) + 80)
    photographed(page, PICTURES / "console.png", size, work)


def played(database: Path, lines: list[str]) -> str:
    """The content of the screen, with colours, after these lines were typed."""
    tmux = ["tmux", "-L", f"pictures-{database.parent.name}", "-f", "/dev/null"]
    command = f"{PROGRAM} console --db {database.name}"
    size = ("-x", str(COLUMNS), "-y", str(ROWS))
    place = ("-c", str(database.parent), "-e", "PROMPT_TOOLKIT_COLOR_DEPTH=DEPTH_24_BIT")
    begin = [*tmux, "-u", "new-session", "-d", *size, *place, command]
    subprocess.run(begin, check=True)
    try:
        time.sleep(3)
        for line in lines:
            subprocess.run([*tmux, "send-keys", "-l", line], check=True)
            subprocess.run([*tmux, "send-keys", "Enter"], check=True)
            time.sleep(0.6)
        time.sleep(1)
        seen = subprocess.run(
            [*tmux, "capture-pane", "-e", "-N", "-p"],
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    return seen.stdout


def drawn(screen: str) -> str:
    """The content of the screen as HTML."""
    style: dict[str, str] = {}
    out: list[str] = []
    parts = _SGR.split(_OTHER.sub("", screen.rstrip("\n")))
    for place, part in enumerate(parts):
        if place % 2:
            changed(style, [int(code or 0) for code in part.split(";")])
        elif part:
            css = "".join(f"{key}:{value};" for key, value in looks(style).items())
            out.append(f'<span style="{css}">{html.escape(part)}</span>')
    return "".join(out)


def changed(style: dict[str, str], codes: list[int]) -> None:
    """Apply the numbers of one escape sequence."""
    while codes:
        code = codes.pop(0)
        side = {3: "color", 4: "background", 9: "color", 10: "background"}.get(code // 10, "")
        if code == 0:
            style.clear()
        elif code in (1, 2, 3, 4, 7):
            style[str(code)] = "on"
        elif code in (22, 23, 24, 27):
            for number in {22: "12", 23: "3", 24: "4", 27: "7"}[code]:
                style.pop(number, None)
        elif code in (39, 49):
            style.pop(side, None)
        elif code in (38, 48):
            style[side] = colour(codes)
        elif side:
            style[side] = COLOURS[code % 10 + (8 if code >= 90 else 0)]


def colour(codes: list[int]) -> str:
    """One of 256 colours, or one by its parts; takes its numbers from the list."""
    if codes.pop(0) == 2:
        parts = [codes.pop(0) for _ in range(3)]
        return f"rgb({parts[0]},{parts[1]},{parts[2]})"
    number = codes.pop(0)
    if number < 16:
        return COLOURS[number]
    if number > 231:
        grey = 8 + 10 * (number - 232)
        return f"rgb({grey},{grey},{grey})"
    cube = (0, 95, 135, 175, 215, 255)
    red, green, blue = (number - 16) // 36, (number - 16) // 6 % 6, (number - 16) % 6
    return f"rgb({cube[red]},{cube[green]},{cube[blue]})"


def looks(style: dict[str, str]) -> dict[str, str]:
    """A style in the words of CSS."""
    found = {key: style[key] for key in ("color", "background") if key in style}
    if "7" in style:
        found = {
            "color": found.get("background", "#12181d"),
            "background": found.get("color", "#d5dbe0"),
        }
    named = {
        "1": ("font-weight", "600"),
        "2": ("opacity", "0.7"),
        "3": ("font-style", "italic"),
        "4": ("text-decoration", "underline"),
    }
    return found | dict(named[key] for key in named if key in style)


def document(work: Path) -> None:
    """The demo's page for the council, on a desk and on a phone."""
    out = work / "demo"
    command = [PROGRAM, "demo", "--fast", "--out", out]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    page = out / "advies.html"
    photographed(page, PICTURES / "advies.png", DESKTOP, work)
    photographed(page, PICTURES / "advies-phone.png", PHONE, work)
    photographed(page, PICTURES / "advies-dark.png", DESKTOP, work, dark=True)
    sheet(out / "uitslag.json", PICTURES / "advies-pdf.png")


def followed(work: Path) -> None:
    """Draw what became of an advice."""
    page = work / "opvolging.html"
    page.write_bytes(followed_page.page())
    photographed(page, PICTURES / "opvolging.png", (820, 1000), work)


def sheet(result: Path, picture: Path) -> None:
    """The first sheet of the PDF, drawn by its typesetter."""
    pages = registry.pages()
    found = pages.decode(result.read_bytes())
    writing = pdf._Writing(printable, NEUTRAL)
    data = writing.whole(documents.document(found, pages), utc(found.journal.at), ())
    picture.write_bytes(pdf._set(data, "png")[0])


def site(work: Path) -> None:
    """A town's site: its list on a desk, a dialogue that was answered on a phone and on a dark
    desk, and one with a draft that can be contested."""
    published = answered_town(work / "town").site
    photographed(published / "index.html", PICTURES / "site.png", DESKTOP, work)
    page = published / "gesprekken/de-zomerstraat-opnieuw/index.html"
    photographed(page, PICTURES / "site-phone.png", PHONE, work)
    photographed(page, PICTURES / "site-dark.png", DESKTOP, work, dark=True)
    contested = contested_town(work / "contested", "2026-12-02T08:00").site
    page = contested / "gesprekken/de-zomerstraat-opnieuw/index.html"
    photographed(page, PICTURES / "site-concept.png", PHONE, work)


def photographed(
    page: Path, picture: Path, size: tuple[int, int], work: Path, dark: bool = False
) -> None:
    """A picture of the top of a page, on a screen that is set light or ``dark``."""
    # A browser's window is at least 500 dots wide: a narrower page stands in a frame.
    frame = work / "frame.html"
    width, height = size
    frame.write_text(
        '<!doctype html><body style="margin:0;background:#dfe5e9;text-align:center">'
        f'<iframe src="{page.resolve().as_uri()}" scrolling="no" '
        f'style="border:0;width:{width}px;height:{height}px"></iframe>',
        encoding="utf-8",
    )
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-sync", "--hide-scrollbars"),
            f"--user-data-dir={work / 'browser'}",
            f"--window-size={max(width, 500)},{height}",
            *(["--blink-settings=preferredColorScheme=0"] if dark else []),
            f"--screenshot={picture}",
            frame.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


if __name__ == "__main__":
    sys.exit(main())
