"""Puts into a clean document, on both sides alike, what errors need and news lacks. The outcome is the clean
version. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from benchmarks.planting import carriers
from benchmarks.planting.marks import mark
from benchmarks.planting.model import Bitext, Marked, Mention, Row
from benchmarks.planting.names import Name, ends, names

TURN = {"source": "— ", "target": "– "}
MARKED_NAMES, TURNS = 1, 0.3
SUPPORTED = frozenset({"ru", "de", "uk", "cs"})
DASH = re.compile(r"^\s*[–—-]\s")


def prepare(bitext: Bitext, rng: Random, strands: int = 3) -> Bitext:
    """The document with ``strands`` strands of our own sentences, legal marks behind names and, for some,
    turns.

    For pairs other than ru, de, uk, cs → en the document comes back as it is.
    """
    if bitext.target_lang != "en" or bitext.source_lang not in SUPPORTED:
        return bitext
    bitext = _with_carriers(bitext, rng, strands)
    bitext = _with_marks(bitext, rng)
    if all(row.target_gap == "\n" == row.source_gap for row in bitext.rows) and rng.random() < TURNS:
        bitext = _as_turns(bitext)
    return bitext


def _fields(lang: str, rng_choice: dict[str, int], number: int) -> dict[str, str]:
    at = carriers.LANGS.index(lang)
    front = carriers.FRONTS[rng_choice["front"]][at]
    return {
        "F": front[0],
        "A": front[1],
        "C": carriers.COLLECTIVES[rng_choice["collective"]][at],
        "O": carriers.TOWNS[rng_choice["town"]][at],
        "P": carriers.PROGRAMMES[rng_choice["programme"]][0],
        "Q": carriers.PAPERS[rng_choice["paper"]][at],
        "n": str(number),
    }


def _with_carriers(bitext: Bitext, rng: Random, strands: int) -> Bitext:
    chosen = sorted(rng.sample(sorted(carriers.STRANDS), k=min(strands, len(carriers.STRANDS))))
    choice = {
        "front": rng.randrange(len(carriers.FRONTS)),
        "collective": rng.randrange(len(carriers.COLLECTIVES)),
        "town": rng.randrange(len(carriers.TOWNS)),
        "programme": rng.randrange(len(carriers.PROGRAMMES)),
        "paper": rng.randrange(len(carriers.PAPERS)),
    }
    straight = any('"' in row.target for row in bitext.rows)
    rows = list(bitext.rows)
    next_id = 1 + max((row.id for row in rows), default=-1)
    source, target = carriers.LANGS.index(bitext.source_lang), carriers.LANGS.index("en")
    for strand in chosen:
        places = _places(rows, len(carriers.STRANDS[strand]), rng)
        for shift, (place, texts) in enumerate(zip(places, carriers.STRANDS[strand], strict=True)):
            number = rng.randint(11, 29)
            one = texts[source].format(**_fields(bitext.source_lang, choice, number))
            two = texts[target].format(**_fields("en", choice, number))
            if straight:
                two = two.replace("“", '"').replace("”", '"')
            rows.insert(place + shift, Row(next_id, one, two, carrier=strand))
            next_id += 1
    return replace(bitext, rows=tuple(rows))


def _places(rows: Sequence[Row], count: int, rng: Random) -> list[int]:
    """Where to put that many rows, ascending: behind rows that end a line on both sides, as far apart as they
    allow.
    """
    free = [
        at
        for at in range(1, len(rows) + 1)
        if rows[at - 1].source_gap.endswith("\n") and rows[at - 1].target_gap.endswith("\n")
    ]
    if len(free) < count:
        return sorted(rng.choices(free or [len(rows)], k=count))
    return sorted(rng.sample(free, k=count))


def _with_marks(bitext: Bitext, rng: Random) -> Bitext:
    """Marks behind the names of the carriers' "~" places and behind one name of the document, on both sides.

    Every mention of a marked name that stands on both sides gets the mark, in one wording and for one place.
    """
    status = rng.choice(("banned", "banned", "extremist"))
    place = rng.choice(("rf", "russia"))
    words = {lang: mark(lang, status, place) for lang in (bitext.source_lang, "en")}
    plain = replace(bitext, rows=tuple(_without_places(row) for row in bitext.rows))
    chosen = _chosen(names(plain), plain, rng)
    marks: list[Marked] = []
    rows = []
    for row in bitext.rows:
        source = row.source.replace("~", f" ({words[bitext.source_lang]})") if row.carrier else row.source
        target, shown = row.target, ""
        if row.carrier and "~" in target:
            at = target.index("~")
            shown = f" ({words['en']})"
            target = target[:at] + shown + target[at + 1 :]
            marks.append(_marked(row.id, at, shown, _name_before(target, at)))
        for name in chosen:
            pairs = zip(name.mentions, name.counterparts, strict=True)
            here = [(m, o) for m, o in pairs if m.row == row.id]
            if here and not row.carrier:
                mention, other = here[0]
                shown = f" ({words['en']})"
                source = source[: other.end] + f" ({words[bitext.source_lang]})" + source[other.end :]
                target = target[: mention.end] + shown + target[mention.end :]
                marks.append(_marked(row.id, mention.end, shown, name.text))
        rows.append(replace(row, source=source, target=target))
    return replace(bitext, rows=tuple(rows), marks=tuple(marks), house=(status, place))


def _without_places(row: Row) -> Row:
    return (
        replace(row, source=row.source.replace("~", ""), target=row.target.replace("~", ""))
        if row.carrier
        else row
    )


def _chosen(found: Sequence[Name], bitext: Bitext, rng: Random) -> list[Name]:
    """Names of the document itself to be marked: a mark can follow every mention. None of a carrier."""
    by_id = {row.id: row for row in bitext.rows}
    fit = [
        name
        for name in found
        if not any(by_id[m.row].carrier for m in name.mentions)
        and all(ends(name.text, by_id[m.row].target[m.end :]) for m in name.mentions)
        and all(by_id[o.row].source[o.end : o.end + 1] in ("", " ", ",", ".") for o in name.counterparts)
        and sum(row.target.count(name.text) for row in bitext.rows) == len(name.mentions)
    ]
    return rng.sample(fit, k=min(MARKED_NAMES, len(fit)))


def _marked(row: int, at: int, shown: str, name: str) -> Marked:
    return Marked(name, Mention(row, at, at + len(shown)), Mention(row, at + 2, at + len(shown) - 1))


def _name_before(text: str, at: int) -> str:
    """The longest name of the carriers that ends at this place."""
    english = carriers.LANGS.index("en")
    known = [front[english][0] for front in carriers.FRONTS]
    known += [name[english] for name in carriers.COLLECTIVES]
    return max((name for name in known if text[:at].endswith(name)), key=len, default="")


def _as_turns(bitext: Bitext) -> Bitext:
    """Every row a turn of a talk, opened by the same dash throughout a side."""
    if any(DASH.match(row.target) or DASH.match(row.source) for row in bitext.rows):
        return bitext
    shift = len(TURN["target"])
    rows = tuple(
        replace(row, source=TURN["source"] + row.source, target=TURN["target"] + row.target)
        if row.source and row.target
        else row
        for row in bitext.rows
    )

    def later(mention: Mention) -> Mention:
        return replace(mention, start=mention.start + shift, end=mention.end + shift)

    marks = tuple(replace(m, removal=later(m.removal), words=later(m.words)) for m in bitext.marks)
    return replace(bitext, rows=rows, marks=marks)
