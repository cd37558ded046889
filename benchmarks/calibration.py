"""Whether confidences are honest: on documents that neither the weights nor the curve were fitted on.

    python -m benchmarks.calibration [--shared DIR] [--seeds 2]

Development files outside both lists of ``align.training.weights``, damaged as usual and with missing blocks, are
judged with the shipped parameters. The hand-aligned Text+Berg development document took part in the shipped fit;
it is judged with parameters learnt again without it. "Caught": the share of all wrong beads that is among the
least certain tenth.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from align import __version__
from align.embed import Embedder, load_embedder
from align.evaluate import calibration
from align.parameters import Parameters, default_parameters
from align.training.cases import Case, Damage
from align.training.weights import cases_of, judged, learn, text_berg

ROOT = Path(__file__).parents[1]
HELD = (  # none of them in FIT or CALIBRATE: a test says so
    "ru-en/wmt22_general_docid",
    "ru-en/wmt24_enru_docid",
    "uk-en/wmt24_enuk_docid",
    "de-en/wmt24_ende_docid",
    "zh-en/wmt24_enzh_docid",
    "ja-en/wmt22_general_docid",
    "ja-en/wmt24_enja_docid",
)
USUAL = Damage()
MISSING = Damage(join=0.15, omit=0.05, block=0.02, longest=40)


def judgement(case: Case, embedder: Embedder, parameters: Parameters) -> tuple[list[float], list[bool]]:
    """Confidence of each bead, and whether it is in the gold."""
    posteriors, right = judged(case, embedder, parameters)
    return [parameters.confidence(p) for p in posteriors], right


def cases(data: Path, seeds: int) -> Iterator[tuple[str, Case]]:
    """(group, case) of every document judged with the shipped parameters."""
    for seed in range(seeds):
        for group, damage in (("usual", USUAL), ("missing blocks", MISSING)):
            for case in cases_of(data, HELD, 900 + seed, lines=1000, damage=damage):
                yield group, case


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args(arguments)
    data = options.shared / "data"
    embedder, shipped = load_embedder(), default_parameters()
    apart, _ = learn(data, seed=1, hand=False, bare=False)
    print(
        f"concord:{__version__}|model:{embedder.name}@{embedder.revision}"
        f"|parameters:{shipped.digest}|without hand-aligned:{apart.digest}|cases:{options.seeds}"
    )
    groups: dict[str, tuple[list[float], list[bool]]] = {}
    judgements = [(group, judgement(case, embedder, shipped)) for group, case in cases(data, options.seeds)]
    judgements.append(("Text+Berg dev", judgement(text_berg(data), embedder, apart)))
    for group, (confidences, right) in judgements:
        for name in (group, "all together"):
            pool = groups.setdefault(name, ([], []))
            pool[0].extend(confidences)
            pool[1].extend(right)
    print(f"{'':16s} beads  wrong  calibration error  caught")
    for name in sorted(groups, key=lambda x: (x == "all together", x)):
        c = calibration(*groups[name])
        print(f"{name:16s} {c.beads:5d}  {c.wrong:5d}  {c.error:17.4f}  {c.wrong_in_least_certain:6.3f}")


if __name__ == "__main__":
    main()
