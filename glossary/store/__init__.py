"""The glossary of a project: what was proposed, the evidence, and all that people decided, in the project file.

::

    with open_store(Path("concord.db")) as store:
        glossary = Glossary(store)
        page = glossary.page(Query(state="candidate"))
        glossary.perform(Accept((page.rows[0].id,)), author="Ada")
        glossary.undo(author="Ada")

Every decision is one transaction and one event with author, time and reason; events are never changed or
deleted. All methods raise StoreError where the file cannot be read or written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from align.errors import UsageError
from align.model import Document
from align.store import Store
from glossary.model import Candidate, Entry
from glossary.review import actions as do
from glossary.review.entries import dumps, loads, make_id
from glossary.review.valid import label
from glossary.store import build as store_build
from glossary.store import events as store_events
from glossary.store import evidence as store_evidence
from glossary.store import list as store_list
from glossary.store import migrations, rows
from glossary.store.build import BuildReport
from glossary.store.events import Event
from glossary.store.evidence import Evidence, Sentence
from glossary.store.list import Page, Query, Row
from glossary.store.rows import Held

__all__ = [
    "BuildReport",
    "Event",
    "Evidence",
    "Glossary",
    "Held",
    "Page",
    "Query",
    "Row",
    "Sentence",
]


class Glossary:
    """The glossary in an open project file; its tables are made if they are not there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.db = store.db
        store.migrate(migrations.NAME, migrations.STEPS)

    # Looking

    def state(self) -> Mapping[str, Entry]:
        """All entries by id, each read when asked for; for use inside a transaction or snapshot."""
        return rows.LazyState(self.db)

    def get(self, number: str) -> Held:
        """The entry with this id. Raises UsageError."""
        with self.store.snapshot():
            held = rows.get_held(self.db, number)
        if held is None:
            raise UsageError("there is no such concept", where=number, hint="`concord terms list` shows all")
        return held

    def resolve(self, name: str) -> str:
        """The id of the concept that an id, the beginning of one, or a term names. Raises UsageError."""
        with self.store.snapshot():
            found = store_list.find(self.db, name.strip())
            if len(found) == 1:
                return found[0]
            labels = [
                f"{held.entry.concept.id} ({label(held.entry.concept)})"
                for number in found
                if (held := rows.get_held(self.db, number)) is not None
            ]
        if not found:
            raise UsageError(
                "there is no such concept",
                where=name[:80],
                hint="Name one by its id or a term; see `concord terms list`",
            )
        raise UsageError("may be several concepts", where=name[:80], hint=f"Name one: {', '.join(labels)}")

    def known(self, name: str) -> str:
        """The id of the only concept that a name stands for, "" if there is none or there are several."""
        with self.store.snapshot():
            found = store_list.find(self.db, name.strip())
        return found[0] if len(found) == 1 else ""

    def search(
        self,
        words: str | Sequence[str],
        *,
        lang: str = "",
        limit: int = 100,
        document: str = "",
        concept: str = "",
        after: tuple[str, int] = ("", -1),
    ) -> list[Evidence]:
        """Where words stand in the current texts of the project, in any case, with the counterparts.

        Several forms are looked for at once, as words of their own. In the counterparts the mentions of ``concept``
        are marked. ``after`` is the document and start of the last place seen.
        """
        with self.store.snapshot():
            n = self.get(concept).n if concept else None
            return store_evidence.search(
                self.db, words, lang=lang, limit=limit, document=document, n=n, after=after
            )

    def page(self, query: Query, *, after: str = "", limit: int = 50, back: bool = False) -> Page:
        """Up to ``limit`` (at most 1,000) concepts, from the cursor ``after`` on, or before it. Raises UsageError."""
        with self.store.snapshot():
            return store_list.page(self.db, query, after, limit, back=back)

    def versions(self, query: Query) -> list[tuple[str, int]]:
        """The ids of all concepts that a query finds, in its order, each with its version."""
        with self.store.snapshot():
            return store_list.ids(self.db, query)

    def place_of(self, number: str, query: Query) -> str:
        """The cursor right after a concept in the order of a query, "" if it is not there."""
        with self.store.snapshot():
            return store_list.place_of(self.db, number, query)

    def count(self, query: Query) -> int:
        """How many concepts a query finds."""
        with self.store.snapshot():
            return store_list.count(self.db, query)

    def evidence(
        self,
        number: str,
        *,
        lang: str = "",
        limit: int = 20,
        after: tuple[str, int] = ("", -1),
        only_new: bool = False,
    ) -> list[Evidence]:
        """Occurrences with their sentences; ``after`` is the document and start of the last one seen."""
        with self.store.snapshot():
            held = self.get(number)
            seen = held.seen if held.entry.decided else 1 << 62
            terms = held.entry.concept.terms
            return store_evidence.evidence(
                self.db,
                held.n,
                seen=seen,
                lang=lang,
                prefer=terms[0].lang if terms else "",
                limit=limit,
                after=after,
                only_new=only_new,
            )

    def figures(self, number: str) -> list[Mapping[str, object]]:
        """Forms and renderings of a concept's candidates, with counts, as the last build found them."""
        with self.store.snapshot():
            return store_evidence.figures(self.db, self.get(number).n)

    def standing(self) -> list[tuple[str, str, str, str]]:
        """The terms of all approved concepts that hold everywhere: id, language, text without case, status or ""."""
        with self.store.snapshot():
            return store_list.standing(self.db)

    def text_of(self, key: str) -> tuple[int, str, str]:
        """A document as its evidence stands in it: id, language, text; (0, "", "") where it has gone."""
        row = self.db.execute(
            "SELECT d.id, d.lang, d.text FROM evidence_documents AS e JOIN documents AS d ON d.id = e.document "
            "WHERE e.key = ?",
            [key],
        ).fetchone()
        return (int(row[0]), str(row[1]), str(row[2])) if row else (0, "", "")

    def history(
        self, number: str | None = None, *, limit: int | None = None, brief: bool = False
    ) -> list[Event]:
        """The last ``limit`` events, or those about one concept, in order of time.

        In brief an event that changed many concepts names the first of them only.
        """
        with self.store.snapshot():
            most = store_events.BRIEF if brief else -1
            return store_events.of_concept(self.db, number, limit, most)

    def decided(self) -> Iterator[Held]:
        """All entries that people did something to, merged ones among them, by id."""
        with self.store.snapshot():
            yield from rows.held_entries(self.db, "c.decided")

    def builds(self) -> int:
        """How often terms were extracted into this project."""
        with self.store.snapshot():
            return int(self.db.execute("SELECT count(*) FROM builds").fetchone()[0])

    # Deciding

    def perform(
        self,
        action: do.Action,
        *,
        author: str,
        reason: str = "",
        expected: Mapping[str, int] = store_events.NOTHING,
    ) -> Event | None:
        """Do what a person asks for; the event, None where all is so already.

        ``expected`` are the versions of concepts that the person has seen. Raises ConflictError, which says what
        somebody else did, if one was changed since; UsageError and InputError as :func:`glossary.review.perform`.
        """
        with self.store.transaction():
            return store_events.perform_action(self.db, action, author, reason, expected)

    def undo(self, *, author: str, concept: str | None = None, event: int | None = None) -> Event:
        """Take back the last decision (about one concept), as an event; again and again down to the first.

        ``event`` names any decision that stands. Raises UsageError where there is none, ConflictError where
        something later builds on it, or it was taken back already.
        """
        with self.store.transaction():
            return store_events.undo(self.db, author, concept, event)

    def redo(self, *, author: str, concept: str | None = None, event: int | None = None) -> Event:
        """Do again what was undone last, or the decision named. Raises UsageError, ConflictError as :meth:`undo`."""
        with self.store.transaction():
            return store_events.redo(self.db, author, concept, event)

    def upcoming(self, author: str = "") -> tuple[Event | None, Event | None]:
        """The decisions that an undo and a redo would be about, of all or of one author's."""
        with self.store.snapshot():
            return store_events.upcoming(self.db, author)

    def last_event(self) -> int:
        """The id of the last event, 0 before the first: changes whenever anybody decides something."""
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM term_events").fetchone()[0])

    def as_of(self, number: str, version: int) -> Entry | None:
        """A concept as it was at an earlier version, None where that is still so or it was not there."""
        with self.store.snapshot():
            return store_events.as_of(self.db, number, version)

    def new_id(self, seed: str) -> str:
        """An id that is free."""
        return make_id(seed, self.state())

    # Building

    def build(
        self,
        candidates: Sequence[Candidate],
        documents: Mapping[int, Document],
        *,
        author: str,
        signature: str = "",
    ) -> BuildReport:
        """Keep what extraction found in all documents of the project; people's decisions stay as they are.

        ``documents`` are by their ids in the project; the name of each is its key, as in occurrences.
        """
        with self.store.transaction():
            return store_build.build(self.db, candidates, documents, author, signature)

    def documents(self) -> tuple[dict[int, Document], list[int]]:
        """The documents of all alignments by id, each named by its key, and the ids of the alignments."""
        from align.store.rows import get_document

        with self.store.snapshot():
            found = self.db.execute("SELECT id, source, target FROM alignments ORDER BY id").fetchall()
            ids = dict.fromkeys(number for _, source, target in found for number in (source, target))
            aligned = {
                self.db.execute("SELECT key FROM documents WHERE id = ?", [n]).fetchone()[0] for n in ids
            }
            alone = self.db.execute("SELECT max(id), key FROM documents GROUP BY key ORDER BY 1").fetchall()
            ids |= dict.fromkeys(number for number, key in alone if key not in aligned)
            keys = {
                n: self.db.execute("SELECT key FROM documents WHERE id = ?", [n]).fetchone()[0] for n in ids
            }
            documents = {n: replace(get_document(self.db, n), name=keys[n]) for n in ids}
        return documents, [number for number, _, _ in found]

    # Sharing

    def agreed(self, place: str) -> dict[str, Entry]:
        """What a shared file and this project last agreed on, by id."""
        with self.store.snapshot():
            found = self.db.execute("SELECT concept, data FROM shared WHERE place = ?", [place]).fetchall()
        return {number: loads(data) for number, data in found}

    def agree(self, place: str, entries: Mapping[str, Entry]) -> None:
        """Remember what a shared file and this project agree on now."""
        with self.store.transaction():
            self.db.execute("DELETE FROM shared WHERE place = ?", [place])
            self.db.conn.executemany(
                "INSERT INTO shared (place, concept, data) VALUES (?, ?, ?)",
                [(place, number, dumps(entry)) for number, entry in entries.items()],
            )

    def note(self, name: str) -> Mapping[str, str]:
        """A small thing that was remembered, {} if nothing was."""
        with self.store.snapshot():
            row = self.db.execute("SELECT value FROM glossary_notes WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else {}

    def remember(self, name: str, value: Mapping[str, str]) -> None:
        """Remember a small thing."""
        with self.store.transaction():
            self.db.execute(
                "INSERT OR REPLACE INTO glossary_notes (name, value) VALUES (?, ?)",
                [name, json.dumps(dict(value), ensure_ascii=False)],
            )
