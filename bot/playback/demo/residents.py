"""What the residents of the demo do: talk, give statements, vote, choose and consent."""

from __future__ import annotations

from bot.playback.demo import story
from bot.playback.demo.people import DISAGREE, PASS, opinion, option, part_of_hundred
from bot.playback.demo.stage import Doing, Stage
from bot.playback.demo.story import ROOM

_SHORT = {"eens": "e", "oneens": "o", "?": "?"}

#: Whose conversation with the bot is shown, and of which statements.
_FOLLOWED = frozenset({"emine"})
_POLLED = "fatima"
_CONSENTED = frozenset({"kees"})
_SHOWN = frozenset({"S1", story.HIDDEN})


def chatting(stage: Stage, who: str, text: str) -> Doing:
    """Say something to the others in the room."""
    stage.say(who, text, ROOM)
    yield 0


def stating(stage: Stage, saying: story.Saying) -> Doing:
    """Give a statement; the author of the one that is hidden says it in another way."""
    who, number = saying.author, f"S{stage.offers.statements + 1}"
    stage.say(who, f"stelling {saying.text}", show=number in _SHOWN)
    stage.offers.statements += 1
    if number == story.HIDDEN:
        yield story.HIDDEN_AT + 40 - stage.now
        stage.say(who, f"wijzig {number} {story.REWORDED}", show=True)


def repeating(stage: Stage, who: str, text: str, answer: str) -> Doing:
    """Somebody gives a near-duplicate of a statement, and agrees with the earlier one instead."""
    stage.say(who, f"stelling {text}", show=who == story.ALIKE[0][0])
    yield 15
    stage.say(who, answer, show=who == story.ALIKE[0][0])
    same = next(row[3] for row in story.ALIKE if row[0] == who)
    stage.offers.vote(who, same)


def voting(stage: Stage, who: str) -> Doing:
    """Take part in the round of statements, to the end of the offers."""
    show = who in _FOLLOWED
    pause = 6 + part_of_hundred(who, "pause") / 8
    if who == "piet":  # he does not know yet how it works
        stage.say(who, "!stem S11 oneens", ROOM)
        yield pause
    if who == "nadia":
        stage.say(who, "meedon", show=True)
        yield pause
    stage.say(who, "!meedoen" if show else "meedoen", ROOM if show else "")
    yield pause
    stage.say(who, "ja", show=show)
    offer = stage.offers.offer(who)
    told = {number for (name, number) in story.REASONS if name == who}
    while offer:
        yield pause
        choices = {number: opinion(who, number) for number in offer}
        stage.say(who, _answers(choices, part_of_hundred(who, "style") < 30), show=show)
        asked = _asked(choices, len(stage.offers.done[who]))
        for number in offer:
            stage.offers.vote(who, number)
        if asked:  # the next list comes after the answer
            yield pause
            reason = story.REASONS.get((who, asked))
            stage.say(who, reason or "nee", show=show)
            told.discard(asked if reason else "")
        offer = stage.offers.offer(who)
    for number in sorted(told):
        yield pause
        stage.say(who, f"waarom {number} {story.REASONS[who, number]}", show=show)


def _answers(choices: dict[str, str], short: bool) -> str:
    """Choices as somebody types them: with their places, or as a row of letters."""
    if short:
        return " ".join(_SHORT[choice] for choice in choices.values())
    return " ".join(f"{place} {choice}" for place, choice in enumerate(choices.values(), 1))


def _asked(choices: dict[str, str], before: int) -> str:
    """The statement that the bot asks a reason for, or "": at most one for every third vote."""
    opinions = [number for number, choice in choices.items() if choice != PASS]
    if not opinions or (before + len(choices)) // 3 == before // 3:
        return ""
    against = [number for number in opinions if choices[number] == DISAGREE]
    return (against or opinions)[-1]


def choosing(stage: Stage, who: str) -> Doing:
    """Choose an option of the poll."""
    stage.say(who, "meedoen", show=who == _POLLED)
    yield 12
    stage.say(who, str(option(who)), show=who == _POLLED)


def consenting(stage: Stage, who: str) -> Doing:
    """Vote yes or no on the recommendations."""
    no, reason = story.NO.get(who, ("", ""))
    show = who in _CONSENTED
    stage.say(who, "meedoen", show=show)
    yield 15
    places = enumerate(story.RECOMMENDED, 1)
    words = (f"{place} {'nee' if number == no else 'ja'}" for place, number in places)
    stage.say(who, " ".join(words), show=show)
    if reason:
        yield 20
        stage.say(who, f"waarom {no} {reason}", show=show)
