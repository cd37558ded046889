"""SRT and VTT: sentences across cues, speakers, tags, and where in the file each word stands."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import FormatError
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.places import (
    assert_exact,
    assert_sound,
    gaps,
    kinds,
    non_verbatim,
    replaced,
    texts,
    words,
)


def read(source: str, name: str = "a.srt") -> Extract:
    extract = read_bytes(source.encode(), name=name)
    assert_sound(extract)
    assert_exact(extract, source)
    return extract


def srt(*cues: str, gap: float = 0.1) -> str:
    """An SRT file of cues that last a second each."""
    parts = []
    for number, cue in enumerate(cues):
        start = number * (1 + gap)
        parts.append(f"{number + 1}\n{stamp(start)} --> {stamp(start + 1)}\n{cue}\n")
    return "\n".join(parts)


def stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02},{rest % 1000:03}"


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + srt(*cues).replace(",", ".")


def speakers(extract: Extract) -> list[str | None]:
    return [block.speaker for block in extract.blocks or ()]


def test_a_sentence_runs_across_lines_and_cues() -> None:
    source = srt("Это был длинный\nи трудный день,", "который всё не", "кончался.", "Пошёл дождь.")
    extract = read(source)
    assert texts(extract) == ["Это был длинный и трудный день, который всё не кончался.", "Пошёл дождь."]
    assert kinds(extract) == ["caption", "caption"]
    assert non_verbatim(extract, source) == [(" ", "\n")]
    assert gaps(extract) == [" ", " ", "\n\n"]


def test_a_full_stop_inside_a_cue_does_not_divide_it() -> None:
    assert texts(read(srt("Раз. Два", "три."))) == ["Раз. Два три."]


@pytest.mark.parametrize("end", ["день.", "день?", "день!»", "день…", "[стук]", "♪ ля-ля ♪", "день.)"])
def test_a_block_ends_with_its_sentence(end: str) -> None:
    assert texts(read(srt(end, "Дальше"))) == [end, "Дальше"]


@pytest.mark.parametrize(
    ("first", "second"), [("Я думал...", "...что ты"), ("т. е.", "так"), ("Раз…", "и два")]
)
def test_an_ellipsis_or_an_abbreviation_does_not_end_it(first: str, second: str) -> None:
    assert texts(read(srt(first, second))) == [f"{first} {second}"]


def test_a_pause_ends_a_block() -> None:
    assert texts(read(srt("Год спустя", "конец", gap=2.5))) == ["Год спустя", "конец"]


def test_each_dash_is_another_speaker() -> None:
    extract = read(srt("- Ты идёшь?\n- Нет.", "— А ты", "— Тоже", "и Москва\n— столица."))
    assert texts(extract) == ["- Ты идёшь?", "- Нет.", "— А ты", "— Тоже и Москва — столица."]
    assert speakers(extract) == ["", "", "", ""]


def test_tags_and_position_marks_are_no_text() -> None:
    source = srt("{\\an8}<i>Раз</i> <font color='#fff'>два</font>", "<b>три</b> a < b > c")
    assert texts(read(source)) == ["Раз два три a < b > c"]


def test_captions_without_any_full_stop_are_cut_after_twelve_cues() -> None:
    assert [len(text.split()) for text in texts(read(srt(*["слово"] * 30)))] == [12, 12, 6]


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert texts(read(srt("今天天气\n很好", "我们走吧。"))) == ["今天天气很好我们走吧。"]


def test_spaces_collapse_and_the_map_knows_how_many_there_were() -> None:
    source = srt("раз   два\tтри  ")
    extract = read(source)
    assert texts(extract) == ["раз два три"]
    assert non_verbatim(extract, source) == [(" ", "   "), (" ", "\t")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(ending: str) -> None:
    assert texts(read(srt("раз\nдва.", "Три").replace("\n", ending))) == ["раз два.", "Три"]


@pytest.mark.parametrize(
    "source",
    [
        "00:00:01,000 --> 00:00:02,000\nраз.\n\n00:00:02,000 --> 00:00:03,000\nДва",
        "1\n00:00:01,000 --> 00:00:02,000\nраз.\n2\n00:00:02,000 --> 00:00:03,000\nДва",
        "\n\n1\n\n00:00:01.5-->00:00:02.0 X1:1 Y1:2\nраз.\n\n\n2\n00:00:02 --> 00:00:03\n\nДва\n\n",
        "7\n0:00:01,000 --> 0:00:02,000\nраз.\n\n7\n0:00:02,000 --> 0:00:03,000\nДва",
    ],
)
def test_sloppy_files_are_read_all_the_same(source: str) -> None:
    assert texts(read(source)) == ["раз.", "Два"]


def test_an_empty_line_inside_a_cue_does_not_end_it() -> None:
    assert texts(read("1\n00:00:01,000 --> 00:00:02,000\nраз\n\nдва\n")) == ["раз два"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("1\n00:00:01,000 --> 00:00:61,000\nраз", 2),
        (srt("раз") + "\n2\n00:00:0x,000 --> 00:00:02,000\nдва", 6),
        ("просто текст", 1),
    ],
)
def test_a_broken_time_is_an_error_with_its_line(source: str, line: int) -> None:
    with pytest.raises(FormatError, match=rf"a\.srt, line {line}: "):
        read(source)


def test_a_file_without_cues_is_an_error() -> None:
    with pytest.raises(FormatError, match="no subtitle"):
        read("WEBVTT\n\nNOTE ничего\n", "a.vtt")


def test_subtitles_that_end_before_they_begin_are_a_warning() -> None:
    extract = read("1\n00:00:05,000 --> 00:00:02,000\nраз\n")
    assert extract.warnings == ("1 subtitle(s) end before they begin",)


def test_vtt_notes_styles_regions_and_identifiers_are_no_text() -> None:
    source = (
        "WEBVTT - Порт\nLanguage: ru\n\nNOTE раз\nдва\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        "первый\n00:01.000 --> 00:02.000 align:start\nТри.\n\nпотерянная строка\n\n"
        "второй\n00:02.000 --> 00:03.000\nЧетыре\n"
    )
    extract = read(source, "a.vtt")
    assert texts(extract) == ["Три.", "Четыре"]
    assert extract.metadata == {"title": "Порт", "lang": "ru", "encoding": "utf-8"}


def test_vtt_voices_are_speakers_and_change_the_block() -> None:
    extract = read(
        vtt("<v Анна Лукина>Ты <b>идёшь", "<v Анна Лукина>домой?</v> <v.loud Пётр>Нет", "я"), "a.vtt"
    )
    assert list(zip(speakers(extract), texts(extract), strict=True)) == [
        ("Анна Лукина", "Ты идёшь домой?"),
        ("Пётр", "Нет"),
        (None, "я"),
    ]


def test_vtt_entities_are_characters_and_srt_has_none() -> None:
    source = vtt("раз &amp; два &lt;3&gt;")
    extract = read(source, "a.vtt")
    assert texts(extract) == ["раз & два <3>"]
    assert non_verbatim(extract, source) == [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]
    assert texts(read(srt("раз &amp; два"))) == ["раз &amp; два"]


def test_rolling_captions_are_read_once() -> None:
    source = vtt("раз<00:00:00.500><c> два</c>", "раз два", "раз два\nтри<00:00:03.000><c> четыре</c>")
    extract = read(source, "a.vtt")
    assert texts(extract) == ["раз два три четыре"]
    assert extract.warnings == ("rolling captions: 2 repeated line(s) left out",)


def test_a_vtt_file_must_say_so() -> None:
    with pytest.raises(FormatError, match=r"line 1.*--from srt"):
        read(srt("раз"), "a.vtt")


CUE = st.lists(
    st.sampled_from(
        ["слово", "Word", "<i>раз</i>", "- Да", "...", "два  три", "&amp;", "конец.", "№1", "字", "a-->b"]
    ),
    min_size=1,
    max_size=4,
)
CUES = st.lists(st.lists(CUE.map(" ".join), min_size=1, max_size=2).map("\n".join), min_size=1, max_size=6)


@given(CUES, st.sampled_from(["\n", "\r\n"]))
def test_any_file_is_mapped_exactly_and_loses_no_word(cues: list[str], ending: str) -> None:
    extract = read(srt(*cues).replace("\n", ending))
    spoken = "".join(cues).replace("<i>", "").replace("</i>", "")
    assert "".join(extract.text.split()) == "".join(spoken.split())


@given(CUES, st.data())
def test_a_word_replaced_through_the_map_is_the_only_change(cues: list[str], data: st.DataObject) -> None:
    source = srt("начало", *cues)
    before = read(source)
    word = data.draw(st.sampled_from(words(before)))
    after = read(replaced(source, word.offset, word.offset + word.end - word.start, "word"))
    assert "".join(after.text.split()) == "".join(replaced(before.text, word.start, word.end, "word").split())


@given(st.text(st.sampled_from("WEBVT\n-->:.,0123 <>v/{}\\&;aЖ\r"), max_size=60))
def test_any_soup_is_read_exactly_or_refused(soup: str) -> None:
    for name, source in (("a.srt", srt("раз") + soup), ("a.vtt", f"WEBVTT\n\n{soup}")):
        with suppress(FormatError):
            read(source, name)
