"""The language gate: each of its rules rejects a text that breaks it."""

from __future__ import annotations

from bot.text.markup import parse
from tests.locales import gate


def test_sentences_end_where_a_reader_stops() -> None:
    document = parse("Om 20.30 uur. Goed? Ja!\n- een twee\n- drie\n\n1. «Vier.» vijf")
    assert [gate.length(s) for s in gate.sentences(document)] == [3, 1, 1, 2, 1, 1, 1]


def test_a_sentence_of_21_words_is_too_long() -> None:
    assert gate.length(gate.sentences(parse("woord " * 21))[0]) > gate.LONGEST


def test_rare_words_need_the_glossary() -> None:
    words = gate.words(parse("De griffie ziet S12 en `kloptniet`."))
    assert gate.rare(words, "nl", set()) == {"griffie"}
    assert gate.rare(words, "nl", {"griffie"}) == set()


def test_official_language_is_stopped() -> None:
    words = gate.words(parse("Conform het mandaat is uw inbreng geheim. Het bezwaar blijft."))
    assert gate.stopped(words, "nl") == {"Conform", "mandaat", "inbreng", "geheim", "bezwaar"}
    assert gate.stopped({"quota", "quotation", "secretly"}, "en") == {"quota", "secretly"}
