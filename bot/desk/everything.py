"""``mijn alles``: all that is kept of somebody, as a file where the platform takes one."""

from __future__ import annotations

from bot.desk import keeping, mine
from bot.desk.asker import Asker
from bot.desk.meetings import my_meetings
from bot.desk.services import Services
from commands import said as words
from dialogues.core import Notice, Value

#: The short answer beside the file, and what stands in the file.
TOLD, FILE = "everything", "everything_file"


def everything(services: Services, asker: Asker, _said: words.Everything) -> list[Notice]:
    """The accounts that are known, language and roles, what was given in each dialogue, and the
    meetings. It is no word of a staff room, where all staff would read it."""
    store, person = services.store, asker.person
    dialogues: list[Value] = [
        {
            **mine.mine(services, asker, services.ledger.states[name], None)[0].data,
            "evaluated": len(store.evaluations.answered(name, [participant])),
        }
        for name, participant in store.participants.participations(person)
        if name in services.ledger.states
    ]
    meetings = [notice.data for notice in my_meetings.listed(services, asker)]
    accounts: list[Value] = [
        {"platform": platform, "account": account}
        for platform, account in store.people.accounts(person)
    ]
    data: dict[str, Value] = {
        "at": asker.at,
        "town": services.town.name,
        "accounts": accounts,
        "roles": sorted(role.value for role in asker.held),
        "chosen": store.people.language(person),
        "quiet": store.people.quiet(person),
        "dialogues": dialogues,
        "meetings": meetings,
        "days": services.town.limits.objection_days,
        "kept_for_now": keeping.held(services, asker),
    }
    if not asker.can.upload:
        return [Notice(FILE, data)]
    return [Notice(TOLD, data)]
