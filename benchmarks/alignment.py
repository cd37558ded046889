"""Accuracy of the aligner with the embedded model: seeds, damaged development news, Text+Berg.

    python -m benchmarks.alignment [--shared DIR] [--test] [--seeds 3] [--model NAME]

The seeds interview is aligned from its raw files, as a user would. Development files are damaged with the
shared case maker, once per seed. The hand-aligned Text+Berg development document is always measured, its test
documents only with ``--test``, and every such run is to be noted in ``benchmarks/test_runs.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from align import __version__
from align.aligner import align_documents, align_sides
from align.embed import Embedder, load_embedder
from align.evaluate import Measure, Scores, evaluate
from align.parameters import default_parameters
from align.pipeline import inputs, read_document
from align.sides import sides_of_texts
from align.training.cases import Case
from align.training.weights import text_berg

ROOT = Path(__file__).parents[1]
NEWS = (
    "ru-en/wmt21_ruen_docid",
    "ru-en/wmt22_general_docid",
    "ru-en/wmt22_general_enru",
    "ru-en/wmt23_ruen_docid",
    "ru-en/wmt24_enru_docid",
    "uk-en/wmt22_general_docid",
    "uk-en/wmt23_uken_docid",
    "uk-en/wmt24_enuk_docid",
    "de-en/wmt22_general_deen",
    "de-en/wmt22_general_ende",
    "de-en/wmt24_ende_docid",
    "zh-en/wmt22_general_zhen",
    "zh-en/wmt23_enzh",
    "zh-en/wmt24_enzh_docid",
    "ja-en/wmt21_enja_docid",
    "ja-en/wmt21_jaen_docid",
    "ja-en/wmt22_general_docid",
    "ja-en/wmt24_enja_docid",
    "cs-en/wmt24_encs_docid",
    "es-en/wmt24_enes_docid",
)


def interview(embedder: Embedder, target: str, gold: str) -> Scores:
    """The seeds interview from its raw files."""
    seeds = ROOT / "seeds"
    paths = [str(seeds / f"interview.{lang}.txt") for lang in ("ru", target)]
    source_document, target_document = map(
        read_document, inputs(paths, langs=(None, None), encodings=(None, None))
    )
    beads = align_documents(source_document, target_document, embedder).beads
    return evaluate(seeds_gold(gold), [(b.source, b.target) for b in beads])


def seeds_gold(name: str) -> list[tuple[list[int], list[int]]]:
    """The gold beads of a file in ``seeds``."""
    beads: list[tuple[list[int], list[int]]] = json.loads((ROOT / "seeds" / name).read_text())
    return beads


def damaged_by(tool: Path, tsv: Path, seed: int) -> Case:
    """A case made by the shared case maker."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "case"
        subprocess.run(
            [sys.executable, str(tool), str(tsv), str(out), "--seed", str(seed)],
            check=True,
            capture_output=True,
        )
        source, target = (
            Path(f"{out}.{side}").read_text(encoding="utf-8").split("\n")[:-1] for side in ("src", "tgt")
        )
        gold = json.loads(Path(f"{out}.gold.json").read_text())
    beads = tuple((tuple(s), tuple(t)) for s, t in gold)
    return Case(tsv.stem, tuple(source), tuple(target), beads)


def scores_of(case: Case, embedder: Embedder) -> Scores:
    """The aligner's scores on a case of bare segments."""
    beads = align_sides(*sides_of_texts(case.source, case.target, embedder)).beads
    return evaluate(case.gold, [(b.source, b.target) for b in beads])


def pooled(cases: Sequence[Case], embedder: Embedder) -> Scores:
    """Scores over several documents together, as published for Text+Berg: beads are counted, not documents."""
    gold: list[tuple[list[int], list[int]]] = []
    test: list[tuple[list[int], list[int]]] = []
    for number, case in enumerate(cases):
        shift = number * 1_000_000
        sides = sides_of_texts(case.source, case.target, embedder)
        found = [(b.source, b.target) for b in align_sides(*sides).beads]
        for beads, pool in ((case.gold, gold), (found, test)):
            pool.extend(([i + shift for i in s], [j + shift for j in t]) for s, t in beads)
    return evaluate(gold, test)


def rows(shared: Path, embedder: Embedder, seeds: int, test: bool) -> Iterator[tuple[str, Scores]]:
    """One row of the table after the other."""
    yield "seeds ru-en (raw files)", interview(embedder, "en", "interview.gold.json")
    yield "seeds ru-de (raw files)", interview(embedder, "de", "interview.ru-de.gold.json")
    data = shared / "data"
    if not data.exists():
        return
    for name in NEWS:
        found = [
            scores_of(
                damaged_by(shared / "tools" / "perturb.py", data / "dev" / f"{name}.tsv", seed), embedder
            )
            for seed in range(1, seeds + 1)
        ]
        yield name, mean_of(found)
    yield "Text+Berg dev", scores_of(text_berg(data), embedder)
    if test:
        yield "Text+Berg test", pooled([text_berg(data, f"test{k}") for k in range(7)], embedder)


def mean_of(found: Sequence[Scores]) -> Scores:
    """The mean of precision and recall over several runs."""

    def mean(measures: Sequence[Measure]) -> Measure:
        count = len(measures)
        return Measure(sum(m.precision for m in measures) / count, sum(m.recall for m in measures) / count)

    return Scores(
        mean([s.strict for s in found]), mean([s.lax for s in found]), mean([s.null for s in found])
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--test", action="store_true", help="also the Text+Berg test documents: note the run")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--model", default=None)
    options = parser.parse_args(arguments)
    embedder = load_embedder(options.model)
    digest = default_parameters().digest
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}|parameters:{digest}|cases:1-{options.seeds}"
    )
    print(f"{'':30s} strict P   R      F1     lax F1  null F1")
    for name, s in rows(options.shared, embedder, options.seeds, options.test):
        strict = f"{s.strict.precision:.4f} {s.strict.recall:.4f} {s.strict.f1:.4f}"
        print(f"{name:30s} {strict}  {s.lax.f1:.4f}  {s.null.f1:.4f}", flush=True)


if __name__ == "__main__":
    main()
