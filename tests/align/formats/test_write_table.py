"""The table in the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from rich.cells import cell_len, set_cell_size

from align.formats import table
from align.formats.display import plain
from align.model import Alignment, Document
from align.multi import versions
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import TEXTS, Cells, WriterContract


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(pairs: Sequence[Alignment], *, only_doubtful: bool = False, context: int = 1) -> list[str]:
    out = io.StringIO()
    table.write(pairs, out, only_doubtful=only_doubtful, context=context)
    return out.getvalue().splitlines()


def in_terminal(pairs: Sequence[Alignment], width: int) -> list[str]:
    out = Terminal()
    table.write(pairs, out, width=width)
    return out.getvalue().splitlines()


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


class TestTable(WriterContract):
    """Read by the columns of its header: what stands under one heading is one version.

    Characters without width belong to no column; for them it is enough that the text is there somewhere.
    """

    format = "table"

    def cell(self, document: Document, side: Sequence[int]) -> str:
        texts = [with_width(plain(document.segment_text(segment))) for segment in side] or ["∅"]
        return "\n".join(filter(None, texts))

    def assert_complete(self, pairs: Sequence[Alignment]) -> None:
        super().assert_complete(pairs)
        output = self.bytes_of(pairs).decode()
        assert all(plain(text) in output for version in versions(pairs) for text in version.texts())

    def read(self, output: str) -> list[Cells]:
        *body, _ = output.split("\n")[:-1]
        found: list[list[list[str]]] = []
        if not body:
            return []
        starts = self.starts(body[0])
        for line in body[2:]:
            if line[: body[0].index("kind")].strip():
                found.append([[] for _ in starts])
            ends = [start - 3 for start in starts[1:]] + [cell_len(line)]
            for texts, start, end in zip(found[-1], starts, ends, strict=True):
                if text := with_width(cut(line, start, end)).rstrip(" "):
                    texts.append(text)
        return [tuple("\n".join(texts) for texts in row) for row in found]

    def starts(self, header: str) -> list[int]:
        """The columns in cells where the versions begin: behind "conf" and each gap of three or more spaces."""
        starts: list[int] = []
        position = header.index("conf") + len("conf")
        while True:
            rest = header[position:]
            position += len(rest) - len(rest.lstrip(" "))
            if position >= len(header):
                return starts
            starts.append(cell_len(header[:position]))
            gap = header.find("   ", position)
            position = gap if gap >= 0 else len(header)

    def test_long_texts_and_large_beads_are_written_whole(self) -> None:
        """Past 4000 columns text is folded: only the white space at the folds is another."""
        squeezed = [
            [["".join(cell.split()) for cell in row] for row in found]
            for found in (self.read(self.bytes_of([self.large()]).decode()), self.expected([self.large()]))
        ]
        assert squeezed[0] == squeezed[1]


def with_width(text: str) -> str:
    return "".join(character for character in text if cell_len(character))


def cut(line: str, start: int, end: int) -> str:
    """The part of a line between two columns, counted in cells."""
    head = set_cell_size(line, start) if cell_len(line) > start else line
    return set_cell_size(line[len(head) :], min(end - start, cell_len(line[len(head) :])))


def test_the_header_names_languages_and_files() -> None:
    assert lines([small()])[0].split() == ["#", "kind", "conf", "ru", "разговор.txt", "en", "talk.txt"]


def test_each_segment_has_a_line_outside_a_terminal() -> None:
    body = lines([small()])
    assert body[3].endswith("   – Когда вы вернулись?   – When?")
    assert body[4].strip() == "Did you come back?"


def test_doubtful_moved_and_null_beads_are_marked_without_colour() -> None:
    body = lines([small()])[2:]
    assert "0.31 ?" in body[1]
    assert "0.71 ↷" in body[-2]
    assert "∅" in next(line for line in body if "0-1" in line)


@pytest.mark.parametrize(("state", "mark"), [("confirmed", "✓"), ("edited", "✎"), ("stale", "!")])
def test_what_a_person_touched_is_marked(state: str, mark: str) -> None:
    alignment = small()
    touched = replace(alignment.beads[0], state=state)  # type: ignore[arg-type]
    body = lines([replace(alignment, beads=(touched, *alignment.beads[1:]))])
    assert f"0.99 {mark}" in body[2]


def test_the_last_line_counts_and_explains() -> None:
    assert lines([small()])[-1] == "6 beads · ? 2 doubtful · ↷ 1 moved · ∅ 2 no counterpart"


def test_without_doubtful_beads_the_last_line_says_so() -> None:
    alignment = replace(small(), doubtful_below=0.0)
    assert lines([alignment])[-1].startswith("6 beads · none doubtful")


def test_only_doubtful_beads_stand_with_their_neighbours() -> None:
    numbers = [line.split()[0] for line in lines([small()], only_doubtful=True) if line[:1].isdigit()]
    assert numbers == ["1", "2", "3", "4", "5", "6"]


def test_a_gap_stands_where_beads_are_left_out() -> None:
    body = lines([small()], only_doubtful=True, context=0)[2:-1]
    assert [line.split()[0] for line in body if line[0] != " "] == ["2", "⋮", "4"]


def test_with_nothing_doubtful_only_the_counts_are_printed() -> None:
    assert len(lines([replace(small(), doubtful_below=0.0)], only_doubtful=True)) == 1


def test_a_pipe_gets_no_escape_codes() -> None:
    assert not any("\x1b" in line for line in lines([small()]))


def test_a_terminal_gets_colour() -> None:
    assert any("\x1b[1;33m" in line for line in in_terminal([small()], 80))


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not any("33m" in line for line in in_terminal([small()], 80))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_terminals_width_is_kept(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert max(cell_len(line) for line in in_terminal([small()], width)[:-1]) <= width


@settings(max_examples=50, deadline=None)
@given(alignments(TEXTS, versions=3, size=4))
def test_a_pipe_gets_what_a_terminal_without_styles_shows(pairs: list[Alignment]) -> None:
    """The two are drawn in different ways."""
    width = max(cell_len(line) for line in lines(pairs)) + 1
    shown = [line.rstrip(" ") for line in in_terminal(pairs, width)]
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip(" ") for line in shown] == lines(pairs)


def test_columns_is_respected_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(cell_len(line) for line in lines([small()])[:-1]) <= 50


def test_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    one = document("a", "ru", ["[bold]x[/bold] [/] :smile: [link=http://x]y"])
    two = document("[red]b", "en", ["x"])
    body = lines([align(one, two, [bead([0], [0])])])
    assert "[bold]x[/bold] [/] :smile: [link=http://x]y" in body[2]
    assert "[red]b" in body[0]


def test_a_texts_own_escape_codes_do_not_reach_the_terminal() -> None:
    one, two = document("a\x1b[2J", "ru", ["\x1b[31mred\x07"]), document("b", "en", ["x"])
    body = lines([align(one, two, [bead([0], [0])])])
    assert "␛[31mred␇" in body[2]
    assert not any("\x1b" in line for line in body)


def test_several_versions_have_a_column_each() -> None:
    assert lines(three_versions())[0].split() == [
        *["#", "kind", "conf", "ru", "a.ru.txt", "en", "a.en.txt", "fa", "a.fa.txt"]
    ]
