"""Fits the weights of F006 negation-lost again: ``python -m glossary.training.negation --data DIR``.

DIR is a folder with ``train/`` (pairs of sentences as for ``align.training``); nothing else in it is read. From
clean translations into English, and from those into Russian, Ukrainian and German, it takes

- as losses: pairs that deny once on either side, with the negation taken out of the translation
  (``glossary.training.losing``), one way for each pair, drawn;
- as no losses: the pairs, as they stand, in which ``negation_traces.loss`` sees one.

A logistic regression with a small ridge on what ``negation_traces.Sign`` holds tells them apart. Of each file a
share is held out: on it the score is found above which ``--rate`` of a hundred clean pairs are reported, once for the
languages of the fit and once for others, and the share of the losses that are found then. What is printed goes
into ``negation_traces``. The same data, options and embedded model give the same figures. Some minutes.

Sources are prose, dialogue, essays and news; no scripture, no translations by machine, no reference manuals. The
embedded model has seen these pairs too: likenesses may be a little higher here than in new texts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.errors import ConcordError, InputError
from align.training.data import Pair, clean_pairs, read_pairs
from glossary.checks.figures.negation import denials
from glossary.checks.figures.negation_lost import comparable, not_only_lost
from glossary.checks.figures.negation_traces import Sign, loss
from glossary.training.losing import LANGUAGES, robbed

if TYPE_CHECKING:
    from glossary.extract.vectors import Vectors

FITTED_ON = ("ru-en", "uk-en", "de-en", "ru-de", "ru-uk")
UNTRIED = ("es-en", "fr-en", "it-en", "pt-en", "pl-en", "cs-en", "nl-en")
_SOURCES = """
    prose_wesnoth bilinguator_pd_books mlqe_pe tico19 prose_xquad prose_privacyguides opensource_guide
    prose_opensource_guide prose_ncase_crowds prose_udhr prose_contributor_covenant prose_bitcoin_org
    prose_getmonero_org prose_unknown_horizons prose_crawl_descriptions prose_tails mozilla_www ruby_lang_org
    debian_www
"""
SOURCES = frozenset(_SOURCES.split())
_MOST = 10_000  # pairs of one source in a file
_HELD_OUT = 0.4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An original and its translation; ``lost`` names how a negation was taken out, empty if none was."""

    langs: tuple[str, str]
    source: str
    theirs: str
    ours: str
    lost: str = ""


class Seen(NamedTuple):
    """A sentence in which a negation seems lost, with the signs; None where "not only" or nothing tells it."""

    sentence: Sentence
    sign: Sign | None
    limited: bool = False


class Threshold(NamedTuple):
    """The least score that is reported, and what came of it: shares of 0 to 1."""

    score: float
    reported: float
    found: float


def read(data: Path, names: Iterable[str], seed: int) -> tuple[list[Sentence], list[Sentence]]:
    """Clean sentences in both directions, for the fit and held out. Raises ``InputError``."""
    kept: list[Sentence] = []
    held: list[Sentence] = []
    for name in names:
        path = data / "train" / f"{name}.tsv.xz"
        if not path.exists():
            raise InputError(
                "There is no training data here", where=str(path), hint="Give the folder that holds train/."
            )
        pairs = clean_pairs((p for p in read_pairs(path) if p.source in SOURCES), copies=1)
        Random(f"{seed}:{name}").shuffle(pairs)
        pairs = list(_few_of_each(pairs))
        one, other = name.split("-")
        for n, pair in enumerate(pairs):
            side = held if n < _HELD_OUT * len(pairs) else kept
            side.append(Sentence((one, other), pair.source, pair.left, pair.right))
            side.append(Sentence((other, one), pair.source, pair.right, pair.left))
    return kept, held


def _few_of_each(pairs: Iterable[Pair]) -> Iterator[Pair]:
    taken: Counter[str] = Counter()
    for pair in pairs:
        taken[pair.source] += 1
        if taken[pair.source] <= _MOST:
            yield pair


def losses(sentences: Iterable[Sentence], seed: int) -> Iterator[Sentence]:
    """The sentences that deny once on either side, each without its negation in one way that is drawn.

    Into languages that ``losing`` does not know there are none.
    """
    rng = Random(f"{seed}:losses")
    for one in sentences:
        source, target = one.langs
        if target not in LANGUAGES or not comparable(one.theirs, one.ours, target):
            continue
        ways = robbed(one.ours, target) if len(denials(one.theirs, source)) == 1 else []
        if ways:
            way = rng.choice(ways)
            yield replace(one, ours=way.text, lost=way.kind)


def look(sentences: Iterable[Sentence], vectors: Vectors) -> list[Seen]:
    """What the rule sees in each."""
    return [_seen(one, vectors) for one in sentences]


def _seen(one: Sentence, vectors: Vectors) -> Seen:
    (source, target), theirs, ours = one.langs, one.theirs, one.ours
    if not comparable(theirs, ours, target):
        return Seen(one, None)
    if not_only_lost(theirs, source, ours, target) is not None:
        return Seen(one, None, limited=True)
    found = loss(theirs, source, ours, target, vectors)
    return Seen(one, found.sign if found else None)


