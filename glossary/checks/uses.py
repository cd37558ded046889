"""What every name of an original became in its translation, counted: for rules over the whole project. Pure.

A use counts what stands in sure beads and was paired with confidence. Where a mention seems to be rendered by
something else than the rest, and the usual rendering stands in the bead unclaimed, the pairing was wrong: the mention
is given that rendering.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from glossary.checks.settings import base_lang
from glossary.checks.terms.wording import bases, closest, difference, misspelt, plain, shown
from glossary.checks.views import PairView, Span
from glossary.extract.candidates import NAMED
from glossary.extract.words import UNSPACED, is_capital, without_genitive
from glossary.model import Candidate, Rendering, Use

_SURE = 0.5  # score of a pairing from which it counts
_SLIP = 0.7  # score of a usual rendering with a slip in it
Claimed = Mapping[int, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class _Mention:
    """One mention in one bead: the form that the name has in the original, and what renders it."""

    form: str
    bead: int
    source: Span
    target: Span
    text: str
    score: float


def uses_of(pair: PairView) -> list[Use]:
    """The uses of all names of one pair, in order of key, form and rendering."""
    found: list[Use] = []
    claimed = _claimed(pair)
    for name in pair.names:
        if base_lang(name.term.lang) == pair.source.lang and _counts(name, pair.target.lang):
            found += _uses(pair, name, claimed)
    return sorted(found, key=lambda use: (use.key, use.form, use.rendering, use.source_span))


def key_of(name: Candidate) -> str:
    """What a concept is known by over all documents: language and lemma, whatever its kind is taken for."""
    lang, _, rest = name.key.partition(":")
    return f"{lang}:{rest.partition(':')[2]}"


def _counts(name: Candidate, lang: str) -> bool:
    """Whether it is a name: of a known kind, or rendered by what sounds like it."""
    if name.kind in NAMED:
        return True
    words = name.term.text.split()
    return name.kind == "other" and name.term.text[:1].isupper() and any(
        all(closest(word, r.text.split()) > 0.7 for word in words) for r in _into(name, lang)
    )  # fmt: skip


def _into(name: Candidate, lang: str) -> list[Rendering]:
    return [r for r in name.renderings if r.text and base_lang(r.lang) == lang]


def _uses(pair: PairView, name: Candidate, claimed: Claimed) -> Iterator[Use]:
    mentions = _settled(pair, name, list(_mentions(pair, name)))
    mentions += _misspelt(pair, name, mentions, claimed)
    lang = pair.target.lang
    surfaces = Counter(mention.text for mention in mentions)
    keys = bases(surfaces, lang, person=name.kind == "person")
    groups: dict[tuple[str, tuple[str, ...]], list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.form, keys[mention.text]].append(mention)
    forms = {key: {text: surfaces[text] for text in surfaces if keys[text] == key} for key in keys.values()}
    names = {key: shown(forms[key], key, lang, (name.term.text,)) for key in forms}
    date = pair.target.date
    for (form, key), members in groups.items():
        first = min(members, key=lambda one: one.target)
        yield Use(
            key_of(name), name.term.text, name.kind, form, pair.source.document.lang, pair.target.document.lang,
            names[key], len(members), pair.source.name, pair.target.name, first.source, first.target,
            round(sum(one.score for one in members) / len(members), 4), date.isoformat() if date else "",
            dict(Counter(one.text for one in members).most_common()),
        )  # fmt: skip


def _mentions(pair: PairView, name: Candidate) -> Iterator[_Mention]:
    """The mentions in sure beads that were paired with confidence, each once."""
    forms = _forms(name)
    into = [r for r in name.renderings if base_lang(r.lang) == pair.target.lang]
    total = sum(r.count for r in into) or 1
    seen: set[Span] = set()
    for rendering in into:
        score = min(1.0, (rendering.confidence - 0.2 * rendering.count / total) / 0.8)
        if not rendering.text or score < _SURE:
            continue
        for bead, source, target in zip(
            rendering.beads, rendering.sources, rendering.occurrences, strict=True
        ):
            span = (source.start, source.end)
            if source.document == pair.source.name and span not in seen and pair.is_sure(bead):
                seen.add(span)
                form = forms.get(source.text, name.term.text)
                place = _trimmed(target.start, target.text, pair.target.lang)
                yield _Mention(form, bead, span, place, pair.target.text[slice(*place)], score)


def _forms(name: Candidate) -> dict[str, str]:
    """Surface → the form of the name that it is."""
    return {surface: part.text for part in reversed(name.parts) for surface in part.variants}


def _trimmed(start: int, text: str, lang: str) -> Span:
    """The span without the article before and the genitive's ending behind."""
    bare = plain(text, lang)
    at = text.find(bare)
    return (start + at, start + at + len(bare)) if bare and at >= 0 else (start, start + len(text))


