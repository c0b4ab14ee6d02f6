"""The last sections of the appendix: how was counted, and how anybody can check it."""

from __future__ import annotations

from advice.document import Code, Entries, Entry, Inline, Line, Paragraph, Section
from advice.page import STEPS
from advice.phrases import Phrases
from advice.register import open_ballot
from advice.words import Words

#: How many hex digits of the journal's head are printed, as in the bot's messages.
HEAD_DIGITS = 16


def counted(phrases: Phrases, step: int) -> Section:
    """The rules that it was counted by, and how far the page was shortened (``step``)."""
    words, result, used = phrases.words, phrases.result, _used(phrases)
    rules = tuple(
        Entry("", (Code(rule), " ", words.get(f"rule.{rule}", "")))
        for rule in result.rules
        if rule in used
    )
    general = [words.line("appendix.few_rule"), words.line("appendix.staff_rule")]
    if not phrases.register.quotable:
        general.append(words.line("appendix.quotes_rule"))
    elif any(round_.reasons_withheld for round_ in result.rounds):
        general.append(words.line("appendix.reasons_withheld"))
    if result.participants.attested:
        figures = phrases.listed(
            [phrases.word(f"attested.{k}", k) for k in result.participants.attested]
        )
        general.append(words.line("appendix.attested", figures=figures))
    sacrifice = (*words.line("appendix.shortened"), " ")
    if step:
        sacrifice += words.line("appendix.shortened_step", step=step, steps=len(STEPS) - 1)
    else:
        sacrifice += words.line("appendix.shortened_none")
    blocks: list[Paragraph | Entries] = [Entries(rules, "plain")] if rules else []
    blocks += [Paragraph(phrases.spaced(general)), Paragraph(sacrifice)]
    return Section(words.line("appendix.counted"), tuple(blocks))


def _used(phrases: Phrases) -> frozenset[str]:
    """The names of the rules that this result used; the appendix leaves the others out."""
    kinds = phrases.register.pages.by_kind
    return frozenset(r for each in phrases.result.rounds for r in kinds[each.kind].rules(each))


def check(phrases: Phrases) -> Section:
    """How to verify the files, and where the journal stood."""
    words, result = phrases.words, phrases.result
    command = Code("stadsgesprek verify . --expect HASH")
    if result.interim or result.erased:
        command = Code("stadsgesprek verify .")
    found = [words.line("appendix.check_verify", command=command)]
    if result.remade is not None and result.remade.sha256:
        found.append(words.line("appendix.check_hash_gone", hash=Code(result.remade.sha256)))
    elif result.interim or result.erased:
        found.append(words.line("appendix.check_hash_none"))
    else:
        found.append(words.line("appendix.check_hash", file=Code("SHA256SUMS")))
    ballots = [phrases.spaced(found)]
    if any(r.receipts_sha256 for r in result.rounds):
        ballots.append(words.line("appendix.check_receipts", file=Code("ontvangstcodes.csv")))
    if open_ballot(result):
        ballots.append(words.line("appendix.check_open", file=Code("votes.csv")))
    elif any(pages.ballots for pages in phrases.register.kinds):
        ballots.append(words.line("appendix.check_confidential"))
    ballots.append(phrases.spaced([_journal(phrases, words), *_previous(phrases, words)]))
    return Section(words.line("appendix.check"), tuple(Paragraph(line) for line in ballots))


def _journal(phrases: Phrases, words: Words) -> Line:
    journal = phrases.result.journal
    return words.line(
        "appendix.journal",
        version=str(phrases.result.version),
        dialogue=Code(journal.dialogue),
        position=Code(str(journal.position)),
        moment=words.moment(journal.at, phrases.zone),
        head=Code(journal.head[:HEAD_DIGITS]),
    )


def _previous(phrases: Phrases, words: Words) -> tuple[Line, ...]:
    """Which version came before this one, and the hash that was posted of it."""
    before = phrases.result.previous
    if before is None:
        return ()
    named: dict[str, Inline] = {
        "version": str(before.version),
        "moment": words.moment(before.at, phrases.zone),
    }
    if before.sha256 is None:
        return (words.line("appendix.previous_unposted", **named),)
    return (words.line("appendix.previous", hash=Code(before.sha256), **named),)
