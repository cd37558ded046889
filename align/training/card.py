"""The model card: what the model is, what it was made of and how, and what it cannot do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from textwrap import fill

from align.training.sources import BY_NAME, LANGUAGES
from align.training.train import Settings

_HEAD = """\
---
license: other
library_name: sentence-transformers
pipeline_tag: sentence-similarity
language: [{codes}]
---
# {name}

The embedding model that Concord carries with it: it places a sentence and its translation near each other, so
that two versions of a text can be aligned without a download and without torch. It is a table of {tokens:,} token
vectors of {dimension} numbers; a text's vector is the sum (in sentence-transformers: the mean) of its tokens'.
Revision `{revision}`.

    SentenceTransformer("align/models/{name}").encode(["Доброе утро", "Good morning"])
    align.embed.load_embedder().encode(["Доброе утро", "Good morning"]).vectors

## How it was made

    {command}

{settings}

Contrastive training with in-batch negatives on the translation pairs below (`align/training/`): pairs are cleaned
(markup, letters, lengths, copies), weighted so that general language counts most, and cut by a tokenizer trained
on the same texts. In training a token's vector is the sum of its own and those of the letter stretches that it
shares with others (settings: warm, the share of the steps).
No vectors, weights or texts of another model were used. Same data, package versions, processor and number of
threads: same files (a test holds a miniature to that); elsewhere the vectors differ by rounding.
"""

_LIMITS = """\
## Limits

- Word order, negation and grammar are invisible: only the bag of tokens counts. Long and technical sentences
  are recognised better than short everyday ones.
- Made for comparing a text with its translation; not for search, paraphrase or sentiment.
- Little training text in general language exists for Arabic, Persian, Hebrew, Japanese and Korean; news
  vocabulary and names are scarce everywhere. The figures say how much that costs.
- Languages beyond those named at the top have what their few pairs taught; a script that never occurred in
  the texts gives zeros.
- The vectors mirror their sources: game stories, scripture and software documentation weigh heavily.

## Terms

The code that made the model is under Concord's licence. The vectors are statistics over the texts above; no
sentence can be read back out of them. The sources ask for attribution (this page gives it), and some are under
copyleft or share-alike licences, marked "–" in the table under *permissive*. Who wants to stand on the others
alone trains again with `--permissive-only`, who misses or minds a source with `--exclude`.
"""


def write_card(
    folder: Path,
    *,
    name: str,
    revision: str,
    tokens: int,
    used: Mapping[tuple[str, str], tuple[int, float]],
    command: str,
    settings: Settings,
    epochs: int,
    figures: str = "",
) -> None:
    """Write README.md. ``used``: (source, languages) → pairs there are after cleaning, pairs in one epoch."""
    codes = ", ".join(sorted(LANGUAGES - {"zh_tw"}))
    said = ", ".join(f"{key} {value}" for key, value in asdict(settings).items() if key != "threads")
    head = _HEAD.format(
        codes=codes, name=name, tokens=tokens, dimension=settings.dimension, revision=revision,
        command=command, settings=fill(f"Settings: {said}; {epochs} epochs.", 110),
    )  # fmt: skip
    shown = f"## Figures\n\n{figures.strip()}\n" if figures else ""
    parts = (head, _sources(used), _languages(used), shown, _LIMITS)
    (folder / "README.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")


def _sources(used: Mapping[tuple[str, str], tuple[int, float]]) -> str:
    there: dict[str, int] = defaultdict(int)
    epoch: dict[str, float] = defaultdict(float)
    for (source, _), (pairs, size) in used.items():
        there[source] += pairs
        epoch[source] += size
    lines = [
        "## Sources",
        "",
        "| source | what | licence | permissive | pairs | in an epoch |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(there, key=lambda source: -epoch[source]):
        known = BY_NAME[name]
        mark = "yes" if known.permissive else "–"
        lines.append(
            f"| {name} | {known.what} | {known.licence} | {mark} | {there[name]:,} | {epoch[name]:,.0f} |"
        )
    return (
        "\n".join(lines)
        + f"\n\nTogether {sum(there.values()):,} pairs, {sum(epoch.values()):,.0f} in an epoch.\n"
    )


def _languages(used: Mapping[tuple[str, str], tuple[int, float]]) -> str:
    pairs: dict[str, int] = defaultdict(int)
    for (_, languages), (count, _) in used.items():
        pairs[languages] += count
    shown = ", ".join(
        f"{languages} {count:,}" for languages, count in sorted(pairs.items(), key=lambda item: -item[1])
    )
    return f"## Languages\n\n{fill(f'Pairs after cleaning: {shown}.', 110)}\n"
