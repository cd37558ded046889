"""Where errors of terms could go. Each function gives every possible change of one kind; all pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from benchmarks.planting import carriers
from benchmarks.planting.model import Bitext, Change, Concept, Mention, Row
from benchmarks.planting.names import WORD, Name, names, opening, respellings
from benchmarks.planting.words import CYRILLIC, RIVALS, TERMS

ENOUGH = 3  # mentions, so that two are left to compare with
PHRASE = re.compile(
    r"(?<![\w'’])[A-Z][a-z]+(?:(?:-| (?:of the |of |for the |for |and )?)[A-Z][a-z]+)+(?![\w-])"
)
ACRONYM = re.compile(r"(?<![\w$€.&/-])[A-Z]{2,5}(?![\w$€.&/-])")
VERBS = {"are": "is", "is": "are", "have": "has", "has": "have", "were": "was", "was": "were"}
LATIN = re.compile(r"(?<![\w-])[A-Z][a-z]+(?:[A-Z]?[a-z]+)*(?: [A-Z][a-z]+)?(?![\w-])")


def changes(bitext: Bitext, lower_words: Set[str]) -> Iterator[Change]:
    """Every possible change of the terms family. ``lower_words``: English words known to occur in small
    letters.
    """
    found = names(bitext, ENOUGH)
    yield from respelt(bitext, [name for name in found if name.text.lower() not in lower_words])
    yield from left_in_script(bitext, found)
    yield from without_capitals(bitext, lower_words)
    yield from rival_acronyms(bitext)
    yield from glossary_terms(bitext)
    yield from agreement(bitext)
    yield from not_to_be_translated(bitext)


def one_of(kind: str, mentions: Sequence[Mention], subject: str, new: Sequence[str]) -> Iterator[Change]:
    """A change of each single mention to each of the new words; two other mentions are kept as they are."""
    for mention in mentions:
        others = tuple(m for m in mentions if m.row != mention.row)
        for words in new:
            yield Change(
                kind, mention.row, (mention.row,), subject, edits=((mention, words),), related=others,
                support=tuple(m.row for m in others[:2]),
            )  # fmt: skip


def respelt(bitext: Bitext, found: Sequence[Name]) -> Iterator[Change]:
    """One mention of a name in another spelling."""
    words = {m[0] for row in bitext.rows for m in WORD.finditer(row.target)}
    for name in found:
        if len(name.mentions) >= ENOUGH:
            yield from one_of("name-respelt", name.mentions, name.text, respellings(name.text, words))
    yield from _respelt_carriers(bitext, words, {name.text for name in found})


def _respelt_carriers(bitext: Bitext, words: Set[str], done: Set[str]) -> Iterator[Change]:
    for name in carriers.COLLECTIVES:
        mentions = occurrences(bitext, name[-1])
        if len(mentions) >= ENOUGH and name[-1] not in done:
            yield from one_of("name-respelt", mentions, name[-1], respellings(name[-1], words)[:3])


def left_in_script(bitext: Bitext, found: Sequence[Name]) -> Iterator[Change]:
    """One mention of a name in the letters of the original; in pairs of one script, a noun of the original
    left as it is.
    """
    if bitext.source_lang in CYRILLIC:
        by_id = {row.id: row for row in bitext.rows}
        for name in found:
            if len(name.mentions) < ENOUGH:
                continue
            for mention, other in zip(name.mentions, name.counterparts, strict=True):
                foreign = by_id[other.row].source[other.start : other.end]
                if foreign == name.text:
                    continue  # the original has it in Latin letters
                yield from (
                    change
                    for change in one_of("left-untranslated", name.mentions, name.text, [foreign])
                    if change.row == mention.row
                )
        return
    for approved, (_, languages) in TERMS.items():
        found_terms = list(term_mentions(bitext, approved, languages))
        for mention, foreign in found_terms:
            if len(found_terms) >= ENOUGH:
                all_of = [m for m, _ in found_terms]
                yield from (
                    c
                    for c in one_of("left-untranslated", all_of, approved, [foreign])
                    if c.row == mention.row
                )


def occurrences(bitext: Bitext, words: str) -> list[Mention]:
    """The first place in each row's translation where these words stand, as words."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
    return [
        Mention(row.id, found.start(), found.end())
        for row in bitext.rows
        if (found := pattern.search(row.target)) is not None
    ]


def without_capitals(bitext: Bitext, lower_words: Set[str]) -> Iterator[Change]:
    """One mention of a name of several words without its capitals, but for the first word's or with none."""
    phrases: dict[str, list[Mention]] = defaultdict(list)
    for row in bitext.rows:
        for match in PHRASE.finditer(row.target):
            mentions = phrases[match[0]]
            if not mentions or mentions[-1].row != row.id:
                mentions.append(Mention(row.id, match.start(), match.end()))
    text = bitext.text("target")
    by_id = {row.id: row for row in bitext.rows}
    for phrase, mentions in phrases.items():
        if len(mentions) < ENOUGH or phrase.split()[0] in ("The", "In", "A"):
            continue
        first, *rest = re.split(r"(?<=[ -])", phrase)
        small = "".join(w.lower() if w.strip(" -").lower() in lower_words else w for w in rest)
        if not any(w.strip(" -").lower() in lower_words and w[:1].isupper() for w in rest):
            continue
        if (first + small).lower() != phrase.lower() or first + small in text or phrase.lower() in text:
            continue
        news = [first + small] + (
            [(first.lower() + small)] if first.strip(" -").lower() in lower_words else []
        )
        fit = [m for m in mentions if m.start > opening(by_id[m.row].target)]
        for change in one_of("capitals-lost", mentions, phrase, news):
            if any(change.row == m.row for m in fit):
                yield change


