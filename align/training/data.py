"""Reading, cleaning and weighting translation pairs.

A file ``XX-YY.tsv.xz`` (or ``.tsv``) holds ``foreign⇥other⇥source`` lines, ``names_wikidata_XX-en.tsv`` person
names in two scripts with a count. The same call on the same files gives the same pairs in the same order.
"""

from __future__ import annotations

import lzma
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from statistics import median

MAX_CHARACTERS = 600
NAMES = "names_wikidata"
_MARKUP = re.compile(
    r"<[^<>]{1,80}>|\[/?\w{1,12}\]|\bhttps?://\S+|&\w{2,8};|\{[^{}]{0,40}\}|%\([a-z_]+\)[sd]|\$\w+"
)
_VARIANTS = re.compile(r"\[[A-Z]{2,8}:[^\[\]]*\]")  # [CN:…:][HKTW:…:]: spelling variants side by side
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f"
_SPACED_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that translate each other; ``languages`` as the file is named ("ru-en")."""

    left: str
    right: str
    source: str
    languages: str


def read_pairs(path: Path, exclude: Collection[str] = ()) -> Iterator[Pair]:
    """The pairs of one file without those of the excluded sources. Names of persons have counts for sources."""
    names = path.name.startswith(NAMES)
    languages = path.name.removeprefix(NAMES + "_").split(".")[0].replace("_kana", "")
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            left, _, rest = line.rstrip("\n").partition("\t")
            right, _, source = rest.partition("\t")
            source = NAMES if names else source
            if source not in exclude:
                yield Pair(left, right, source, languages)


def load_pairs(
    folder: Path, exclude: Collection[str] = (), *, most: Mapping[str, int] | None = None, workers: int = 2
) -> list[Pair]:
    """All clean pairs of a folder: ``train/XX-YY.tsv.xz`` and ``lexicon/names_wikidata_XX-en.tsv`` where they are.

    ``most``: of a source only so many lines of a file are read (the files are shuffled), so that what an epoch
    holds little of costs little. Files are cleaned side by side and put together in the order of their names,
    whatever the number of workers.
    """
    home = folder / "train" if (folder / "train").is_dir() else folder
    paths = sorted(
        (*home.glob("*.tsv.xz"), *home.glob("*.tsv"), *(folder / "lexicon").glob(f"{NAMES}_*.tsv"))
    )
    with ProcessPoolExecutor(workers) as pool:
        return list(
            chain.from_iterable(pool.map(_load_file, paths, repeat(frozenset(exclude)), repeat(most or {})))
        )


def _load_file(path: Path, exclude: Collection[str], most: Mapping[str, int]) -> list[Pair]:
    return clean_pairs(first_of_sources(read_pairs(path, exclude), most))


def first_of_sources(pairs: Iterable[Pair], most: Mapping[str, int]) -> Iterator[Pair]:
    """The pairs, of each source at most as many as it says."""
    seen: Counter[str] = Counter()
    for pair in pairs:
        seen[pair.source] += 1
        if seen[pair.source] <= most.get(pair.source, math.inf):
            yield pair


def tidy(text: str) -> str:
    """The text without markup and placeholders, spaces folded, Chinese set letter by letter closed up."""
    text = unicodedata.normalize("NFKC", text)
    text = _MARKUP.sub(" ", _VARIANTS.sub(" ", text))
    return _SPACED_HAN.sub("", " ".join(text.split()))


def is_clean(left: str, right: str) -> bool:
    """Whether two tidied texts can be translations: both of letters mostly, not too long, not the same."""
    return _is_text(left) and _is_text(right) and left.casefold() != right.casefold()


def _is_text(text: str) -> bool:
    if not 0 < len(text) <= MAX_CHARACTERS:
        return False
    letters = sum(map(str.isalpha, text))
    marks = sum(unicodedata.category(c) in ("Mn", "Mc") for c in text) if letters < 0.6 * len(text) else 0
    return letters + marks >= 0.55 * (len(text) - text.count(" "))


def clean_pairs(pairs: Iterable[Pair], *, copies: int = 3) -> list[Pair]:
    """Tidied pairs that pass :func:`is_clean` and the length test, near-duplicates left out.

    The length test compares log(length ratio) with the median of its pair of languages: off by more than
    log 2.2 (short texts: more) means that something is missing on one side. A side may occur ``copies`` times
    in a pair of languages (digits aside), so that boilerplate does not flood an epoch.
    """
    kept: list[Pair] = []
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        left, right = tidy(pair.left), tidy(pair.right)
        if not is_clean(left, right):
            continue
        counts = seen[pair.languages]
        keys = {"<" + _DIGITS.sub("0", left.casefold()), ">" + _DIGITS.sub("0", right.casefold())}
        if any(counts[key] >= copies for key in keys):
            continue
        counts.update(keys)
        kept.append(Pair(left, right, pair.source, pair.languages))
    return _of_fitting_length(kept)


def _of_fitting_length(pairs: list[Pair]) -> list[Pair]:
    ratios: dict[str, list[float]] = defaultdict(list)
    for pair in pairs:
        ratios[pair.languages].append(_log_ratio(pair))
    middle = {languages: median(values) for languages, values in ratios.items()}
    return [pair for pair in pairs if abs(_log_ratio(pair) - middle[pair.languages]) <= _tolerance(pair)]


def _log_ratio(pair: Pair) -> float:
    return math.log(len(pair.left) / len(pair.right))


def _tolerance(pair: Pair) -> float:
    return math.log(2.2) + 6 / min(len(pair.left), len(pair.right))
