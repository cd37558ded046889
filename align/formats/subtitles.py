"""SubRip (SRT) and WebVTT: the cues' text without tags, as sentences that run across cues.

SRT has no specification; WebVTT follows https://www.w3.org/TR/webvtt1/. A block is a run of cues, cut at the end
of a sentence, where the speaker changes, and at a pause. Places are offsets in the decoded file.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from align.errors import FormatError
from align.formats.assemble import Draft, Run, assemble, inserted, stripped, verbatim
from align.model import Extract
from align.text import decode

_GAP = 2.0  # seconds of silence after which a sentence does not go on
_MAX_CUES = 12  # in one block: automatic captions have no full stops at all
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[,.:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*|)")
_TAG = re.compile(
    r"""</?(?:i|b|u|s|font|c|lang|ruby|rt|span|em|strong)(?:[.\s][^<>]*)?>  # look
      | <v(?:\.[^\s<>]*)?(?:\s+(?P<voice>[^<>]*))?> | </v>
      | <\d[\d:.]*>
      | \{\\[^{}]*\}                                                        # Advanced SubStation's overrides
      | (?P<entity>&(?:amp|lt|gt|nbsp|lrm|rlm|quot|\#\d+);)""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_STAMP = re.compile(r"<\d[\d:.]*>")
_SPACE = re.compile(r"[ \t]{2,}|\t")
_ENDS = re.compile(r"(?:[.!?…。！？؟۔♪♫\])][»”“\"’‘')\]]*)$")
_DASH = re.compile(r"[-–—‐](?=\s*\w)")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file without its end, which is ``source_end[0]:source_end[1]``; ``number`` is from 1."""

    number: int
    start: int
    text: str
    source_end: tuple[int, int]


@dataclass(slots=True)
class _Cue:
    start: float  # seconds
    end: float
    lines: list[_Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one speaker says in one line of a cue; ``voice`` is None where the file names nobody."""

    cue: _Cue
    line: _Line
    runs: Sequence[Run]
    voice: str | None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def read_srt(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """A SubRip file. Raises ``EncodingError``; ``FormatError`` with the line of a broken time, or without cues."""
    decoded = decode(data, encoding, name=name)
    cues = _srt_cues(_lines(decoded.text), name)
    return _extract(cues, "srt", name, {"encoding": decoded.encoding}, decoded.warnings)


def read_vtt(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """A WebVTT file; notes, styles and regions are left out. Raises as ``read_srt`` does."""
    decoded = decode(data, encoding, name=name)
    lines = _lines(decoded.text)
    metadata = _vtt_header(lines, name) | {"encoding": decoded.encoding}
    return _extract(_vtt_cues(lines, name), "vtt", name, metadata, decoded.warnings)


def _lines(text: str) -> list[_Line]:
    matches = enumerate(_LINE.finditer(text), 1)
    return [_Line(n, m.start(), m[1], (m.end(1), m.end())) for n, m in matches]


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _timing(line: _Line, name: str) -> _Cue:
    match = _TIMING.fullmatch(line.text)
    if match is None:
        raise FormatError(
            f"this is no time of a subtitle: {line.text.strip()[:60]!r}",
            where=f"{name}, line {line.number}",
            hint='It should read like "00:01:02,500 --> 00:01:04,000"',
        )
    return _Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:]))


def _srt_cues(lines: Sequence[_Line], name: str) -> list[_Cue]:
    """Cues of an SRT file: numbers may be missing, and so may the empty lines between cues."""
    cues: list[_Cue] = []
    for index, line in enumerate(lines):
        before = lines[index - 1].text.strip() if index else ""
        fresh = not before or before.isdecimal()
        if "-->" in line.text and (fresh or _TIMING.fullmatch(line.text)):
            if cues and before.isdecimal() and cues[-1].lines:
                cues[-1].lines.pop()
            cues.append(_timing(line, name))
        elif cues:
            cues[-1].lines.append(line)
        elif line.text.strip() and not line.text.strip().isdecimal():
            raise FormatError(
                f"a subtitle's time was expected, not {line.text.strip()[:60]!r}",
                where=f"{name}, line {line.number}",
                hint="If this is no SRT file, say what it is with --from",
            )
    return cues


def _vtt_header(lines: Sequence[_Line], name: str) -> dict[str, str]:
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0].text):
        raise FormatError(
            'a WebVTT file begins with "WEBVTT"',
            where=f"{name}, line 1",
            hint="Is it SRT? Then say --from srt",
        )
    found: dict[str, str] = {}
    title = lines[0].text.removeprefix("WEBVTT").strip(" \t-")
    if title:
        found["title"] = title
    for line in lines[1:]:
        key, colon, value = line.text.partition(":")
        if not line.text.strip() or "-->" in line.text:
            break
        if colon and key.strip().lower() in ("language", "title"):
            found[{"language": "lang", "title": "title"}[key.strip().lower()]] = value.strip()
    return found


