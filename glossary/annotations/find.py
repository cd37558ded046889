"""All legal marks of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.errors import UsageError
from glossary.annotations import agreement
from glossary.annotations.drafts import Draft
from glossary.annotations.lexicon import LANGUAGES, Lexicon, base_language, lexicon
from glossary.annotations.names import Hit
from glossary.annotations.notes import Note, banner, lines, notes, read_note, same_name, signs
from glossary.annotations.patterns import Pattern
from glossary.annotations.removal import removal
from glossary.annotations.scan import Line
from glossary.model import Annotation, AnnotationPosition, Name

_BRACKETED = ("parenthesis", "acronym", "joint")


def find_annotations(text: str, lang: str, patterns: Sequence[Pattern] = ()) -> list[Annotation]:
    """Every legal mark of ``text``, in order of ``start``; spans do not overlap.

    ``lang`` is one of LANGUAGES, a region may follow ("en-GB"). ``patterns`` are a newsroom's own wordings.

    Raises:
        UsageError: there is no grammar for the language.
    """
    lang = base_language(lang)
    if lang not in LANGUAGES:
        raise UsageError(
            f"there is no annotation grammar for {lang!r}", hint=f"languages: {', '.join(LANGUAGES)}"
        )
    lex = lexicon(lang)
    own = tuple(p for p in patterns if p.lang is None or base_language(p.lang) == lang)
    if not _may_mark(text, lex, own):
        return []
    footnotes, spans = _footnotes(text, lex, own)
    found = list(footnotes)
    all_lines = list(lines(text))
    nameless: list[Annotation] = []
    for n, (start, end) in enumerate(all_lines):
        for a, b in _between(start, end, spans):
            if _may_mark(text[a:b], lex, own):
                above = banner(text, a, b, lex, n == 0 and len(all_lines) > 1, own) if a == start else None
                line, drafts = (above[0], [above[1]]) if above else _scanned(text, a, b, lex, own)
                found += [_annotation(text, line, draft) for draft in drafts]
                nameless += [_annotation(text, line, draft) for draft in line.nameless]
    found += _as_elsewhere(nameless, found)
    return sorted(found, key=lambda annotation: annotation.start)


def _as_elsewhere(nameless: Sequence[Annotation], found: Sequence[Annotation]) -> list[Annotation]:
    """The marks without a name that say in their brackets, word for word, what another says of a name.

    Behind a country a bracket alone may speak of anything («в Германии (запрещено во Франции)»); the text's own
    wording of marks tells which do not.
    """
    known = {mark.text.casefold() for mark in found if mark.position in _BRACKETED and mark.concepts}
    spans = [(mark.start, mark.end) for mark in found] if nameless else []
    return [
        replace(mark, flags=(*mark.flags, "no-name"))
        for mark in nameless
        if mark.text.casefold() in known and not any(a < mark.end and mark.start < b for a, b in spans)
    ]


def _scanned(
    text: str, start: int, end: int, lex: Lexicon, own: Sequence[Pattern]
) -> tuple[Line, list[Draft]]:
    line = Line(text, start, end, lex, own)
    return line, line.find()


def _between(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of a line that belong to no footnote; ``spans`` are in order and do not overlap."""
    for a, b in spans[bisect_left(spans, (start, start)) :]:
        if a >= end:
            break
        if a > start:
            yield start, a
        start = max(start, b)
    if start < end:
        yield start, end


def find_orphans(text: str, annotations: Sequence[Annotation]) -> list[tuple[int, int]]:
    """Signs behind a name that no footnote of the text explains, where the text has marks of that kind at all.

    A sign counts that stands behind a closing quotation mark, a word with a capital ("ut-Tahrir"), or one small word
    behind a capitalised one that does not begin a sentence ("the Turgani network*").
    """
    used = {span for a in annotations for span in a.signs}
    found = notes(text)
    explained = {note.sign for note in found}
    orphans = []
    for start, end in signs(text, found):
        named = _ends_name(text[max(0, start - 80) : start])
        if (start, end) not in used and named and text[start:end] not in explained:
            orphans.append((start, end))
    return orphans


def _ends_name(before: str) -> bool:
    words = before.split()
    if not words or words[-1][-1] in '»”“"’›«‹' or any(letter.isupper() for letter in words[-1]):
        return bool(words)
    amid = len(words) > 2 and words[-3][-1] not in ".!?…:"
    return amid and words[-2].isalpha() and words[-2][0].isupper() and words[-1].isalpha()


def _may_mark(text: str, lex: Lexicon, patterns: Sequence[Pattern]) -> bool:
    if lex.trigger.search(text):
        return True
    return bool(patterns) and any(p.first.search(text.lower().replace("ё", "е")) for p in patterns)


def _name(text: str, hit: Hit) -> Name:
    return Name(hit.start, hit.end, text[hit.start : hit.end])


