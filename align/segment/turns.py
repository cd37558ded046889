"""Who speaks: dashes, "Q:" and "A:", names with a colon; and list items, which look much alike.

A line is judged together with the others of its document: one label says little, a label that returns is a
speaker; a run of lines behind hyphens is a list where they are not sentences, a dialogue where some of them ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.model import BlockKind
from align.text.function_words import words

_DASH = re.compile(r"(?:[–—―‒−]{1,2}\s*(?=[^\s–—―‒−-])|[-‐‑](?:\s+(?=[^\s-])|(?=[^\W\d_]|[«“„\"¿¡])))")
_HYPHENS = frozenset("-‐‑")  # a command line's "-o" is no turn
_BULLET = re.compile(r"[•◦▪▫●○■□▶►‣⁃·∙*+✓✔]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(\d{1,3}|[^\W\d_])[.)]\s+(?=\S)")
_LABEL = re.compile(r"([^\W\d_][^:：\n?!]{0,59}?)[ \u00a0]?(?::(?=\s|$)|：)\s*")
_CLOSERS = " \t\u00a0\"'”’»›“‘」』）)]"
_ASKS = ("?", "？", "؟", "⁇", "⁈", "‽", "\u037e", "?..", "?…", "?!", "?!..")
_ENDS = re.compile(r"[.!?…。！？؟۔।:：][\"'”’»›“‘」』）)\]\s]*$")
_LOWER_LIST = re.compile(r"[;,،؛；、][\"'”’»)\]\s]*$")

_ASKERS = words(
    "q question вопрос питання запитання пытанне въпрос frage pregunta domanda pergunta pytanie "
    "otázka soru vraag fråga spørgsmål spørsmål kysymys kérdés întrebare ερώτηση 问 問 问题 質問 記者 记者 س "
    "سؤال پرسش سوال 문 질문 שאלה प्रश्न"
)
_ANSWERERS = words(
    "a answer ответ відповідь адказ отговор antwort réponse respuesta risposta resposta odpowiedź "
    "odpověď odpoveď cevap svar vastaus válasz răspuns απάντηση 答 回答 ج جواب پاسخ 답 답변 תשובה उत्तर"
)
# Letters that mean the one or the other only beside their partner.
_PAIRS = (
    ("q", "a"),
    ("в", "о"),
    ("п", "в"),
    ("з", "в"),
    ("f", "a"),
    ("p", "r"),
    ("d", "r"),
    ("p", "o"),
    ("s", "c"),
)
_NO_SPEAKERS = words(
    "author authors by text editor translation translator photo photos photograph image source note "
    "notes ps p.s nb warning attention important update date time place subject to from cc re tel "
    "phone fax email e-mail url http https www example see also figure fig table result summary "
    "abstract conclusion keywords tags isbn price address location website link автор авторы текст "
    "редактор перевод переводчик переводчица фото фотография фотографии снимок источник примечание "
    "внимание важно справка дата время место тема кому от тел телефон факс почта сайт адрес цена "
    "пример см рис таблица итог итоги вывод выводы например итак читайте реклама подпись иллюстрация "
    "материал беседовал беседовала записал записала подготовил подготовила автори переклад джерело "
    "примітка увага autor autorin autoren übersetzung quelle foto fotos bild hinweis achtung datum "
    "ort auteur auteurs texte traduction lieu fuente nota traducción fecha lugar fonte traduzione "
    "data luogo autore testo autorzy źródło tekst tłumaczenie uwaga zdroj překlad kaynak yazar çeviri "
    "not 作者 来源 摄影 图片 编辑 注 注意 文 写真 出典 الكاتب المصدر ملاحظة نویسنده منبع عکس 글 사진 출처"
)
_PARTICLES = words(
    "de da di du del della van von der den la le al el bin ibn ben оглы кызы фон ван де и and und et y e"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ \u00a0-]?){1,3}(?:[^\W\d_][\w'’-]*)?$")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*$")
_ASIDE = re.compile(r"\s*[(（][^()（）]{1,40}[)）]$")
_LONGEST_CASELESS = 12  # letters of a name in a script without capitals


@dataclass(frozen=True, slots=True)
class Unit:
    """A block in the making: ``text[start:end]``; ``kind`` is None where nobody has said yet what it is.

    ``body`` is where the text behind a turn's dash, name or mark, or an item's number begins. ``lines`` counts the
    lines that it was joined from; ``apart`` says that a blank line or another block stands before it.
    """

    start: int
    end: int
    kind: BlockKind | None = None
    speaker: str | None = None
    question: bool = False
    body: int = 0
    lines: int = 1
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line opens: ``sort`` is "dash", "bullet", "number", "label" or "", ``mark`` what stands there."""

    sort: str = ""
    mark: str = ""
    end: int = 0


