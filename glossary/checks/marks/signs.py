"""Footnote signs: which have no footnote, which footnotes have no sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.annotations import find_orphans
from glossary.annotations.notes import notes, signs
from glossary.checks.terms.stand_ins import PRONOUNS
from glossary.checks.views import Span, TextView
from glossary.extract.morphology import fold
from glossary.extract.words import UNCASED
from glossary.model import Annotation

_RARE = frozenset("†‡¹²³⁴⁵⁶⁷⁸⁹")
LONGEST = 3


def orphan_signs(view: TextView) -> list[Span]:
    """Signs behind a name that no footnote of the text explains.

    Left out is, beside what ``unexplained_signs`` leaves out, what stands behind a pronoun or a single letter:
    those name nothing ("I meant HER*", "A*").
    """
    return [
        (start, end)
        for start, end in unexplained_signs(view)
        if not _names_nothing(view.text[max(0, start - 40) : start], view.lang)
    ]


def unexplained_signs(view: TextView) -> list[Span]:
    """Signs behind words with a capital that no footnote of the text explains.

    Left out are stars of emphasis, of letters left out (“f***”) and inside words; and daggers and raised
    figures, which have other meanings, where the text has no footnote with such a sign.
    """
    if view.lang in UNCASED or not any(sign in view.text for sign in ("*", *_RARE)):
        return []
    raised = any(note.sign[0] in _RARE for note in notes(view.text))
    return [
        (start, end)
        for start, end in find_orphans(view.text, view.marks)
        if end - start <= LONGEST
        and not view.text[end : end + 1].isalnum()
        and (raised or view.text[start] not in _RARE)
    ]


def _names_nothing(before: str, lang: str) -> bool:
    words = re.findall(r"\w+", before)
    if not words or len(words[-1]) < 2:
        return bool(words)
    return before.endswith(words[-1]) and fold(words[-1]) in PRONOUNS.get(lang, ())


def unsigned_notes(view: TextView) -> Iterator[Annotation]:
    """Footnotes that are marks and whose sign stands nowhere else."""
    without = [mark for mark in view.marks if "no-mention" in mark.flags and mark.marker]
    if not without:
        return
    found = notes(view.text)
    standing = {view.text[a:b] for a, b in signs(view.text, found)}
    for mark in without:
        if mark.marker not in standing:
            yield mark
