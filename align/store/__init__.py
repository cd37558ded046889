"""A project: documents, alignments, beads and all that people decided, in one SQLite file.

::

    with open_store(Path("concord.db"), create=True) as store:
        report = store.save_alignment(alignment, author="Ada", source_path=ru, target_path=en)
        store.edit(report.alignment_id, EditRequest("merge", 3, 4), author="Ada")
        store.undo(report.alignment_id, author="Ada")

Every change is one transaction and leaves an event; events are never changed or deleted. A document is known
by its path from the project file's folder, an alignment by its two documents: aligning the same pair again
replaces the machine's beads and carries people's over (see ``anchor``). All methods raise StoreError where the
file cannot be read or written.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from align.anchor import StaleBead
from align.anchor.splice import Realign
from align.anchor.stretch import realigned
from align.edit import EditRequest, misplaced
from align.errors import ConflictError, StoreError, UsageError
from align.model import Alignment, Bead
from align.store import events as store_events
from align.store import migrations
from align.store import rows as store_rows
from align.store import save as store_save
from align.store.events import Event
from align.store.file import FILE_NAME, TIMEOUT, check_place, connect, find_store, snapshot, transaction
from align.store.save import AlignmentRow, SaveReport

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = [
    "FILE_NAME",
    "AlignmentRow",
    "Event",
    "SaveReport",
    "Store",
    "check_place",
    "find_store",
    "init_store",
    "open_store",
]


def open_store(path: Path, create: bool = False, *, timeout: float = TIMEOUT) -> Store:
    """Open the project file; with ``create`` it is made if it is not there or empty.

    Waits ``timeout`` seconds for another program that is writing. Raises StoreError, NewerStoreError.
    """
    return Store(connect(path, create=create, timeout=timeout), path)


def init_store(path: Path) -> tuple[Path, bool]:
    """Make a project file at ``path``, or a ``concord.db`` in it if it is a folder.

    Gives the file and whether it was made; one that is there already is left as it is. Raises StoreError.
    """
    file = path / FILE_NAME if path.is_dir() else path
    made = not file.exists() or file.stat().st_size == 0
    open_store(file, create=True).close()
    return file, made


class Store:
    """An open project file. Use as a context manager, in one thread; ``db`` is its sqlite-utils database."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is there at the end, or nothing of it."""
        with transaction(self.db, self.path):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        with snapshot(self.db, self.path):
            yield

    def migrate(self, name: str, steps: tuple[migrations.Step, ...]) -> None:
        """Bring another package's tables up to date. Raises NewerStoreError."""
        with self.snapshot():
            outdated = migrations.outdated(self.db, name, steps, where=str(self.path))
        if outdated:
            with self.transaction():
                migrations.migrate(self.db, name, steps, where=str(self.path))

    def key(self, path: str | Path | None, name: str) -> str:
        """How a document is known here: by its path from the project's folder, or by ``name`` without one."""
        if path is None or str(path) == "-":
            return _printable(name)
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow links out of the project)
        with suppress(ValueError):  # outside the project
            absolute = absolute.relative_to(os.path.abspath(self.path.parent))  # noqa: PTH100
        return _printable(absolute.as_posix())

    def save_alignment(
        self,
        alignment: Alignment,
        *,
        author: str,
        source_path: str | Path | None = None,
        target_path: str | Path | None = None,
        realign: Realign | None = None,
    ) -> SaveReport:
        """Keep an alignment; if the pair was aligned before, carry over what people decided there.

        ``realign`` aligns stretches around their beads anew (see :func:`align.anchor.carry_over`). With the
        same documents and parameters as before nothing is written. Raises StoreError where the alignment does
        not hold each segment exactly once.
        """
        self._check(alignment)
        source_key = self.key(source_path, alignment.source.name)
        target_key = self.key(target_path, alignment.target.name)
        with self.transaction():
            return store_save.save(self.db, alignment, (source_key, target_key), author, realign)

    def alignments(self) -> list[AlignmentRow]:
        """All alignments in the order in which they were made."""
        with self.snapshot():
            return store_save.listed(self.db)

    def find(
        self,
        source_path: str | Path | None,
        target_path: str | Path | None,
        *,
        source_name: str = "",
        target_name: str = "",
    ) -> int | None:
        """The id of the alignment of these two documents, None if they were not aligned here."""
        with self.snapshot():
            keys = self.key(source_path, source_name), self.key(target_path, target_name)
            return store_save.find(self.db, *keys)

    def load_alignment(self, alignment_id: int | None = None) -> Alignment:
        """An alignment with the states of its beads; None stands for the only one. Raises UsageError."""
        with self.snapshot():
            return store_rows.get_alignment(self.db, self.resolve(alignment_id))

    def resolve(self, alignment_id: int | None) -> int:
        """The id of an alignment that is there; None stands for the only one. Raises UsageError."""
        with self.snapshot():
            found = self.db.execute(
                "SELECT id, source_key, target_key FROM alignments ORDER BY id"
            ).fetchall()
        there = {number: f"{number} ({source} – {target})" for number, source, target in found}
        if alignment_id is not None and alignment_id in there:
            return alignment_id
        if alignment_id is None and len(there) == 1:
            return int(next(iter(there)))
        listed = ", ".join(list(there.values())[:5]) + (" …" if len(there) > 5 else "")
        raise UsageError(
            "there are several alignments"
            if alignment_id is None and there
            else f"there is no alignment {'in it' if alignment_id is None else alignment_id}",
            where=str(self.path),
            hint=f"Name one of these: {listed}"
            if there
            else "`concord align ORIGINAL TRANSLATION` makes one",
        )

    def stale(self, alignment_id: int | None = None) -> list[StaleBead]:
        """The decisions that wait to be resolved since their texts changed.

        :func:`align.anchor.places` tells which beads they are shown at. Confirming, editing or discarding a
        bead with the state "stale" resolves those at it, :meth:`discard_stale` any single one.
        """
        with self.snapshot():
            return store_rows.get_stale(self.db, self.resolve(alignment_id))

    def edit(
        self, alignment_id: int | None, request: EditRequest, author: str, *, expected: int | None = None
    ) -> Event | None:
        """Change beads as a person asks; the event, None where the beads are so already.

        ``expected`` is the last event that the person has seen. Raises UsageError for what cannot be done,
        ConflictError if somebody else changed the alignment since ``expected``.
        """
        with self.transaction():
            number = self._expect(alignment_id, expected)
            return store_events.edit(self.db, number, request, author)

    def realign(
        self,
        alignment_id: int | None,
        beads: tuple[int, int],
        realign: Realign,
        author: str,
        *,
        expected: int | None = None,
    ) -> Event | None:
        """Align the beads ``beads`` (first and last, from 1) anew, but for those that people decided.

        The event, None where all stay as they are. See :func:`align.anchor.stretch.realigned`; raises as
        :meth:`edit`.
        """
        with self.snapshot():
            number = self._expect(alignment_id, expected)
            present, _ = store_rows.get_beads(self.db, number)
        first, last = min(beads), max(beads)
        patch = realigned(present, first - 1, last - 1, realign)  # takes its time: others may write meanwhile
        with self.transaction():
            self._expect(number, expected)
            asked = {"first": first, "last": last}
            return store_events.replace(self.db, number, patch, author, "realign beads", asked)

    def discard_stale(self, alignment_id: int | None, stale_id: int, author: str) -> Event:
        """Resolve one stale decision by letting it go. Raises UsageError where it is not open."""
        with self.transaction():
            return store_events.discard_stale(self.db, self.resolve(alignment_id), stale_id, author)

    def undo(
        self,
        alignment_id: int | None,
        author: str,
        *,
        realignment: bool = False,
        expected: int | None = None,
    ) -> Event:
        """Take the last change back, as an event of its own; again and again down to the first.

        A re-alignment of changed texts is only taken back with ``realignment``. Raises UsageError where there
        is nothing to undo, ConflictError as :meth:`edit`.
        """
        with self.transaction():
            number = self._expect(alignment_id, expected)
            return store_events.undo(self.db, number, author, realignment=realignment)

    def redo(self, alignment_id: int | None, author: str, *, expected: int | None = None) -> Event:
        """Do again what was undone last. Raises UsageError, ConflictError as :meth:`undo`."""
        with self.transaction():
            return store_events.redo(self.db, self._expect(alignment_id, expected), author)

    def events(self, alignment_id: int | None = None, *, limit: int | None = None) -> list[Event]:
        """The last ``limit`` events of one alignment, or of all (None), in order of time."""
        with self.snapshot():
            return store_events.events(self.db, alignment_id, limit)

    def next_steps(self, alignment_id: int | None = None) -> tuple[Event | None, Event | None]:
        """What an undo would take back now and a redo do again; None where there is nothing."""
        with self.snapshot():
            return store_events.next_steps(self.db, self.resolve(alignment_id))

    def beads_at(self, alignment_id: int | None, event: int) -> tuple[Bead, ...] | None:
        """The beads as somebody saw them who saw ``event`` last; None where that cannot be told."""
        with self.snapshot():
            return store_events.beads_at(self.db, self.resolve(alignment_id), event)

    def last_event(self, alignment_id: int | None = None) -> int:
        """The id of the last event of an alignment."""
        with self.snapshot():
            return store_events.last_event(self.db, self.resolve(alignment_id))

    def _expect(self, alignment_id: int | None, expected: int | None) -> int:
        number = self.resolve(alignment_id)
        if expected is not None and expected != store_events.last_event(self.db, number):
            last = store_events.events(self.db, number, 1)[0]
            raise ConflictError(
                f"alignment {number} was changed in the meantime ({last.action} by {last.author})",
                where=str(self.path),
                hint="Look at its beads again, then repeat the change",
            )
        return number

    def _check(self, alignment: Alignment) -> None:
        wrong = misplaced(alignment.beads, len(alignment.source.segments), len(alignment.target.segments))
        if not wrong and not all(math.isfinite(b.score) and 0 <= b.confidence <= 1 for b in alignment.beads):
            wrong = "a bead has no valid score or confidence"
        if wrong:
            raise StoreError(f"this alignment cannot be kept: {wrong}", where=str(self.path))


def _printable(key: str) -> str:
    """A file's name that is not valid UTF-8, written so that it is."""
    return key.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
