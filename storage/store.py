"""``Store``: all tables on one connection, changed in one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dialogues.record import Record
from storage.codes import Codes
from storage.commits import Commits, EachOne, ManyTogether
from storage.cursors import Cursors
from storage.database import Unusable, Where, beside, or_not_now
from storage.evaluations import Evaluations
from storage.forms import Forms
from storage.inbox import Inbox
from storage.journal import Journal
from storage.offers import Offers
from storage.outbox import Flights, Outbox, Queue
from storage.participants import Ballots, Participants
from storage.people import People
from storage.places import Places, conversation
from storage.posts import Posts
from storage.pseudonyms import Names
from storage.reader import Reader
from storage.settings import Settings
from storage.sidecar import opened
from storage.slots import Slots
from storage.soundness import is_of_key
from storage.sources import Sources
from storage.texts import Texts
from storage.upkeep import upkeep_of
from storage.watched import Watched


class Store:
    """Opened by one process at a time (``storage.opening.lock``), used by the engine thread.

    ``key`` is the town's; another than that of the file is ``Unusable``, for it would give
    everybody another receipt. ``lasting`` False: for a database that can be made again; see
    ``connect`` and ``ManyTogether``.
    """

    def __init__(
        self,
        where: Where,
        chance: Callable[[int], bytes],
        record: Record,
        key: bytes,
        lasting: bool = True,
    ) -> None:
        self.where = where
        self.file = beside(where)
        self.record = record
        self.lasting = lasting
        self._db, self.has_sidecar = opened(where, lasting)
        if not is_of_key(self._db, key):
            self._db.close()
            raise Unusable("other_key", file=str(where))
        self._commits: Commits = EachOne(self._db) if lasting else ManyTogether(self._db)
        self.upkeep = upkeep_of(where, self._db, self._commits, lasting)
        self.texts = Texts(self._db, chance)
        self.journal = Journal(self._db, self.texts, record)
        self.inbox = Inbox(self._db)
        self.cursors = Cursors(self._db)
        self.settings = Settings(self._db)
        self.codes = Codes(self._db, chance, key)
        self._names = Names(chance)
        self.people = People(self._db, self._names, key)
        self.ballots = Ballots(self._db, self._names, key)
        self.participants = Participants(self._db, self._names, key, self.ballots)
        self.places = Places(self._db)
        self.forms = Forms(self._db)
        self.evaluations = Evaluations(self._db)
        self.offers = Offers(self._db)
        self.sources = Sources(self._db)
        self._watched = Watched(self._db)
        self.posts = Posts(self._watched, self.places)
        self.outbox = Outbox(self._watched)
        self.queue = Queue(self._watched)
        self.flights = Flights(self._watched)
        self.slots = Slots(self.outbox, self.flights, self.posts, self.places)

    # -- transactions -------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Raises ``NotNow`` when the disk is full or
        somebody else holds the file; nothing happened then either. Any other error of the database
        is raised as it is."""
        with or_not_now():
            try:
                self._commits.begin()
                yield
                self.flush()
                head = self.upkeep.new_head(self.journal)
                self._commits.end()
            except BaseException:
                self._rollback()
                raise
        self.upkeep.committed(head)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is rolled back alone when it fails; what came before it
        stays.

        The parts' waiting rows are written first, so that they are not lost then. Raises ``NotNow``
        as a transaction does; then the whole transaction has to be given up.
        """
        with or_not_now():
            self.flush()
            self._db.execute("SAVEPOINT part")
            try:
                yield
                self.flush()
            except BaseException:
                self._back()
                raise
            self._db.execute("RELEASE part")

    def _back(self) -> None:
        """Roll back to the savepoint, and drop the caches and waiting rows."""
        if self._db.in_transaction:  # a full disk may have ended it
            self._db.execute("ROLLBACK TO part")
            self._db.execute("RELEASE part")
        self._drop()

    def flush(self) -> None:
        """Write the rows that the parts collected."""
        for part in (self.inbox, self.journal, self.texts, self.places, self.forms):
            part.flush()
        self._names.settle()

    def expect(self, accounts: Callable[[], list[tuple[str, str]]]) -> None:
        """Give the authors of the facts that are handled next: what is asked about somebody new is
        then looked up for all of them at once."""
        self.people.strangers.expect(accounts)
        self.offers.expect(lambda: [conversation(*account) for account in accounts()])

    def _rollback(self) -> None:
        """Roll the transaction back, and drop the caches and waiting rows."""
        self._drop()
        self._commits.back()

    def _drop(self) -> None:
        parts = (
            self.inbox, self.journal, self.texts, self.people, self.participants, self.places,
            self.offers, self.outbox, self._watched, self.forms,
        )  # fmt: skip
        for part in parts:
            part.drop()

    # -- reading ------------------------------------------------------------------------------

    def reader(self) -> Reader:
        """A reader of what is committed (in a transaction: also of its own changes), for the
        store's thread."""
        return Reader(self._db, self.record)

    def close(self) -> None:
        """Close the database."""
        self.upkeep.end()
        self._db.close()
        self.upkeep.closed()
