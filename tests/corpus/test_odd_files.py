"""Promise 18: whatever stands in a file that is read, it is read or refused in a sentence.

Good files of every sort have letters, lines and values exchanged, or are cut off; hypothesis makes
the changes smaller until one is left that fails. What raises anything else than what its reader
says it raises is a fault, and so is one that writes. The smallest input of each fault that was
found stands in ``FOUND``.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advice.papers import again
from advice.papers.paper import Paper
from advice.verifying import verify_followup
from advice.verifying.verdict import Verdict
from advice.verifying.verify_agenda import verify_agenda
from bot.cli.agenda import export_agenda
from bot.cli.export import export_dialogue
from bot.documents.site_folder import NotOursError, opened
from bot.playback import polis_files, transcript
from bot.playback.polis_files import BadExport
from bot.playback.transcript import BadLine
from bot.town import config, formats
from bot.town.config_file import ConfigError
from bot.town.formats import FormatError
from rounds import registry
from storage import backup
from storage.backup import BadBackup, Beside
from storage.database import Unusable
from tests.corpus.reading import family
from tests.engine.bots import START
from tests.generated import examples
from tests.replay.playing import Evening, played
from tests.verifying import verified

RECORD, PAGES, KINDS = registry.record(), registry.pages(), registry.kinds()

CONFIG = """
[town]
name = "Haarlem"
zone = "Europe/Amsterdam"
formats = "werkvormen"
[backup]
folder = "kopie"
hour = "03:15"
[site]
address = "https://gesprekken.haarlem.example/"
[matrix]
homeserver = "https://matrix.haarlem.example"
user = "@stadsgesprek:haarlem.example"
password_file = "wachtwoord"
[discord]
token_file = "discord-token"
guild = 123456789012345678
[[rooms]]
name = "zomerstraat"
matrix = "#zomerstraat:haarlem.example"
discord = 223456789012345678
staff = "staf"
youth = true
alarm_words = ["blauwe plek*"]
[[staff_rooms]]
name = "staf"
[roles.matrix]
moderator = ["@vera:haarlem.example"]
[roles.discord]
official = ["Wethouder"]
[limits]
"""
POLIS = {
    "comments.csv": "timestamp,comment-id,author-id,moderated,comment-body\n"
    '1700000000000,1,1,1,"Er moet, denk ik, een boom komen."\n1700000000001,2,1,-1,Nee\n',
    "votes.csv": "timestamp,comment-id,voter-id,vote\n1700000000002,1,1,1\n1700000000003,1,2,-1\n",
    "summary.csv": "topic,Bomen in de straat\nurl,https://polis.example/x\n",
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return good_files(tmp_path_factory.mktemp("good"))


def good_files(folder: Path) -> Path:
    """Make a good one of everything in a folder."""
    evening = Evening()
    evening.staff('moment nieuw Kijken wanneer="2026-12-04 20:00" in=zomerstraat')
    evening.open("gesprek", "Ons gesprek", "minimum=1")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    for number, who in enumerate(("anna", "bram", "carla", "daan", "eva", "femke")):
        evening.say(who, f"stem S1 {'oneens' if number == 5 else 'eens'}")
    evening.say("anna", "waarom S1 Het is warm in de straat.")
    for text in ("volgende ja", "volgende ja", "sluit ja", "advies"):
        evening.staff(text)
    evening.add("gerda", None, roles=["clerk"], text="@ons-gesprek ontvangen 2026-1234")
    file = folder / "town.db"
    played(evening.data, file, simulated=False)
    write = {"dialogue": "ons-gesprek", "db": file, "config": None, "json_wanted": False}
    paper = {"wanted": [Paper.PARAGRAPH]}
    assert export_dialogue(**write, out=folder / "public", clerk=False, **paper) == 0  # type: ignore[arg-type]
    assert export_dialogue(**write, out=folder / "clerk", clerk=True) == 0  # type: ignore[arg-type]
    assert export_agenda(folder / "agenda", file, None, False, True) == 0
    backup.make(file, folder / "backups", Beside(None), START)
    (folder / "backups" / backup.backups(folder / "backups")[0].name).rename(folder / "backup")
    (folder / "config/werkvormen").mkdir(parents=True)
    (folder / "config/config.toml").write_text(CONFIG, "utf-8")
    own = (formats.BUILT_IN / "gesprek.toml").read_text("utf-8")
    own = own.replace('english = "dialogue"', 'english = "our-own"')
    (folder / "config/werkvormen/eigen.toml").write_text(own, "utf-8")
    (folder / "polis").mkdir()
    for name, text in POLIS.items():
        (folder / "polis" / name).write_text(text, "utf-8")
    (folder / "replay").mkdir()
    (folder / "replay/avond.jsonl").write_bytes(evening.data)
    with opened(folder / "site") as site:
        site.put("index.html", b"<p>x</p>")
        site.finish()
    return folder


def _verdict(found: Verdict) -> None:
    """What a verdict says can be said."""
    for one in (*found.differences, *found.remarks):
        assert one.sentence()


def _site(folder: Path) -> None:
    with opened(folder) as site:
        site.put("index.html", b"<p>y</p>")
        site.finish()


class Reads:
    """How a sort of file is read: from which folder, what its reader may raise, whether it also
    ``writes`` in that folder."""

    def __init__(
        self,
        folder: str,
        read: Callable[[Path], object],
        *raises: type[Exception],
        writes: bool = False,
    ) -> None:
        self.folder, self.read, self.raises, self.writes = folder, read, raises, writes

    def files(self, good: Path) -> list[Path]:
        return [path for path in sorted((good / self.folder).rglob("*")) if path.is_file()]


READS = {
    "agenda": Reads("agenda", lambda at: _verdict(verify_agenda(at, RECORD))),
    "backup": Reads("backup", backup.read, BadBackup, Unusable),
    "clerk's bundle": Reads("clerk", lambda at: _verdict(verified(at))),
    "config": Reads("config", lambda at: config.load(at / "config.toml", KINDS), ConfigError),
    "followup": Reads(
        "clerk", lambda at: _verdict(verify_followup.verify_follow_up(at, RECORD, PAGES))
    ),
    "format": Reads(
        "config/werkvormen", lambda at: formats.read(KINDS, at / "eigen.toml"), FormatError
    ),
    "papers": Reads("public", lambda at: _verdict(again.verify_papers(at, PAGES, RECORD))),
    "polis": Reads("polis", lambda at: polis_files.read(at, 2_000), BadExport),
    "public bundle": Reads("public", lambda at: _verdict(verified(at))),
    "site": Reads("site", _site, NotOursError, OSError, writes=True),
    "transcript": Reads(
        "replay",
        lambda at: transcript.read((at / "avond.jsonl").read_bytes().split(b"\n")),
        BadLine,
    ),
}

#: What is put into a file: texts of the corpus, and values of other types.
PIECES = [
    *(text.encode("utf-8", "surrogatepass") for text in family("json") + family("names")),
    *(b"null", b"[]", b"{}", b"-1", b"1e400", b"true", b'""', b"'''", b'"""', b"= =", b"\xff\xfe"),
    *(b"[a.b]\n", b"[[rooms]]\n", b"a = 1\n", b"9" * 5_000, b"\n\n", b"\r", b",,,,", b";", b"\xc3"),
]

CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.floats(0, 1), st.sampled_from(PIECES)),
        st.tuples(st.just("instead"), st.floats(0, 1), st.sampled_from(PIECES)),
        st.tuples(st.just("cut"), st.floats(0, 1), st.just(b"")),
        st.tuples(st.just("lose"), st.floats(0, 1), st.just(b"")),
        st.tuples(st.just("twice"), st.floats(0, 1), st.just(b"")),
        st.tuples(st.just("value"), st.floats(0, 1), st.sampled_from(PIECES)),
    ),
    min_size=1,
    max_size=4,
)


def changed(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    """The bytes of a file after these changes, each somewhere between its beginning and end."""
    for how, where, piece in changes:
        at = int(where * len(data))
        end = data.find(b"\n", at) + 1 or len(data)
        start = data.rfind(b"\n", 0, at) + 1
        if how == "put":
            data = data[:at] + piece + data[at:]
        elif how == "instead":
            data = data[:at] + piece + data[at + max(len(piece), 1) :]
        elif how == "cut":
            data = data[:at]
        elif how == "lose":
            data = data[:start] + data[end:]
        elif how == "twice":
            data = data[:end] + data[start:end] + data[end:]
        else:  # the value behind the next sign of a key
            sign = first(data, (b"=", b":"), at)
            end = max(first(data, (b",", b"\n"), sign), sign + 1)
            data = data[: sign + 1] + piece + data[end:]
    return data


def first(data: bytes, signs: tuple[bytes, ...], at: int) -> int:
    """Where the first of some signs stands from a place on; that place where none does."""
    return min((n for n in (data.find(sign, at) for sign in signs) if n >= 0), default=at)


def sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def tried(reads: Reads, good: Path, there: Path, name: str, data: bytes) -> None:
    """Read a copy of good files of which one has other bytes."""
    shutil.rmtree(there, ignore_errors=True)
    shutil.copytree(good / reads.folder, there)
    (there / name).write_bytes(data)
    before = sums(there)
    with suppress(*reads.raises):
        reads.read(there)
    assert reads.writes or sums(there) == before


@pytest.mark.parametrize("sort", READS)
def test_odd_files_are_read_or_refused(sort: str, good: Path, tmp_path: Path) -> None:
    reads = READS[sort]
    files = reads.files(good)

    @settings(examples(200), suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(files), CHANGES)
    def one(path: Path, changes: list[tuple[str, float, bytes]]) -> None:
        name = str(path.relative_to(good / reads.folder))
        tried(reads, good, tmp_path / "there", name, changed(path.read_bytes(), changes))

    one()


@pytest.mark.parametrize("sort", READS)
def test_a_good_one_is_read(sort: str, good: Path, tmp_path: Path) -> None:
    """Else everything would be refused."""
    reads = READS[sort]
    shutil.copytree(good / reads.folder, tmp_path / "there")
    reads.read(tmp_path / "there")


#: What was a fault once: the sort of file, which of them, and its smallest bytes.
FOUND: tuple[tuple[str, str, bytes], ...] = (
    ("backup", "backup.json", b'"\xc3"'),
    ("config", "config.toml", b"a=" + b"9" * 5_000),
    ("format", "eigen.toml", b"a=" + b"9" * 5_000),
    ("site", ".stadsgesprek-site.json", b'""'),
    ("site", ".stadsgesprek-site.json", b'"\xc3"'),
    ("site", ".stadsgesprek-site.json", b'{"files": 7}'),
    ("site", ".stadsgesprek-site.json", b'{"files": {"a\\u0000b": null}}'),
)


@pytest.mark.parametrize(("sort", "name", "data"), FOUND)
def test_what_was_found_stays_mended(
    sort: str, name: str, data: bytes, good: Path, tmp_path: Path
) -> None:
    tried(READS[sort], good, tmp_path / "there", name, data)
