"""Every place of the names of one text, once they are known: within others, in small letters, by the bare head."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from glossary.extract.aliases import Aliases
from glossary.extract.cues import listed, words_of
from glossary.extract.found import Found, Mention, Reading, Span
from glossary.extract.morphology import fold, lemma, readings
from glossary.extract.standing import heads
from glossary.extract.variants import (
    Form,
    Key,
    head_position,
    person_like,
)
from glossary.extract.words import Word, is_acronym, is_capital, without_genitive, words


def place_mentions(
    reading: Reading, found: Sequence[Found], lines: Sequence[Sequence[Word]], aliases: Aliases
) -> None:
    owner = {key: concept for concept in found for key in concept.forms}
    spans = dict(reading.spans)
    _find_small(reading, owner, lines, spans)
    _find_bare_heads(reading, found, lines, spans)
    ordered = sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1]))
    for span, key in ordered:
        owner[key].mentions.append(Mention(*span, key))
    _find_nested(reading, owner, ordered)
    _drop_captive(found, [span for span, _ in ordered], owner, spans, reading, aliases)
    for concept in found:
        concept.mentions.sort()
        inside = _insiders([span for span, _ in ordered])
        concept.mentions = [
            m._replace(nested=m.nested or (m.start, m.end) in inside) for m in concept.mentions
        ]


def _drop_captive(
    found: Sequence[Found],
    ordered: Sequence[Span],
    owner: dict[Key, Found],
    spans: dict[Span, Key],
    reading: Reading,
    aliases: Aliases,
) -> None:
    """Leaves out names that only ever stand within one and the same longer name, well-known ones excepted."""
    for concept in found:
        if any(aliases.group_of(form.words, reading.lang) is not None for form in concept.forms.values()):
            continue
        outer = set()
        for mention in concept.mentions:
            at = bisect_left(ordered, (mention.start + 1, -1))
            around = {
                reading.plain(s)
                for s in ordered[max(0, at - 6) : at]
                if s[0] <= mention.start and mention.end <= s[1] and s != (mention.start, mention.end)
            }
            outer.add(min(around) if around else ())
        if len(outer) == 1 and outer != {()}:
            concept.mentions.clear()


def _insiders(ordered: Sequence[Span]) -> set[Span]:
    found, reach = set(), -1
    outer = (-1, -1)
    for span in ordered:
        if span[1] <= reach and span != outer:
            found.add(span)
        elif span[1] > reach:
            reach, outer = span[1], span
    return found


def _find_nested(reading: Reading, owner: dict[Key, Found], ordered: Sequence[tuple[Span, Key]]) -> None:
    """Mentions of other names within longer ones, the longest first; none of a part of the concept's own name."""
    taken = {span for span, _ in ordered}
    for span, key in ordered:
        if len(key) < 2 and "-" not in reading.text[span[0] : span[1]]:
            continue
        inside = words(reading.text, reading.lang, *span)
        bare = [without_genitive(word.text, reading.lang) for word in inside]
        mine = owner[key]
        lemmas = reading.key(bare)
        size = len(lemmas)
        covered: list[Span] = []
        for length in range(size - 1, 0, -1):
            for i in range(size - length + 1):
                part = lemmas[i : i + length]
                other = owner.get(part)
                if (
                    other is None
                    or other is mine
                    or not _stands_alone(other, part, bare[i : i + length], reading.lang)
                ):
                    continue
                a, b = inside[i].start, inside[i + length - 1].start + len(bare[i + length - 1])
                if (a, b) in taken:
                    continue
                if any(x < a < y < b or a < x < b < y for x, y in covered):
                    continue
                if person_like(mine.forms[key], reading.lang) and length == 1:
                    continue
                covered.append((a, b))
                taken.add((a, b))
                other.mentions.append(Mention(a, b, part, True))
                other.forms[part].spellings[reading.text[a:b]] = reading.spelt(bare[i : i + length])
        for word, plain in zip(inside, bare, strict=True):
            at = word.start
            for piece in plain.split("-") if "-" in plain else ():
                part = reading.key((piece,))
                other = owner.get(part)
                span_ = (at, at + len(piece))
                at += len(piece) + 1
                if (
                    other is None
                    or other is mine
                    or span_ in taken
                    or not piece[:1].isupper()
                    or len(piece) < 4
                ):
                    continue
                if _stands_alone(other, part, (piece,), reading.lang):
                    taken.add(span_)
                    other.mentions.append(Mention(*span_, part, True))


def _stands_alone(other: Found, part: Key, bare: Sequence[str], lang: str) -> bool:
    form = other.forms[part]
    if not any(is_capital(word) for word in bare):
        return False
    return bool(form.sure) and not (
        len(part) == 1 and heads(bare[0], lang) and not is_acronym(bare[0]) and len(other.forms) == 1
    )


