"""What people note about sentences: corrections of a text, and bookmarks in an alignment.

::

    notes = Notes(store)
    notes.correct(document, segment, "A better sentence.", author="Ada", seen="A sentence.")
    notes.undo(document, author="Ada")

A correction changes neither the text as read nor the beads; it stands beside them until the corrected text is
written (``align.pipeline.corrected``). Notes survive a new version of their text wherever their sentence is
unchanged (see :mod:`align.passages`). Every change is an event; events are never changed or deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from align.edit import Side, Step, history
from align.errors import ConflictError, UsageError
from align.passages import Passage, find_passages
from align.store.events import now
from align.store.texts import segment_texts, some_texts

if TYPE_CHECKING:
    from align.store import Store

LONGEST = 100_000
"""Code points of a corrected sentence."""


@dataclass(frozen=True, slots=True)
class Note:
    """A correction or a bookmark that holds now.

    ``segment`` is where its sentence stands in the document asked for, None where it is not there (stale).
    ``text`` is the sentence as read, ``new`` the corrected one (of a bookmark its remark, "" mostly).
    """

    passage: int
    segment: int | None
    text: str
    new: str
    author: str
    at: str
    event: int


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """Something that was noted. ``old`` and ``new`` are None for the text as read, or no bookmark."""

    id: int
    at: str
    author: str
    action: str
    text: str
    old: str | None
    new: str | None
    of: int | None = None
    undone: bool | int = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A passage, and the last event about it."""

    id: int
    passage: Passage
    new: str | None
    author: str
    at: str
    event: int


