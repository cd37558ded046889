"""How many of the hand-made hard cases each segmenter cuts right, and whether offsets hold on random texts.

    python -m benchmarks.segmentation [--random 10000] [--list]

The list is ``tests/data/segmentation``; a case counts when all its segments are right. razdel, sentencex and
pysbd (if it is installed) get every line of a case by itself, as they know nothing of blocks, and keep no
offsets to check; ours gets the text. ``--list`` prints what ours gets wrong. The random texts are those of the
tests: many scripts, dashes, quotation marks, line ends, marks that are not seen.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from align import __version__
from align.segment import SEGMENTER
from tests.align.segmentation import LANGUAGES, TEXTS, Case, cases, given_blocks, problems, segment

Cutter = Callable[[str, str], Iterable[str]]


def by_razdel(text: str, lang: str) -> Iterable[str]:
    """razdel knows Russian and takes no language."""
    from razdel import sentenize

    return (sentence.text for line in text.splitlines() for sentence in sentenize(line))


def by_sentencex(text: str, lang: str) -> Iterable[str]:
    """Its sentences keep the white space behind them, which is left out here."""
    from sentencex import segment as cut

    return (sentence.strip() for line in text.splitlines() for sentence in cut(lang, line))


def by_pysbd(text: str, lang: str) -> Iterable[str]:
    """English rules for a language that it does not have. It is in no list of requirements."""
    known = import_module("pysbd.languages").LANGUAGE_CODES
    cutter = import_module("pysbd").Segmenter(language=lang if lang in known else "en", clean=False)
    return (sentence.strip() for line in text.splitlines() for sentence in cutter.segment(line))


def by_concord(text: str, lang: str) -> Iterable[str]:
    """Ours, from plain text to segments."""
    return segment(text, lang).texts()


def is_right(cut: Cutter, case: Case) -> bool:
    """Whether all segments of a case are those of the list."""
    return [text for text in cut(case.text, case.lang) if text] == case.segments


def print_accuracy(cutters: dict[str, Cutter]) -> None:
    """A line for each language, and one for all."""
    right: dict[str, Counter[str]] = {name: Counter() for name in cutters}
    total: Counter[str] = Counter()
    seconds: dict[str, float] = defaultdict(float)
    for case in cases():
        total.update((case.lang, "all"))
        for name, cut in cutters.items():
            begun = time.perf_counter()
            good = is_right(cut, case)
            seconds[name] += time.perf_counter() - begun
            right[name].update((case.lang, "all") if good else ())
    print("lang  cases " + "".join(f"{name:>12}" for name in cutters))
    for lang in [*sorted(set(total) - {"all"}), "all"]:
        shares = "".join(f"{right[name][lang] / total[lang]:12.3f}" for name in cutters)
        print(f"{lang:4}  {total[lang]:5} {shares}")
    print("ms         " + "".join(f"{1000 * seconds[name]:12.1f}" for name in cutters))


def check_offsets(number: int) -> float:
    """Seconds for ``number`` random texts; raises where a promise is broken."""

    @settings(
        max_examples=number, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(TEXTS, LANGUAGES, st.booleans(), st.data())
    def run(text: str, lang: str, segmented: bool, data: st.DataObject) -> None:
        found = list(problems(segment(text, lang, data.draw(given_blocks(text)), segmented)))
        assert not found, found

    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def installed(package: str) -> str:
    """A version, "absent" without the package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy of segmentation on the list of hard cases.")
    parser.add_argument("--random", type=int, default=10_000, help="random texts to check offsets on")
    parser.add_argument("--list", action="store_true", help="print the cases that ours gets wrong")
    options = parser.parse_args()
    cutters: dict[str, Cutter] = {"razdel": by_razdel, "sentencex": by_sentencex}
    if find_spec("pysbd"):
        cutters["pysbd"] = by_pysbd
    cutters["concord"] = by_concord
    print_accuracy(cutters)
    if options.list:
        for case in cases():
            if not is_right(by_concord, case):
                print(f"{case.name}\n  {case.segments}\n  {list(by_concord(case.text, case.lang))}")
    seconds = check_offsets(options.random)
    print(f"offsets: no error in {options.random} random texts ({seconds:.0f} s)")
    peers = "|".join(f"{name}:{installed(name)}" for name in ("razdel", "sentencex", "pysbd"))
    print(f"concord:{__version__}|segmentation|cases:{len(cases())}|segmenter:{SEGMENTER}|{peers}")


if __name__ == "__main__":
    main()
