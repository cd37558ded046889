"""Files as they come: which format, what is refused, and what every error says."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import EmptyInputError, EncodingError, FormatError, InputError, TooLargeError, UsageError
from align.formats import read as reading
from align.formats.read import detect, read_bytes, read_path
from align.model import Piece

ENDS = ["", "txt", "md", "html", "srt", "vtt", "docx", "odt", "epub", "pdf", "rtf", "mhtml", "json"]
SRT = "1\n00:00:01,000 --> 00:00:02,000\nтекст\n"


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def test_plain_text_is_the_decoded_file_itself() -> None:
    text = "Раз.\r\n\r\n  два \n\u2028три\x0c"
    extract = read_bytes(b"\xef\xbb\xbf" + text.encode(), name="a.txt")
    assert extract.text == text
    assert extract.blocks is None
    assert extract.pieces == (Piece(0, len(text), 0),)
    assert extract.metadata["encoding"] == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_the_encoding_of_plain_text_is_found(encoding: str) -> None:
    text = "Старый порт начинается там, где кончается трамвай. Кондуктор объявляет остановку.\n"
    assert read_bytes(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", "текст", "txt"),
        ("a", "текст", "txt"),
        ("", "текст", "txt"),
        ("a.rst", "текст", "txt"),
        ("A.MD", "<html>", "markdown"),
        ("a.markdown", "WEBVTT", "markdown"),
        ("a.htm", "текст", "html"),
        ("a.XHTML", "текст", "html"),
        ("a.srt", "текст", "srt"),
        ("a.vtt", "текст", "vtt"),
        ("-", "WEBVTT\n\n", "vtt"),
        ("-", "\ufeffWEBVTT", "vtt"),
        ("-", SRT, "srt"),
        ("a.txt", SRT.replace("\n", "\r\n"), "srt"),
        ("-", " <!-- x --> <!DOCTYPE html>", "html"),
        ("a.txt", "<HTML LANG=en>", "html"),
        ("-", "%PDF-1.7", "pdf"),
        ("a.txt", "{\\rtf1 text}", "rtf"),
        ("-", "MIME-Version: 1.0\r\nContent-Type: multipart/related", "mhtml"),
        ("-", "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "mhtml"),
        ("a.json", "[]", "cms"),
        ("-", '[{"id": 1, "title": {"rendered": "Порт"}}]', "cms"),
        ("-", "[sic] текст", "txt"),
        ("-", '<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        ("-", "<p>текст", "txt"),
        ("-", "<header.txt", "txt"),
        ("-", "1\n2\n3", "txt"),
    ],
)
def test_the_format_is_that_of_the_name_else_of_the_content(name: str, data: str, format: str) -> None:
    assert detect(data.encode(), name) == format


def test_a_page_in_utf16_is_recognised() -> None:
    assert detect("<!doctype html><p>текст".encode("utf-16"), "-") == "html"


def test_a_docx_is_recognised_without_its_name() -> None:
    assert detect(zipped(word__document_dot_xml=""), "-") == "docx"


@pytest.mark.parametrize(
    ("given", "format"), [("txt", "txt"), ("MD", "markdown"), ("htm", "html"), ("text", "txt")]
)
def test_the_format_given_overrules_name_and_content(given: str, format: str) -> None:
    assert read_bytes(b"<html><p># a</p></html>", name="a.html", format=given).format == format


def test_an_unknown_format_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'doc'.*txt, markdown, html, docx, .*srt, vtt"):
        read_bytes(b"x", name="a", format="doc")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(b"text", mtime=0), "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"RIFF\0\0\0\0WEBPVP8", "an image"),
        (b"\0\0\0\x20ftypisom", "an audio or video file"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "an old Office file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument file"),
        (zipped(xl__workbook_dot_xml=""), "an Excel workbook"),
        (zipped(ppt__presentation_dot_xml=""), "a PowerPoint presentation"),
        (zipped(note_dot_txt="x"), "a zip archive of files"),
        (b'<?xml version="1.0"?><tmx version="1.4"/>', "an alignment"),
        (b'<?xml version="1.0"?><feed/>', "an XML file"),
        (b"[Script Info]\nTitle: x", "SubStation subtitles"),
        (bytes(range(256)) * 20, "not"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read_bytes(data, name="dir/a.bin")
    assert str(caught.value).startswith("dir/a.bin: ")
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["BZh это не архив", "GIF8: формат", "PK — инициалы", "ID3 и другие", "%PDF не он"]
)
def test_text_that_begins_like_another_kind_of_file_is_text(text: str) -> None:
    assert read_bytes(text.encode(), name="a.txt").text == text


@pytest.mark.parametrize("name", ["a.odt", "a.epub", "a.pdf", "a.rtf"])
def test_text_with_the_name_of_another_format_is_refused(name: str) -> None:
    with pytest.raises(FormatError, match="in spite of its name"):
        read_bytes("текст".encode(), name=name)


def test_text_named_docx_is_refused_with_what_to_do() -> None:
    with pytest.raises(FormatError, match=r"a\.docx.*no DOCX.*--from txt"):
        read_bytes("текст".encode(), name="a.docx")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \0\n\0"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt", "a.docx"])
def test_an_empty_file_is_empty_in_every_format(data: bytes, name: str) -> None:
    with pytest.raises(EmptyInputError, match=name):
        read_bytes(data, name=name)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt", "a.vtt"])
def test_a_wrong_encoding_given_names_the_file(name: str) -> None:
    with pytest.raises(EncodingError, match=name):
        read_bytes("WEBVTT порт".encode("cp1251"), name=name, encoding="utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "base64"])
def test_an_unknown_encoding_is_an_error(encoding: str) -> None:
    with pytest.raises(EncodingError, match=encoding):
        read_bytes(b"text", name="a.txt", encoding=encoding)


def test_a_file_is_read_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "заметка.txt"
    path.write_bytes("порт".encode("cp1251"))
    extract, data = read_path(str(path), encoding="cp1251")
    assert (extract.text, data) == ("порт", "порт".encode("cp1251"))


def test_a_dash_is_standard_input() -> None:
    extract, data = read_path("-", stdin=io.BytesIO(SRT.encode()))
    assert (extract.format, extract.text, data) == ("srt", "текст", SRT.encode())


def test_an_error_of_standard_input_says_so() -> None:
    with pytest.raises(EmptyInputError, match="standard input"):
        read_path("-", stdin=io.BytesIO(b""))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("нет.txt", "no such file"),
        (".", "a folder"),
        ("a\0b", "cannot be read"),
        ("x" * 999, "cannot be read"),
    ],
)
def test_a_path_that_is_no_file_is_one_clear_error(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message):
        read_path(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("текст")
    path.chmod(0)
    with pytest.raises(InputError, match="permission"):
        read_path(str(path))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * ((1 << 20) + 1))
    with pytest.raises(TooLargeError, match=r"a\.txt.*larger than 1 MB.*Split it"):
        read_path(str(path))


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.srt", "a.vtt"])
def test_markup_has_a_limit_of_its_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_MARKUP_BYTES", 1 << 20)
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        read_bytes(b"a" * ((1 << 20) + 1), name=name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_an_endless_device_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1 << 20)
    with pytest.raises(TooLargeError, match="/dev/zero"):
        read_path("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_named_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=("порт".encode(),))
    writer.start()
    extract, _ = read_path(str(pipe))
    writer.join()
    assert extract.text == "порт"


def test_a_line_of_five_megabytes_is_read() -> None:
    line = "Старый порт. " * 400_000
    for name in ("a.txt", "a.md", "a.html"):
        assert len(read_bytes(line.encode(), name=name).text) >= len(line) - 1


def test_plain_text_is_read_without_heavy_imports() -> None:
    code = (
        "import sys; from align.formats.read import read_bytes; read_bytes('Порт.'.encode(), name='a.txt');"
        "print([m for m in ('lxml', 'trafilatura', 'docx', 'markdown_it', 'charset_normalizer', 'zipfile') "
        "if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@given(st.binary(max_size=200), st.sampled_from([f"a.{end}" for end in ENDS]))
def test_any_bytes_are_read_or_refused_with_the_name_of_the_file(data: bytes, name: str) -> None:
    try:
        extract = read_bytes(data, name=name)
    except InputError as error:
        where = error.where
    else:
        where = name if extract.text.strip() else ""
    assert where.startswith(name)
