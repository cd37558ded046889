"""All legal marks of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.errors import UsageError
from glossary.annotations import agreement
from glossary.annotations.lexicon import LANGUAGES, Lexicon, base_language, lexicon
from glossary.annotations.names import Hit
from glossary.annotations.notes import Note, banner, lines, notes, read_note, same_name, signs
from glossary.annotations.patterns import Pattern
from glossary.annotations.removal import removal
from glossary.annotations.scan import Draft, Line
from glossary.model import Annotation, AnnotationPosition, Name


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
    found: list[Annotation] = []
    note_lines = notes(text)
    found += _footnotes(text, lex, own, note_lines)
    spans = [
        (n.start, n.end) for n in note_lines if any(a.start >= n.start and a.end <= n.end for a in found)
    ]
    many = len(list(lines(text))) > 1
    top = True
    for start, end in lines(text):
        note = next((s for s, e in spans if start <= s and e <= end), None)
        stop = end if note is None else _note_begin(note_lines, note)
        if stop > start and _may_mark(text[start:stop], lex, own):
            above = banner(text, start, stop, lex, top and many, own)
            if above is not None:
                found.append(_annotation(text, *above))
                continue
            line = Line(text, start, stop, lex, own)
            found += [_annotation(text, line, draft) for draft in line.find()]
        top = False
    return sorted(found, key=lambda a: a.start)


def find_orphans(text: str, annotations: Sequence[Annotation]) -> list[tuple[int, int]]:
    """Signs behind a name that no footnote of the text explains, where the text has marks of that kind at all.

    A sign counts that stands behind a closing quotation mark or a capitalised word.
    """
    used = {span for a in annotations for span in a.signs}
    orphans = []
    for start, end in signs(text, notes(text)):
        word = text[:start].split()[-1] if text[:start].split() else ""
        named = word[-1:] in '»”“"’›' or word.lstrip("«“„\"'‘‹([")[:1].isupper()
        explained = any(n.sign == text[start:end] for n in notes(text))
        if (start, end) not in used and named and not explained:
            orphans.append((start, end))
    return orphans


def _may_mark(text: str, lex: Lexicon, patterns: Sequence[Pattern]) -> bool:
    if lex.trigger.search(text):
        return True
    return bool(patterns) and any(p.first.search(text.lower().replace("ё", "е")) for p in patterns)


def _note_begin(note_lines: Sequence[Note], start: int) -> int:
    return next(n.at for n in note_lines if n.start == start)


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
    text: str, lex: Lexicon, patterns: Sequence[Pattern], found: Sequence[Note]
) -> list[Annotation]:
    """The footnotes that are marks, each with the names that carry its sign."""
    read = [
        (n, r)
        for n in found
        if _may_mark(text[n.start : n.end], lex, patterns) and (r := read_note(text, n, lex, patterns))
    ]
    if not read:
        return []
    places = signs(text, found)
    result = []
    for note, (line, draft) in read:
        carrying = [s for s in places if text[s[0] : s[1]] == note.sign and _belongs(s[0], note, read)]
        base = _annotation(text, line, draft)
        names: list[Name] = []
        carried: list[tuple[int, int]] = []
        for start, end in carrying:
            hit = _name_before(text, start, lex)
            if hit is None:
                continue
            carried.append((start, end))
            if not any(same_name(text[hit.start : hit.end], known.text) for known in names):
                names.append(_name(text, hit))
        flags = base.flags if names else (*base.flags, "no-mention")
        concepts = tuple(names) + base.concepts if base.owner is not None else tuple(names) or base.concepts
        whole = _whole_note(text, note)
        result.append(
            replace(
                base,
                concepts=concepts,
                marker=note.sign,
                signs=tuple(carried),
                flags=flags,
                removal=(whole, *carried),
            )
        )
    return result


def _belongs(at: int, note: Note, read: Sequence[tuple[Note, tuple[Line, Draft]]]) -> bool:
    """Whether a sign is explained by this note: the next one with its sign, or else the last."""
    same = [n for n, _ in read if n.sign == note.sign]
    after = [n for n in same if n.at > at]
    return note is (after[0] if after else same[-1])


def _name_before(text: str, at: int, lex: Lexicon) -> Hit | None:
    """The name that a sign at ``at`` stands behind (or inside the quotation marks of)."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    stop = at
    while stop < len(text) and text[stop] in "*†‡¹²³»”“\"'’›":
        stop += 1
    line = Line(text, start, stop, lex)
    j = len(line.tokens) - 1
    while j >= 0 and line.tokens[j].start >= at and j not in line.quotes:
        j -= 1
    return line.namer.left(j, weak=True)


def _whole_note(text: str, note: Note) -> tuple[int, int]:
    """The note with its sign, its bracket and the white space before it."""
    start = note.at
    while start > 0 and text[start - 1] in "([":
        start -= 1
    while start > 0 and text[start - 1].isspace():
        start -= 1
    end = note.end
    while end > note.start and text[end - 1] in " \t\u00a0":
        end -= 1
    return start, end
