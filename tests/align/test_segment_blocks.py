"""Blocks: turns and who speaks, lists, headings, captions, wrapped lines."""

from __future__ import annotations

import textwrap

import pytest

from align.model import Block
from tests.align.segmentation import described, segment

PROSE = (
    "The ferry was late again, and the women on the pier had long stopped looking at the clock. "
    "Nobody knew who had the key to the waiting room. It was said that the last one to have it had moved "
    "to the city in 1998, and that he had never sent it back. In winter they lit a fire in a barrel."
)


def kinds(text: str, lang: str = "en") -> list[str]:
    return [block.kind for block in segment(text, lang).blocks]


def speakers(text: str, lang: str = "en") -> list[str | None]:
    return [block.speaker for block in segment(text, lang).blocks]


def questions(text: str, lang: str = "en") -> list[bool]:
    return [block.question for block in segment(text, lang).blocks]


class TestTurns:
    @pytest.mark.parametrize("dash", ["–", "—", "―", "‒", "-"])
    def test_every_sort_of_dash_opens_a_turn(self, dash: str) -> None:
        assert kinds(f"{dash} Who is there?\n{dash} A neighbour.") == ["turn", "turn"]

    @pytest.mark.parametrize("dash", ["–", "—", "-"])
    def test_a_dash_without_a_space_opens_one_too(self, dash: str) -> None:
        assert kinds(f"{dash}Who is there?\n{dash}A neighbour.") == ["turn", "turn"]

    @pytest.mark.parametrize("text", ["-5 degrees at noon.", "-o output is the default.", "---", "— — —"])
    def test_not_every_dash_at_the_beginning_is_one(self, text: str) -> None:
        assert kinds(f"It was cold.\n{text}\nIt was dark.")[1] == "paragraph"

    def test_the_dash_stays_in_the_segment(self) -> None:
        assert segment("– Who is there? Speak up!").texts() == ["– Who is there?", "Speak up!"]

    def test_a_dash_amid_a_line_is_no_turn(self) -> None:
        text = "«Мост закрыт», — спросил корр. «НГ» у сторожа. — Да, закрыт."
        assert kinds(text, "ru") == ["paragraph"]

    @pytest.mark.parametrize(
        ("asker", "answerer", "lang"),
        [
            ("Q", "A", "en"),
            ("В", "О", "ru"),
            ("П", "В", "uk"),
            ("Вопрос", "Ответ", "ru"),
            ("Frage", "Antwort", "de"),
            ("F", "A", "de"),
            ("Soru", "Cevap", "tr"),
            ("问", "答", "zh"),
            ("س", "ج", "ar"),
        ],
    )
    def test_marks_of_question_and_answer(self, asker: str, answerer: str, lang: str) -> None:
        text = f"{asker}: Когда? 何時.\n{answerer}: Завтра. 明日."
        assert (speakers(text, lang), questions(text, lang)) == ([asker, answerer], [True, False])

    @pytest.mark.parametrize(
        "name",
        [
            "Иван Петров",
            "ANDREY SERENKO",
            "А. С.",
            "А. С. Климов",
            "Мария фон Берг",
            "Dr. Ortiz",
            "Анна (смеётся)",
        ],
    )
    def test_a_name_and_a_colon_open_a_turn(self, name: str) -> None:
        text = f"{name}: Нам пора идти.\nВера Лин: Ещё рано. Подождём."
        assert speakers(text, "ru") == [name, "Вера Лин"]

    def test_a_name_is_not_cut_off_from_what_it_says(self) -> None:
        text = "А. С.: Пора. Идём.\nВ. П.: Рано."
        assert segment(text, "ru").texts() == ["А. С.: Пора.", "Идём.", "В. П.: Рано."]

    def test_a_first_name_alone_needs_to_return(self) -> None:
        assert kinds("Вера: Пора.\nХолодало.\nВера: Идём.", "ru") == ["turn", "paragraph", "turn"]

    @pytest.mark.parametrize(
        "line",
        [
            "Author: Nina Orlova, columnist.",
            "Note: the bridge is shut.",
            "Фото: архив газеты.",
            "Итог: мост закрыт.",
            "https://example.org is the address.",
            "There was one question: who pays?",
            "Важно: не опаздывать!",
        ],
    )
    def test_a_word_and_a_colon_are_not_always_a_speaker(self, line: str) -> None:
        assert kinds(f"The bridge is shut.\n{line}\nThe ferry runs.")[1] != "turn"

    def test_a_name_on_its_own_line_belongs_to_the_next(self) -> None:
        document = segment("ANNA LESK:\nWe wait.\nPETER GUY:\nFor whom?\nANNA LESK:\nFor you.")
        assert [block.speaker for block in document.blocks] == ["ANNA LESK", "PETER GUY", "ANNA LESK"]

    @pytest.mark.parametrize("end", ["?", "?!", "?»", "?”", "؟", "？", "?)", "?.."])
    def test_a_turn_that_ends_in_a_question_mark_is_a_question(self, end: str) -> None:
        assert questions(f"– Вы знали{end}\n– Знал.", "ru") == [True, False]

    def test_a_greek_question_ends_in_what_looks_like_a_semicolon(self) -> None:
        assert questions("– Ποιος είναι;\n– Ο γείτονας.", "el") == [True, False]

    def test_a_question_of_the_layout_becomes_a_turn(self) -> None:
        text = "Tell us about the school.\n\nIt is old but warm."
        document = segment(text, blocks=(Block(0, 0, 25, question=True), Block(1, 27, 46)))
        assert described(document) == [
            {"kind": "turn", "speaker": "", "question": True},
            {"kind": "paragraph"},
        ]

    def test_turns_behind_line_breaks_in_one_paragraph_are_parted(self) -> None:
        text = "– Who is there?\n– A neighbour.\n– Which one?"
        assert len(segment(text, blocks=(Block(0, 0, len(text)),)).blocks) == 3

    def test_a_line_break_alone_does_not_part_a_paragraph(self) -> None:
        text = "Old walls and\nnew roofs – all the same\n- and no street"
        assert segment(text, blocks=(Block(0, 0, len(text)),)).texts() == [text]

    def test_a_speaker_named_by_the_reader_makes_a_turn(self) -> None:
        text = "Are you coming?"
        document = segment(text, blocks=(Block(0, 0, len(text), "caption", speaker="Anna"),))
        assert described(document) == [{"kind": "turn", "speaker": "Anna", "question": True}]


