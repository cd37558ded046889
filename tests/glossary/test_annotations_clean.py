"""A clean text is the text without its marks, and every character of it knows where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.annotations import rows
from glossary.annotations import LANGUAGES, clean_text, find_annotations

GOLD = Path(__file__).resolve().parents[1] / "data" / "annotations"
ROWS = [(lang, str(row["text"])) for lang in LANGUAGES for row in rows(GOLD / f"{lang}.jsonl")]


def cleaned(text: str, lang: str) -> str:
    return clean_text(text, find_annotations(text, lang)).text


@pytest.mark.parametrize(
    ("lang", "text", "clean"),
    [
        ("ru", "«Рассвет» (запрещён в РФ) ушёл.", "«Рассвет» ушёл."),
        ("ru", "Вожди «Рассвета», запрещённого в РФ, боятся.", "Вожди «Рассвета» боятся."),
        ("ru", "Он знал «Рассвет», запрещённый в РФ, но ушёл.", "Он знал «Рассвет», но ушёл."),
        ("ru", "«Рассвет» — организация, запрещённая в РФ — ушёл.", "«Рассвет» ушёл."),
        ("ru", "«Фронт рассвета» (ФР, запрещён в РФ) ушёл.", "«Фронт рассвета» (ФР) ушёл."),
        (
            "ru",
            "«Рассвет» (запрещён в РФ; основан в 1990 году) ушёл.",
            "«Рассвет» (основан в 1990 году) ушёл.",
        ),
        ("ru", "«Рассвет» (запрещён в РФ. — Прим. ред.) ушёл.", "«Рассвет» ушёл."),
        ("ru", "Запрещённая в РФ группа «Рассвет» ушла.", "Группа «Рассвет» ушла."),
        ("ru", "Лидер запрещённой в РФ группы «Рассвет» ушёл.", "Лидер группы «Рассвет» ушёл."),
        ("ru", "«Рассвет»* ушёл.\n\n* Запрещён в РФ.", "«Рассвет» ушёл."),
        ("ru", "Материал создан иностранным агентом «Рассвет». 18+\n\nУтро.", "Утро."),
        ("en", "The Heron, an organization banned in Russia, flew.", "The Heron flew."),
        ("en", "The Heron (banned in Russia) and the Wren flew.", "The Heron and the Wren flew."),
        ("en", "The Russian-banned Heron group flew.", "The Heron group flew."),
        ("de", "Die in Russland verbotene Gruppe „Reiher“ flog.", "Die Gruppe „Reiher“ flog."),
    ],
)
def test_marks_go_and_the_sentence_stays_whole(lang: str, text: str, clean: str) -> None:
    assert cleaned(text, lang) == clean


@pytest.mark.parametrize(("lang", "text"), ROWS)
def test_a_clean_text_has_no_marks_left(lang: str, text: str) -> None:
    assert find_annotations(cleaned(text, lang), lang) == []


@given(st.lists(st.sampled_from(ROWS), min_size=1, max_size=4), st.sampled_from(["\n", " ", "\n\n"]))
def test_every_clean_character_is_that_of_its_place(chosen: list[tuple[str, str]], gap: str) -> None:
    text, lang = gap.join(row for _, row in chosen), chosen[0][0]
    clean = clean_text(text, find_annotations(text, lang))
    places = [clean.original(i) for i in range(len(clean.text))]
    assert places == sorted(set(places))
    assert all(text[at] == c or text[at].upper() == c for at, c in zip(places, clean.text, strict=True))


@given(st.lists(st.sampled_from(ROWS), min_size=1, max_size=4))
def test_what_is_gone_and_what_is_left_make_the_text(chosen: list[tuple[str, str]]) -> None:
    text, lang = "\n".join(row for _, row in chosen), chosen[0][0]
    found = find_annotations(text, lang)
    clean = clean_text(text, found)
    kept = {clean.original(i) for i in range(len(clean.text))}
    gone = {at for a in found for start, end in a.removal for at in range(start, end)}
    assert kept | gone == set(range(len(text)))
    assert not kept & gone


@given(st.text())
def test_a_text_without_marks_is_left_alone(text: str) -> None:
    assert clean_text(text, []).text == text


def test_a_clean_span_maps_to_the_original_with_the_marks_inside_it() -> None:
    text = "«Рассвет» (запрещён в РФ) ушёл."
    clean = clean_text(text, find_annotations(text, "ru"))
    assert clean.original_span(0, len(clean.text)) == (0, len(text))
    assert clean.original_span(0, 9) == (0, 9)


def test_an_offset_outside_the_clean_text_is_refused() -> None:
    with pytest.raises(IndexError):
        clean_text("abc", []).original(4)
