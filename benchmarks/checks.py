"""The checks against planted errors, and their false findings in clean human translations.

    python -m benchmarks.checks [--pairs ru-en,de-en,uk-en] [--seed N] [--per-kind N] [--out FILE] [--show N]
    python -m benchmarks.checks --false-findings [--sentences 1000] [--part 1] [--show N] [--new] [--codes T1,F]
    python -m benchmarks.checks --gold

Planted errors: whole clean documents (the sample interview of ``seeds``, news of ``../shared/data/dev``) get,
on both sides, legal marks and sentences of our own; that is the clean version. Then errors of 30 kinds are
planted into it at random places (``benchmarks.planting``, which knows nothing of the checks), both versions
are checked, and what is new is compared with what was planted. What counts as found and as explained is in
``benchmarks.planting.judge``. "Natural" errors are those in the documents' own sentences, the others are in
ours.

False findings: whole documents with ``--sentences`` sentence pairs in all, and the findings per hundred of
them, by code; ``tests/data/checks/verdicts.jsonl`` holds what was said about each by one who read both
texts. ``--part 2`` takes the next documents of the same draw, none of which is in part 1. ``--show`` prints
findings with their sentences, each with a line to be completed and put into that file; ``--new`` only those
without a verdict.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import mean

from align import __version__
from benchmarks.planting import FAMILIES, KINDS, Bitext, Planted, gold, plant, prepare
from benchmarks.planting.clean import Found, findings, read_verdicts, sample, shown, with_verdicts
from benchmarks.planting.data import DEV, ROOT, Source, documents, seeds, small_words, stretches
from benchmarks.planting.judge import Tally, Verdict, family_of, judge
from benchmarks.planting.run import FILES, Check, CheckFailedError, by_command, checked

SHORTEST, LONGEST = 18, 170  # rows of a document
ROWS_AN_ERROR = 5
AT_ONCE = 2  # of one kind in a document
SAMPLE_SEED = 7


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document with its errors, and what became of them."""

    pair: str
    source: Source
    planted: Planted
    verdict: Verdict