class TestLists:
    @pytest.mark.parametrize("bullet", ["-", "–", "•", "*", "·"])
    def test_short_lines_behind_bullets_are_items(self, bullet: str) -> None:
        text = f"We need:\n{bullet} water;\n{bullet} tents;\n{bullet} lamps."
        assert kinds(text) == ["paragraph", "item", "item", "item"]

    @pytest.mark.parametrize("form", ["{}.", "{})", "({})"])
    def test_numbers_that_count_are_items(self, form: str) -> None:
        text = "\n".join(f"{form.format(n)} Open tap number {n}." for n in (1, 2, 3))
        assert kinds(text) == ["item", "item", "item"]

    def test_a_number_stays_with_its_item(self) -> None:
        assert segment("1. Open the tap. Wait.\n2. Close it.").texts() == [
            "1. Open the tap.",
            "Wait.",
            "2. Close it.",
        ]

    def test_a_year_at_the_beginning_is_no_item(self) -> None:
        assert kinds("1998. The road was built.\n1999. It was closed.") == ["paragraph", "paragraph"]

    def test_a_dialogue_with_short_answers_is_no_list(self) -> None:
        assert kinds("– Кто там?\n– Я\n– Кто я?\n– Сосед", "ru") == ["turn"] * 4


class TestHeadingsAndCaptions:
    def test_the_first_line_without_a_full_stop_is_the_heading(self) -> None:
        assert kinds(f"The last ferry\n{PROSE}") == ["heading", "paragraph"]

    def test_a_short_line_between_blank_lines_is_a_heading(self) -> None:
        assert kinds(f"{PROSE}\n\nThe second winter\n\n{PROSE}") == ["paragraph", "heading", "paragraph"]

    @pytest.mark.parametrize("line", ["It snowed.", "Who knew?", "and so on and on", "12:30", "We took:"])
    def test_not_every_short_line_is_one(self, line: str) -> None:
        assert kinds(f"{PROSE}\n{line}\n{PROSE}")[1] == "paragraph"

    def test_the_last_line_is_no_heading(self) -> None:
        assert kinds(f"{PROSE}\n\nThe editors")[-1] == "paragraph"

    def test_lines_of_a_poem_are_no_headings(self) -> None:
        assert kinds("White is the road\nWhite is the stone\nNobody comes\nNobody goes") == ["paragraph"] * 4

    @pytest.mark.parametrize(
        "line",
        [
            "Фото: Илья Морозов / «Вестник края»",
            "Полковник у перевала. Фото из личного архива А. Климова",
            "The old pier (photo from the town archive)",
            "The old pier. Photo by the author",
            "Photos courtesy of the museum",
            "Der alte Steg. Foto: Stadtarchiv",
        ],
    )
    def test_a_line_about_a_picture_is_a_caption(self, line: str) -> None:
        assert kinds(f"The last ferry\n{line}\n{PROSE}")[1] == "caption"

    @pytest.mark.parametrize(
        "line", ["Фотографии сгорели вместе с домом.", "The photo of the pier was lost. Nobody cared."]
    )
    def test_a_sentence_about_a_picture_is_none(self, line: str) -> None:
        assert kinds(f"{PROSE}\n{line}\n{PROSE}")[1] == "paragraph"