class Notes:
    """The notes in an open project file. All methods raise StoreError where it cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.db = store.db

    # Corrections

    def corrections(self, document: int) -> list[Note]:
        """The corrections that hold, by their place in this version of the text; stale ones last."""
        with self.store.snapshot():
            return self._notes(self._held(self._key(document)), document)

    def correct(
        self, document: int, segment: int, new: str, author: str, *, seen: str | None = None
    ) -> NoteEvent | None:
        """Say how a sentence should read; the event, None where it does so already.

        The text as read takes a correction back. ``seen`` is what the editor saw in its place. Raises UsageError
        for an empty sentence or a segment that is not there, ConflictError where it is not as it was ``seen``.
        """
        new = _with_plain_ends(new).strip()
        if not new:
            raise UsageError(
                "a sentence cannot be corrected to nothing",
                hint="Move its words into a neighbour in the file",
            )
        if len(new) > LONGEST:
            raise UsageError(f"a corrected sentence has {LONGEST:,} characters at most")
        with self.store.transaction():
            passage = self._passage(document, segment)
            held = self._at(document, segment)
            read = passage.text
            present = held.new if held is not None and held.new is not None else read
            if seen is not None and _with_plain_ends(seen).strip() != _with_plain_ends(present).strip():
                raise ConflictError(
                    "this sentence was corrected in the meantime"
                    + (f" by {held.author}" if held is not None else ""),
                    where=str(self.store.path),
                    hint="Look at both, then decide",
                )
            wanted = None if new == _with_plain_ends(read).strip() else new
            return self._change(
                self._key(document), None, passage, held, wanted, author,
                "restore" if wanted is None else "correct",
            )  # fmt: skip

    def undo(self, document: int, author: str) -> NoteEvent:
        """Take the last correction of a text back, as an event; again and again. Raises UsageError."""
        return self._step(document, author, "undo")

    def redo(self, document: int, author: str) -> NoteEvent:
        """Correct again what was undone last. Raises UsageError."""
        return self._step(document, author, "redo")

    def history(self, document: int, *, limit: int | None = None) -> list[NoteEvent]:
        """The last ``limit`` events about a text's sentences, in order of time."""
        with self.store.snapshot():
            found = self.db.execute(
                """SELECT e.id, e.at, e.author, e.action, p.text, e.old, e.new, e.of,
                    coalesce((SELECT later.action = 'undo' FROM passage_events AS later
                        WHERE later.of = e.id ORDER BY later.id DESC LIMIT 1), 0)
                FROM passage_events AS e JOIN passages AS p ON p.id = e.passage
                WHERE p.key = ? AND p.alignment IS NULL ORDER BY e.id DESC LIMIT ?""",
                [self._key(document), -1 if limit is None else limit],
            ).fetchall()
        return [NoteEvent(*row) for row in reversed(found)]

    # Bookmarks

    def bookmarks(self, alignment: int) -> list[tuple[Side, Note]]:
        """The bookmarks of an alignment with the side that they are on, the source's first; stale ones last."""
        with self.store.snapshot():
            return [(side, note) for side in _SIDES for note in self._bookmarks(alignment, side)]

    def bookmark(
        self, alignment: int, side: Side, segment: int, author: str, *, remark: str = "", on: bool = True
    ) -> NoteEvent | None:
        """Put a bookmark at a sentence, or take it away; None where that changes nothing. Raises UsageError."""
        with self.store.transaction():
            document = self._document(alignment, side)
            passage = self._passage(document, segment)
            key = self._key(document)
            held = self._at(document, segment, alignment)
            return self._change(
                key, alignment, passage, held, remark.strip()[:500] if on else None, author,
                "bookmark" if on else "unbookmark",
            )  # fmt: skip

    def last_event(self, alignment: int) -> int:
        """The id of the last event about the sentences of an alignment, 0 if there is none."""
        with self.store.snapshot():
            (number,) = self.db.execute(
                """SELECT max(e.id) FROM passage_events AS e JOIN passages AS p ON p.id = e.passage
                JOIN alignments AS a ON p.key IN (a.source_key, a.target_key)
                WHERE a.id = ? AND (p.alignment IS NULL OR p.alignment = a.id)""",
                [alignment],
            ).fetchone()
        return int(number or 0)

    # How

    def _key(self, document: int) -> str:
        row = self.db.execute("SELECT key FROM documents WHERE id = ?", [document]).fetchone()
        if row is None:
            raise UsageError(f"there is no text {document}", where=str(self.store.path))
        return str(row[0])

    def _document(self, alignment: int, side: Side) -> int:
        row = self.db.execute("SELECT source, target FROM alignments WHERE id = ?", [alignment]).fetchone()
        if row is None:
            raise UsageError(f"there is no alignment {alignment}", where=str(self.store.path))
        return int(row[0 if side == "source" else 1])

    def _held(self, key: str, alignment: int | None = None) -> list[_Held]:
        """All passages of a text, each with its last event."""
        rows = self.db.execute(
            """SELECT p.id, p.segment, p.text, p.before, p.after, e.new, e.author, e.at, max(e.id)
            FROM passages AS p JOIN passage_events AS e ON e.passage = p.id
            WHERE p.key = ? AND p.alignment IS ? GROUP BY p.id ORDER BY p.id""",
            [key, alignment],
        )
        return [_Held(row[0], Passage(*row[1:5]), *row[5:]) for row in rows]

    def _places(self, held: Sequence[_Held], document: int) -> list[int | None]:
        """Where passages are; all texts are only looked at where one is not in its old place."""
        here = [one.passage for one in held]
        near = some_texts(
            self.db, document, (n for p in here for n in (p.segment - 1, p.segment, p.segment + 1))
        )
        if all(
            (near.get(p.segment - 1, ""), near.get(p.segment), near.get(p.segment + 1, ""))
            == (p.before, p.text, p.after)
            for p in here
        ):
            return [p.segment for p in here]
        return find_passages(here, segment_texts(self.db, document))

    def _notes(self, held: Sequence[_Held], document: int) -> list[Note]:
        found = self._places(held, document)
        notes = [
            Note(one.id, segment, one.passage.text, one.new, one.author, one.at, one.event)
            for one, segment in zip(held, found, strict=True)
            if one.new is not None
        ]
        return sorted(notes, key=lambda n: (n.segment is None, n.segment or 0, n.passage))

    def _bookmarks(self, alignment: int, side: Side) -> list[Note]:
        document = self._document(alignment, side)
        return self._notes(self._held(self._key(document), alignment), document)

    def _passage(self, document: int, segment: int) -> Passage:
        """The passage at a segment. Raises UsageError where there is none."""
        near = some_texts(self.db, document, (segment - 1, segment, segment + 1))
        if segment not in near:
            raise UsageError(f"there is no segment {segment}", hint="Segments are counted from 0")
        return Passage(segment, near[segment], near.get(segment - 1, ""), near.get(segment + 1, ""))

    def _at(self, document: int, segment: int, alignment: int | None = None) -> _Held | None:
        """What was noted about this segment so far."""
        held = self._held(self._key(document), alignment)
        return next(
            (one for one, at in zip(held, self._places(held, document), strict=True) if at == segment), None
        )

    def _change(
        self, key: str, alignment: int | None, passage: Passage, held: _Held | None, wanted: str | None,
        author: str, action: str,
    ) -> NoteEvent | None:  # fmt: skip
        old = None if held is None else held.new
        if wanted == old:
            return None
        number = held.id if held is not None else self._add(key, alignment, passage)
        return self._record(author, action, number, passage.text, old, wanted)

    def _add(self, key: str, alignment: int | None, passage: Passage) -> int:
        cursor = self.db.execute(
            "INSERT INTO passages (key, alignment, segment, text, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            [key, alignment, passage.segment, passage.text, passage.before, passage.after],
        )
        return cast(int, cursor.lastrowid)

    def _record(
        self, author: str, action: str, passage: int, text: str, old: str | None, new: str | None,
        of: int | None = None,
    ) -> NoteEvent:  # fmt: skip
        if not author.strip():
            raise UsageError("a change needs an author", hint="Say who makes it with --author NAME")
        at = now()
        cursor = self.db.execute(
            """INSERT INTO passage_events (at, author, action, passage, of, old, new)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [at, author, action, passage, of, old, new],
        )
        return NoteEvent(cast(int, cursor.lastrowid), at, author, action, text, old, new, of)

    def _step(self, document: int, author: str, action: str) -> NoteEvent:
        with self.store.transaction():
            rows = self.db.execute(
                """SELECT e.id, e.action, e.of FROM passage_events AS e JOIN passages AS p ON p.id = e.passage
                WHERE p.key = ? AND p.alignment IS NULL ORDER BY e.id""",
                [self._key(document)],
            )
            done, undone = history(Step(*row) for row in rows)
            waiting = done if action == "undo" else undone
            if not waiting:
                raise UsageError(f"there is no correction to {action}")
            passage, text, old, new = self.db.execute(
                """SELECT e.passage, p.text, e.old, e.new FROM passage_events AS e
                JOIN passages AS p ON p.id = e.passage WHERE e.id = ?""",
                [waiting[-1]],
            ).fetchone()
            before, after = (new, old) if action == "undo" else (old, new)
            return self._record(author, action, passage, text, before, after, waiting[-1])


_SIDES: tuple[Side, Side] = ("source", "target")


def _with_plain_ends(text: str) -> str:
    """A form sends other line ends than a text may have."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