def rival_acronyms(bitext: Bitext) -> Iterator[Change]:
    """One mention of an acronym exchanged for another acronym of the same thing."""
    rivals = RIVALS | {front[-2][1]: front[-1] for front in carriers.FRONTS}
    found: dict[str, list[Mention]] = defaultdict(list)
    for row in bitext.rows:
        for match in ACRONYM.finditer(row.target):
            mentions = found[match[0]]
            if not mentions or mentions[-1].row != row.id:
                mentions.append(Mention(row.id, match.start(), match.end()))
    for acronym, mentions in found.items():
        rival = rivals.get(acronym)
        if rival is None or rival in found or len(mentions) < ENOUGH:
            continue
        defined = {
            m.row for m in mentions if "(" in _row(bitext, m.row).target[max(0, m.start - 1) : m.start]
        }
        for change in one_of("rival-acronym", mentions, acronym, [rival]):
            if change.row not in defined:
                yield change


def _row(bitext: Bitext, row: int) -> Row:
    return next(r for r in bitext.rows if r.id == row)


def term_mentions(
    bitext: Bitext, approved: str, languages: dict[str, tuple[str, str]]
) -> Iterator[tuple[Mention, str]]:
    """Rows in which a term stands once on each side: its place in the translation, and the original's word
    for it.
    """
    if bitext.source_lang not in languages:
        return
    flags = 0 if bitext.source_lang == "de" else re.IGNORECASE
    source = re.compile(rf"(?<![\w-])(?:{languages[bitext.source_lang][1]})(?![\w-])", flags)
    target = re.compile(rf"(?<![\w-]){re.escape(approved)}(?![\w-])")
    for row in bitext.rows:
        here, there = list(target.finditer(row.target)), list(source.finditer(row.source))
        if len(here) == len(there) == 1:
            yield Mention(row.id, here[0].start(), here[0].end()), there[0][0]


def glossary_terms(bitext: Bitext) -> Iterator[Change]:
    """A term that the glossary wants, exchanged for a synonym: one that the glossary does not know, or one
    that it forbids.
    """
    for approved, (synonym, languages) in TERMS.items():
        found = list(term_mentions(bitext, approved, languages))
        if len(found) < 2 or occurrences(bitext, synonym):
            continue
        source = languages[bitext.source_lang][0]
        mentions = [mention for mention, _ in found]
        for kind, forbidden in (("approved-replaced", ""), ("forbidden-used", synonym)):
            for change in one_of(kind, mentions, approved, [synonym]):
                yield Change(
                    change.kind, change.row, change.rows, change.subject, edits=change.edits,
                    related=change.related, support=change.support[:1],
                    glossary=(Concept(source, approved, forbidden),),
                )  # fmt: skip


def agreement(bitext: Bitext) -> Iterator[Change]:
    """The verb behind one mention of a collective name in the other number, where all others have the same."""
    known = [name[-1] for name in carriers.COLLECTIVES] + [front[-2][0] for front in carriers.FRONTS]
    known += ["Taliban", "Shamshiran", "government", "police", "team"]
    for name in dict.fromkeys(known):
        pattern = re.compile(rf"(?<![\w-]){name}(?: \([^()]*\))* (are|is|have|has|were|was)\b")
        found = []
        for row in bitext.rows:
            match = pattern.search(row.target)
            if match:
                found.append((Mention(row.id, match.start(1), match.end(1)), match[1]))
        numbers = {"plural" if verb in ("are", "have", "were") else "singular" for _, verb in found}
        if len(found) < ENOUGH or len(numbers) != 1:
            continue
        mentions = [mention for mention, _ in found]
        for mention, verb in found:
            changed = one_of("agreement-switched", mentions, name, [VERBS[verb]])
            yield from (change for change in changed if change.row == mention.row)


def not_to_be_translated(bitext: Bitext) -> Iterator[Change]:
    """A name in Latin letters that the original has in the same letters, translated or respelt at one
    mention.
    """
    if bitext.source_lang not in CYRILLIC:
        words = dict(carriers.PROGRAMMES)
    else:
        words = {m[0]: "" for row in bitext.rows for m in LATIN.finditer(row.source) if len(m[0]) >= 5}
        words |= dict(carriers.PROGRAMMES)
    text = bitext.text("target")
    taken = {m[0] for m in WORD.finditer(text)}
    for name, other in words.items():
        mentions = [m for m in occurrences(bitext, name) if name in _row(bitext, m.row).source]
        if len(mentions) < ENOUGH:
            continue
        news = [other] if other else respellings(name, taken)[:2]
        for change in one_of("do-not-translate-changed", mentions, name, news):
            yield Change(
                change.kind, change.row, change.rows, change.subject, edits=change.edits,
                related=change.related, support=change.support,
                glossary=(Concept(name, name, translate=False),),
            )  # fmt: skip
