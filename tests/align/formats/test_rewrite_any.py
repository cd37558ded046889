"""Writing back: for any file of any format and any edits, the file reads as the text with the edits in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.formats.read import read_bytes
from align.formats.rewrite import Edit, rewrite
from tests.align.formats.containers import epub, odt
from tests.align.formats.corrections import check, edits_of
from tests.align.formats.places import words
from tests.align.formats.test_read_docx import BODY, file
from tests.align.formats.test_read_html import FRAGMENT
from tests.align.formats.test_read_markdown import DOCUMENT
from tests.align.formats.test_read_subtitles import CUES, srt

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted(
    path
    for path in [
        *(ROOT / "tests/data/read").iterdir(),
        *(ROOT / "seeds").glob("*.txt"),
        *(ROOT / "docs").glob("*.md"),
    ]
    if path.name not in ("shell.en.html", "index.en.html")
)
CODECS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-32",
    "cp1251",
    "koi8-r",
    "cp866",
    "shift_jis",
    "gb18030",
    "iso2022_jp",
    "euc-kr",
]
ODT_PARTS = st.sampled_from(
    ["слово ", "два  слова", "&lt;b&gt;", "<text:s/>", "<text:tab/>x", "<text:line-break/>строка", "字", " ", "\n",
     '<text:span text:style-name="B">жирно</text:span> и', "<text:note>сноска</text:note>", "\u00ad", "a&amp;b"]
)  # fmt: skip
PARAGRAPHS = st.lists(st.lists(ODT_PARTS, max_size=5).map("".join), max_size=4)
FILES = {
    "a.odt": PARAGRAPHS.map(
        lambda texts: odt(
            "".join(f"<text:p>порт {text}</text:p>" for text in texts) + "<text:p>край</text:p>"
        )
    ),
    "a.epub": st.lists(FRAGMENT, min_size=1, max_size=3).map(lambda pages: epub("<p>начало</p>", *pages)),
    "a.txt": st.text(st.sampled_from("абв ab.\n\r«»"), min_size=1).map(lambda text: ("ы" + text).encode()),
    "a.md": DOCUMENT.map(str.encode),
    "a.html": FRAGMENT.map(str.encode),
    "a.srt": CUES.map(lambda cues: srt("начало", *cues).encode()),
    "a.vtt": CUES.map(
        lambda cues: ("WEBVTT\n\n" + srt("начало", *cues).replace("a-->b", "a--&gt;b")).encode()
    ),
    "a.docx": BODY.map(file),
}


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_what_was_applied_and_nothing_else_is_read_back(name: str, data: st.DataObject) -> None:
    content = data.draw(FILES[name])
    check(content, name, data.draw(edits_of(read_bytes(content, name=name).text)))


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_without_edits_the_bytes_are_the_same(name: str, data: st.DataObject) -> None:
    content = data.draw(FILES[name])
    extract = read_bytes(content, name=name)
    same = Edit(0, len(extract.text), extract.text)
    assert rewrite(content, extract, []).data == content
    assert rewrite(content, extract, [same]).data == content


@pytest.mark.parametrize("name", sorted(set(FILES) - {"a.md"}))
@given(data=st.data())
def test_no_replaced_word_is_refused(name: str, data: st.DataObject) -> None:
    content = data.draw(FILES[name])
    extract = read_bytes(content, name=name)
    known = [
        word for word in words(extract) if extract.text[word.start] != "字"
    ]  # words of one script with ours
    chosen = data.draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
    edits = [Edit(word.start, word.end, "Слово") for word in sorted(chosen, key=lambda word: word.start)]
    _, result = check(content, name, edits)
    assert result.refused == ()


@pytest.mark.parametrize("codec", CODECS)
@settings(max_examples=30)
@given(text=st.text(st.sampled_from("абвгд ABC.港—\n&<"), max_size=60), data=st.data())
def test_files_in_any_encoding_are_written_back(codec: str, text: str, data: st.DataObject) -> None:
    for name, start in (("a.txt", "порт "), ("a.html", f"<meta charset={codec}><p>порт ")):
        content = (start + text).encode(codec, errors="ignore")
        try:
            extract = read_bytes(content, name=name)
        except InputError:  # UTF-32 in a page, and the like
            continue
        check(content, name, data.draw(edits_of(extract.text)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@settings(max_examples=5)
@given(data=st.data())
def test_real_files_take_any_edit_or_refuse_it(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    check(content, path.name, data.draw(edits_of(read_bytes(content, name=path.name).text)))
