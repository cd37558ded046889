"""Writing back: what stays as it was, format by format, and what is refused and why."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile

import docx
import pytest
from lxml import etree

from align.errors import EncodingError, FormatError, InputError, UsageError
from align.formats.read import read_bytes
from align.formats.rewrite import Edit, Rewritten, rewrite
from align.model import Document, Extract
from align.segment import build_document
from tests.align.formats.test_read_docx import W, file, from_word, packed, paragraph, part, run


def edits_for(extract: Extract, *changes: tuple[str, str]) -> list[Edit]:
    """An edit for the first place of each old text."""
    found = [(extract.text.index(old), old, new) for old, new in changes]
    return [Edit(at, at + len(old), new) for at, old, new in found]


def result(data: bytes, name: str, *changes: tuple[str, str]) -> Rewritten:
    extract = read_bytes(data, name=name)
    return rewrite(data, extract, edits_for(extract, *changes))


def written(source: str, name: str, *changes: tuple[str, str]) -> str:
    """The source of a file after these changes, all of which are applied."""
    found = result(source.encode(), name, *changes)
    assert found.refused == ()
    return found.data.decode()


def refused(source: str, name: str, *changes: tuple[str, str]) -> str:
    """The reason for which the only change is refused; the file is as it was."""
    found = result(source.encode(), name, *changes)
    assert found.data == source.encode()
    assert found.applied == ()
    return found.refused[0][1]


# Plain text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "cp1251"),
        (b"", "koi8-r"),
        (b"", "cp866"),
    ],
)
def test_encoding_mark_and_line_ends_stay(mark: bytes, codec: str) -> None:
    text = "Старый порт стоит у моря.\r\nОн закрыт с осени, и никто в него не заходит.\n\r\nКонец.\r"
    found = result(mark + text.encode(codec), "a.txt", ("закрыт", "открыт"), ("Конец", "Начало"))
    expected = text.replace("закрыт", "открыт").replace("Конец", "Начало")
    assert found.data == mark + expected.encode(codec)


def test_an_encoding_that_had_to_be_given_is_used_again() -> None:
    data = "Порт".encode("cp1251")
    extract = read_bytes(data, name="a.txt", encoding="cp1251")
    assert rewrite(data, extract, [Edit(0, 4, "Мост")]).data == "Мост".encode("cp1251")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("given", ["\n", "\r\n"])
def test_line_breaks_in_a_replacement_become_those_of_the_file(ending: str, given: str) -> None:
    source = f"раз{ending}два{ending}".encode()
    assert result(source, "a.txt", ("два", f"a{given}b")).data == f"раз{ending}a{ending}b{ending}".encode()


def test_a_character_that_the_encoding_lacks_is_refused_alone() -> None:
    source = "Старый порт стоит у моря. Он закрыт с осени.".encode("cp1251")
    found = result(source, "a.txt", ("порт", "港"), ("закрыт", "открыт"))
    assert found.data.decode("cp1251") == "Старый порт стоит у моря. Он открыт с осени."
    assert [reason for _, reason in found.refused] == [
        "'港' cannot be written in the encoding of the file, windows-1251"
    ]


# HTML


def test_only_the_changed_words_of_a_sentence_are_touched() -> None:
    source = "<p>Раз <b>два</b>\n  три <a href=x>четыре</a>&nbsp;пять.</p>"
    whole = ("Раз два три четыре\u00a0пять.", "Раз два, три шесть\u00a0пять.")
    assert written(source, "a.html", whole) == source.replace("</b>", ",</b>").replace("четыре", "шесть")


def test_new_text_over_several_runs_goes_into_the_first() -> None:
    source = "<p><b>Раз</b> <i>два</i> три.</p>"
    assert written(source, "a.html", ("Раз два", "Ноль")) == "<p><b>Ноль</b><i></i> три.</p>"


def test_markup_in_a_replacement_is_escaped() -> None:
    assert written("<p>Раз два.</p>", "a.html", ("два", "<b> & co")) == "<p>Раз &lt;b&gt; &amp; co.</p>"


@pytest.mark.parametrize(("old", "new", "expected"), [("—", "–", "–"), ("—", "", ""), ("а—б", "а–б", "–")])
def test_a_character_reference_is_replaced_as_a_whole(old: str, new: str, expected: str) -> None:
    assert written("<p>раз а&mdash;б раз</p>", "a.html", (old, new)) == f"<p>раз а{expected}б раз</p>"


def test_half_of_a_character_reference_is_spelled_anew() -> None:
    assert written("<p>а&fjlig;б</p>", "a.html", ("f", "F")) == "<p>аFjб</p>"


def test_what_the_encoding_of_a_page_lacks_becomes_a_reference() -> None:
    source = "<meta charset=windows-1251><p>Старый порт.</p>".encode("cp1251")
    found = result(source, "a.html", ("порт", "港"))
    assert found.data.decode("cp1251") == "<meta charset=windows-1251><p>Старый &#28207;.</p>"


def test_broken_bytes_of_a_page_stay_where_they_are() -> None:
    source = b"<meta charset=utf-8><p>" + "Старый порт. ".encode() * 200 + b"\xff\xe2\x82 x</p>"
    extract = read_bytes(source, name="a.html")
    assert rewrite(source, extract, [Edit(0, 6, "Новый")]).data == source.replace(
        "Старый".encode(), "Новый".encode(), 1
    )


def test_a_line_break_is_spelled_as_the_page_spells_it() -> None:
    source = "<p>Раз<br />два три.</p>"
    assert written(source, "a.html", ("два три", "два\nтри")) == "<p>Раз<br />два<br />три.</p>"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\n\n", " ", "gap between two paragraphs"),
        ("раз", "", "nothing would be left"),
        ("раз", "раз ", "white space at an end"),
        ("три", "т\u00adри", "soft hyphen"),
        ("три", "т  ри", "row of spaces"),
    ],
)
def test_what_has_no_way_back_is_refused_with_its_reason(old: str, new: str, reason: str) -> None:
    assert reason in refused("<p>раз</p><p>два три</p>", "a.html", (old, new))


def test_good_edits_are_applied_beside_refused_ones() -> None:
    source = "".join(f"<p>раз{n}</p>" for n in range(9)).encode()
    extract = read_bytes(source, name="a.html")
    edits = edits_for(extract, *((f"раз{n}", f"два{n} " if n in (2, 7) else f"два{n}") for n in range(9)))
    found = rewrite(source, extract, edits)
    assert [edit for edit, _ in found.refused] == [edits[2], edits[7]]
    expected = "".join(f"<p>{'раз' if n in (2, 7) else 'два'}{n}</p>" for n in range(9))
    assert found.data.decode() == expected


# Markdown


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("Раз *два* три", "два", "ИГИЛ*", "Раз *ИГИЛ\\** три"),
        ("Раз два", "два", "a_b __c__", "Раз a_b \\_\\_c\\_\\_"),
        ("Раз `два`", "два", "a*b", "Раз `a*b`"),
        ("Раз", "Раз", "# Раз", "\\# Раз"),
        ("Раз", "Раз", "1. Раз", "1\\. Раз"),
        ("Раз два", "два", "[x](y) <b> &amp;", "Раз \\[x\\](y) \\<b> \\&amp;"),
        ("| а | б |\n|---|---|\n| раз | два |", "раз", "a|b", "| а | б |\n|---|---|\n| a\\|b | два |"),
        ("> раз\n> два", "раз два", "ноль", "> ноль"),
        ("раз **два** три", "раз два три", "ноль", "ноль"),
        ("<div>раз</div>", "раз", "a<b", "<div>a&#60;b</div>"),
        ("раз [два](x.y) три", "два", "ноль", "раз [ноль](x.y) три"),
        ("раз два", "раз два", "раз\nдва", "раз<br>два"),
    ],
)
def test_markdown_is_escaped_where_it_would_be_markup(source: str, old: str, new: str, expected: str) -> None:
    assert written(source, "a.md", (old, new)) == expected


# Subtitles


CUES = (
    "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Раз два</i>\r\nтри,\r\n\r\n"
    "2\r\n00:00:02,100 --> 00:00:03,000\r\n{}\r\n"
)


def test_times_tags_and_lines_of_subtitles_stay() -> None:
    source = CUES.format("четыре пять.")
    changed = ("Раз два три, четыре пять.", "Раз, два три! четыре шесть.")
    expected = source.replace("Раз два", "Раз, два").replace("три,", "три!").replace("пять", "шесть")
    assert written(source, "a.srt", changed) == expected


@pytest.mark.parametrize(
    ("new", "first", "second"),
    [
        ("Ноль или полтора, или всё.", "Ноль или полтора,", "или всё."),
        ("Ноль всё.", "Ноль", "всё."),
    ],
)
def test_a_new_sentence_is_divided_among_its_subtitles(new: str, first: str, second: str) -> None:
    source = CUES.replace("<i>Раз два</i>\r\nтри,", "{}")
    found = written(
        source.format("Раз два три,", "четыре пять шесть."), "a.srt", ("Раз два три, четыре пять шесть.", new)
    )
    assert found == source.format(first, second)


def test_one_word_for_two_subtitles_is_refused() -> None:
    assert "from one subtitle into another" in refused(
        CUES.format("четыре."), "a.srt", ("Раз два три, четыре", "Ноль")
    )


def test_a_subtitle_may_begin_with_a_capital_letter_now() -> None:
    source = CUES.format("Четыре.").replace("три,", "три.")
    assert written(source, "a.srt", ("Четыре", "четыре")) == source.replace("Четыре", "четыре")


@pytest.mark.parametrize("new", [" ", "- "])
def test_white_space_is_not_put_where_players_drop_it(new: str) -> None:
    source = CUES.format("четыре.").encode()
    extract = read_bytes(source, name="a.srt")
    found = rewrite(source, extract, [Edit(len(extract.text), len(extract.text), new)])
    assert [reason for _, reason in found.refused] == ["white space at an end of a paragraph is lost in srt"]


def test_edits_that_only_go_together_are_made_together() -> None:
    source = b"<p>one two</p>"
    found = rewrite(source, read_bytes(source, name="a.html"), [Edit(0, 3, ""), Edit(3, 4, "")])
    assert (found.data, found.refused) == (b"<p>two</p>", ())


@pytest.mark.parametrize("new", ["<i>x</i>", "a\n\nb", "a\n3\n00:00:05,000 --> 00:00:06,000\nb", "a  b"])
def test_what_would_break_subtitles_is_refused(new: str) -> None:
    assert refused(CUES.format("четыре пять."), "a.srt", ("пять", new))


def test_a_line_that_rolling_captions_repeat_is_refused() -> None:
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nраз<00:01.500> два\n\n00:02.000 --> 00:03.000\nраз два\nтри\n"
    )
    assert read_bytes(rolling.encode(), name="a.vtt").text == "раз два три"
    assert refused(rolling, "a.vtt", ("раз", "ноль"))


def test_signs_are_escaped_in_vtt() -> None:
    source = "WEBVTT\n\n00:01.000 --> 00:02.000\nраз два\n"
    assert written(source, "a.vtt", ("два", "<b> --> & c")) == source.replace(
        "два", "&lt;b&gt; --&gt; &amp; c"
    )


# DOCX


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def runs(data: bytes) -> list[tuple[str, bool]]:
    """The text of each run and whether it is bold, as python-docx reads them."""
    document = docx.Document(io.BytesIO(data))
    return [(run.text, bool(run.bold)) for each in document.paragraphs for run in each.runs]


def letter() -> bytes:
    document = docx.Document()
    opening = document.add_paragraph("Движение ")
    opening.add_run("«Новый порт»").bold = True
    opening.add_run(" закрыто.")
    return from_word(document)


def test_new_text_takes_the_formatting_of_the_run_where_it_begins() -> None:
    data = result(letter(), "a.docx", ("порт» закрыто", "мост»* открыто")).data
    assert runs(data) == [("Движение ", False), ("«Новый мост»*", True), (" открыто.", False)]


def test_an_edit_over_several_runs_trims_the_others() -> None:
    data = result(letter(), "a.docx", ("Движение «Новый порт»", "Партия")).data
    assert runs(data) == [("Партия", False), ("", True), (" закрыто.", False)]


def test_an_insertion_goes_behind_what_stands_before_it() -> None:
    extract = read_bytes(letter(), name="a.docx")
    place = extract.text.index(" закрыто")
    data = rewrite(letter(), extract, [Edit(place, place, "*")]).data
    assert runs(data)[1] == ("«Новый порт»*", True)


def test_all_other_members_of_the_archive_stay_byte_by_byte() -> None:
    before = letter()
    after = result(before, "a.docx", ("порт", "мост")).data
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert [(i.filename, i.date_time) for i in new.infolist()] == [
            (i.filename, i.date_time) for i in old.infolist()
        ]
        assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]


def test_an_archive_that_was_streamed_is_written_back_too() -> None:
    stream = io.BytesIO()
    stream.seekable = lambda: False  # type: ignore[method-assign]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = "привет".encode()
        archive.writestr("word/document.xml", part(paragraph(run("раз два"))))
        archive.writestr("word/картинка.bin", b"\x00" * 5000)
    after = result(stream.getvalue(), "a.docx", ("два", "три")).data
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None
        assert archive.comment.decode() == "привет"
        assert archive.read("word/картинка.bin") == b"\x00" * 5000


def test_tabs_and_line_breaks_are_elements() -> None:
    data = result(file(paragraph(run("раз два"))), "a.docx", ("раз два", "раз\tи\nдва")).data
    inside = etree.fromstring(body(data).encode()).find(f".//{W}r")
    assert inside is not None
    assert [str(each.tag).removeprefix(W) for each in inside] == ["rPr", "t", "tab", "t", "br", "t"]


def test_a_tab_can_be_removed_replaced_and_written_beside() -> None:
    source = file("<w:p><w:r><w:t>а</w:t><w:tab/><w:tab/><w:br/><w:t>б</w:t></w:r></w:p>")
    extract = read_bytes(source, name="a.docx")
    edits = [Edit(1, 2, " "), Edit(3, 3, "в"), Edit(3, 4, "")]
    found = rewrite(source, extract, edits)
    assert found.refused == ()
    assert read_bytes(found.data, name="a.docx").text == "а \tвб"


def test_white_space_that_word_does_not_show_does_not_come_to_light() -> None:
    source = file("<w:p><w:r><w:t>  раз\nдва  </w:t></w:r><w:r><w:t>три</w:t></w:r></w:p>")
    found = result(source, "a.docx", ("раз", "раз и"), ("два", "два "))
    assert read_bytes(found.data, name="a.docx").text == "раз и два три"


def test_a_character_that_xml_forbids_is_refused() -> None:
    found = result(file(paragraph(run("раз два"))), "a.docx", ("два", "\x01"))
    assert "cannot hold the character '\\x01'" in found.refused[0][1]


def test_tracked_insertions_stay_tracked() -> None:
    source = file(
        paragraph(run("раз "), f'<w:ins w:id="1">{run("два")}</w:ins>', f"<w:del>{run('')}</w:del>")
    )
    data = result(source, "a.docx", ("раз два", "раз три")).data
    assert '<w:ins w:id="1"><w:r><w:rPr/><w:t xml:space="preserve">три' in body(data)


def test_the_strict_kind_of_docx_is_written_back_too() -> None:
    strict = part(paragraph(run("раз"))).replace(W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = result(packed({"word/document.xml": strict}), "a.docx", ("раз", "два")).data
    assert read_bytes(data, name="a.docx").text == "два"


# Bad input


def document_of(data: bytes, name: str) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return build_document(read_bytes(data, name=name), name=name, lang="ru", sha256=digest)


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (2, 99), (99, 99)])
def test_an_edit_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="outside the text"):
        rewrite(b"abc", read_bytes(b"abc", name="a.txt"), [Edit(*span, "x")])


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(0, 3), (1, 1)], [(1, 2), (1, 2)]])
def test_edits_that_overlap_are_an_error(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(UsageError, match="overlap"):
        rewrite(b"abc", read_bytes(b"abc", name="a.txt"), [Edit(*span, "x") for span in spans])


def test_edits_side_by_side_and_insertions_at_one_place_are_made_in_order() -> None:
    edits = [Edit(2, 3, "C"), Edit(1, 1, "1"), Edit(1, 2, "B"), Edit(1, 1, "2")]
    assert rewrite(b"abc", read_bytes(b"abc", name="a.txt"), edits).data == b"a12BC"


@pytest.mark.parametrize("edits", [[], [Edit(0, 1, "x")]])
def test_a_file_that_has_changed_is_an_error_with_a_hint(edits: list[Edit]) -> None:
    document = document_of(b"abc", "a.txt")
    with pytest.raises(
        InputError, match=r"a\.txt: the file has changed since it was read\. Read the file again"
    ):
        rewrite(b"abd", document, edits)


def test_a_file_whose_text_is_another_is_an_error_without_a_hash_too() -> None:
    with pytest.raises(InputError, match="has changed since"):
        rewrite(b"abd", read_bytes(b"abc", name="a.txt"), [Edit(0, 1, "x")])


def test_a_broken_archive_is_an_error() -> None:
    data = letter()
    with pytest.raises(FormatError, match="damaged"):
        rewrite(data[:-300], read_bytes(data, name="a.docx"), [Edit(0, 1, "x")])


def test_bytes_that_the_encoding_forbids_are_an_error() -> None:
    with pytest.raises(EncodingError):
        rewrite("Раз два".encode() + b"\xff", read_bytes("Раз".encode(), name="a.txt"), [Edit(0, 1, "x")])
