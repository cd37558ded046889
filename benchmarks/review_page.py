"""How long a key press takes on the review page: until the next candidate is painted, and in the server.

    python -m benchmarks.review_page [--pairs 1000] [--candidates 50000] [--presses 60]

A project of invented texts (100 beads a pair) with candidates that stand in them is served by ``concord review`` and
looked at in Chromium through selenium. Times are from the key's own event to the frame that shows what it led to.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from align import __version__
from align.model import Document
from benchmarks.glossary import BEADS, document, names, pair
from glossary.model import Candidate, Kind, Occurrence, Rendering, Term

KINDS: tuple[Kind, ...] = ("person", "place", "organisation", "phrase")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --window-size=1280,900"
)
WATCH = """
window.__times = [];
let pressed = 0;
addEventListener('keydown', event => { pressed = event.timeStamp; }, true);
const shown = () => document.querySelector('#focus-title')?.closest('#review');
let last = null;
new MutationObserver(() => {
  const now = shown();
  if (!pressed || !now || now === last) { last = last || now; return; }
  last = now;
  const from = pressed;
  pressed = 0;
  requestAnimationFrame(() => {
    const behind = new MessageChannel();
    behind.port1.onmessage = () => window.__times.push(performance.now() - from);
    behind.port2.postMessage(0);
  });
}).observe(document, {childList: true, subtree: true});
addEventListener('DOMContentLoaded', () => { last = shown(); });
"""
ANSWERS = """return performance.getEntriesByType('resource').filter(e => e.name.includes(arguments[0]))
    .map(e => e.responseEnd - e.requestStart)"""


def made(folder: Path, pairs: int, candidates: int) -> Path:
    """The project: pairs of texts, and candidates that each stand in a few of their sentences."""
    from align.store import open_store
    from glossary.store import Glossary

    path = folder / "concord.db"
    known = names(max(200, pairs))
    with open_store(path, create=True) as store:
        with store.transaction():
            for number in range(pairs):
                store.save_alignment(pair(number, known), author="benchmark")
        glossary = Glossary(store)
        documents, _ = glossary.documents()
        by_key = {one.name: one for one in documents.values()}
        found = [candidate(n, ru, en, by_key, pairs) for n, (ru, en) in enumerate(names(candidates))]
        glossary.build(found, documents, author="benchmark")
        with store.transaction():
            store.save_alignment(long_pair(), author="benchmark")
    return path


def long_pair() -> Any:
    """One long text, so that beads of one alignment are many too."""
    from dataclasses import replace

    from align.model import Bead

    short = pair(0, names(200))
    ru = document("long.ru.txt", "ru", short.source.texts() * 50)
    en = document("long.en.txt", "en", short.target.texts() * 50)
    beads = tuple(Bead((n,), (n,), confidence=0.9) for n in range(BEADS * 50))
    return replace(short, source=ru, target=en, beads=beads)


def candidate(n: int, ru: str, en: str, documents: dict[str, Document], pairs: int) -> Candidate:
    """A candidate with a handful of mentions, each rendered in the sentence beside it."""
    rng = random.Random(n)
    here, there = [], []
    for _ in range(rng.choice((2, 3, 4, 12))):
        number, segment = rng.randrange(pairs), rng.randrange(BEADS)
        here.append(mention(documents[f"{number}.ru.txt"], segment))
        there.append(mention(documents[f"{number}.en.txt"], segment))
    rendering = Rendering(en, "en", len(there), 0.8, occurrences=tuple(there), sources=tuple(here))
    term = Term(ru, "ru", lemma=ru.lower(), variants={ru: len(here)})
    return Candidate(f"ru:x:{ru}", term, KINDS[n % 4], len(here), rng.random(), tuple(here), (rendering,))


def mention(text: Document, segment: int) -> Occurrence:
    """The first word of a sentence, taken for the name."""
    at = text.segments[segment].start
    word = text.text[at : text.segments[segment].end].split()[0]
    return Occurrence(text.name, segment, at, at + len(word), word)


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of the page, while it is served."""
    command = [sys.executable, "-m", "glossary", "review", "--db", str(path), "--no-open", "--author", "Ada"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=path.parent)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium through its own driver."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    os.environ["no_proxy"] = "localhost,127.0.0.1"
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in FLAGS.split():
        options.add_argument(flag)
    started = Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        yield started
    finally:
        started.quit()


def press(page: Any, key: str) -> None:
    """One key, down and up, as the keyboard sends it."""
    code = f"Key{key.upper()}" if key.isalpha() else f"Digit{key}"
    for kind in ("keyDown", "keyUp"):
        sent = {"type": kind, "key": key, "code": code, "text": key if kind == "keyDown" else ""}
        page.execute_cdp_cmd("Input.dispatchKeyEvent", sent | {"windowsVirtualKeyCode": ord(key.upper())})


def measured(page: Any, keys: str, presses: int) -> list[float]:
    """Milliseconds from the last of some keys to the frame that shows another candidate."""
    page.execute_script("window.__times.length = 0; performance.clearResourceTimings()")
    for n in range(presses):
        for key in keys:
            press(page, key)
        time.sleep(0.4)  # nobody asks the browser anything while it is at work
        until = time.monotonic() + 10
        while len(page.execute_script("return window.__times")) <= n:
            if time.monotonic() > until:
                raise SystemExit(f"{keys}: nothing changed within 10 s")
            time.sleep(0.1)
    return [float(value) for value in page.execute_script("return window.__times")]


STEPS = (
    ("accept", "a", "/candidates/decide"),
    ("reject with a reason", "r1", "/candidates/decide"),
    ("skip", "s", "/candidates?"),
    ("undo", "u", "/candidates/undo"),
)


def figures(pairs: int, candidates: int, presses: int, kept: Path | None) -> dict[str, float]:
    """Median and 95th percentile in milliseconds of each step, as painted and as answered by the server."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        path = Path(folder) / "concord.db"
        if kept is not None and kept.exists():
            shutil.copy(kept, path)
        else:
            made(Path(folder), pairs, candidates)
            if kept is not None:
                shutil.copy(path, kept)
        found["project_s"] = time.perf_counter() - started
        found["file_mb"] = path.stat().st_size / 1e6
        with served(path) as address, browser() as page:
            page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
            page.get(address)
            page.get(address.partition("?")[0] + "candidates")
            measured(page, "s", 5)
            for name, keys, url in STEPS:
                times = measured(page, keys, presses)
                answers = page.execute_script(ANSWERS, url)
                for what, values in (("painted", times), ("server", answers)):
                    found[f"{name}: {what}, median ms"] = statistics.median(values)
                    found[f"{name}: {what}, 95 % ms"] = statistics.quantiles(values, n=20)[-1]
            found["load average"] = os.getloadavg()[0]
    return found


def main() -> None:
    """Builds, measures, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--candidates", type=int, default=50_000)
    parser.add_argument("--presses", type=int, default=60)
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="use this project, or keep the one that is made"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = figures(given.pairs, given.candidates, given.presses, given.keep)
    if given.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:<40}{value:>12,.1f}")
    print(
        f"concord:{__version__}|review page|pairs:{given.pairs}|candidates:{given.candidates}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
