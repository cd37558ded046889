"""One page that stands alone: the texts side by side, beads joined, what to look at marked and listed.

The page asks for nothing from outside and runs no script (its own Content-Security-Policy forbids both), so that
it can be opened from a mail. Everything out of the documents is escaped, and characters that would be obeyed
without being seen (bidirectional overrides, control characters) are shown by name. Row ``n`` has the id ``bn``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from string import Template
from typing import TextIO

from align import __version__
from align.formats import display
from align.formats.display import pieces, plain
from align.formats.plot import MANY, svg
from align.formats.rows import Row, language_tag, rows
from align.model import Alignment, Block, Document
from align.multi import versions
from align.text import direction

SNIPPET = 90  # code points of a bead's text in the list of what to look at
SHOWN = 8  # entries of that list before it folds
_STATES = {"confirmed": "✓ confirmed", "edited": "✎ edited", "stale": "! text changed"}


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes the page. Returns no warnings. With ``only_doubtful`` the other beads are there, but hidden."""
    documents = versions(alignments)
    every = rows(alignments)
    looks = [row for row in every if row.to_look_at]
    source = resources.files("align.formats")
    template = Template(source.joinpath("page.html").read_text(encoding="utf-8"))
    head, tail = template.template.split("$rows")
    values = {
        "version": escape(__version__),
        "title": escape(" ↔ ".join(plain(d.name) for d in documents)) + " · Concord",
        "style": source.joinpath("page.css").read_text(encoding="utf-8"),
        "body_class": ' class="many"' if len(documents) > 2 else "",
        **_opening(alignments, documents, every, looks),
        "only": _only(len(looks), only_doubtful),
        **_columns(documents),
        **_closing(alignments, documents),
    }
    stream.write(Template(head).substitute(values))
    steps = {row.number: (before, after) for before, row, after in _neighbours(looks)}
    for row in every:
        stream.write(_row(row, documents, steps.get(row.number)))
    stream.write(Template(tail).substitute(values))
    return ()


# --- the top of the page ---------------------------------------------------------------------------------


def _opening(
    alignments: Sequence[Alignment], documents: Sequence[Document], every: Sequence[Row], looks: Sequence[Row]
) -> dict[str, str]:
    """Title, documents, counts, the list of what to look at, warnings and plots."""
    kinds = ["Original", *["Translation"] * len(alignments)]
    entries = [
        f"<li><b>{_called(d)}</b> &nbsp;{kind.lower()}, {_count(len(d.segments), 'sentence')}</li>\n"
        for kind, d in zip(kinds, documents, strict=True)
    ]
    notes = [note for a in alignments for note in a.warnings]
    notes += [f"{d.name}: {warning}" for d in documents for warning in d.warnings]
    items = "".join(f"<li>{_text(note)}</li>\n" for note in dict.fromkeys(notes))
    return {
        "eyebrow": "texts side by side" if len(documents) > 2 else "a text and its translation, side by side",
        "heading": ' <span class="to">↔</span> '.join(_name(d) for d in documents),
        "documents": "".join(entries),
        "verdict": _verdict(len(every), len(looks), len(documents) > 2),
        "stats": "".join(
            f"<div><dt>{name}</dt><dd>{count}</dd></div>\n" for name, count in _stats(documents, every)
        ),
        "look": _look(looks, documents),
        "warnings": f'<ul class="warnings" aria-label="Warnings">\n{items}</ul>\n' if items else "",
        "plots": "".join(_figure(documents, every, k) for k in range(1, len(documents))),
    }


def _name(document: Document) -> str:
    """What a reader knows the document by: its title, or else the file's name."""
    title = document.metadata.get("title")
    if title:
        return f"<bdi{_language(document)}>{_text(title)}</bdi>"
    return f'<bdi dir="ltr">{_text(document.name)}</bdi>'


