"""A town with dialogues in three rooms, one of them of young people, and its site."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from bot.cli.publish import publish_site
from tests.replay.playing import CHARTER, TRANSCRIPTS, Evening, played

CONFIG = """\
[town]
name = "Haarlem"
[site]
address = "https://gesprekken.example/haarlem"
[[rooms]]
name = "zomerstraat"
[[rooms]]
name = "plein"
[[rooms]]
name = "jongerenplein"
youth = true
[[staff_rooms]]
name = "staf"
"""

NEIGHBOURS = ("anna", "bram", "carla", "daan", "eva", "femke")

#: What is written in the room of young people and must be found nowhere.
YOUNG = "Skatebaan"


class Town:
    """Its evening, its database and the folder of its site."""

    def __init__(self, folder: Path, language: str = "nl") -> None:
        self.db, self.site = folder / "town.db", folder / "site"
        self.config = folder / "config.toml"
        self.config.parent.mkdir(parents=True, exist_ok=True)
        named = f'name = "Haarlem"\nlanguage = "{language}"'
        self.config.write_text(CONFIG.replace('name = "Haarlem"', named), "utf-8")
        self.evening = Evening(day="2026-11-02", hour=8)

    def with_forms(self) -> Town:
        """Have documents as PDF and workbook too, which takes a while."""
        text = self.config.read_text("utf-8").replace("[site]", '[site]\nforms = ["pdf", "xlsx"]')
        self.config.write_text(text, "utf-8")
        return self

    def hold(self, room: str, title: str, statement: str, *, close: bool = True) -> str:
        """A dialogue about one statement, which is asked of the council unless it is left open;
        returns its id."""
        evening = self.evening
        about = f"@{re.sub('[^a-z]+', '-', title.lower()).strip('-')}"
        evening.staff(f"gesprek nieuw gesprek {title} {CHARTER} minimum=1 in={room}")
        evening.staff(f'{about} peiling soort=een vraag="Wat eerst?" opties="{title}; rust"')
        evening.staff(f"{about} start")
        evening.say("zoe", f"{about} stelling {statement}")
        for number, who in enumerate(NEIGHBOURS):
            evening.say(who, f"{about} stem S1 {'oneens' if number == 5 else 'eens'}")
        if close:
            for _ in range(2):
                evening.staff(f"{about} volgende ja")
            evening.staff(f"{about} sluit ja")
            evening.staff(f"{about} advies")
        return about[1:]

    def play(self) -> Town:
        """Have the evening happen, from its beginning."""
        for suffix in ("", ".key", "-wal", "-shm", ".head"):
            self.db.with_name(self.db.name + suffix).unlink(missing_ok=True)
        for left in self.db.parent.glob("*.head"):
            left.unlink()
        played(self.evening.data, self.db, simulated=False)
        return self

    def publish(self) -> int:
        """The command; its exit code."""
        return publish_site(self.site, self.db, self.config, False)

    def files(self) -> dict[str, bytes]:
        """Every file of the site but what is kept there for the next time."""
        return {
            str(path.relative_to(self.site)): path.read_bytes()
            for path in sorted(self.site.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def stamps(self) -> dict[str, tuple[int, int]]:
        """When each file was written, and which one on the disk it is."""
        return {
            str(path.relative_to(self.site)): (path.stat().st_mtime_ns, path.stat().st_ino)
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }

    def text(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")


def small_town(folder: Path, language: str = "nl") -> Town:
    """One dialogue with a document, one that is open, and a meeting."""
    town = Town(folder, language)
    town.hold("zomerstraat", "De Zomerstraat", "Er moeten meer bomen komen.")
    town.hold("plein", "Het plein", "Zet banken op het plein.", close=False)
    town.evening.staff(
        'moment nieuw Kijken op straat wanneer="2026-12-04 20:00" waar="De Ringvaart"'
        " in=zomerstraat"
    )
    return town.play()


def sums(files: dict[str, bytes]) -> dict[str, str]:
    """The same by hash: shorter where two differ."""
    return {name: hashlib.sha256(data).hexdigest()[:12] for name, data in files.items()}


def answered_town(folder: Path) -> Town:
    """A town for pictures, and its site: one dialogue was answered, one has its document, one is
    open."""
    town = Town(folder).with_forms()
    town.hold("plein", "Banken op het plein", "Zet banken in de schaduw.")
    about = "@" + town.hold("zomerstraat", "De Zomerstraat opnieuw", "Er moeten meer bomen komen.")
    for text in (
        "ontvangen 2026-1234",
        (
            "reactie A1 overgenomen Wij planten twaalf bomen, te beginnen bij de school."
            ' van=college bron="collegebesluit 5 november 2026" klaar=2027-03-01'
        ),
    ):
        town.evening.add("gerda", None, roles=["clerk"], text=f"{about} {text}")
        town.evening.say("gerda", "ja")
    town.hold("zomerstraat", "Parkeren bij de winkels", "Maak een blauwe zone.", close=False)
    assert town.play().publish() == 0
    return town


def contested_town(folder: Path, until: str, more: bytes = b"") -> Town:
    """A town with a draft that can be contested, and its site as it is made at a moment (local
    time) of the transcript about it, after ``more`` lines."""
    town = Town(folder)
    lines = (TRANSCRIPTS / "concept.jsonl").read_bytes().splitlines(keepends=True)
    before = [line for line in lines if json.loads(line).get("at", "") < until]
    said = b"".join(line for line in before if b'"expect"' not in line)
    played(said + more, town.db, simulated=False)
    assert town.publish() == 0
    return town


def released_town(folder: Path, *, twice: bool = False) -> Town:
    """A town of which the newsletter of November was read and released; nobody released that of
    December."""
    town = Town(folder)
    town.hold("zomerstraat", "De Zomerstraat", "Er moeten meer bomen komen.")
    town.hold("plein", "Het plein", "Zet banken op het plein.")
    town.evening.on("2026-12-02", 8)
    for _ in range(1 + twice):
        town.evening.staff("nieuwsbrief november")
        town.evening.staff("ja")
    town.evening.on("2027-01-04", 8)
    town.evening.staff("nieuwsbrief december")
    town.evening.staff("nee")
    assert town.play().publish() == 0
    return town
