"""Findings as text: what an editor sees in a terminal and in a pipe."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from align.formats.display import plain
from glossary.formats.findings import Report, terminal
from glossary.formats.findings.wrapped import carets, lines, marked
from glossary.model import Spot
from tests.contracts.writers import TEXTS
from tests.glossary.formats.findings.samples import EN, FA, RU, ZH, findings, in_text, report, spot

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def in_pipe(shown: Report, width: int | None = None) -> list[str]:
    out = io.StringIO()
    terminal.write(shown, out, width=width)
    return out.getvalue().splitlines()


def in_terminal(shown: Report, width: int = 100) -> str:
    out = Terminal()
    terminal.write(shown, out, width=width)
    return out.getvalue()


def underlined(where: Spot) -> list[str]:
    """The words above the carets, line by line, at a width of 30 cells."""
    sentence = marked(where)
    found = []
    for start, end in lines(sentence.text, 30):
        under = carets(sentence, start, end)
        shown, cells = "", 0
        for sign in sentence.text[start:end]:
            if under[cells : cells + 1] == "^":
                shown += sign
            cells += cell_len(sign)
        if under:
            found.append(shown)
    return found


def test_the_spot_is_underlined() -> None:
    assert underlined(spot(EN, "Boatmen’s")) == ["Boatmen’s"]


def test_a_spot_over_a_line_end_is_underlined_on_both_lines() -> None:
    assert underlined(spot(EN, "that the Boatmen’s Union is")) == ["that the", "Boatmen’s Union is"]


def test_wide_characters_count_two_cells() -> None:
    assert underlined(spot(ZH, "渡工联盟")) == ["渡工联盟"]
    assert carets(marked(spot(ZH, "渡工联盟")), 0, 13) == " " * 10 + "^" * 8


def test_right_to_left_text_is_marked_by_brackets() -> None:
    sentence = marked(spot(FA, "۲۱"))
    assert sentence.text == "رود ⟦۲۱⟧ متر بالا آمد."
    assert not sentence.underline


def test_a_whole_sentence_needs_no_mark() -> None:
    assert underlined(spot(RU, "Никто не ушёл.")) == []


def test_a_place_between_two_signs_has_one_caret() -> None:
    gap = spot(EN, "21")
    assert carets(marked(replace(gap, end=gap.start, text="")), 0, 28) == " " * 18 + "^"


def test_a_place_behind_the_last_sign_has_a_caret_too() -> None:
    where = Spot("a", "en", 3, 3, "", 1, 4, "abc", 0)
    assert carets(marked(where), 0, 3) == "   ^"


def test_spaces_that_are_the_spot_are_shown() -> None:
    assert marked(Spot("a", "en", 1, 3, "  ", 1, 2, "a  b", 0)).text == "a␣␣b"


def test_of_a_very_long_sentence_only_the_surroundings_are_shown() -> None:
    text = "word " * 1000 + "here" + " word" * 1000
    shown = marked(Spot("a", "en", 5000, 5004, "here", 1, 5001, text, 0))
    assert len(shown.text) < 600
    assert shown.text[shown.start : shown.end] == "here"


def test_a_spot_outside_its_sentence_is_put_right() -> None:
    assert marked(Spot("a", "en", 90, 95, "x", 1, 1, "short", 0)).text == "short"


@given(TEXTS, st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_wrapped_lines_hold_the_whole_text_and_keep_the_width(text: str, width: int) -> None:
    shown = plain(text)
    cut = list(lines(shown, width))
    assert "".join("".join(shown[a:b] for a, b in cut).split()) == "".join(shown.split())
    assert all(cell_len(shown[a:b].rstrip()) <= max(width, 2) for a, b in cut)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in ESCAPES.sub("", in_terminal(report(), width)).splitlines():
        assert cell_len(line) <= width


def test_without_a_terminal_there_is_no_colour() -> None:
    assert not ESCAPES.search("\n".join(in_pipe(report())))


def test_colours_add_nothing_to_the_words() -> None:
    assert [line.rstrip() for line in ESCAPES.sub("", in_terminal(report())).splitlines()] == in_pipe(
        report()
    )


def test_no_color_leaves_weight_and_takes_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    codes = {
        code for found in re.findall(r"\x1b\[([0-9;]*)m", in_terminal(report())) for code in found.split(";")
    }
    assert codes <= {"0", "1", "2", "4"}
    assert "4" in codes


def test_texts_come_in_order_with_their_counts() -> None:
    shown = in_pipe(report())
    at = [shown.index(name) for name in ("talk.ru.txt", "talk.en.txt", "talk.fa.txt", "talk.zh.txt")]
    assert at == sorted(at)
    assert shown[at[1] + 1] == "English translation, 4 findings in 4 sentences"


def test_the_end_says_what_could_not_be_checked_and_why() -> None:
    shown = in_pipe(report())
    gaps = shown[shown.index("Not checked") + 1 :]
    assert gaps[0] == "  T007  there is no romanisation known for Chinese (talk.zh.txt, talk.fa.txt)"
    assert gaps[1].startswith("  A007  no dated list was given")


def test_the_summary_counts_by_rule() -> None:
    assert "2  T007  inconsistent-spelling: one name spelt in several ways" in in_pipe(report())


def test_the_last_lines_say_what_stays_quiet() -> None:
    words = " ".join(in_pipe(report())[-3:])
    assert "7 findings in 14 sentences of 4 texts: 3 errors, 3 warnings, 1 note" in words
    assert "2 more in the baseline; 1 dismissed" in words


def test_nothing_found_is_said() -> None:
    assert in_pipe(Report())[-1] == "Nothing found"


def test_much_evidence_is_cut_short() -> None:
    one = findings()[0]
    shown = in_pipe(Report((replace(one, evidence=one.evidence * 9),)))
    assert "  and 5 more places" in shown


def test_markup_in_a_text_is_shown_as_it_stands() -> None:
    assert any("[bold]x[/bold]" in line for line in in_pipe(in_text(["[bold]x[/bold]"])))