def opening(text: str, start: int, end: int) -> Opening:
    """What the line at ``text[start:end]`` opens with; ``Opening.end`` is where the text behind it begins."""
    stop = min(end, start + 80)
    found = _DASH.match(text, start, stop)
    if found and not (found.end() == start + 1 and text[start] in _HYPHENS and text[found.end()].islower()):
        return Opening("dash", found.group().strip(), found.end())
    label = _LABEL.match(text, start, stop)
    if label and _INITIALS.match(label.group(1)):
        return Opening("label", label.group(1), label.end())
    for sort, pattern in (("bullet", _BULLET), ("number", _NUMBERED)):
        found = pattern.match(text, start, stop)
        if found:
            return Opening(sort, found.group(1) if sort == "number" else found.group().strip(), found.end())
    return Opening("label", label.group(1), label.end()) if label else Opening()


def opens_turn(text: str, start: int, end: int) -> bool:
    """Whether a line inside a paragraph looks like the beginning of somebody's turn."""
    found = opening(text, start, end)
    if found.sort == "dash":
        return not text[found.end].islower()
    plain = _plain(found.mark)
    return found.sort == "label" and (plain in _ASKERS or plain in _ANSWERERS or _is_name(found.mark))


def asks(text: str, start: int, end: int, lang: str = "") -> bool:
    """Whether a turn's last character, closing marks aside, is a question mark."""
    last = text[max(start, end - 12) : end].rstrip(_CLOSERS)
    return last.endswith(_ASKS) or (lang == "el" and last.endswith(";"))


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a line ends with a mark that closes a sentence, or a colon."""
    return bool(_ENDS.search(text, max(start, end - 12), end))


def mark_turns(text: str, units: Sequence[Unit], lang: str) -> list[Unit]:
    """The units, of which those that open like a speaker's turn or a list item, and are one, say so."""
    openings = [
        opening(text, u.start, u.end) if u.kind in (None, "paragraph", "turn") else Opening() for u in units
    ]
    speakers = _Speakers(text, units, openings, lang)
    marked = [speakers.marked(unit, found) for unit, found in zip(units, openings, strict=True)]
    marked = _mark_dashes(text, marked, openings, lang)
    marked = _mark_items(text, marked, openings)
    return [_as_question(text, unit, lang) for unit in marked]


def _as_question(text: str, unit: Unit, lang: str) -> Unit:
    """A question of the layout is a turn; a turn that ends in a question mark is a question."""
    if unit.question and unit.kind in (None, "paragraph"):
        unit = replace(unit, kind="turn", speaker=unit.speaker or "")
    if unit.kind == "turn" and not unit.question and asks(text, unit.start, unit.end, lang):
        return replace(unit, question=True)
    return unit


class _Speakers:
    """Which labels before a colon are speakers in this document."""

    def __init__(self, text: str, units: Sequence[Unit], openings: Sequence[Opening], lang: str) -> None:
        self.text = text
        labelled = [(u, o) for u, o in zip(units, openings, strict=True) if o.sort == "label"]
        self.count = Counter(_plain(o.mark) for _, o in labelled)
        self.pair = next((p for p in _PAIRS if p[0] in self.count and p[1] in self.count), None)
        names = [(u, o) for u, o in labelled if _is_name(o.mark)]
        self.speaking = [_plain(o.mark) for u, o in names if self._speaks(u, o)]
        self.several = len(set(self.speaking)) > 1 and len(self.speaking) >= len(names) / 2

    def marked(self, unit: Unit, found: Opening) -> Unit:
        """The unit as a turn of the speaker that it opens with, or as it is."""
        if found.sort != "label":
            return unit
        plain = _plain(found.mark)
        if self.pair and plain in self.pair:
            asker = plain == self.pair[0]
        elif plain in _ASKERS:
            asker = True
        elif (plain in _ANSWERERS and plain != "a") or self._is_speaker(unit, found, plain):
            asker = False
        else:
            return unit
        return replace(
            unit, kind="turn", speaker=found.mark.strip(), body=found.end, question=unit.question or asker
        )

    def _is_speaker(self, unit: Unit, found: Opening, plain: str) -> bool:
        if not _is_name(found.mark):
            return False
        if self.count[plain] > 1:
            return True
        speaks = self._speaks(unit, found)
        return speaks and (self.several or _is_full(found.mark))

    def _speaks(self, unit: Unit, found: Opening) -> bool:
        """Whether sentences follow the name, or, on the next line, may follow it."""
        if found.end >= unit.end:
            return _is_full(found.mark)
        return ends_sentence(self.text, found.end, unit.end)


