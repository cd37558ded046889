"""A small made-up archive, ru-en, of notes about an invented region from 2015 to 2025.

Names, bodies and events are invented. Every text says something of a mill and its society, some have a legal mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.archive.packed import pack
from align.archive.store import Archive, Listed, PairRecord, open_archive
from align.model import Alignment, Bead, Block, Document, Segment, Signature
from align.store.rows import signature_json

SIGNATURE = Signature("1", "model", "r", "segmenter")


@dataclass(frozen=True)
class Note:
    """A pair: its number, date, and sentences that translate each other; "" for what has no counterpart."""

    number: int
    date: str
    rows: tuple[tuple[str, str], ...]


def document(name: str, lang: str, sentences: Sequence[str], date: str) -> Document:
    """One paragraph of these sentences."""
    text, segments = "", []
    for number, sentence in enumerate(sentences):
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        segments.append(Segment(number, start, start + len(sentence), 0))
    metadata = {"date": date} if date else {}
    return Document(name, text, lang, (Block(0, 0, len(text)),), tuple(segments), metadata=metadata)


def alignment_of(note: Note) -> Alignment:
    """The pair with a sure bead for each row."""
    beads: list[Bead] = []
    sides: tuple[list[str], list[str]] = ([], [])
    for row in note.rows:
        ids: list[tuple[int, ...]] = []
        for side, sentence in zip(sides, row, strict=True):
            ids.append((len(side),) if sentence else ())
            side += [sentence] if sentence else []
        beads.append(Bead(ids[0], ids[1], 1.0, 0.97))
    source = document(f"{note.number}.txt", "ru", sides[0], note.date)
    target = document(f"{note.number}.txt", "en", sides[1], note.date)
    return Alignment(source, target, tuple(beads), SIGNATURE, 0.5, 0.9)


def put(archive: Archive, notes: Iterable[Note]) -> None:
    """Lists these pairs and keeps their alignments, as if they had been aligned just now."""
    held = list(notes)
    archive.list_pairs([Listed(f"ru/{note.number}.txt", f"en/{note.number}.txt") for note in held])
    run = archive.begin(
        engine="local", workers=1, signature=signature_json(SIGNATURE), text=str(SIGNATURE), settings={}
    )
    there = {record.source: record for record in archive.pairs()}
    for note in held:
        alignment = alignment_of(note)
        record = there[f"ru/{note.number}.txt"]
        done = PairRecord(
            record.number, record.source, record.target, state="done", run=run, source_lang="ru", target_lang="en",
            source_date=note.date, target_date=note.date, source_segments=len(alignment.source.segments),
            target_segments=len(alignment.target.segments), beads=len(alignment.beads),
        )  # fmt: skip
        archive.put(done, pack(alignment))


def archive_of(path: Path, notes: Iterable[Note]) -> Path:
    """An archive of these pairs."""
    with open_archive(path, create=True) as archive:
        put(archive, notes)
    return path


def note(number: int, date: str, *, wording: str = "", rendered: str = "", name: str = "Torabekov") -> Note:
    """A note with the society's mark in these words ("" for none; ``rendered`` "" where it was left out)."""
    mark, there = (f" ({wording})" if wording else ""), (f" ({rendered})" if rendered else "")
    return Note(
        number,
        date,
        (
            (
                "Водяная мельница в Ладвинске снова работает.",
                "The water mill in Ladvinsk is working again.",
            ),
            ("Об этом сказал Иван Торабеков из Мерхистана.", f"Ivan {name} from Merhistan said so."),
            (
                f"Общество «Стальной щит»{mark} водяную мельницу не покупало.",
                f"The Steel Shield{there} society did not buy the water mill.",
            ),
            (f"Сам Торабеков был в Ладвинске в {number % 28 + 1} раз.", f"{name} himself was in Ladvinsk."),
        ),
    )


def decade(months: Iterable[int] = range(0, 132, 3)) -> list[Note]:
    """Notes from 2015 to 2025, a note for each of these months; the mark's wording changes in 2019."""
    found = []
    for at in months:
        year, month = 2015 + at // 12, at % 12 + 1
        wording = "запрещено в РФ" if at % 2 else "запрещено в России"
        rendered = "banned in Russia" if year < 2019 else "outlawed in Russia" if month != 1 else ""
        found.append(note(at + 1, f"{year}-{month:02d}-15", wording=wording, rendered=rendered))
    return found