def _verdict(total: int, looks: int, many: bool) -> str:
    noun = ("group" if many else "bead") + ("" if total == 1 else "s")
    if looks:
        verb = "wants" if looks == 1 else "want"
        return f"<strong>{looks} of {total} {noun}</strong> {verb} a second look"
    return f"Nothing here asks for a second look: {total} {noun}" if total else "There is nothing to compare"


def _stats(documents: Sequence[Document], every: Sequence[Row]) -> Iterator[tuple[str, int]]:
    """The counts that are not zero, in the reader's words."""
    whole = [row for row in every if not row.null]
    plainly = sum(all(len(side) == 1 for side in row.sides) for row in whole)
    found = [("one to one", plainly), ("joined or split", len(whole) - plainly)]
    if len(documents) == 2:
        for k, other in ((0, 1), (1, 0)):
            alone = sum(bool(row.sides[k]) and not row.sides[other] for row in every)
            found.append((f"only in the {_called(documents[k])}", alone))
    else:
        found.append(("missing somewhere", len(every) - len(whole)))
    found.append(("moved", sum(row.moved for row in every)))
    found += [(state, sum(row.state == state for row in every)) for state in ("confirmed", "edited", "stale")]
    return ((name, count) for name, count in found if count)


def _look(looks: Sequence[Row], documents: Sequence[Document]) -> str:
    """Links to the rows that want a look; a long list folds."""
    items = [_entry(row, documents) for row in looks]
    if not items:
        return ""
    shown, folded = items[:SHOWN], items[SHOWN:]
    if len(folded) < 3:
        shown, folded = items, []
    start = f'<ol class="look">\n{"".join(shown)}</ol>\n'
    if not folded:
        return start
    more = f'<ol class="look">\n{"".join(folded)}</ol>\n'
    return f"{start}<details><summary>{len(folded)} more</summary>\n{more}</details>\n"


def _entry(row: Row, documents: Sequence[Document]) -> str:
    document, side = next((d, s) for d, s in zip(documents, row.sides, strict=True) if s)
    text = " ".join(document.segment_text(segment) for segment in side[:3])
    text = text if len(text) <= SNIPPET else text[:SNIPPET].rstrip() + "…"
    return (
        f'<li><a href="#b{row.number}"><span class="n">{row.number}</span>'
        f'<span class="what"{_language(document)}>{_text(text)}</span>'
        f'<span class="why">{_kind(row)} &nbsp;{row.confidence:.2f}</span></a></li>\n'
    )


def _figure(documents: Sequence[Document], every: Sequence[Row], k: int) -> str:
    """The path of one pair, with a key to the marks that are in it."""
    across, down = _called(documents[0]), _called(documents[k])
    kinds = [
        ("doubt", 'M6 1l5 5l-5 5l-5-5z"/>', "to look at", any(row.to_look_at for row in every)),
        ("away", 'M2 2h8v8h-8z"/>', "moved", any(row.moved for row in every)),
        ("none", 'M0 5h12v2h-12z"/>', "on one side only", any(row.null for row in every)),
    ]
    key = "".join(
        f'<li><svg viewBox="0 0 12 12" aria-hidden="true"><path class="{name}" d="{path}</svg>{label}</li>'
        for name, path, label, there in kinds
        if there
    )
    plot = svg(every, k, len(documents[0].segments), len(documents[k].segments))
    tip = "Each mark leads to its place." if len(every) <= MANY else "Coloured marks lead to their places."
    return (
        f"<figure>\n{plot}\n<figcaption>{across} runs to the right, {down} downwards; the straighter the line, "
        f'the closer the two texts keep together. {tip}<ul class="key">{key}</ul></figcaption>\n</figure>\n'
    )


def _only(looks: int, checked: bool) -> str:
    if not looks:
        return ""
    on = " checked" if checked else ""
    label = f"Show only the {looks} to look at" if looks > 1 else "Show only the one to look at"
    return f'<input type="checkbox" id="only" autocomplete="off"{on}><label for="only">{label}</label>\n'


# --- the texts ---------------------------------------------------------------------------------------------


