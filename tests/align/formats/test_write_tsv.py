"""Tab-separated values."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from align.formats import tsv
from tests.bitexts import align, bead, document, small, three_versions
from tests.contracts.writers import Cells, WriterContract


class TestTsv(WriterContract):
    format = "tsv"

    def read(self, output: str) -> list[Cells]:
        _, *lines = output.splitlines()
        return [tuple(tsv.unescape(cell) for cell in line.split("\t")[2:]) for line in lines]


def written() -> list[str]:
    out = io.StringIO()
    tsv.write([small()], out)
    return out.getvalue().splitlines()


def test_the_first_line_names_the_columns() -> None:
    assert written()[0] == "kind\tconfidence\tsource\ttarget"


def test_a_line_has_kind_confidence_and_the_joined_texts() -> None:
    assert written()[2] == "1-2\t0.3100\t– Когда вы вернулись?\t– When? Did you come back?"


def test_several_versions_have_a_column_for_each_language() -> None:
    out = io.StringIO()
    tsv.write(three_versions(), out)
    header, first, *_ = out.getvalue().splitlines()
    assert header == "kind\tconfidence\tru\ten\tfa"
    assert first == "3-2-2\t0.2000\tРаз. Два. Три.\tOne and two. Three.\tیک. دو و سه."


def test_two_editions_in_one_language_have_columns_of_their_own() -> None:
    pivot, other = document("a", "ru", ["Раз."]), document("b", "en", ["One."])
    out = io.StringIO()
    tsv.write([align(pivot, other, [bead([0], [0])])] * 2, out)
    assert out.getvalue().splitlines()[0] == "kind\tconfidence\tru\ten\ten.2"


def test_only_the_doubtful_lines_can_be_had() -> None:
    out = io.StringIO()
    tsv.write([small()], out, only_doubtful=True)
    assert [line.split("\t")[0] for line in out.getvalue().splitlines()] == ["kind", "1-2", "0-1"]


def test_tabs_line_ends_and_backslashes_are_escaped() -> None:
    assert tsv.escape("a\tb\nc\rd\\n\u2028") == "a\\tb\\nc\\rd\\\\n\\u2028"


@given(st.text(st.characters(exclude_categories=[])))
def test_an_escaped_cell_is_one_line_without_tabs_and_comes_back(text: str) -> None:
    cell = tsv.escape(text)
    assert "\t" not in cell
    assert len((cell + ".").splitlines()) == 1
    assert tsv.unescape(cell) == text
