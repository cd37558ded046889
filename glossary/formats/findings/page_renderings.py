"""The part of the page on consistency: each name × each rendering over all texts, and how that changes over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from align.formats.display import language_name
from glossary.checks.terms.consistency import ConceptRow, RenderingRow
from glossary.formats.findings import chart
from glossary.formats.findings.renderings import renderings, time_of
from glossary.formats.findings.report import Report, counted
from glossary.formats.findings.shown import html_text, language

MOST = 300  # names in each of the two tables
TEXTS = 6  # texts named beside a rendering
CHARTS = 12
COLUMNS = ("In the original", "In the translation", "Times", "When", "In which texts")


def section(report: Report) -> str:
    """The section, "" where no names were followed."""
    every = renderings(report.uses)
    if not every:
        return ""
    mixed = [one for one in every if not one.consistent]
    same = [one for one in every if one.consistent]
    names = counted(len(every), "name")
    words = (
        f"<strong>{len(mixed):,} of {names}</strong> rendered in ways that differ"
        if mixed
        else f"No name rendered in ways that differ: {names}"
    )
    figures = "".join(_figures(every))
    return (
        '<section aria-labelledby="renderings">\n'
        f'<h2 id="renderings">{words}</h2>\n'
        '<p class="lead">What each name of the originals became in the translations, over all texts. ≠ stands at a '
        "rendering that differs from the usual one by more than inflection, shortening or an acronym. Several may be "
        "right; then a decision in the glossary says so.</p>\n"
        f"{_table(mixed) if mixed else ''}{_folded(same)}{_over_time(figures)}</section>\n"
    )


def _folded(same: Sequence[ConceptRow]) -> str:
    if not same:
        return ""
    number = counted(len(same), "name")
    return f"<details><summary>{number} rendered consistently</summary>\n{_table(same)}</details>\n"


def _over_time(figures: str) -> str:
    if not figures:
        return ""
    return (
        f'<h3>How renderings change over time</h3>\n{chart.PATTERNS}<div class="charts">\n{figures}</div>\n'
    )


def _figures(concepts: Sequence[ConceptRow]) -> Iterator[str]:
    several = (one for one in concepts if len(one.renderings) > 1)
    found = (chart.figure(one, number) for number, one in enumerate(several))
    for _, drawn in zip(range(CHARTS), filter(None, found), strict=False):
        yield drawn


def _table(concepts: Sequence[ConceptRow]) -> str:
    more = len(concepts) - MOST
    note = f"<p>{counted(more, 'more name')} in the JSON report.</p>\n" if more > 0 else ""
    head = "".join(f'<th scope="col"{" class=n" if name == "Times" else ""}>{name}</th>' for name in COLUMNS)
    body = "".join(map(_body, concepts[:MOST]))
    return (
        '<div class="scroll" tabindex="0" role="group" aria-label="Table of renderings">'
        f'<table class="renderings"><thead><tr>{head}</tr></thead>\n{body}</table></div>\n{note}'
    )


def _body(concept: ConceptRow) -> str:
    """A name with a row for each rendering."""
    lang = language(concept.source_lang)
    forms = [form for form in concept.forms if form and form != concept.term]
    also = (
        f'<span class="of">also <bdi{lang}>{html_text(", ".join(forms[:TEXTS]))}</bdi></span>'
        if forms
        else ""
    )
    pair = f"{language_name(concept.source_lang)} → {language_name(concept.target_lang)}"
    name = (
        f'<th scope="rowgroup" rowspan="{len(concept.renderings)}"><bdi{lang}>{html_text(concept.term)}</bdi>{also}'
        f'<span class="of">{html_text(pair)}</span></th>'
    )
    rows = [
        f"<tr>{name if at == 0 else ''}{_rendering(concept, row)}</tr>\n"
        for at, row in enumerate(concept.renderings)
    ]
    return f"<tbody>{''.join(rows)}</tbody>\n"


def _rendering(concept: ConceptRow, row: RenderingRow) -> str:
    """The cells behind the name."""
    text = f"<bdi{language(concept.target_lang)}>{html_text(row.text) or '∅ left out'}</bdi>"
    sign = ' <span class="differs">differs</span>' if row.deviates else ""
    several = len(concept.renderings) > 1
    forms = [form for form in row.forms if form != concept.term] if several else []
    of = f' <span class="of">for <bdi{language(concept.source_lang)}>{html_text(", ".join(forms[:3]))}</bdi></span>'
    share = f' <span class="of">{100 * row.count / max(concept.count, 1):.0f} %</span>' if several else ""
    first, last = time_of(row)
    when = first if first == last else f"{first} – {last}"
    return (
        f'<td class="rendering">{text}{sign}{of if forms else ""}</td><td class="n">{row.count:,}{share}</td>'
        f'<td class="when">{html_text(when)}</td><td>{_texts(row.documents)}</td>'
    )


def _texts(documents: Mapping[str, int]) -> str:
    """The texts with the most uses first."""
    ordered = sorted(documents.items(), key=lambda item: (-item[1], item[0]))
    shown = [f'<bdi dir="ltr">{html_text(name)}</bdi>&nbsp;{count:,}' for name, count in ordered[:TEXTS]]
    more = len(ordered) - TEXTS
    return ", ".join([*shown, counted(more, "more text")] if more > 0 else shown)