def _columns(documents: Sequence[Document]) -> dict[str, str]:
    heads = ['<th scope="col" role="columnheader" aria-label="Number">№</th>']
    for k, document in enumerate(documents):
        heads.append(
            f'<th scope="col" role="columnheader"{_direction(document)}>{_called(document)}'
            f'<span class="file" dir="ltr">{_text(document.name)}</span></th>'
        )
        if k == 0:
            heads.append('<th scope="col" role="columnheader" class="link">Bead</th>')
    names = ", ".join(_called(document) for document in documents)
    return {
        "columns": "<col>" * (len(documents) - 1),
        "headers": "".join(heads),
        "caption": f"The texts side by side, a row for each bead: {names}",
    }


def _neighbours(looks: Sequence[Row]) -> Iterator[tuple[int | None, Row, int | None]]:
    """Each row to look at with the numbers of those before and after it."""
    numbers = [None, *(row.number for row in looks), None]
    return zip(numbers, looks, numbers[2:], strict=False)


def _row(row: Row, documents: Sequence[Document], steps: tuple[int | None, int | None] | None) -> str:
    """A table row: the number, the pivot's text, how it is joined, the other texts."""
    classes = ["check"] if row.to_look_at else []
    classes += ["moved"] if row.moved else []
    classes += ["uneven"] if any(len(side) != 1 for side in row.sides) else []
    classes += ["opens"] if _opens(row, documents) else []
    cells = [_cell(d, side, k) for k, (d, side) in enumerate(zip(documents, row.sides, strict=True))]
    cells.insert(1, _link(row, documents, steps))
    named = f' class="{" ".join(classes)}"' if classes else ""
    number = (
        f'<th scope="row" role="rowheader"><a href="#b{row.number}" title="Link to this bead">'
        f"{row.number}</a></th>"
    )
    return f'<tr id="b{row.number}" role="row"{named}>{number}{"".join(cells)}</tr>\n'


def _opens(row: Row, documents: Sequence[Document]) -> bool:
    """Whether a block begins here, in the first version that has text in this row."""
    document, side = next((d, s) for d, s in zip(documents, row.sides, strict=True) if s)
    first = side[0]
    return first > 0 and document.segments[first].block != document.segments[first - 1].block


def _cell(document: Document, side: Sequence[int], k: int) -> str:
    place = "pivot" if k == 0 else "version"
    name = escape(language_tag(document.lang))
    if not side:
        empty = "<p><span>∅ nothing here</span></p>"
        return f'<td role="cell" class="text {place} nothing" data-lang="{name}"><div class="side">{empty}</div></td>'
    paragraphs = "".join(_segment(document, segment) for segment in side)
    return (
        f'<td role="cell" class="text {place}" data-lang="{name}">'
        f'<div class="side"{_language(document)}>{paragraphs}</div></td>'
    )


def _segment(document: Document, segment: int) -> str:
    """One segment as a paragraph; its block says how it looks, and opens with the speaker's name in bold."""
    text = document.segment_text(segment)
    index = document.segments[segment].block
    block = document.blocks[index] if index < len(document.blocks) else None
    classes = _classes(block)
    named = f' class="{classes}"' if classes else ""
    speaker = block.speaker if block and block.start == document.segments[segment].start else None
    if speaker and text.startswith(speaker):
        inner = f'<b class="speaker">{_text(speaker)}</b>{_text(text[len(speaker) :], keep_space=True)}'
    else:
        inner = _text(text)
    return f'<p{named} data-segment="{segment}">{inner}</p>'


def _classes(block: Block | None) -> str:
    if block is None:
        return ""
    kind = "" if block.kind == "paragraph" else block.kind
    return f"{kind} question".strip() if block.question and block.kind != "heading" else kind


