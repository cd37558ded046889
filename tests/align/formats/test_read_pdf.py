"""PDF: lines become paragraphs, what belongs to pages is dropped, and every line is known by page and number."""

from __future__ import annotations

import sys
import zlib

import pytest

from align.errors import FormatError, InputError, TooLargeError
from align.formats import pdf as module
from align.formats.read import read_bytes
from align.model import Extract
from tests.align.formats.containers import column, pdf, show
from tests.align.formats.places import assert_sound, kinds, texts


def read(*pages: str, info: str = "") -> Extract:
    extract = read_bytes(pdf(*pages, info=info), name="a.pdf")
    assert_sound(extract)
    return extract


def test_lines_become_paragraphs_again_and_divided_words_are_joined() -> None:
    lines = [
        "Старый порт начинается там, где кончается трамвай. Конду-",
        "ктор объявляет остановку, и никто не выходит, потому что",
        "все давно вышли.",
        "Второй абзац тянется по следующей строке до самого конца,",
        "и тоже кончается.",
    ]
    assert texts(read(column(lines))) == [
        "Старый порт начинается там, где кончается трамвай. Кондуктор объявляет остановку, и никто не выходит, "
        "потому что все давно вышли.",
        "Второй абзац тянется по следующей строке до самого конца, и тоже кончается.",
    ]


def test_an_indent_opens_a_paragraph() -> None:
    page = show(75, 780, "Первый абзац кончается ровно у края этой строки.") + show(
        60, 768, "Его вторая строка тоже полна, до самого края, так."
    )
    page += show(75, 756, "Второй абзац открыт отступом и больше ничем иным.") + show(
        60, 744, "Вот и он весь."
    )
    assert [text[:12] for text in texts(read(page))] == ["Первый абзац", "Второй абзац"]


def test_a_gap_opens_a_paragraph() -> None:
    line = "Строка за строкой тянется по ширине всей колонки до края"
    lines = [line, line, line, "", line, line, line]
    assert [len(text) for text in texts(read(column(lines)))] == [3 * len(line) + 2] * 2


def test_a_hyphen_stays_in_a_word_that_has_it_elsewhere() -> None:
    lines = ["Кто-то пришёл вчера к нам в порт, и этот самый кто-", "то потом снова ушёл."]
    assert texts(read(column(lines))) == [
        "Кто-то пришёл вчера к нам в порт, и этот самый кто-то потом снова ушёл."
    ]


def test_a_hyphen_before_a_capital_stays() -> None:
    lines = ["Поезд из порта ходит каждый день только до города Усть-", "Луга и обратно."]
    assert "Усть-Луга" in read(column(lines)).text


def test_ligatures_are_taken_apart() -> None:
    assert read(show(60, 700, "The ﬁnal oﬃce")).text == "The final office"


def headed(number: int, *lines: str) -> str:
    return show(200, 815, "Вестник порта", 8) + column(lines) + show(290, 30, f"– {number} –", 8)


def test_headers_footers_and_page_numbers_are_dropped_and_a_sentence_runs_over_the_page() -> None:
    extract = read(
        headed(1, "Первая страница кончается посреди предложения, которое про-"),
        headed(2, "должается на второй."),
        headed(3, "Третья."),
    )
    assert texts(extract) == [
        "Первая страница кончается посреди предложения, которое продолжается на второй.",
        "Третья.",
    ]
    assert extract.warnings == ("6 line(s) of headers, footers and page numbers left out",)


def test_a_line_at_the_edge_of_a_single_page_stays() -> None:
    assert texts(read(show(60, 820, "Порт закрыт.", 10))) == ["Порт закрыт."]


def test_columns_are_read_one_after_the_other_below_a_title_over_both() -> None:
    left = ["Левая колонка рассказывает о", "кранах, которые стоят давно,", "и о людях, которые на них"]
    right = ["работают. Правая колонка же", "рассказывает о трамвае, что", "ходит сюда редко."]
    page = (
        show(60, 800, "Заголовок через обе колонки страницы", 16)
        + column(left, 60, 770)
        + column(right, 330, 770)
    )
    extract = read(page)
    assert texts(extract) == ["Заголовок через обе колонки страницы", " ".join([*left, *right])]
    assert kinds(extract) == ["heading", "paragraph"]


