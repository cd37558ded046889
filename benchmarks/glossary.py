"""How long the glossary takes: building 1,000 pairs of documents (100,000 beads), paging 50,000 candidates.

    python -m benchmarks.glossary [--pairs 1000] [--candidates 50000] [--only build|pages]

The texts are made up of invented names in sentences of the sample's kind, the same for the same numbers. Each part
runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from align import __version__
from align.model import Alignment, Bead, Block, Document, Segment, Signature

BEADS = 100
SYLLABLES = {
    "en": ["ba", "ko", "ri", "ven", "tal", "mur", "do", "shi", "lan", "gor", "pel", "sta"],
    "ru": ["ба", "ко", "ри", "вен", "тал", "мур", "до", "ши", "лан", "гор", "пел", "ста"],
}
SENTENCES = (
    ("Отряд {0} вышел к перевалу {1} до рассвета.", "The {0} unit reached the {1} pass before dawn."),
    ("В {1} об этом узнали от людей {0}.", "In {1} they learned of it from the people of {0}."),
    (
        "Полковник {0} не стал отвечать на вопрос о дороге.",
        "Colonel {0} would not answer the question about the road.",
    ),
    (
        "Мука подорожала, а мост через {1} так и не достроили.",
        "Flour went up, and the bridge over the {1} was never finished.",
    ),
    ("Никто не ждал снега так рано.", "Nobody expected snow so early."),
    (
        "По словам {0}, переговоры в {1} начнутся весной.",
        "According to {0}, talks in {1} will begin in spring.",
    ),
)


def names(count: int) -> list[tuple[str, str]]:
    """Invented names in both scripts."""
    made: dict[str, str] = {}
    rng = random.Random(7)
    while len(made) < count:
        picked = [rng.randrange(12) for _ in range(rng.choice((3, 4, 5)))]
        ru = "".join(SYLLABLES["ru"][n] for n in picked).capitalize()
        made[ru] = "".join(SYLLABLES["en"][n] for n in picked).capitalize()
    return list(made.items())


def document(name: str, lang: str, sentences: list[str]) -> Document:
    """A document of these sentences."""
    segments, at = [], 0
    for number, sentence in enumerate(sentences):
        segments.append(Segment(number, at, at + len(sentence), 0))
        at += len(sentence) + 1
    text = " ".join(sentences)
    return Document(name, text, lang, (Block(0, 0, len(text)),), tuple(segments))


def pair(number: int, known: list[tuple[str, str]]) -> Alignment:
    """One pair of documents of 100 sentences, each with a dozen names of its own choice."""
    rng = random.Random(number)
    cast = rng.sample(known, 12)
    ru, en = [], []
    for _ in range(BEADS):
        template = rng.choice(SENTENCES)
        one, two = rng.choice(cast), rng.choice(cast)
        ru.append(template[0].format(one[0], two[0]))
        en.append(template[1].format(one[1], two[1]))
    beads = tuple(Bead((n,), (n,), confidence=0.9) for n in range(BEADS))
    signature = Signature(__version__, "none", "0", "none")
    return Alignment(
        document(f"{number}.ru.txt", "ru", ru), document(f"{number}.en.txt", "en", en), beads, signature, 0.5
    )


def build(pairs: int) -> dict[str, float]:
    """Seconds and memory of extracting and keeping the terms of so many pairs, and of doing it again."""
    from align.console import Messages
    from align.store import open_store
    from glossary import pipeline
    from glossary.store import Glossary

    known = names(max(200, pairs))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "concord.db", create=True) as store,
    ):
        with store.transaction():
            for number in range(pairs):
                store.save_alignment(pair(number, known), author="benchmark")
        glossary = Glossary(store)
        started = time.perf_counter()
        texts = pipeline.stored_texts(glossary)
        read = time.perf_counter()
        found = pipeline.candidates(texts)
        extracted = time.perf_counter()
        assert texts.ids is not None
        documents = {texts.ids[d.name]: d for d in texts.documents}
        report = glossary.build(found, documents, author="benchmark")
        kept = time.perf_counter()
        del texts, found, documents
        pipeline.build(glossary, "benchmark", Messages(quiet=True))
        again = time.perf_counter()
        size = (Path(folder) / "concord.db").stat().st_size
    return {
        "pairs": pairs,
        "beads": pairs * BEADS,
        "candidates": report.candidates,
        "concepts": report.concepts,
        "read_s": read - started,
        "extract_s": extracted - read,
        "keep_s": kept - extracted,
        "build_s": kept - started,
        "build_again_s": again - kept,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "file_mb": size / 1e6,
    }


def pages(candidates: int) -> dict[str, float]:
    """Milliseconds of pages of 50: the slowest and the middle one, for several orders and filters."""
    from align.store import open_store
    from glossary.model import Candidate, Kind, Term
    from glossary.store import Glossary, Query

    rng = random.Random(3)
    known = names(candidates)
    kinds: tuple[Kind, ...] = ("person", "place", "organisation", "phrase")
    found = [
        Candidate(f"ru:x:{ru}", Term(ru, "ru", lemma=ru.lower()), kinds[n % 4], 2 + n % 40, rng.random(), ())
        for n, (ru, _) in enumerate(known)
    ]
    queries = {
        "all": Query(),
        "state": Query(state="candidate"),
        "kind": Query(kind="place"),
        "text": Query(text="балан"),
        "rare text": Query(text="балантал"),
        "count": Query(sort="count"),
        "label": Query(sort="label"),
    }
    figures: dict[str, float] = {"candidates": candidates}
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "concord.db", create=True) as store,
    ):
        glossary = Glossary(store)
        started = time.perf_counter()
        glossary.build(found, {}, author="benchmark")
        figures["keep_s"] = time.perf_counter() - started
        for name, query in queries.items():
            times, after, rows = [], "", 0
            while True:
                started = time.perf_counter()
                page = glossary.page(query, after=after, limit=50)
                times.append(time.perf_counter() - started)
                after, rows = page.next, rows + len(page.rows)
                if not after:
                    break
            figures[f"{name}: pages"] = len(times)
            figures[f"{name}: middle_ms"] = sorted(times)[len(times) // 2] * 1000
            figures[f"{name}: slowest_ms"] = max(times) * 1000
        started = time.perf_counter()
        glossary.count(Query())
        figures["count_ms"] = (time.perf_counter() - started) * 1000
    return figures


def main() -> None:
    """Runs the parts, each in a process of its own, and prints their figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--candidates", type=int, default=50_000)
    parser.add_argument("--only", choices=("build", "pages"))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        print(json.dumps(build(given.pairs) if given.only == "build" else pages(given.candidates)))
        return
    for part in (given.only,) if given.only else ("build", "pages"):
        command = [sys.executable, "-m", "benchmarks.glossary", "--here", "--only", part]
        command += ["--pairs", str(given.pairs), "--candidates", str(given.candidates)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for name, value in json.loads(out).items():
            print(f"{name:<22}{value:>12,.1f}" if isinstance(value, float) else f"{name:<22}{value:>12,}")
    print(f"concord:{__version__}|glossary|pairs:{given.pairs}|candidates:{given.candidates}")


if __name__ == "__main__":
    main()
