"""Newsletters on the site: those that were released, each with a page that verifies."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from advice.schema import site_schema
from bot.cli.verifying import verify_bundle
from tests.site.town import released_town

NOVEMBER = "nieuwsbrieven/nieuwsbrief-2026-11"


def test_it_has_a_page_and_stands_on_the_index_and_in_the_data(tmp_path: Path) -> None:
    town = released_town(tmp_path)
    letters = {name for name in town.files() if name.startswith("nieuwsbrieven/")}
    assert letters == {f"{NOVEMBER}.{form}" for form in ("html", "json", "md")}
    assert "Op 2 november begon het gesprek «De Zomerstraat»." in town.text(f"{NOVEMBER}.md")
    index = town.text("index.html")
    assert f'<a href="{NOVEMBER}.html">Nieuwsbrief november 2026</a>' in index
    assert "Vrijgegeven op woensdag 2 december 2026." in index
    data = json.loads(town.text("site.json"))
    jsonschema.Draft202012Validator(site_schema()).validate(data)
    (one,) = data["newsletters"]
    assert (one["month"], one["version"], one["page"]) == ("2026-11", 1, f"{NOVEMBER}.html")
    assert set(one["files"]) == letters
    assert f"{NOVEMBER}.html" in town.text("atom.xml")
    assert verify_bundle(town.site / "nieuwsbrieven", None, False) == 0


def test_only_the_version_that_was_released_last_stands_there(tmp_path: Path) -> None:
    town = released_town(tmp_path, twice=True)
    assert json.loads(town.text(f"{NOVEMBER}.json"))["version"] == 2
    assert town.text("index.html").count("Nieuwsbrief november") == 1
    assert town.text("atom.xml").count("Nieuwsbrief november") == 1


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    town = released_town(tmp_path)
    before = town.files(), town.stamps()
    assert town.publish() == 0
    assert (town.files(), town.stamps()) == before


def test_it_leaves_the_site_when_a_room_it_tells_of_becomes_one_of_young_people(
    tmp_path: Path,
) -> None:
    """Also where the dialogue got another title since: what was released has the first."""
    town = released_town(tmp_path)
    config = town.config.read_text("utf-8").replace('"plein"', '"plein"\nyouth = true')
    town.config.write_text(config, "utf-8")
    assert town.publish() == 0
    assert "Nieuwsbrief" not in town.text("index.html")
    assert b"Het plein" not in b"".join(town.files().values())
    assert not (town.site / "nieuwsbrieven").exists()
