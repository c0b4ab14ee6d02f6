"""Of those who took part, how many came with an account that was made a short while before: staff
is told, since one person can make several. Nobody's vote counts less for it."""

from __future__ import annotations

from datetime import timedelta

from bot.desk import youth
from bot.desk.services import Services
from dialogues.counting.threshold import THRESHOLD
from dialogues.dialogue import Dialogue
from dialogues.participation import took_part

#: An account is new that is younger than this when the first round begins.
_NEW = timedelta(days=7)


def new_accounts(services: Services, dialogue: Dialogue) -> int:
    """How many took part with new accounts alone; 0 where that number, or that of the others, is
    one to four people. While a round is open it is 0 too: a number that grows with a vote would
    tell of whoever voted last. Youth rooms have no figures about people."""
    frames = dialogue.frames
    began = frames[0].opened_at if frames else None
    if began is None or dialogue.open_frame is not None or youth.is_youth(services, dialogue.room):
        return 0
    links = services.store.participants.links(dialogue.id)
    everybody = set().union(*took_part(dialogue, links))
    older: dict[str, bool] = {}
    for participant, platform, account in services.store.participants.accounts(dialogue.id):
        one, able = links.get(participant, participant), services.capabilities.get(platform)
        made_at = able.made_at(account) if able is not None else None
        old = made_at is None or made_at < began - _NEW
        older[one] = old or older.get(one, False)
    new = sum(not old for one, old in older.items() if one in everybody)
    few = any(0 < number < THRESHOLD for number in (new, len(everybody) - new))
    return 0 if few else new