def _settled(pair: PairView, name: Candidate, mentions: Sequence[_Mention]) -> list[_Mention]:
    """The mentions, those paired with something odd moved to the usual rendering that stands unclaimed there."""
    usual = Counter(mention.text for mention in mentions)
    if len(usual) < 2:
        return list(mentions)
    taken: dict[int, list[Span]] = defaultdict(list)
    for mention in mentions:
        taken[mention.bead].append(mention.target)
    found = []
    for mention in map(partial(_extended, pair, usual), mentions):
        likelier = [text for text, count in usual.most_common() if count > usual[mention.text]]
        span = _free(pair, name, mention, likelier, taken[mention.bead])
        if span is not None:
            taken[mention.bead].append(span)
            text = pair.target.text[slice(*span)]
            mention = _Mention(mention.form, mention.bead, mention.source, span, text, mention.score)
        found.append(mention)
    return found


def _extended(pair: PairView, usual: Counter[str], mention: _Mention) -> _Mention:
    """The mention with the word next to it that belongs to the usual rendering but for a slip."""
    for text, count in usual.most_common():
        whole, own = text.split(), mention.text.split()
        if count < 2 or len(own) != len(whole) - 1 or own not in (whole[1:], whole[:-1]):
            continue
        words = pair.words("target", mention.bead)
        ahead = own == whole[:-1]
        for i, word in enumerate(words):
            joined = (
                words[i - 1] if ahead and i else words[i + 1] if not ahead and i + 1 < len(words) else None
            )
            if joined is None or not mention.target[0] <= joined.start < mention.target[1]:
                continue
            inside = mention.target[0] <= word.start < mention.target[1]
            if (
                not inside
                and word.text != whole[-1 if ahead else 0]
                and misspelt(word.text, whole[-1 if ahead else 0])
            ):
                span = min(word.start, mention.target[0]), max(word.end, mention.target[1])
                return replace(mention, target=span, text=pair.target.text[slice(*span)])
    return mention


def _free(
    pair: PairView, name: Candidate, mention: _Mention, likelier: Iterable[str], taken: Sequence[Span]
) -> Span | None:
    lang, own = pair.target.lang, pair.span("target", mention.bead)
    for usual in likelier:
        if own is None or not difference(usual, mention.text, lang, name.kind):
            continue
        for span in _places(pair.target.text, usual, lang, own):
            if not any(a < span[1] and span[0] < b for a, b in taken):
                return span
    return None


def _claimed(pair: PairView) -> Claimed:
    """Bead → spans of the translation that render a name of the original, with confidence."""
    found: dict[int, list[Span]] = defaultdict(list)
    for name in pair.names:
        if base_lang(name.term.lang) == pair.source.lang:
            for r in name.renderings:
                if r.text and r.confidence >= _SURE and base_lang(r.lang) == pair.target.lang:
                    for bead, at in zip(r.beads, r.occurrences, strict=True):
                        found[bead].append((at.start, at.end))
    return found


def _misspelt(
    pair: PairView, name: Candidate, mentions: Sequence[_Mention], claimed: Claimed
) -> list[_Mention]:
    """Mentions that nothing was paired with, where the usual rendering stands unclaimed, with a slip in it."""
    texts = [text for text, count in Counter(one.text for one in mentions).most_common() if count > 1]
    if not texts or pair.target.lang in UNSPACED:
        return []
    forms = _forms(name)
    known = {mention.source for mention in mentions}
    taken = {span for mention in mentions for span in (mention.target,)}
    found = []
    for rendering in name.renderings:
        if base_lang(rendering.lang) != pair.target.lang:
            continue
        for bead, source in zip(rendering.beads, rendering.sources, strict=True):
            at = (source.start, source.end)
            if at in known or source.document != pair.source.name or not pair.is_sure(bead):
                continue
            spans = [*claimed.get(bead, ()), *taken]
            span = next((one for text in texts if (one := _slip(pair, bead, text, spans))), None)
            if span is not None:
                known.add(at)
                taken.add(span)
                form = forms.get(source.text, name.term.text)
                found.append(_Mention(form, bead, at, span, pair.target.text[slice(*span)], _SLIP))
    return found


def _slip(pair: PairView, bead: int, usual: str, taken: Sequence[Span]) -> Span | None:
    wanted = usual.split()
    words = pair.words("target", bead)
    for i in range(len(words) - len(wanted) + 1):
        run = words[i : i + len(wanted)]
        span = run[0].start, run[-1].start + len(without_genitive(run[-1].text, pair.target.lang))
        plain = [without_genitive(word.text, pair.target.lang) for word in run]
        same = [a == b for a, b in zip(plain, wanted, strict=True)]
        if all(same) or not all(one or misspelt(a, b) for one, a, b in zip(same, plain, wanted, strict=True)):
            continue
        if is_capital(plain[0]) and not any(a < span[1] and span[0] < b for a, b in taken):
            return span
    return None


def _places(text: str, string: str, lang: str, within: Span) -> Iterator[Span]:
    """Where a string stands as words of its own."""
    at = text.find(string, *within)
    while at >= 0:
        end = at + len(string)
        around = text[at - 1 : at] + text[end : end + 1]
        if lang in UNSPACED or not any(sign.isalnum() for sign in around):
            yield at, end
        at = text.find(string, at + 1, within[1])