def _link(row: Row, documents: Sequence[Document], steps: tuple[int | None, int | None] | None) -> str:
    """The cell between the texts: the kind and the confidence, and whatever is remarkable, in words."""
    flags = ["? doubtful"] if row.doubtful else []
    flags += [_STATES[row.state]] if row.state in _STATES else []
    if steps:
        before, after = steps
        flags[0] = _jump(before, "↑", "Previous") + flags[0] + _jump(after, "↓", "Next")
    shown = "".join(f'<span class="flag">{flag}</span>' for flag in flags)
    if row.moved:
        shown += f'<span class="flag m">↷ moved{_origin(row)}</span>'
    figure = f"{row.confidence:.2f}"
    if len(documents) > 2:
        figure = ""
        each = [
            f"{language_tag(document.lang)} {confidence:.2f}"
            for document, confidence in zip(documents[1:], row.confidences, strict=True)
            if confidence is not None
        ]
        shown += f'<span class="each">{" · ".join(each)}</span>'
    node = f'<span class="kind">{_kind(row)}</span><span class="conf">{figure}</span>'
    return f'<td role="cell" class="link"><span class="node">{node}</span>{shown}</td>'


def _jump(number: int | None, arrow: str, name: str) -> str:
    """A link to the row to look at before or after this one."""
    if number is None:
        return ""
    return f'<a href="#b{number}" aria-label="{name} to look at, {number}">{arrow}</a>'


def _origin(row: Row) -> str:
    """Where in its own text a moved translation stands, counted from 1."""
    target = row.sides[1]
    if len(row.sides) > 2 or not target:
        return ""
    places = f"{target[0] + 1}–{target[-1] + 1}" if len(target) > 1 else f"{target[0] + 1}"
    return f'<span title="Place among the sentences of its text"> from {places}</span>'


# --- the foot, and small things ------------------------------------------------------------------------------


def _closing(alignments: Sequence[Alignment], documents: Sequence[Document]) -> dict[str, str]:
    below = ", ".join(dict.fromkeys(f"{alignment.doubtful_below:.2f}" for alignment in alignments))
    signatures = dict.fromkeys(str(alignment.signature) for alignment in alignments)
    reading = (
        "A bead joins the sentences that translate each other. 1–2 says that one sentence became two, 1–0 or "
        "0–1 that a sentence has no counterpart; the figure beside it is the probability, from 0 to 1, that the "
        f"bead is right as it stands. Below {below} it is doubtful. A moved bead stands in the order of the "
        "original, although its translation comes from another place. Names in boxes stand for characters that "
        "cannot be seen."
    )
    files = "".join(
        f'<p><bdi dir="ltr">{_text(d.name)}</bdi>, {_called(d)}{_hash(d)}</p>\n' for d in documents
    )
    return {
        "reading": reading,
        "signatures": "".join(f"<p><code>{_text(signature)}</code></p>\n" for signature in signatures),
        "files": files,
    }


def _hash(document: Document) -> str:
    return f"<br><code>sha256 {escape(document.sha256)}</code>" if document.sha256 else ""


def _kind(row: Row) -> str:
    return row.kind.replace("-", "–")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _called(document: Document) -> str:
    """The language's English name; one that is not known stands as it was given, escaped."""
    return _text(display.language_name(document.lang))


def _language(document: Document) -> str:
    """The attributes that tell the browser language and direction; "auto" where the language is unknown."""
    tag = language_tag(document.lang)
    return f' lang="{tag}" dir="{direction(document.lang) if tag != "und" else "auto"}"'


def _direction(document: Document) -> str:
    """The direction alone, for English words over a column of that direction."""
    tag = language_tag(document.lang)
    return f' dir="{direction(document.lang)}"' if tag != "und" else ""


def _text(text: str, *, keep_space: bool = False) -> str:
    """Escaped, on one line, with what cannot be seen named in a box."""
    shown = []
    for part, name in pieces(text):
        shown.append(escape(part))
        if name:
            shown.append(f'<span class="ctl">{escape(name)}</span>')
    lead = " " if keep_space and text[:1].isspace() else ""
    return lead + "".join(shown)