def _annotation(text: str, line: Line, draft: Draft) -> Annotation:
    """The annotation of a draft; names of footnotes are added later."""
    reading, tokens = draft.reading, line.tokens
    start, end = tokens[draft.first].start, tokens[draft.end - 1].end
    concepts = [_name(text, h) for h in draft.names]
    if draft.owner is not None:
        concepts.append(_name(text, draft.owner))
    spelt = next(((key, a, b) for _, key, a, b in reading.places if a >= 0), None)
    if (
        spelt
        and spelt[1] > draft.first
        and tokens[spelt[1] - 1].has("DET")
        and line.lex.lang in ("en", "de", "fr")
    ):
        spelt = (spelt[0], spelt[1] - 1, spelt[2])
    codes = list(dict.fromkeys(code for code, _, _, _ in reading.places if code))
    position: AnnotationPosition = draft.place  # type: ignore[assignment]
    acronym = draft.acronym
    return Annotation(
        start=start,
        end=end,
        text=text[start:end],
        lang=line.lex.lang,
        concepts=tuple(concepts),
        status=tuple(reading.statuses),
        jurisdiction=tuple(codes),
        form=reading.form or "noun",  # type: ignore[arg-type]
        position=position,
        place=text[tokens[spelt[1]].start : tokens[spelt[2] - 1].end] if spelt else None,
        place_key=spelt[0] if spelt else None,
        acronym=Name(
            tokens[acronym[0]].start,
            tokens[acronym[1]].end,
            text[tokens[acronym[0]].start : tokens[acronym[1]].end],
        )
        if acronym and len(concepts) == 1
        else None,
        owner=_name(text, draft.owner) if draft.owner is not None else None,
        agreement=agreement.check(line, draft),
        removal=removal(text, line, draft),
        flags=draft.flags,
    )


def _footnotes(
    text: str, lex: Lexicon, patterns: Sequence[Pattern]
) -> tuple[list[Annotation], list[tuple[int, int]]]:
    """The footnotes that are marks, each with the names that carry its sign, and the spans that they take."""
    found = notes(text)
    marking = (n for n in found if _may_mark(text[n.start : n.end], lex, patterns))
    read = [(n, r) for n in marking if (r := read_note(text, n, lex, patterns))]
    carrying = _carrying(text, signs(text, found), [n for n, _ in read]) if read else {}
    annotations, spans = [], []
    for note, (line, draft) in read:
        base = _annotation(text, line, draft)
        names: list[Name] = []
        carried: list[tuple[int, int]] = []
        for start, end in carrying.get(note, ()):
            hit = _name_before(text, start, lex)
            if hit is None:
                continue
            carried.append((start, end))
            if not any(same_name(text[hit.start : hit.end], known.text) for known in names):
                names.append(_name(text, hit))
        flags = base.flags if names else (*base.flags, "no-mention")
        concepts = tuple(names) + base.concepts if base.owner is not None else tuple(names) or base.concepts
        whole = _whole_note(text, note, base.end)
        spans.append((note.at, max(whole[1], base.end)))
        annotations.append(
            replace(
                base,
                concepts=concepts,
                marker=note.sign,
                signs=tuple(carried),
                flags=flags,
                removal=(whole, *((_spaces_before(text, start), end) for start, end in carried)),
            )
        )
    return annotations, spans


def _spaces_before(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in " \u00a0":
        at -= 1
    return at


def _carrying(
    text: str, places: Sequence[tuple[int, int]], read: Sequence[Note]
) -> dict[Note, list[tuple[int, int]]]:
    """The signs that each note explains: those before it and behind the last with its sign, or left at the end."""
    by_sign: dict[str, list[Note]] = {}
    for note in read:
        by_sign.setdefault(note.sign, []).append(note)
    carrying: dict[Note, list[tuple[int, int]]] = {}
    for start, end in places:
        same = by_sign.get(text[start:end])
        if same:
            at = bisect_left(same, start, key=lambda note: note.at)
            carrying.setdefault(same[min(at, len(same) - 1)], []).append((start, end))
    return carrying


def _name_before(text: str, at: int, lex: Lexicon) -> Hit | None:
    """The name that a sign at ``at`` stands behind (or inside the quotation marks of)."""
    near = max(0, at - 400)
    start = max(text.rfind("\n", near, at), text.rfind("\r", near, at), near - 1) + 1
    stop = at
    while stop < len(text) and text[stop] in "*†‡¹²³»”“\"'’›«‹":
        stop += 1
    line = Line(text, start, stop, lex)
    j = len(line.tokens) - 1
    while j >= 0 and line.tokens[j].start >= at and j not in line.quotes:
        j -= 1
    return line.namer.left(j, weak=True)


def _whole_note(text: str, note: Note, marked: int) -> tuple[int, int]:
    """The note with its sign, its bracket and the white space before it; ``marked`` is where its mark ends."""
    start = note.at
    while start > 0 and text[start - 1] in "([":
        start -= 1
    while start > 0 and text[start - 1].isspace():
        start -= 1
    end = note.end if note.opens else marked
    while not note.opens and end < note.end and text[end] in ".)]":
        end += 1
    while end > marked and text[end - 1] in " \t\u00a0":
        end -= 1
    return start, end