def _plain(label: str) -> str:
    return _ASIDE.sub("", label).strip(" \u00a0.*_").lower()


def _is_full(label: str) -> bool:
    """Whether a label is more than a first name: several words, initials or capitals."""
    name = _ASIDE.sub("", label)
    return len(name.split()) > 1 or bool(_INITIALS.match(name)) or (len(name) > 1 and name.isupper())


def _is_name(label: str) -> bool:
    """Whether a label can be a person's: one to five words, capitals or initials, and not "Photo" or "Note"."""
    name = _ASIDE.sub("", label).strip(" \u00a0*_")
    if _plain(label) in _NO_SPEAKERS or not name:
        return False
    parts = name.replace(",", " ").split()
    if not parts or len(parts) > 5 or parts[0].lower().strip(".,") in _NO_SPEAKERS:
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return len(name) <= _LONGEST_CASELESS and len(parts) <= 3
    if _INITIALS.match(name):
        return True
    capital = [part[0].isupper() for part in parts if part.lower() not in _PARTICLES]
    return bool(capital) and all(capital) and all(_NAME_WORD.match(part) for part in parts)


def _mark_dashes(text: str, units: list[Unit], openings: Sequence[Opening], lang: str) -> list[Unit]:
    """Lines behind a dash: turns in a dialogue, items in a list."""
    dashed = [
        i for i, o in enumerate(openings) if o.sort == "dash" and units[i].kind in (None, "paragraph", "turn")
    ]
    any_asks = any(asks(text, units[i].start, units[i].end, lang) for i in dashed)
    result = list(units)
    for run in _runs(dashed):
        before = text[units[run[0] - 1].end - 1] if run[0] else ""
        kind: BlockKind = "item" if _is_list(text, units, run, before, any_asks, openings, lang) else "turn"
        for i in run:
            unit = replace(units[i], kind=kind, body=openings[i].end)
            result[i] = replace(unit, speaker=units[i].speaker or "") if kind == "turn" else unit
    return result


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Consecutive numbers together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _is_list(
    text: str,
    units: Sequence[Unit],
    run: Sequence[int],
    before: str,
    any_asks: bool,
    openings: Sequence[Opening],
    lang: str,
) -> bool:
    """Whether consecutive lines behind dashes are a list rather than what people say."""
    spans = [(units[i].start, units[i].end) for i in run]
    if any(
        units[i].kind == "turn" or units[i].question or asks(text, *span, lang)
        for i, span in zip(run, spans, strict=True)
    ):
        return False
    small = sum(text[openings[i].end].islower() for i in run)
    open_ended = sum(
        bool(_LOWER_LIST.search(text, *span)) or not ends_sentence(text, *span) for span in spans
    )
    hyphens = all(openings[i].mark in _HYPHENS for i in run)
    if before in (":", "："):
        return small * 2 >= len(run) or open_ended * 2 >= len(run) or (hyphens and len(run) > 1)
    if open_ended * 2 > len(run) or small == len(run):
        return len(run) > 1 or not any_asks
    return hyphens and not any_asks and len(run) > 2


def _mark_items(text: str, units: list[Unit], openings: Sequence[Opening]) -> list[Unit]:
    """Bulleted lines, and numbered ones that have a numbered neighbour or a colon before them."""
    result = list(units)
    for i, (unit, found) in enumerate(zip(units, openings, strict=True)):
        if unit.kind not in (None, "paragraph") or found.sort not in ("bullet", "number"):
            continue
        around = [*openings[max(0, i - 1) : i], *openings[i + 1 : i + 2]]
        announced = text[max(0, unit.start - 8) : unit.start].rstrip().endswith((":", "："))
        if found.sort == "bullet" or announced or any(_follows(found, other) for other in around):
            result[i] = replace(unit, kind="item", body=found.end)
    return result


def _follows(one: Opening, other: Opening) -> bool:
    """Whether two numbered lines are neighbours in a list: 1 and 2, a and b."""
    if other.sort != "number":
        return False
    if one.mark.isdigit() and other.mark.isdigit():
        return abs(int(one.mark) - int(other.mark)) == 1
    return len(one.mark) == len(other.mark) == 1 and abs(ord(one.mark.lower()) - ord(other.mark.lower())) == 1
