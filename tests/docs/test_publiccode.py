"""publiccode.yml parses, and names the licence and the version that this project has."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import ROOT

TEXT = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

_LINE = re.compile(r"(?P<indent> *)(?:(?P<key>[\w.-]+):(?: (?P<value>.*))?|- (?P<entry>.+))")


def read(text: str) -> dict[str, str]:
    """The plain part of YAML that the file keeps to: maps, lists of words, folded text.

    Every value by the path of its keys; the lines of a list or a folded text follow one another.
    """
    found: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    folded = -1
    for number, line in enumerate(text.splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name = ".".join(key for _, key in path)
        if folded >= 0 and indent > folded:
            found[name] = f"{found[name]} {line.strip()}".strip()
            continue
        folded = -1
        match = _LINE.fullmatch(line)
        assert match, f"line {number} is no YAML of ours: {line}"
        entry = match["entry"]
        if entry is not None and not re.match(r"[\w.-]+: ", entry):
            word = entry.strip('"')
            found[name] = f"{found.get(name, '')} {word}".strip()
            continue
        key, value = (match["key"], match["value"]) if entry is None else entry.split(": ", 1)
        indent += 0 if entry is None else 2
        while path and path[-1][0] >= indent:
            path.pop()
        path.append((indent, key))
        name = ".".join(part for _, part in path)
        assert name not in found or entry is not None, f"line {number}: {name} stands there twice"
        found[name] = (value or "").strip('"')
        if value in (">-", "|", ">"):
            folded, found[name] = indent, ""
    return found


def test_it_parses_and_has_what_the_standard_asks() -> None:
    values = read(TEXT)
    required = (
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "legal.license", "maintenance.type", "localisation.localisationReady",
        "localisation.availableLanguages", "description.nl.shortDescription",
        "description.nl.longDescription", "description.nl.features",
        "description.en.shortDescription", "description.en.longDescription",
    )  # fmt: skip
    assert [key for key in required if not values.get(key)] == []
    for language in ("nl", "en"):
        assert len(values[f"description.{language}.shortDescription"]) <= 150
        assert 150 <= len(values[f"description.{language}.longDescription"]) <= 10_000


def test_licence_version_and_languages() -> None:
    values = read(TEXT)
    assert values["legal.license"] == PROJECT["license"] == "EUPL-1.2"
    assert values["softwareVersion"] == PROJECT["version"]
    assert values["name"] == PROJECT["name"]
    texts = {file.stem for file in (ROOT / "locales").glob("*.toml")} - {"glossary"}
    assert set(values["localisation.availableLanguages"].split()) <= texts
    assert PROJECT["requires-python"] == f">={values['dependsOn.open.versionMin']}"


def test_the_licence_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE" in text.upper()
    assert "1.2" in text[:400]


def test_python_that_is_named_is_the_one_that_is_needed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or newer" in readme
