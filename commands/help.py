"""What ``hulp`` shows: at most five things this person can do now, here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commands.said import Where
from commands.words import WORDS, may
from dialogues.core import Role
from dialogues.format import Kind

#: More than this nobody reads.
MOST = 5


class Stage(StrEnum):
    """How far the dialogue that is meant here is."""

    NONE = "none"
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is to do depends on this.

    ``round`` is the kind of the open round; ``voting`` whether its vote is open (a closing round
    first waits); ``voted`` whether this person voted in it; ``given`` whether this person gave a
    contribution; ``waiting`` how many items wait for a moderator; ``unanswered`` how many
    questions have no answer; ``last`` whether the open round is the dialogue's last; ``results``
    whether a round has closed; ``empty_poll`` whether a poll to come has no question;
    ``proposals`` whether there is something to recommend.
    """

    where: Where
    roles: frozenset[Role]
    stage: Stage
    round: Kind | None = None
    collecting: bool = False
    voting: bool = True
    voted: bool = False
    given: bool = False
    waiting: int = 0
    unanswered: int = 0
    last: bool = False
    results: bool = False
    empty_poll: bool = False
    proposals: bool = False


def things_to_do(now: Situation) -> tuple[str, ...]:
    """Help codes, what matters most first; each names a word this person may use here."""
    codes = _staff(now) if now.roles and now.where is not Where.ROOM else _resident(now)
    usable = {w.help for w in WORDS if now.where in w.where and may(w, now.roles)}
    return tuple(dict.fromkeys(code for code in codes if code in usable))[:MOST]


def _staff(now: Situation) -> list[str]:
    codes: list[str] = []
    if now.waiting:
        codes += ["help_work", "help_approve", "help_hide"]
    if now.unanswered:
        codes += ["help_answer", "help_look_up"]
    if now.stage is Stage.NONE:
        codes.append("help_new_dialogue")
    if now.stage is Stage.PREPARING:
        codes += ["help_start", "help_charter", *["help_poll"] * now.empty_poll]
    if now.stage is Stage.OPEN:
        if now.round is Kind.QUESTIONS and now.unanswered:
            codes.append("help_now")
        if now.round is Kind.CLOSING and not now.voting:
            codes.append("help_next_round")
            codes += ["help_advice_drop", "help_advice_order"] * now.proposals
            codes.append("help_advice_add")
        codes += ["help_poll"] * now.empty_poll
        codes.append("help_close" if now.last else "help_next_round")
        codes += ["help_until", "help_hide"]
        if now.collecting:
            codes.append("help_stop_collecting")
    if now.stage is Stage.CLOSED:
        codes += ["help_advice", "help_results", "help_new_dialogue"]
    return [*codes, "help_status", "help_results", "help_privacy", "help_language"]


def _resident(now: Situation) -> list[str]:
    """A resident anywhere, and whoever of staff asks in the room."""
    codes: list[str] = []
    if now.stage is Stage.OPEN and now.round is not None:
        codes += _in_round(now)
        if now.given:
            codes.append("help_mine")
    if now.results:
        codes.append("help_results")
    if now.stage is not Stage.NONE:
        codes.append("help_status")
        codes.append("help_mine")
    return [*codes, "help_privacy", "help_language"]


def _in_round(now: Situation) -> list[str]:
    if now.roles:  # staff has no ballot
        return ["help_answer", "help_look_up"] if now.round is Kind.QUESTIONS else []
    vote = "help_join" if now.where is Where.ROOM or not now.voted else "help_vote"
    if now.round is Kind.QUESTIONS:
        return ["help_join"] * (not now.given) + ["help_question", "help_support"]
    codes = [vote] if now.voting else []
    if now.round is Kind.STATEMENTS:
        codes += ["help_statement"] if now.collecting else []
        codes += ["help_why"] if now.voted and now.where is Where.PERSONAL else []
    return codes
