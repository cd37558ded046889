"""A sentence with its spot, cut and made safe to look at. Bad offsets are put right rather than trusted."""

from __future__ import annotations

import re
from html import escape

from align.formats.display import fold, language_name, name_of, pieces, plain
from align.formats.rows import language_tag
from align.text import direction
from glossary.formats.findings.report import Checked
from glossary.model import Spot

LONGEST = 600  # code points of a sentence that is shown whole; of a longer one, the spot's surroundings
AROUND = 250  # code points shown before and behind the spot then
_QUOTED = re.compile("“([^“”]*)”|`([^`]+)`")
_BLANK = {" ": "␣", "\t": "␉", "\n": "␊", "\r": "␍"}


def cut(spot: Spot) -> tuple[str, str, str]:
    """The sentence as it stands: before the spot, the spot, behind it."""
    length = len(spot.sentence)
    start = min(max(0, spot.start - spot.sentence_start), length)
    end = min(max(start, spot.end - spot.sentence_start), length)
    return spot.sentence[:start], spot.sentence[start:end], spot.sentence[end:]


def trimmed(spot: Spot) -> tuple[str, str, str]:
    """As ``cut``, but of a very long sentence only what is around the spot, with "…" for the rest."""
    before, inside, after = cut(spot)
    if len(spot.sentence) <= LONGEST:
        return before, inside, after
    before = before if len(before) <= AROUND else "…" + before[-AROUND:]
    after = after if len(after) <= AROUND else after[:AROUND] + "…"
    inside = inside if len(inside) <= LONGEST else f"{inside[:AROUND]} … {inside[-AROUND:]}"
    return before, inside, after


def plain_part(text: str) -> str:
    """A part of a sentence on one line, unseen characters named, with the spaces that part it from its neighbours."""
    if not fold(text):
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{plain(text)}{' ' if text[-1].isspace() else ''}"


def spaces(text: str) -> str:
    """A spot made visible where it holds nothing but white space."""
    if fold(text):
        return plain_part(text)
    return "".join(_BLANK.get(sign, f"⟨{name_of(sign)}⟩") for sign in text)


def html_text(text: str) -> str:
    """Escaped, on one line, with what cannot be seen named in a box; spaces at the ends stay."""
    if not fold(text):
        return " " if text else ""
    shown = [" " if text[0].isspace() else ""]
    for part, name in pieces(text):
        shown.append(escape(part))
        if name:
            shown.append(f'<span class="ctl">{escape(name)}</span>')
    return "".join(shown) + (" " if text[-1].isspace() else "")


def quoted(text: str) -> str:
    """A message as HTML: what it quotes isolated from the English around it, what stands in backquotes as code."""
    shown, at = [], 0
    for match in _QUOTED.finditer(text):
        tag, group = ("bdi", 1) if match.group(1) is not None else ("code", 2)
        start, end = match.span(group) if tag == "bdi" else match.span()
        shown.append(html_text(text[at:start]))
        shown.append(f"<{tag}>{html_text(match.group(group))}</{tag}>")
        at = end
    return "".join([*shown, html_text(text[at:])])


def language(lang: str) -> str:
    """The attributes that tell the browser language and direction; "auto" where the language is unknown."""
    tag = language_tag(lang)
    return f' lang="{tag}" dir="{direction(lang) if tag != "und" else "auto"}"'


def called(document: Checked) -> str:
    """The language's English name, and what the text is: "English translation"."""
    name = language_name(document.lang)
    return name if document.role == "text" else f"{name} {document.role}"


def line_of(spot: Spot) -> str:
    """Line and column as editors write them: "12:4"."""
    return f"{spot.line}:{spot.column}"