class TestLines:
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
    def test_lines_without_blank_lines_are_paragraphs(self, newline: str) -> None:
        assert len(segment(newline.join([PROSE, PROSE, PROSE])).blocks) == 3

    @pytest.mark.parametrize("width", [50, 64, 72, 78, 100])
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_wrapped_lines_are_one_paragraph(self, width: int, newline: str) -> None:
        wrapped = newline.join(textwrap.wrap(PROSE, width))
        document = segment(f"{wrapped}{newline}{newline}{wrapped}")
        assert len(document.blocks) == 2
        assert [" ".join(text.split()) for text in document.texts()] == segment(f"{PROSE}\n\n{PROSE}").texts()

    def test_a_dash_amid_a_wrapped_sentence_opens_no_turn(self) -> None:
        text = (
            "In winter the people of the village lit a fire in a barrel and waited\n"
            "– sometimes for a whole day – until the ferry from the other bank was\n"
            "heard behind the fog and somebody went down to the pier to catch the\n"
            "rope."
        )
        assert kinds(text) == ["paragraph"]

    def test_turns_in_wrapped_text_are_parted(self) -> None:
        turns = [f"– {PROSE[:-1]}, was it not?", f"– {PROSE}"]
        text = "\n".join(textwrap.fill(turn, 70) for turn in turns)
        assert questions(text) == [True, False]

    def test_an_address_that_is_longer_than_the_lines_does_not_hide_their_width(self) -> None:
        lines = textwrap.wrap(PROSE, 60)
        lines.insert(3, "https://example.org/" + "a" * 60)
        assert len(segment("\n".join(lines)).blocks) == 1

    def test_given_lines_are_grouped_by_blank_lines_and_turns(self) -> None:
        document = segment("One\nTwo.\n\nThree\n– Who is it?\nFour", segmented=True)
        assert document.texts() == ["One", "Two.", "Three", "– Who is it?", "Four"]
        assert [segment.block for segment in document.segments] == [0, 0, 1, 2, 2]
