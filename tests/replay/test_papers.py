"""Papers of a played chat: what was answered stands in the letter, and verify holds it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from advice.papers import registry as made
from advice.papers.again import verify_papers
from advice.papers.paper import Paper
from bot.cli.export import export_dialogue
from bot.cli.play import play_transcript
from rounds import registry
from tests.replay.playing import TRANSCRIPTS

NAME = "de-zomerstraat-opnieuw"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clerk's bundle of ``opvolging.jsonl`` with every paper beside it."""
    room = tmp_path_factory.mktemp("papers")
    file, out = room / "kept.db", room / "bundle"
    transcript = TRANSCRIPTS / "opvolging.jsonl"
    assert play_transcript(transcript, room / "o", False, None, 0, file, None, False) == 0
    assert export_dialogue(NAME, out, True, file, None, False, wanted=frozenset(Paper)) == 0
    return out


def test_the_letter_tells_each_answer_as_it_is_now(folder: Path) -> None:
    """A1 was first a reaction, then adopted, and is done; A2 was adopted in part, and is done; of
    A3 the council decided late, and not."""
    text = (folder / "antwoordbrief.md").read_text(encoding="utf-8")
    told = text[text.index("- **A1**") : text.index("## Vragen?")]
    assert told == EXPECTED


EXPECTED = """\
- **A1** «Er moeten meer bomen komen.»  
  Antwoord van het college: overgenomen.  
  De reden: «Wij planten tien bomen.»  
  Besluit: besluit van 17 december 2026. Antwoord van vrijdag 18 december 2026.  
  Dit is klaar.
- **A2** «De auto's moeten langzamer rijden.»  
  Antwoord van het college: voor een deel overgenomen.  
  De reden: «de straat wordt smaller.»  
  Besluit: besluit van 8 december 2026. Antwoord van vrijdag 11 december 2026.  
  Dit is klaar.
- **A3** «De bus moet vaker rijden.»  
  Antwoord van de gemeenteraad: niet overgenomen.  
  De reden: «De provincie gaat over de bus.»  
  Besluit: besluit van 19 januari 2027. Antwoord van woensdag 20 januari 2027.

## Wat nog open is

Er is niets meer open.

"""  # noqa: W291 - as it is written


def test_the_letter_of_a_room_of_young_people_says_je(folder: Path, tmp_path: Path) -> None:
    """Which rooms these are stands in the config."""
    config = tmp_path / "config.toml"
    rooms = '[[rooms]]\nname = "zomerstraat"\nyouth = true\n'
    config.write_text(f'[town]\nname = "Haarlem"\n{rooms}[[staff_rooms]]\nname = "staf"\n')
    file, out = folder.parent / "kept.db", tmp_path / "out"
    wanted = {Paper.LETTER}
    assert export_dialogue(NAME, out, False, file, config, False, wanted=wanted) == 0
    assert "Daar lees je ook hoe het verder gaat." in (out / "antwoordbrief.md").read_text("utf-8")
    assert "Daar leest u ook" in (folder / "antwoordbrief.md").read_text("utf-8")


def test_every_paper_is_what_verify_makes_it(folder: Path) -> None:
    assert verify_papers(folder, registry.pages(), registry.record()).differences == ()


def test_an_answer_that_was_not_given_is_found(folder: Path, tmp_path: Path) -> None:
    """Also where all three files of the letter say it."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    letter = made.decoded("antwoordbrief", files["antwoordbrief.json"])
    first, *rest = letter.asked
    answer = msgspec.structs.replace(first.answer, outcome="not")
    forged = [msgspec.structs.replace(first, answer=answer), *rest]
    files |= made.written(
        "antwoordbrief", msgspec.structs.replace(letter, asked=forged), registry.pages()
    )
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (found,) = verify_papers(tmp_path, registry.pages(), registry.record()).differences
    assert (found.code, found.values["item"]) == ("paper_answer", "A1")