def fit(rows: Floats, labels: Floats, ridge: float = 1.0) -> tuple[Floats, float]:
    """Weights (signs,) and intercept of a logistic regression of labels 0 and 1 (n,) on rows (n, signs).

    Newton's method; ``ridge`` is half the penalty on the squares of the weights, the intercept has none. Both
    labels weigh the same in all, however many rows have them. A column of zeros gets the weight 0.
    """
    x = np.hstack([rows, np.ones((len(rows), 1))])
    share = np.where(labels == 1, 1 / max(1, labels.sum()), 1 / max(1, (1 - labels).sum())) * len(labels) / 2
    penalty = np.append(np.full(rows.shape[1], ridge), 1e-9)
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        odds = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (labels - odds)) - penalty * weights
        curve = (x * (share * odds * (1 - odds))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights[:-1], float(weights[-1])


def scores(seen: Iterable[Seen], weights: Floats, offset: float) -> list[float]:
    """The log odds of a loss; minus infinity where the rule sees none, infinity where "not only" tells it."""
    return [
        float(np.asarray(one.sign) @ weights) + offset
        if one.sign is not None
        else (np.inf if one.limited else -np.inf)
        for one in seen
    ]


def threshold(clean: Sequence[float], lost: Sequence[float], rate: float) -> Threshold:
    """The least score, to hundredths, above which at most ``rate`` of a hundred clean sentences are reported."""
    ranked = sorted(clean, reverse=True)
    beyond = ranked[int(rate / 100 * len(ranked))]  # the best one that is not to be reported any more
    if not np.isfinite(beyond):
        beyond = 0.0 if beyond < 0 else max(one for one in ranked if np.isfinite(one))
    least = float(np.floor(beyond * 100) / 100 + 0.01)
    return Threshold(least, _share(clean, least), _share(lost, least))


def _share(values: Sequence[float], least: float) -> float:
    return sum(value >= least for value in values) / max(1, len(values))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, take out negations, fit, find the thresholds; what is to be put in goes to stdout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=0.15, help="reported of a hundred clean sentences")
    options = parser.parse_args(arguments)
    try:
        for line in report(options.data, options.seed, options.ridge, options.rate):
            sys.stdout.write(f"{line}\n")
    except ConcordError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def report(data: Path, seed: int, ridge: float, rate: float) -> Iterator[str]:
    """The lines that the command prints."""
    from align.embed import load_embedder
    from glossary.extract.vectors import Vectors

    vectors = Vectors(load_embedder())
    kept, held = read(data, FITTED_ON, seed)
    _, others = read(data, UNTRIED, seed)
    yield f"from {data.name}/train, seed {seed}, ridge {ridge:g}, {rate:g} of a hundred clean sentences"
    for english in (True, False):
        yield f"\ninto {'English' if english else 'other languages'}"
        own = [one for one in kept if (one.langs[1] == "en") is english]
        clean, lost = look(own, vectors), look(losses(own, seed), vectors)
        weights, offset = _fitted(clean, lost, ridge)
        yield from _made_from(clean, lost)
        yield f"weights {tuple(weights.tolist())}, intercept {offset}"
        yield "; ".join(f"{name} {weight:g}" for name, weight in zip(Sign._fields, weights, strict=True))
        for name, sentences in (("fitted languages", held), ("others", others)):
            own = [one for one in sentences if (one.langs[1] == "en") is english]
            clean, lost = look(own, vectors), look(losses(own, seed), vectors)
            limit = threshold(scores(clean, weights, offset), scores(lost, weights, offset), rate)
            yield f"{name}, held out: threshold {limit.score:.2f}"
            yield from _by_group(clean, lost, weights, offset, limit.score)


def _fitted(clean: Sequence[Seen], lost: Sequence[Seen], ridge: float) -> tuple[Floats, float]:
    signs = [(one.sign, label) for label, seen in enumerate((clean, lost)) for one in seen if one.sign]
    rows = np.array([sign for sign, _ in signs], np.float64).reshape(-1, len(Sign._fields))
    weights, offset = fit(rows, np.array([label for _, label in signs], np.float64), ridge)
    return np.round(weights, 2) + 0.0, round(offset, 2)


def _made_from(clean: Sequence[Seen], lost: Sequence[Seen]) -> Iterator[str]:
    seen = [sum(one.sign is not None for one in group) for group in (clean, lost)]
    yield f"{seen[1]} losses of {len(lost)} put in, {seen[0]} places in {len(clean)} clean sentences"
    by = Counter(f"{'-'.join(one.sentence.langs)} {one.sentence.lost}" for one in lost if one.sign)
    yield ", ".join(f"{name} {count}" for name, count in sorted(by.items()))


def _by_group(
    clean: Sequence[Seen], lost: Sequence[Seen], weights: Floats, offset: float, least: float
) -> Iterator[str]:
    """Reported of a hundred clean sentences, and found of the losses: in all, by languages, sources and ways."""
    groups: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for side, seen in enumerate((clean, lost)):
        for one, value in zip(seen, scores(seen, weights, offset), strict=True):
            for group in ("all", "-".join(one.sentence.langs), one.sentence.source, one.sentence.lost):
                if group:
                    groups[group][side].append(value)
    for name, (right, wrong) in sorted(groups.items()):
        said = f"{100 * _share(right, least):.2f} of 100 of {len(right)} clean" if right else ""
        found = f"{_share(wrong, least):.2f} of {len(wrong)} losses" if wrong else ""
        yield f"  {name:<28} {said:<32} {found}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