def _find_small(
    reading: Reading, owner: dict[Key, Found], lines: Sequence[Sequence[Word]], spans: dict[Span, Key]
) -> None:
    """Names of several words that stand somewhere without their capitals ("the renewal front")."""
    longer: dict[str, list[Key]] = defaultdict(list)
    for key in owner:
        form = reading.forms[key]
        firm = (
            form.count > 1
            or form.quoted
            or len(key) > 2
            or any(is_acronym(k.words[0]) for k in owner[key].forms.values())
        )
        if len(key) > 1 and firm and not person_like(form, reading.lang):
            longer[key[0]].append(key)
    if not longer:
        return
    taken = sorted(spans)
    for line in lines:
        lemmas = [reading.base.get(word.text) or lemma(word.text, reading.lang) for word in line]
        for i, base in enumerate(lemmas):
            for key in sorted(longer.get(base, ()), key=lambda k: -len(k)):
                j = i + len(key) - 1
                if tuple(lemmas[i : j + 1]) != key or any(
                    "\n" in w.gap or w.place == 2 for w in line[i + 1 : j + 1]
                ):
                    continue
                last = without_genitive(line[j].text, reading.lang)
                span = line[i].start, line[j].start + len(last)
                if not _crossed(taken, span):
                    spans[span] = key
                    reading.forms[key].surfaces[reading.text[span[0] : span[1]]] += 1
                break


def _crossed(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span lies within a known one or crosses it."""
    at = bisect_left(taken, (span[0], -1))
    near = taken[max(0, at - 3) : at + 6]
    return any(
        a < span[1] and span[0] < b and not (span[0] <= a and b <= span[1] and (a, b) != span)
        for a, b in near
    )


def _find_bare_heads(
    reading: Reading, found: Sequence[Found], lines: Sequence[Sequence[Word]], spans: dict[Span, Key]
) -> None:
    """«комитет», "the front": an institution by its head noun, where one alone in the text has that head."""
    owners: dict[str, dict[int, tuple[Found, Key]]] = defaultdict(dict)
    for number, concept in enumerate(found):
        for key, form in concept.forms.items() if concept.kind == "organisation" else ():
            if base := _bare_head(form, reading.lang):
                owners[base].setdefault(number, (concept, key))
    taken = sorted(spans)
    starts: dict[Key, list[int]] = defaultdict(list)
    for span, key in spans.items():
        starts[key].append(span[0])
    for base, mine in owners.items():
        if len(mine) != 1:
            continue
        concept, key = next(iter(mine.values()))
        if (base,) in concept.forms:
            key = (base,)
        elif (base,) in reading.forms:
            continue
        near = sorted(start for k in concept.forms for start in starts[k])
        for span in _bare_places(base, near, lines, reading.lang):
            if not _crossed(taken, span):
                spans[span] = key
                concept.forms[key].surfaces[reading.text[span[0] : span[1]]] += 1


def _bare_places(
    base: str, near: Sequence[int], lines: Sequence[Sequence[Word]], lang: str
) -> Iterable[Span]:
    """Where a bare head stands and can mean the institution that was named at ``near``, not long before."""
    reach = 0
    for line in lines:
        if not line or not near or line[-1].end < near[0]:
            continue
        named = any(line[0].start <= start < line[-1].end for start in near)
        reach = _NEAR if named else reach - 1
        for i, word in enumerate(line) if reach >= 0 else ():
            small = word.text.islower() or word.place
            if word.start > near[0] and small and lemma(word.text, lang) == base and _definite(line, i, lang):
                reach = _NEAR
                yield word.start, word.start + len(without_genitive(word.text, lang))


_NEAR = 15  # segments after the last mention in which a bare head is still taken for it


def _bare_head(form: Form, lang: str) -> str:
    if len(form.words) < 2:
        return ""
    word = form.words[head_position(form, lang)]
    base = lemma(word, lang)
    known = words_of("ORGANISATIONS", lang)
    return base if (base in known or fold(word) in known) and not word.isupper() else ""


_PRONOUNS = listed("сам который весь этот тот наш ваш свой сам цей той весь наш який")


def _definite(line: Sequence[Word], i: int, lang: str) -> bool:
    """Whether a small noun stands alone and can mean the one that was named."""
    before = line[i - 1] if i and line[i].gap == " " else None
    after = line[i + 1] if i + 1 < len(line) and line[i + 1].gap == " " else None
    if lang == "en":
        if before is None or fold(before.text) not in ("the", "our"):
            return False
        return after is None or (
            fold(after.text) not in ("of", "for", "line", "lines", "door") and not is_capital(after.text)
        )
    if lang in ("ru", "uk"):
        if before is not None and before.text[0].isdigit():
            return False
        described = before is not None and readings(before.text, lang)[0].pos == "adjective"
        if described and before is not None and lemma(before.text, lang) not in _PRONOUNS:
            return False
        if before is not None and lemma(before.text, lang) in words_of("PROGRAMMES", lang):
            return False
        if after is None:
            return True
        nxt = readings(after.text, lang)[0]
        return (
            not is_capital(after.text)
            and not (nxt.pos in ("noun", "adjective") and nxt.case == "gent")
            and after.text not in ("на", "по")
        )
    if lang in ("de", "fr", "es", "it"):
        return (
            before is not None
            and fold(before.text) in words_of("ARTICLES", lang)
            and (after is None or not is_capital(after.text))
        )
    return False