def test_the_items_of_a_list_are_parted() -> None:
    extract = read(column(["Список вещей, которые нужны в порту каждому:", "• хлеб", "• соль", "1. вода"]))
    assert kinds(extract) == ["paragraph", "item", "item", "item"]


def test_a_paragraph_in_bold_that_asks_is_a_question() -> None:
    extract = read(show(60, 780, "Кто там?", font="B") + show(60, 768, "Это я, кондуктор."))
    assert extract.blocks is not None
    assert [block.question for block in extract.blocks] == [True, False]


def test_the_file_says_its_title_date_and_language() -> None:
    extract = read(show(60, 700, "Порт."), info="/Title (Port) /CreationDate (D:20240305120000+03'00')")
    assert extract.metadata == {"title": "Port", "date": "2024-03-05", "lang": "ru"}


def test_a_piece_names_page_and_line() -> None:
    extract = read(column(["Раз  два.", "", "", "Три."]), show(60, 700, "Четыре."))
    found = [(extract.text[p.start : p.end], p.part, p.node, p.offset) for p in extract.pieces]
    assert found == [
        ("Раз", "page 1", 0, 0),
        (" ", "page 1", 0, 3),
        ("два.", "page 1", 0, 5),
        ("Три.", "page 1", 1, 0),
        ("Четыре.", "page 2", 0, 0),
    ]


def test_text_from_right_to_left_is_warned_of() -> None:
    assert any("right to left" in warning for warning in read(show(60, 700, "שלום")).warnings)


def test_a_scan_is_an_error_that_names_text_recognition() -> None:
    with pytest.raises(FormatError, match=r"a\.pdf: this PDF file has no text layer.*OCR"):
        read("0 0 100 100 re f\n")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj", pdf(show(1, 1, "a"))[:300]])
def test_a_broken_file_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"^a\.pdf: this PDF file"):
        read_bytes(data, name="a.pdf")


def test_a_file_that_begins_with_other_lines_is_read() -> None:
    assert read_bytes(b"\n" + pdf(show(60, 700, "Порт.")), name="a.pdf").text == "Порт."


def test_a_protected_file_says_so() -> None:
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 /Length 40 >>" % (b"00" * 32, b"11" * 32)
    data = pdf(show(60, 700, "a"), extra=[encrypt])
    number = data.count(b" 0 obj")
    data = data.replace(b"/Root 1 0 R", b"/Encrypt %d 0 R /ID [<00> <00>] /Root 1 0 R" % number)
    with pytest.raises(FormatError, match="password"):
        read_bytes(data, name="a.pdf")


def test_a_stream_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_STREAM", 1000)
    packed = zlib.compress(show(60, 700, "Порт.").encode() + b" " * 100_000)
    data = pdf("@").replace(
        b"<< /Length 1 >>\nstream\n@",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s" % (len(packed), packed),
    )
    with pytest.raises(TooLargeError, match="unpacks to more"):
        read_bytes(data, name="a.pdf")


def test_the_bound_is_taken_back_after_reading() -> None:
    from pdfminer import pdftypes as library

    read(show(60, 700, "Порт."))
    assert vars(library)["zlib"] is zlib


@pytest.mark.parametrize(("bound", "message"), [("MAX_PAGES", "pages"), ("MAX_ON_PAGE", "characters")])
def test_a_file_with_too_much_in_it_is_refused(
    bound: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, bound, 1)
    with pytest.raises(TooLargeError, match=f"many {message}|more than 1 {message}"):
        read(show(60, 700, "Порт."), show(60, 700, "Кран."))


def test_without_the_library_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    with pytest.raises(InputError, match=r"pip install 'concord-align\[pdf\]'"):
        read(show(60, 700, "Порт."))
