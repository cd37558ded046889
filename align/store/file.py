"""The project file as a file: finding, making and opening it, transactions, and errors in plain words.

One file and nothing beside it: SQLite's rollback journal is there only while something is being written, and
what it left behind after a crash is taken back when the file is next opened. Every change is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import StoreError
from align.store import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE_NAME = "concord.db"
TIMEOUT = 5.0  # seconds to wait for another program that is writing
_NOT_OURS = "it is not a Concord project file"
_HINT_INIT = "`concord init` makes a project file"

# By SQLite's primary result code: what is wrong, and what to do.
_MEANINGS = {
    sqlite3.SQLITE_BUSY: (
        "it is open in another program, which is writing to it",
        "Try again when that is done",
    ),
    sqlite3.SQLITE_LOCKED: (
        "it is open in another program, which is writing to it",
        "Try again when that is done",
    ),
    sqlite3.SQLITE_FULL: (
        "there is no space left on the disk",
        "Nothing was changed; make room and try again",
    ),
    sqlite3.SQLITE_READONLY: (
        "it cannot be written to",
        "Check the permissions of the file and of its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "Check the permissions of the file and of its folder"),
    sqlite3.SQLITE_PERM: ("it cannot be opened", "Check the permissions of the file and of its folder"),
    sqlite3.SQLITE_NOTADB: (_NOT_OURS, _HINT_INIT),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged",
        "Take it from a backup; `sqlite3 FILE .recover` may save the rest",
    ),
    sqlite3.SQLITE_IOERR: ("it cannot be read or written: the disk failed", "Check the disk, then try again"),
    sqlite3.SQLITE_TOOBIG: ("a text is too long to be kept in it", ""),
    sqlite3.SQLITE_NOMEM: ("there is not enough memory to work on it", ""),
}


def find_store(start: Path) -> Path | None:
    """The ``concord.db`` in the folder ``start`` or the nearest one above it, None if there is none."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        with suppress(OSError):  # a folder that may not be looked into has none for us
            if (place / FILE_NAME).is_file():
                return place / FILE_NAME
    return None


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Raise a StoreError that names the file instead of what SQLite raises."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        what, hint = _MEANINGS.get((code or 0) & 0xFF, (f"it cannot be used: {error}", ""))
        raise StoreError(what, where=str(path), hint=hint) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"a text with the character U+{ord(error.object[error.start]):04X} cannot be kept in it",
            where=str(path),
            hint="Half of a surrogate pair is no text; read the file in its right encoding",
        ) from error


@contextmanager
def transaction(db: Database, path: Path) -> Iterator[None]:
    """All or nothing: what is written inside is there when it ends, or none of it (also after a crash).

    Takes the right to write at once, waiting for others as long as the connection's timeout. Inside another
    transaction it is part of that one. Raises StoreError.
    """
    if db.conn.in_transaction:
        yield
        return
    with plain_errors(path):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:  # Ctrl-C too
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(db: Database, path: Path) -> Iterator[None]:
    """All that is read inside is of one moment, whatever others write meanwhile. Raises StoreError."""
    if db.conn.in_transaction:
        yield
        return
    with plain_errors(path):
        db.conn.execute("BEGIN")
        try:
            yield
        finally:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")


def paged(
    db: Database,
    path: Path,
    query: str,
    values: Mapping[str, object],
    *,
    size: int,
    key: int = 0,
    after: int = 0,
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that is ordered by its column ``key`` and asks for those behind ``:after``.

    They are fetched ``size`` at a time, so that neither memory nor the file is held while somebody works on them;
    what others write meanwhile may be seen. Raises StoreError.
    """
    while True:
        with plain_errors(path):
            rows = db.execute(f"{query} LIMIT {size}", {**values, "after": after}).fetchall()
        yield from rows
        if len(rows) < size:
            return
        after = rows[-1][key]


def check_place(path: Path) -> None:
    """Raise StoreError where a project file cannot be, before anything has been done for it."""
    if path.is_dir():
        raise StoreError(
            "it is a folder", where=str(path), hint=f"Name a file in it, such as {path / FILE_NAME}"
        )
    if not path.absolute().parent.is_dir():
        raise StoreError("its folder does not exist", where=str(path), hint="Make the folder first")


def connect(path: Path, *, create: bool, timeout: float = TIMEOUT) -> Database:
    """A connection to the project file, brought up to date; with ``create`` the file is made if need be.

    Raises StoreError where that is not possible, NewerStoreError where the file is of a newer version. A file
    that could not be made is not left behind.
    """

    def prepared(connection: sqlite3.Connection) -> Database:
        return _prepared(connection, path, create=create)

    return opened(path, prepared, create=create, timeout=timeout, hint=_HINT_INIT)


def opened(
    path: Path,
    prepared: Callable[[sqlite3.Connection], Database],
    *,
    create: bool,
    timeout: float,
    hint: str,
) -> Database:
    """What ``prepared`` makes of a connection to a file; one that it refuses to make is not left behind.

    Raises StoreError, with ``hint`` where there is no such file and none is to be made.
    """
    with plain_errors(path):
        check_place(path)
        exists = path.exists()
        if not exists and not create:
            raise StoreError("there is no such file", where=str(path), hint=hint)
        uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
        try:
            return prepared(connection)
        except BaseException:
            connection.close()
            if not exists:
                with suppress(OSError):
                    if path.stat().st_size == 0:
                        path.unlink()
            raise


def _prepared(connection: sqlite3.Connection, path: Path, *, create: bool) -> Database:
    from sqlite_utils import Database

    connection.execute("PRAGMA foreign_keys = ON")
    db = Database(connection, execute_plugins=False)
    if not _is_ours(db, path, create=create):
        with transaction(db, path):
            if not _is_ours(db, path, create=create):  # nobody else was faster
                db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
                migrations.migrate(db, "align", migrations.STEPS, where=str(path))
    elif migrations.outdated(db, "align", migrations.STEPS, where=str(path)):
        with transaction(db, path):
            migrations.migrate(db, "align", migrations.STEPS, where=str(path))
    return db


def _is_ours(db: Database, path: Path, *, create: bool) -> bool:
    """Whether the file is a project file; False for an empty one that may become one; else StoreError."""
    (number,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if number == migrations.APPLICATION_ID and tables:
        return True
    if tables or number:
        raise StoreError(_NOT_OURS, where=str(path), hint=_HINT_INIT)
    if not create:
        raise StoreError(
            "it is empty", where=str(path), hint=f"`concord init {path}` makes a project file of it"
        )
    return False
