"""What every writer of alignments keeps. A test class for a format inherits this and says how to read it back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import OutputError, UsageError
from align.formats.rows import rows
from align.formats.write import write
from align.model import Alignment, Document
from align.multi import versions
from align.text import join_segments
from tests.bitexts import align, alignments, bead, document, small, three_versions

STRANGE = (
    "Ctrl\x00\x07\x08\x0b\x0c\x1b[31m\x7f\x85\x9b.",
    "Tab\there, line\nend, return\rand\r\nboth",
    "Separators\u2028of\u2029lines \x1c\x1d\x1e",
    "Turned \u202eround\u202c and \u2067isolated\u2069",
    "<script>alert('&amp;')</script> ]]> <!-- \"quoted\" -->",
    "[bold]not markup[/bold] [red] \\[x] :smile: $name ${name} {{x}} %s",
    "«Ёлка» № 5 — “кавычки” …",
    "سلام، دنیا! می‌خواهم",
    "漢字かな交じり文。ﾊﾝｶｸ",
    "e\u0301 👩‍👩‍👧 \U0001f1ee\U0001f1f7 \ufeff \u200b \u00a0 \U0010ffff \ufffe \ufdd0",
    "lone \ud800 half \udfff",
    "\\t \\n \\u2028 C:\\new\\table",
    "=1+1",
)
TEXTS = st.one_of(
    st.sampled_from(STRANGE),
    st.text(st.characters(exclude_categories=[]), min_size=1, max_size=8),
).filter(lambda text: text == text.strip() and bool(text.strip(" \t\r\n\f\u2028\u2029")))
Cells = tuple[str, ...]


class WriterContract:
    """Inherit, set ``format``, and say with ``read`` what a reader finds."""

    format: ClassVar[str]
    several: ClassVar[bool] = True  # whether the format takes more than two versions

    def read(self, output: str) -> list[Cells]:
        """The text of every version in every row, as a reader of the format finds it."""
        raise NotImplementedError

    def cell(self, document: Document, side: Sequence[int]) -> str:
        """What ``read`` should find for these segments."""
        return join_segments([document.segment_text(segment) for segment in side], document.lang)

    def expected(self, pairs: Sequence[Alignment]) -> list[Cells]:
        documents = versions(pairs)
        return [
            tuple(self.cell(d, side) for d, side in zip(documents, row.sides, strict=True))
            for row in rows(pairs)
        ]

    def bytes_of(self, pairs: Sequence[Alignment], *, only_doubtful: bool = False) -> bytes:
        out = io.BytesIO()
        write(pairs, self.format, out, only_doubtful=only_doubtful)
        return out.getvalue()

    def assert_complete(self, pairs: Sequence[Alignment]) -> None:
        assert self.read(self.bytes_of(pairs).decode("utf-8")) == self.expected(pairs)

    def test_every_segment_stands_in_one_row_in_order(self) -> None:
        self.assert_complete([small()])

    def test_strange_characters_come_through(self) -> None:
        one, two = document("a.txt", "ru", STRANGE), document("b.txt", "en", STRANGE[::-1])
        self.assert_complete([align(one, two, [bead([i], [i]) for i in range(len(STRANGE))])])

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(alignments(TEXTS, size=5))
    def test_any_pair_is_written_whole(self, pairs: list[Alignment]) -> None:
        self.assert_complete(pairs)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(alignments(TEXTS, versions=4, size=4))
    def test_any_four_versions_are_written_whole(self, pairs: list[Alignment]) -> None:
        if self.several:
            self.assert_complete(pairs)
        else:
            with pytest.raises(UsageError):
                self.bytes_of(pairs)

    @pytest.mark.parametrize("n", [0, 2])
    @pytest.mark.parametrize("m", [0, 2])
    def test_an_empty_side_is_no_trouble(self, n: int, m: int) -> None:
        one, two = document("a", "ru", ["Раз.", "Два."][:n]), document("b", "en", ["One.", "Two."][:m])
        beads = [bead([i], []) for i in range(n)] + [bead([], [i]) for i in range(m)]
        self.assert_complete([align(one, two, beads)])

    def test_long_texts_and_large_beads_are_written_whole(self) -> None:
        self.assert_complete([self.large()])

    def large(self) -> Alignment:
        """A sentence of 120,000 letters, and a bead of 300 segments on either side."""
        one = document("a", "ru", ["слово " * 20_000 + "конец.", *(f"Строка {i}." for i in range(300))])
        two = document("b", "en", [f"Line {i}." for i in range(301)])
        return align(one, two, [bead([0], [0]), bead(range(1, 301), range(1, 301))])

    def test_the_same_alignment_gives_the_same_bytes(self) -> None:
        assert self.bytes_of([small()]) == self.bytes_of([small()])

    def test_output_is_utf_8_without_bom_in_lines_that_end_alike(self) -> None:
        one, two = document("a", "ru", STRANGE), document("b", "en", ["x"])
        output = self.bytes_of([align(one, two, [bead(range(len(STRANGE)), [0])])])
        assert not output.startswith(b"\xef\xbb\xbf")
        assert output.endswith(b"\n")
        assert b"\r" not in output

    def test_a_stream_of_text_gets_what_a_stream_of_bytes_gets(self) -> None:
        out = io.StringIO(newline="")
        write([small()], self.format, out)
        assert out.getvalue().encode("utf-8") == self.bytes_of([small()])

    def test_the_stream_stays_open(self) -> None:
        out = io.BytesIO()
        write([small()], self.format, out)
        write([small()], self.format, out)
        assert out.getvalue() == 2 * self.bytes_of([small()])

    def test_languages_and_names_cannot_break_out(self) -> None:
        one = replace(document('"><b>\n\t\x1b.txt', "ru", ["Раз."]), metadata={"title": "</title>\n<b>"})
        two = document("b\u202e.txt", 'en" onload="x', ["One."])
        self.assert_complete([align(one, two, [bead([0], [0])])])

    @pytest.mark.parametrize("confidence", [float("nan"), float("inf"), -0.1, 1.5])
    def test_a_confidence_that_is_none_is_refused(self, confidence: float) -> None:
        alignment = small()
        wrong = replace(alignment.beads[1], confidence=confidence)
        beads = (alignment.beads[0], wrong, *alignment.beads[2:])
        with pytest.raises(OutputError, match="bead 2"):
            self.bytes_of([replace(alignment, beads=beads)])

    def test_no_alignment_is_refused(self) -> None:
        with pytest.raises(UsageError):
            self.bytes_of([])

    def test_versions_of_different_texts_are_refused(self) -> None:
        if self.several and self.format != "jsonl":
            with pytest.raises(UsageError, match="another text"):
                self.bytes_of([small(), *three_versions()])
