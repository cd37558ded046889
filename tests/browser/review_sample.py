"""The sample interview as a project with something on every screen, and a pair that is written from right to left."""

from __future__ import annotations

from pathlib import Path

from align.store import open_store
from tests.bitexts import align, bead, document
from tests.commands import ROOT, succeeds

PERSIAN = ("آسیابان «کارن» تا بهار خاموش ماند.", "در سال ۱۹۹۹ پل را ساختند.", "گدار یخ زد (تا بهار.")
RUSSIAN = ("Мельник «Карен» молчал до весны.", "Мост построили в 1998 году.", "Брод замёрз (до весны).")
SCREENS = {
    "start": "/",
    "candidates": "/candidates",
    "bulk": "/candidates/bulk",
    "alignments": "/alignment",
    "alignment": "/alignment/1?at=5",
    "persian": "/alignment/3",
    "plot": "/alignment/1/plot?at=5",
    "sentence": "/alignment/1/text/target/4",
    "corrections": "/alignment/1/text/target",
    "versions": "/alignment/versions/1?at=5",
    "findings": "/findings",
    "consistency": "/consistency",
    "concordance": "/consistency/concordance?q=Шамширан",
    "ledger": "/ledger",
    "error": "/nowhere",
}
"""Every screen by its name."""


def sample(folder: Path) -> Path:
    """The project file: two translations aligned, terms collected, checked; made in some seconds."""
    for lang in ("ru", "en", "de"):
        (folder / f"interview.{lang}.txt").write_bytes(
            (ROOT / "seeds" / f"interview.{lang}.txt").read_bytes()
        )
    succeeds("init", cwd=folder)
    for lang in ("en", "de"):
        succeeds("align", "interview.ru.txt", f"interview.{lang}.txt", "--author", "Ada", cwd=folder)
    path = folder / "concord.db"
    pair = align(document("mill.ru.txt", "ru", RUSSIAN), document("mill.fa.txt", "fa", PERSIAN),
                 [bead((n,), (n,)) for n in range(3)])  # fmt: skip
    with open_store(path) as store:
        store.save_alignment(
            pair, author="Ada", source_path=folder / "mill.ru.txt", target_path=folder / "mill.fa.txt"
        )
    succeeds("terms", "build", "--author", "Ada", cwd=folder)
    succeeds("beads", "confirm", "1-12", "--alignment", "1", "--author", "Ada", cwd=folder)
    succeeds("check", "--fail-on", "never", "--quiet", "--format", "jsonl", cwd=folder)
    return path
