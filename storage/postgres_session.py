"""A session with a PostgreSQL server, with the project's settings: what was confirmed lasts."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper
from psycopg.types.string import StrBinaryDumper, StrDumper

from storage.database import Served, Unusable

#: The settings of a connection that its address does not name: seconds until an attempt ends,
#: and how soon a server that is gone is noticed (the last in milliseconds).
_DEFAULTS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "application_name": "stadsgesprek",
}

logging.getLogger(psycopg.__name__).setLevel(logging.CRITICAL)  # its lines hold what a server said

#: How many statements the server keeps ready; there are fewer.
_PREPARED = 500


class Number(Int8Dumper):
    """Whole numbers, and yes and no, all go as numbers of 64 bits."""

    def dump(self, obj: Any) -> Any:
        return super().dump(int(obj))


class BinaryNumber(Int8BinaryDumper):
    """The same in binary."""

    def dump(self, obj: Any) -> Any:
        return super().dump(int(obj))


#: How values go to the server: every text and number as the columns have it.
_DUMPERS: dict[type, tuple[type[Any], ...]] = {
    bool: (Number, BinaryNumber),
    int: (Int8Dumper, Int8BinaryDumper),
    str: (StrDumper, StrBinaryDumper),
}


def opened(served: Served, read_only: bool) -> psycopg.Connection[Any]:
    """A session with the town's schema and the project's settings."""
    try:
        named = conninfo_to_dict(served.address)
    except psycopg.Error:  # its text repeats the address, and with it the password
        raise Unusable("bad_address") from None
    try:
        pg = psycopg.connect(
            make_conninfo("", **{**_DEFAULTS, **named}),
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            prepare_threshold=1,
        )
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or [""])[-1].strip()
        raise Unusable("unreachable", why=why) from None
    pg.prepared_max = _PREPARED
    for kind, dumpers in _DUMPERS.items():
        for dumper in dumpers:
            pg.adapters.register_dumper(kind, dumper)
    try:
        _set(pg, served.schema, read_only)
    except psycopg.Error as error:
        pg.close()
        raise Unusable("refuses", file=str(served), state=error.sqlstate or "") from None
    except Unusable:
        pg.close()
        raise
    return pg


#: What was confirmed lasts, whatever the server's own setting.
_LASTING = """CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
THEN 'on' ELSE current_setting('synchronous_commit') END"""


def _set(pg: psycopg.Connection[Any], schema: str, read_only: bool) -> None:
    """The settings of a session, by one question."""
    wanted = {"search_path": "$1", "lock_timeout": "'5s'", "synchronous_commit": _LASTING}
    if read_only:
        wanted["default_transaction_read_only"] = "'on'"
        wanted["default_transaction_isolation"] = "'repeatable read'"
    at_once = ", ".join(f"set_config('{name}', {value}, false)" for name, value in wanted.items())
    asked = f"SELECT current_setting('server_encoding'), {at_once}"
    (encoding, *_) = pg.execute(asked, (f'"{schema}"',)).fetchone() or ("",)
    if encoding != "UTF8":
        raise Unusable("not_utf8", encoding=encoding)