def planted_documents(
    pair: str, seed: int, per_kind: int, folder: Path = DEV
) -> Iterator[tuple[Source, Planted]]:
    """Documents with errors, until ``per_kind`` of each kind are planted or the documents have run out.

    The kinds of which there are fewest so far go first. The order of documents, what they are given and the
    places depend on nothing but ``seed``.
    """
    news = [*documents(pair, folder), *stretches(pair, folder)] if (folder / pair).exists() else []
    fit = [one for one in news if SHORTEST <= len(one.bitext.rows) <= LONGEST]
    Random(f"{seed}:{pair}").shuffle(fit)
    interview = seeds(pair)
    if interview is not None:
        fit.insert(0, Source("seeds", "interview", interview))
    known = small_words([one.bitext for one in fit])
    done: Counter[str] = Counter()
    for one in fit:
        if all(done[kind] >= per_kind for kind in KINDS):
            return
        rng = Random(f"{seed}:{one.dataset}:{one.document}")
        bitext = prepare(one.bitext, rng)
        order = sorted(KINDS, key=lambda kind: (done[kind], kind))
        wanted = {kind: min(AT_ONCE, per_kind - done[kind]) for kind in order if done[kind] < per_kind}
        result = plant(bitext, wanted, rng, known, most=len(bitext.rows) // ROWS_AN_ERROR)
        if result.plants:
            done.update(p.kind for p in result.plants)
            yield one, result


def outcomes(
    pair: str, seed: int, per_kind: int, check: Check = by_command, jobs: int = 2, folder: Path = DEV
) -> list[Outcome]:
    """What becomes of the errors planted into one pair of languages. Raises what ``check`` raises."""
    todo = list(planted_documents(pair, seed, per_kind, folder))

    def one(source: Source, planted: Planted) -> Outcome:
        clean = checked(planted.clean, planted.glossary, check)
        changed = checked(planted.changed, planted.glossary, check)
        return Outcome(pair, source, planted, judge(planted, clean, changed, FILES))

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        return list(pool.map(lambda item: one(*item), todo))


def table(pair: str, tally: Tally) -> Iterator[str]:
    """The figures of one pair, by kind and by family."""
    yield f"{pair:<26} {'planted':>7} {'natural':>7} {'found':>6} {'recall':>7} {'by any':>7}"
    for kind in KINDS:
        n = tally.planted[kind]
        rates = [_rate(tally.found[kind], n), _rate(tally.found_by_any[kind], n)]
        yield f"  {kind:<24} {n:>7} {tally.natural[kind]:>7} {tally.found[kind]:>6} {rates[0]:>7} {rates[1]:>7}"
    yield f"  {'family':<24} {'planted':>7} {'found':>7} {'recall':>6} {'new':>7} {'precision':>9}"
    for family in (*FAMILIES, ""):
        kinds = [kind for kind in KINDS if KINDS[kind] == family or not family]
        n, found = (sum(counts[kind] for kind in kinds) for counts in (tally.planted, tally.found))
        names = FAMILIES if not family else (family,)
        new, wrong = (sum(counts[name] for name in names) for counts in (tally.new, tally.unexplained))
        yield (
            f"  {family or 'all':<24} {n:>7} {found:>7} {_rate(found, n):>6} {new:>7} {_rate(new - wrong, new):>9}"
        )
    if tally.places:
        yield f"  places a finding, with its evidence: {mean(tally.places):.1f}"


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def as_lines(found: Sequence[Outcome]) -> Iterator[str]:
    """Every error with what found it, and every finding that no error explains, without a word of the
    documents.
    """
    for one in found:
        where = {"pair": one.pair, "dataset": one.source.dataset, "document": one.source.document}
        for (error, codes), (_, any_codes) in zip(one.verdict.found, one.verdict.found_by_any, strict=True):
            row = {
                "kind": error.kind, "family": error.family, "sentence": error.sentence, "side": error.side,
                "start": error.start, "end": error.end, "natural": not error.carrier,
                "codes": codes, "any": any_codes,
            }  # fmt: skip
            yield json.dumps({**where, **row}, ensure_ascii=False)
        for finding in one.verdict.unexplained:
            row = {key: finding.get(key) for key in ("code", "document", "start", "end", "fingerprint")}
            row["file"] = row.pop("document")
            yield json.dumps({**where, "unexplained": row}, ensure_ascii=False)


def details(found: Sequence[Outcome], most: int) -> Iterator[str]:
    """Missed errors and unexplained findings in words, for the screen alone."""
    missed = [(one, error) for one in found for error, codes in one.verdict.found if not codes]
    wrong = [(one, finding) for one in found for finding in one.verdict.unexplained]
    yield f"missed ({len(missed)})"
    for one, error in sorted(missed, key=lambda item: item[1].kind)[:most]:
        yield f"  {error.kind} {error.subject!r}: {error.was!r} → {error.now!r}  {one.source.document}"
        yield from (f"      {text}" for text in _sentence(one.planted.changed, error.rows[0]))
    yield f"unexplained ({len(wrong)})"
    for one, finding in sorted(wrong, key=lambda item: str(item[1].get("code")))[:most]:
        yield f"  {finding.get('code')} {finding.get('message')}  at {finding.get('text')!r}  {one.source.document}"


def _sentence(bitext: Bitext, row: int) -> list[str]:
    return [text for one in bitext.rows if one.id == row for text in (one.source, one.target)]


def signature(**parameters: object) -> str:
    """Version, the planter's own code and the parameters."""
    code = sha256(
        b"".join(path.read_bytes() for path in sorted((ROOT / "benchmarks" / "planting").glob("*.py")))
    )
    rest = "|".join(f"{key}:{value}" for key, value in parameters.items())
    return f"concord:{__version__}|planter:{code.hexdigest()[:8]}|{rest}"


def report_planted(
    pairs: Sequence[str],
    seed: int,
    per_kind: int,
    out: Path | None,
    show: int,
    jobs: int,
    check: Check = by_command,
) -> None:
    """Prints the figures of planted errors; writes them row by row to ``out``."""
    lines: list[str] = []
    for pair in pairs:
        found = outcomes(pair, seed, per_kind, check, jobs)
        tally = Tally.empty()
        for one in found:
            tally.add(one.verdict)
        print("\n".join(table(pair, tally)))
        if show:
            print("\n".join(details(found, show)))
        lines += as_lines(found)
    if out is not None:
        out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(signature(pairs=",".join(pairs), seed=seed, per_kind=per_kind))


def report_false(
    sentences: int,
    show: int,
    new: bool,
    codes: Sequence[str],
    jobs: int,
    part: int = 1,
    check: Check = by_command,
) -> None:
    """Prints findings per hundred sentences of clean translations, by code, beside the verdicts."""
    documents_ = sample(sentences, SAMPLE_SEED, part=part)
    found = with_verdicts(findings(documents_, check, jobs), read_verdicts())
    found = [one for one in found if not codes or str(one.finding["code"]).startswith(tuple(codes))]
    total = sum(len(one.bitext.rows) for one in documents_)
    for one in [f for f in found if not (new and f.verdict)][:show]:
        print("\n".join(shown(one)), end="\n\n")
    print("\n".join(false_table(found, total)))
    print(f"{len(documents_)} documents, {total} sentence pairs")
    print(signature(sentences=sentences, seed=SAMPLE_SEED, part=part))


def false_table(found: Sequence[Found], total: int) -> Iterator[str]:
    """A line a code and one for all: findings, per hundred sentences, and how many were judged true,
    debatable, false.
    """
    head = f"{'code':<8} {'found':>6} {'per 100':>8} {'true':>6} {'debat.':>6} {'false':>6}"
    yield f"{head} {'no verdict':>10} {'false per 100':>13}"
    codes = sorted({str(one.finding["code"]) for one in found}, key=lambda code: (family_of(code), code))
    for code in (*codes, ""):
        rows = [one for one in found if not code or one.finding["code"] == code]
        said = Counter(one.verdict for one in rows)
        share, wrong = (100 * count / max(1, total) for count in (len(rows), said["false"]))
        line = f"{code or 'all':<8} {len(rows):>6} {share:>8.2f} {said['true']:>6} {said['debatable']:>6}"
        yield f"{line} {said['false']:>6} {said['']:>10} {wrong:>13.2f}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", default="ru-en,de-en,uk-en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=20)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--gold", action="store_true")
    parser.add_argument("--false-findings", action="store_true")
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--part", type=int, default=1, help="1: the first so many sentences, 2: the next …")
    parser.add_argument("--show", type=int, default=0, help="print so many findings (or misses) in words")
    parser.add_argument("--new", action="store_true", help="with --show: only findings without a verdict")
    parser.add_argument("--codes", default="", help="only findings whose codes begin so")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    try:
        if args.gold:
            print("\n".join([*gold.alone(), *gold.both()]))
        elif args.false_findings:
            codes = [code for code in args.codes.split(",") if code]
            report_false(args.sentences, args.show, args.new, codes, args.jobs, args.part)
        else:
            report_planted(args.pairs.split(","), args.seed, args.per_kind, args.out, args.show, args.jobs)
    except (CheckFailedError, OSError) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
