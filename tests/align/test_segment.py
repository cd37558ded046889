"""Sentences: the hand-made list of hard cases, the samples, and offsets that are exact on any text."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import segment as segmentation
from align.model import Block, Extract
from align.segment import build_document
from tests.align.segmentation import (
    LANGUAGES,
    TEXTS,
    Case,
    cases,
    described,
    given_blocks,
    problems,
    segment,
)

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted([*ROOT.glob("seeds/*.segments.txt"), *ROOT.glob("tests/data/pairs/*.segments.txt")])
SEED = ROOT.parent / "shared" / "seed" / "interview.en.txt"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_hard_case_is_cut_as_a_person_cut_it(case: Case) -> None:
    assert segment(case.text, case.lang).texts() == case.segments


@pytest.mark.parametrize("case", [case for case in cases() if case.blocks], ids=lambda case: case.name)
def test_the_blocks_of_a_hard_case_are_what_a_person_called_them(case: Case) -> None:
    assert described(segment(case.text, case.lang)) == case.blocks


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_cut_as_by_hand(path: Path) -> None:
    text = path.with_name(path.name.replace(".segments", "")).read_text(encoding="utf-8")
    by_hand = path.read_text(encoding="utf-8").splitlines()
    assert segment(text, path.name.split(".")[1]).texts() == by_hand


@pytest.mark.skipif(not SEED.exists(), reason="the text that started the project is not here")
def test_in_the_first_interview_questions_and_answers_take_turns() -> None:
    document = segment(SEED.read_text(encoding="utf-8"), "en")
    kinds = [block.kind for block in document.blocks]
    assert kinds[:4] == ["heading", "paragraph", "caption", "paragraph"]
    assert (kinds.count("turn"), sum(block.question for block in document.blocks)) == (26, 13)


class TestOffsets:
    @settings(max_examples=1500)
    @given(TEXTS, LANGUAGES, st.data())
    def test_segments_and_blocks_cover_any_text_exactly(
        self, text: str, lang: str, data: st.DataObject
    ) -> None:
        document = segment(text, lang, data.draw(given_blocks(text)))
        assert list(problems(document)) == []

    @settings(max_examples=500)
    @given(TEXTS, LANGUAGES, st.data())
    def test_so_do_given_lines(self, text: str, lang: str, data: st.DataObject) -> None:
        document = segment(text, lang, data.draw(given_blocks(text)), segmented=True)
        assert list(problems(document)) == []

    @given(TEXTS, LANGUAGES)
    def test_the_same_text_is_cut_the_same_way(self, text: str, lang: str) -> None:
        assert segment(text, lang) == segment(text, lang)

    @given(TEXTS)
    def test_given_lines_are_the_lines_of_the_file(self, text: str) -> None:
        lines = [line.strip() for line in re.split(r"[\r\n]", text)]
        assert segment(text, "ru", segmented=True).texts() == [line for line in lines if line]

    @given(TEXTS, LANGUAGES)
    def test_spaces_around_a_text_move_its_segments_and_nothing_else(self, text: str, lang: str) -> None:
        plain, moved = segment(text, lang), segment(f"\n \t{text}\n", lang)
        assert moved.texts() == plain.texts()

    @pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u2028\x85"])
    def test_white_space_has_no_segments(self, text: str) -> None:
        assert segment(text).segments == ()

    @pytest.mark.parametrize("text", ["\u200b", "\n\u200b\n", "*", "—", "...", "?!", "№", "😀"])
    def test_a_text_without_letters_is_one_segment(self, text: str) -> None:
        assert segment(text).texts() == [text.strip()]

    def test_a_mark_that_is_not_seen_is_no_paragraph(self) -> None:
        assert segment("One.\n\n\u200b\n\nTwo.").texts() == ["One.\n\n\u200b", "Two."]


class TestSentences:
    @pytest.mark.parametrize(
        ("lang", "first", "second"),
        [
            ("ru", "Роман «Кто виноват?» Герцена снова издали.", "Тираж мал."),
            (
                "ru",
                "Он служил в 12-м полку им. А. В. Суворова и в 3-м полку им. П. С. Нахимова.",
                "Потом уехал.",
            ),
            ("ru", "Лодка прошла 40 км. за день и встала.", "Ночь была тихой."),
            ("ru", "Вода поднялась на 3 м.", "Дорогу залило."),
            ("ru", "Он сказал: «Иду…» и остался.", "Никто не удивился."),
            ("ru", "Это [так в рукописи. — Ред.] не описка.", "Автор знал, что пишет."),
            ("ru", "По словам г-на Лунина, мост стоит.", "Г-жа Варга не согласна."),
            ("en", "“Really?” Captain Moss asked.", "Nobody answered."),
            ("en", "The U.S. and the U.K. agreed.", "The rest followed."),
            ("en", "We meet Mr. and Mrs. Hale at 6 p.m. Tuesday.", "Bring a lamp."),
            ("en", "She reads Vol. 3, pp. 4–9, i.e. the end.", "It is short."),
            ("en", "Sales rose [1. 5 times] last year.", "Costs did not."),
            ("de", "Er kam am 3. August, d. h. zu spät.", "Sie war fort."),
            ("en", "At 5 a.m. Captain Moss left the pier.", "Nobody saw him."),
            ("en", "At 5 p.m.", "They were back."),
            ("en", "Point (a) is settled.", "(b) is not."),
            ("en", "“Is it far?” Mr. Pell asked.", "It was."),
            ("de", "Sie wohnt in der Hafenstr. 5 beim Steg.", "Er nicht."),
            ("de", "Das Boot lag an Steg 14.", "Niemand bewachte es."),
            ("fr", "« Vraiment ? » demanda M. Roux.", "« Oui. »"),
            ("es", "¿Vienes o no?", "¡Ya voy!"),
            ("el", "Πού ήσουν;", "Κανείς δεν απάντησε."),
            ("hi", "हम नदी पर पहुँचे।", "नाव वहाँ नहीं थी।"),
            ("he", "הגענו לנהר.", "הסירה לא הייתה שם."),
            ("hy", "Մենք հասանք գետին։", "Նավակը այնտեղ չէր։"),
            ("am", "ወደ ወንዙ ደረስን።", "ጀልባው አልነበረም።"),
        ],
    )
    def test_two_sentences(self, lang: str, first: str, second: str) -> None:
        assert segment(f"{first} {second}", lang).texts() == [first, second]

    @pytest.mark.parametrize("gap", [" ", "  ", "\u00a0", "\u202f", "\u3000", "\t", " \u200b"])
    def test_any_white_space_parts_sentences(self, gap: str) -> None:
        assert len(segment(f"One is here.{gap}Two is there.").segments) == 2

    def test_a_language_without_rules_of_its_own_is_cut_by_the_general_ones(self) -> None:
        assert segment("Een dag. Twee dagen. Drie dagen.", "nl").texts() == [
            "Een dag.",
            "Twee dagen.",
            "Drie dagen.",
        ]

    def test_a_region_behind_the_language_changes_nothing(self) -> None:
        assert len(segment("Пошли в 1934 г. Через год вернулись.", "ru-RU").segments) == 2

    @pytest.mark.parametrize("gap", [1, 3, 100])
    def test_a_full_stop_far_behind_its_word_ends_the_sentence(self, gap: int) -> None:
        assert len(segment(f"One is here{' ' * gap}. Two is there.").segments) == 2

    def test_decomposed_letters_do_not_hide_an_abbreviation(self) -> None:
        assert len(segment("Приехал Андреи\u0306 А. Климов. Все рады.", "ru").segments) == 2

    def test_a_bracket_that_never_closes_holds_nothing_together(self) -> None:
        assert len(segment("One ( is here. Two is there. Three too.").segments) == 3

    def test_a_smiling_face_belongs_to_the_sentence_before_it(self) -> None:
        assert segment("We did it! :) Go home.").texts() == ["We did it! :)", "Go home."]

    def test_a_smiling_face_is_no_bracket(self) -> None:
        assert len(segment("Good :( One more. And another :) There.").segments) == 2

    @pytest.mark.parametrize(
        "unit", ["А. ", "(a. ", "a. b ", "«! ", "т. е. ", "1. ", ". ", "слово.", "中。", ") "]
    )
    def test_a_long_line_of_anything_is_cut_and_covered(self, unit: str) -> None:
        document = segment(unit * (300_000 // len(unit)), "ru")
        assert list(problems(document)) == []


class TestDocument:
    def test_what_the_reader_found_is_handed_on(self) -> None:
        extract = Extract("One.", "md", metadata={"title": "T"}, warnings=("w",))
        document = build_document(extract, name="a.md", lang="en", sha256="f" * 64)
        assert (document.name, document.format, document.sha256) == ("a.md", "md", "f" * 64)
        assert (document.metadata, document.warnings) == ({"title": "T"}, ("w",))

    def test_text_between_the_blocks_of_a_reader_is_not_lost(self) -> None:
        text = "One.\n\nTwo.\n\nThree."
        document = segment(text, blocks=(Block(0, 6, 10, "heading"),))
        assert [block.kind for block in document.blocks] == ["paragraph", "heading", "paragraph"]

    def test_blocks_of_a_reader_keep_their_kind(self) -> None:
        text = "A title\n\nSome text here\n\nA caption"
        blocks = (Block(0, 0, 7, "heading"), Block(1, 9, 23), Block(2, 25, 34, "caption"))
        assert [block.kind for block in segment(text, blocks=blocks).blocks] == [
            "heading",
            "paragraph",
            "caption",
        ]

    def test_the_segmenter_is_named_with_the_versions_of_its_libraries(self) -> None:
        expected = rf"concord-\d+\+razdel-{version('razdel')}\+sentencex-{version('sentencex')}"
        assert re.fullmatch(expected, segmentation.SEGMENTER)

    def test_an_interview_is_cut_without_loading_anything_heavy(self) -> None:
        code = (
            "import sys; from pathlib import Path; from align.model import Extract\n"
            "from align.segment import SEGMENTER, build_document\n"
            "text = Path('seeds/interview.ru.txt').read_text('utf-8')\n"
            "assert len(build_document(Extract(text, 'txt'), name='x', lang='ru').segments) == 107\n"
            "heavy = {'numpy', 'py3langid', 'charset_normalizer', 'importlib.metadata', 'pysbd'} & set(sys.modules)\n"
            "assert not heavy, heavy\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