def _vtt_cues(lines: Sequence[_Line], name: str) -> list[_Cue]:
    """Cues of a WebVTT file; an empty line ends each, and what has no time is a note, a style or a region."""
    cues: list[_Cue] = []
    inside = skipped = False
    for index, line in enumerate(lines):
        skipped = bool(line.text) and (skipped or (not inside and bool(_NO_CUE.match(line.text))))
        if skipped:
            continue
        if "-->" in line.text:
            if (
                inside and cues and cues[-1].lines
            ):  # no empty line in between: the last line was an identifier
                cues[-1].lines = [kept for kept in cues[-1].lines if kept is not lines[index - 1]]
            cues.append(_timing(line, name))
            inside = True
        elif not line.text:
            inside = False
        elif inside:
            cues[-1].lines.append(line)
    return cues


def _extract(
    cues: Sequence[_Cue], format: str, name: str, metadata: dict[str, str], warnings: Sequence[str]
) -> Extract:
    if not cues:
        raise FormatError(
            "there is no subtitle in it", where=name, hint="Is it another format? Say so with --from"
        )
    parts = [part for cue in cues for part in _parts(cue, entities=format == "vtt")]
    rolling = any(_STAMP.search(line.text) for cue in cues for line in cue.lines)
    kept = [part for i, part in enumerate(parts) if not (rolling and i and part.text == parts[i - 1].text)]
    notes = list(warnings)
    if len(kept) < len(parts):
        notes.append(f"rolling captions: {len(parts) - len(kept)} repeated line(s) left out")
    backwards = sum(1 for cue in cues if cue.end < cue.start)
    if backwards:
        notes.append(f"{backwards} subtitle(s) end before they begin")
    return assemble(_drafts(kept), format=format, metadata=metadata, warnings=notes)


def _parts(cue: _Cue, *, entities: bool) -> Iterator[_Part]:
    """The lines of a cue without tags, cut where another voice begins."""
    voice: str | None = None
    for line in cue.lines:
        runs: list[Run] = []
        position = 0
        for match in _TAG.finditer(line.text):
            runs += _literal(line, position, match.start())
            position = match.end()
            if match["entity"]:
                value = unescape(match[0]) if entities else match[0]
                runs.append(Run(value, line.start + match.start(), len(match[0]), value == match[0]))
            elif match["voice"] is not None or match[0].lower() == "</v>":
                if said := stripped(runs):
                    yield _Part(cue, line, said, voice)
                runs, voice = [], " ".join(unescape(match["voice"] or "").split()) or None
        if said := stripped([*runs, *_literal(line, position, len(line.text))]):
            yield _Part(cue, line, said, voice)


def _literal(line: _Line, start: int, end: int) -> Iterator[Run]:
    """A stretch of a line, runs of spaces as one."""
    position = start
    for match in _SPACE.finditer(line.text, start, end):
        if position < match.start():
            yield verbatim(line.text[position : match.start()], line.start + position)
        yield Run(" ", line.start + match.start(), len(match[0]), verbatim=False)
        position = match.end()
    if position < end:
        yield verbatim(line.text[position:end], line.start + position)


def _drafts(parts: Sequence[_Part]) -> Iterator[Draft]:
    group: list[_Part] = []
    for part in parts:
        if group and _divided(group, part):
            yield _draft(group)
            group = []
        group.append(part)
    if group:
        yield _draft(group)


def _divided(group: Sequence[_Part], part: _Part) -> bool:
    """Whether another block begins with ``part``."""
    last = group[-1]
    if last.voice != part.voice or part.cue.start - last.cue.end > _GAP:
        return True
    ended = bool(_ENDS.search(last.text))
    first = next((character for character in part.text if character.isalnum()), "")
    if _DASH.match(part.text) and (ended or first.isupper() or _DASH.match(last.text)):
        return True
    if ended and not first.islower() and not part.text.startswith(("…", "...")):
        return True
    return part.cue is not last.cue and len({id(each.cue) for each in group}) >= _MAX_CUES


def _draft(group: Sequence[_Part]) -> Draft:
    runs = list(group[0].runs)
    for last, part in itertools.pairwise(group):
        start, end = last.line.source_end
        if _CJK.match(last.text[-1]) and _CJK.match(part.text[0]):
            pass
        elif last.line is part.line:
            runs.append(inserted(" "))
        elif last.cue is part.cue and part.line.number == last.line.number + 1:
            runs.append(Run(" ", start, end - start, verbatim=False))
        else:
            runs.append(inserted(" "))
        runs += part.runs
    speaker = group[0].voice
    if speaker is None and _DASH.match(group[0].text):
        speaker = ""
    return Draft(runs, "caption", speaker=speaker)
