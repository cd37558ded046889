"""Drafts to an extract: trimming, cutting, joining, and pieces that stay exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.formats.assemble import Draft, Run, assemble, inserted, stripped, title_of, verbatim, with_turns
from align.model import BlockKind, Piece
from tests.align.formats.places import assert_exact, assert_sound, kinds, questions, texts


def draft(*texts: str, bold: bool = False, kind: BlockKind = "paragraph") -> Draft:
    return Draft([verbatim(text, 100 * i, bold=bold) for i, text in enumerate(texts)], kind)


def test_drafts_are_parted_by_a_blank_line_that_no_piece_covers() -> None:
    extract = assemble([draft("раз"), draft("два")], format="x")
    assert extract.text == "раз\n\nдва"
    assert [(piece.start, piece.end) for piece in extract.pieces] == [(0, 3), (5, 8)]


def test_drafts_of_white_space_vanish() -> None:
    assert texts(assemble([draft(" \n"), draft(), draft("раз"), draft("\u00a0")], format="x")) == ["раз"]


def test_trimming_moves_the_offset() -> None:
    extract = assemble([Draft([verbatim("  раз ", 10)])], format="x")
    assert extract.pieces == (Piece(0, 3, 12),)


def test_neighbours_in_the_file_become_one_piece() -> None:
    runs = [verbatim("ра", 0), verbatim("з", 2, bold=True), verbatim("два", 4), verbatim("три", 7, node=1)]
    assert [piece.end for piece in assemble([Draft(runs)], format="x").pieces] == [3, 6, 9]


def test_an_inserted_run_has_no_piece() -> None:
    extract = assemble([Draft([verbatim("раз", 0), inserted(" "), verbatim("два", 3)])], format="x")
    assert extract.text == "раз два"
    assert extract.pieces == (Piece(0, 3, 0), Piece(4, 7, 3))


def test_a_blank_line_inside_a_draft_makes_two_blocks_of_it() -> None:
    assert texts(assemble([draft("раз\n \nдва\nтри")], format="x")) == ["раз", "два\nтри"]


def test_soft_hyphens_leave_no_trace() -> None:
    runs = [verbatim("а\u00adб\u00ad", 0), Run("\u00ad", 4, 5, verbatim=False), verbatim("в", 9)]
    extract = assemble([Draft(runs)], format="x")
    assert extract.text == "абв"
    assert [(piece.start, piece.offset) for piece in extract.pieces] == [(0, 0), (1, 2), (2, 9)]


@pytest.mark.parametrize(
    "text", ["Кто вы?", "– Кто вы?", "«Кто вы?»", "Кто вы？", "„Кто вы?“", "Кто (и где?)"]
)
def test_a_bold_paragraph_that_asks_is_a_question(text: str) -> None:
    assert questions(assemble([draft(text, bold=True)], format="x")) == [text]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("О порте", "heading"),
        ("Порт закрыт.", "paragraph"),
        ("– Порт", "paragraph"),
        ("порт " * 40, "paragraph"),
    ],
)
def test_a_bold_paragraph_that_does_not_ask_is_a_heading_if_it_looks_like_one(text: str, kind: str) -> None:
    assert kinds(assemble([draft(text, bold=True)], format="x")) == [kind]


@pytest.mark.parametrize("kind", ["heading", "caption", "item"])
def test_only_paragraphs_are_judged_by_their_boldness(kind: BlockKind) -> None:
    extract = assemble([draft("Кто вы?", bold=True, kind=kind)], format="x")
    assert (kinds(extract), questions(extract)) == ([kind], [])


def test_a_bold_name_that_opens_an_answer_divides_nothing() -> None:
    runs = [verbatim("Пётр Лукин:", 0, bold=True), verbatim(" Я не знаю. А вы?", 11)]
    assert texts(assemble([Draft(runs)], format="x")) == ["Пётр Лукин: Я не знаю. А вы?"]


def test_a_question_inside_a_longer_stretch_of_bold_divides_nothing() -> None:
    runs = [verbatim("Кто? Я", 0, bold=True), verbatim(" и вы.", 6)]
    assert texts(assemble([Draft(runs)], format="x")) == ["Кто? Я и вы."]


def test_lines_in_bold_are_blocks_of_their_own_beside_others() -> None:
    runs = [verbatim("Кто?\nГде?", 0, bold=True), verbatim("\nЯ.\nТут.\n", 9), verbatim("А?", 19, bold=True)]
    extract = assemble([Draft(runs)], format="x")
    assert texts(extract) == ["Кто?\nГде?", "Я.\nТут.", "А?"]


def test_the_cut_runs_through_the_middle_of_a_run() -> None:
    extract = assemble([Draft([verbatim("Кто?", 5, bold=True), verbatim(" – Я. ", 20)])], format="x")
    assert extract.pieces == (Piece(0, 4, 5), Piece(6, 10, 21))


@pytest.mark.parametrize(
    ("items", "turns"),
    [(["А?", "Б."], True), (["А?", "Б?"], False), (["А.", "Б.", "В.", "Г?"], False), ([], False)],
)
def test_dashed_items_are_turns_if_some_ask_and_some_answer(items: list[str], turns: bool) -> None:
    drafts = with_turns([draft(item, kind="item") for item in items], range(len(items)))
    assert {each.kind == "turn" for each in drafts} <= {turns}


def test_the_title_is_the_first_heading() -> None:
    assert title_of([draft("нет"), draft("О", "  порте", kind="heading")]) == "О порте"
    assert title_of([draft("нет")]) == ""


def test_stripped_runs_keep_their_places() -> None:
    runs = stripped([verbatim("  ", 0), verbatim(" раз", 2), Run("\u00a0", 6, 6, verbatim=False)])
    assert runs == [verbatim("раз", 3)]


FILE = st.text(st.sampled_from("аБв? .\n\u00ad\u00a0–"), max_size=60)


@given(FILE, st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans()), max_size=8))
def test_any_cut_of_any_file_is_assembled_exactly(file: str, cuts: list[tuple[int, bool, bool]]) -> None:
    bounds = sorted({0, len(file), *(min(cut, len(file)) for cut, _, _ in cuts)})
    flags = [(bold, ends) for _, bold, ends in cuts] + [(False, True)] * len(bounds)
    drafts, runs = [], []
    for start, end, (bold, ends) in zip(bounds, bounds[1:], flags, strict=False):
        runs.append(verbatim(file[start:end], start, bold=bold))
        if ends:
            drafts.append(Draft(runs))
            runs = []
    extract = assemble([*drafts, Draft(runs)], format="x")
    assert_sound(extract)
    assert_exact(extract, file)
    assert "".join(extract.text.split()) == "".join(file.replace("\u00ad", "").split())
