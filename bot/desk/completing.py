"""Words that could not be carried out, with a question back: the answer completes them.

What is asked, and what an answer makes of the words, says ``asks.py`` for each code of a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from bot.desk import votes
from bot.desk.asked import ask, asked, done
from bot.desk.asker import Asker
from bot.desk.asks import ASKS, DIALOGUES
from bot.desk.questions import PATIENT, Option, Question, Takes, Words
from bot.desk.services import Services
from bot.desk.standing import wording
from commands import choices
from commands import said as words
from commands.cleaning import clean, plain_word
from commands.followup.filling import is_unknown
from commands.reading import Reading, read
from commands.reasons import hide_reason
from commands.said import Where
from commands.times import moments, recurrence
from commands.wrong import Wrong
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue
from storage.forms import Form

#: The kind of the open question's form.
KIND = "asked"

#: How long an answer is waited for where nobody's vote or sentence is asked for, in milliseconds.
LASTS = 10 * 60_000

#: Fewer words than this are no sentence, where a sentence is asked for.
_SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Again:
    """The answer completed what was typed before: ``text`` is to be understood now; ``bare``: it is
    no command."""

    text: str
    bare: bool = False


# -- asking ----------------------------------------------------------------------------------


def keep(services: Services, asker: Asker, reading: Reading, text: str, refusal: Refused) -> None:
    """Keep the question that a refusal asks, if it asks one. In a room nothing is asked; and where
    the words that an answer completed are asked about in turn, that question was kept already."""
    if asker.asks is not None and asker.asks.kind == KIND:
        return
    asks = ASKS.get(refusal.code)
    cleaned = clean(text)
    if asks is None or asker.where is Where.ROOM or isinstance(cleaned, Wrong):
        return
    question = asks(Words(cleaned.strip(), reading, asker), refusal.code, refusal.data)
    if question is not None:
        question = replace(question, wording=_read_with(services, asker.subject.dialogue, question))
        data: dict[str, object] = msgspec.to_builtins(question)
        ask(services, asker, KIND, asker.subject.dialogue, data)


def _read_with(services: Services, name: str, question: Question) -> str:
    """Which words of the item a question for a choice shows; "" for any other question."""
    dialogue = services.ledger.states.get(name)
    if dialogue is None or question.takes is not Takes.CHOICE:
        return ""
    return wording(services, dialogue, question.before)


def meant(services: Services, asker: Asker, typed: str, near: str, text: str) -> None:
    """Keep "Do you mean ``near``?", said of a word that was ``typed`` in a text."""
    at = text.casefold().find(typed.casefold())
    if at >= 0:
        instead = text[:at] + near + text[at + len(typed) :]
        question = Question("unknown_word", (Option(instead, (near,)),))
        ask(services, asker, KIND, "", msgspec.to_builtins(question))


def instead(services: Services, asker: Asker, word: str, text: str) -> None:
    """Keep "Do you mean ``word``?", said of a sentence; ``text`` is what is meant then."""
    question = Question("unknown_word", (Option(text, (word,)),))
    ask(services, asker, KIND, "", msgspec.to_builtins(question))


def which_word(
    services: Services, asker: Asker, item: str, words: Sequence[str], text: str
) -> list[Notice]:
    """Ask which word was meant before an item that staff began with: "V1 in maart"."""
    at = text.casefold().find(item.casefold())
    before, after = text[: max(at, 0)], text[max(at, 0) :]
    options = tuple(Option(f"{before}{word} {after}", (word,)) for word in words)
    ask(services, asker, KIND, "", msgspec.to_builtins(Question("which_word", options)))
    return [Notice("which_word", {"item": item, "words": list(words)})]


def word_or_text(services: Services, asker: Asker, word: str, text: str) -> None:
    """Keep the question whether words are a command, or the sentence that was waited for."""
    options = (Option(text, bare=True), Option(asker.can.prefix + text, (word,)))
    ask(services, asker, KIND, "", msgspec.to_builtins(Question("word_or_text", options)))


def waits_for_text(services: Services, asker: Asker) -> bool:
    """Whether the open question waits for a sentence."""
    form = asked(services, asker, KIND)
    return form is not None and form.data["takes"] == Takes.SENTENCE


def over(services: Services, asker: Asker) -> None:
    """A command word was typed: what was asked before waits for no answer."""
    done(services, asker, KIND)


# -- answering -------------------------------------------------------------------------------


def answer(services: Services, asker: Asker, form: Form, text: str) -> Again | list[Notice] | None:
    """What bare words make of the words that were asked about; None where they are no answer."""
    question = msgspec.convert(form.data, Question)
    if _is_over(services, asker, form, question, text):
        return None
    option = _option(question, text)
    if option is None and len(question.options) == 1 and choices.agrees(text) == "no":
        done(services, asker, KIND)
        return [Notice("not_meant", {})]
    if option is not None:
        return _again(services, asker, option)
    if question.takes is Takes.CHOICE:
        return _choice(services, asker, form, question, text)
    fits = _FITS.get(question.takes)
    if fits is None or not fits(services, asker, question, text):
        return None
    done(services, asker, KIND)
    return Again(question.before + text.strip() + question.after)


def _again(services: Services, asker: Asker, option: Option) -> Again:
    done(services, asker, KIND)
    if option.choose:
        services.store.places.choose(asker.here, option.choose)
    return Again(option.text, option.bare)


def insists(services: Services, asker: Asker, form: Form, text: str) -> None:
    """Raise ``Refused`` for a number that is none of the answers, while the question is open."""
    question = msgspec.convert(form.data, Question)
    several = choices.numbers(text) is not None and len(question.options) > 1
    if several and not _is_over(services, asker, form, question, text):
        raise Refused("which_choose", most=len(question.options))


def chosen(services: Services, asker: Asker, typed: str) -> Option | None:
    """The dialogue that ``kies`` names by its number in the question which dialogue is meant; None
    where that is not open."""
    form = asked(services, asker, KIND)
    if form is None or choices.numbers(typed) is None:
        return None
    question = msgspec.convert(form.data, Question)
    if question.code not in DIALOGUES or _is_over(services, asker, form, question, typed):
        return None
    return _option(question, typed)


def _is_over(services: Services, asker: Asker, form: Form, question: Question, text: str) -> bool:
    """Whether the question waited too long, or a newer list takes these words: a number is a place
    of that, a choice without one is not."""
    patient = question.takes in PATIENT and not asker.held
    if not patient and asker.milliseconds - form.since > LASTS:
        return True
    if question.takes in PATIENT and not any(map(str.isdigit, text)):
        return False
    lists = (
        services.store.offers.offered(asker.here, kind, asker.milliseconds)
        for kind in ("offer", "work")
    )
    return any(offer.stood_at > form.since for offer in lists if offer is not None)


def _option(question: Question, text: str) -> Option | None:
    """The option that the text names: by number, by a label, or "ja" to the only one."""
    options = question.options
    numbers = choices.numbers(text)
    if len(options) == 1 and choices.agrees(text) == "yes":
        return options[0]
    if numbers is not None and len(numbers) == 1 and len(options) > 1:
        return options[numbers[0] - 1] if 1 <= numbers[0] <= len(options) else None
    said = _label(text)
    found = [option for option in options if said and said in map(_label, option.labels)]
    return found[0] if len(found) == 1 else None


def _label(text: str) -> str:
    return plain_word(text[:200]).strip(" .!?«»\"'").removeprefix("@")


def _choice(
    services: Services, asker: Asker, form: Form, question: Question, text: str
) -> list[Notice] | None:
    dialogue = services.ledger.states.get(form.dialogue)
    if dialogue is None or asker.staff:
        return None
    number, answers = question.before, services.known.is_answer(text)
    if answers and question.wording != _read_with(services, dialogue.id, question):
        done(services, asker, KIND)
        return [Notice("words_changed", {}), *_shown_again(services, asker, dialogue, number)]
    notices = votes.chosen(services, asker, asker.about(dialogue), question.before, text)
    if notices is not None:
        done(services, asker, KIND)
    return notices


def _shown_again(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> list[Notice]:
    """The question for a choice on an item once more, with the words that it has now."""
    try:
        return votes.without_choice(services, asker, dialogue, number)
    except Refused as refusal:
        if refusal.code == "choice_missing":
            question = Question(refusal.code, takes=Takes.CHOICE, before=number)
            seen = replace(question, wording=_read_with(services, dialogue.id, question))
            ask(services, asker, KIND, dialogue.id, msgspec.to_builtins(seen))
        return [Notice(f"refused_{refusal.code}", refusal.data)]


def _place(_services: Services, _asker: Asker, _question: Question, text: str) -> bool:
    numbers = choices.numbers(text)
    return numbers is not None and len(numbers) == 1


def _reason(_services: Services, _asker: Asker, _question: Question, text: str) -> bool:
    return not isinstance(hide_reason(text), Wrong)


def _moment(services: Services, asker: Asker, _question: Question, text: str) -> bool:
    read_as = moments.parse_to_the_end(text, asker.at, services.town.zone)
    return not isinstance(read_as, Wrong) or read_as.code != "moment_unreadable"


def _day(services: Services, asker: Asker, _question: Question, text: str) -> bool:
    read_as = moments.parse_day(text, asker.at, services.town.zone)
    known = not isinstance(read_as, Wrong) or read_as.code != "day_unreadable"
    return known or is_unknown(text)


def _often(services: Services, asker: Asker, _question: Question, text: str) -> bool:
    read_as = recurrence.parse(text, asker.at, services.town.zone)
    return not isinstance(read_as, Wrong) or read_as.code != "recurrence_unreadable"


def _sentence(_services: Services, _asker: Asker, _question: Question, text: str) -> bool:
    return len(text.split()) >= _SENTENCE and not choices.enough(text)


def _rest(services: Services, asker: Asker, question: Question, text: str) -> bool:
    whole = question.before + text.strip() + question.after
    reading = read(services.known, whole, asker.where, asker.held)
    return reading is not None and not isinstance(reading.said, Wrong | words.Plain | words.Unknown)


_FITS: dict[Takes, Callable[[Services, Asker, Question, str], bool]] = {
    Takes.DAY: _day,
    Takes.PLACE: _place,
    Takes.REASON: _reason,
    Takes.MOMENT: _moment,
    Takes.OFTEN: _often,
    Takes.SENTENCE: _sentence,
    Takes.REST: _rest,
}
