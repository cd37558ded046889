"""What every format of alignments keeps. A test class for a format inherits this and names it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.edit import misplaced
from align.errors import ConcordError, UsageError
from align.formats.bitext.carry import KINDS, Losses, carried, carry_head
from align.formats.bitext.collect import Bitext, collect
from align.formats.bitext.registry import FORMATS, Format
from align.formats.bitext.units import Head, Source, Unit, head_of, units_of
from align.formats.write import as_text
from align.model import Alignment
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import STRANGE, TEXTS

QUICK = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FETCHING = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def bare(unit: Unit) -> Unit:
    """A unit without what counts its place."""
    return replace(unit, number=0, ids=())


class AlignmentFormatContract:
    """Inherit and set ``name``.

    ``langs`` are what reading has to be told; ``broken`` are files with what the error has to say; ``xml`` is how a
    file begins up to where a document type may stand, and what follows, with ``{}`` where a text stands.
    """

    name: ClassVar[str]
    file: ClassVar[str] = ""
    langs: ClassVar[Sequence[str] | None] = None
    broken: ClassVar[Sequence[tuple[bytes, str]]] = ()
    xml: ClassVar[tuple[str, str] | None] = None

    @property
    def format(self) -> Format:
        return FORMATS[self.name]

    @property
    def where(self) -> str:
        return self.file or f"x{self.format.endings[0]}"

    def put(self, head: Head, units: Sequence[Unit]) -> bytes:
        out = io.BytesIO()
        self.format.write(head, units, out if self.format.binary else as_text(out)[0])
        return out.getvalue()

    def written(self, pairs: Sequence[Alignment]) -> tuple[bytes, Head, list[Unit], Losses]:
        """The file, and what should be read back."""
        room, losses = self.format.has, Losses(self.name)
        assert room is not None
        head = head_of(pairs)
        units = list(carried(head, units_of(pairs), room, losses))
        head = carry_head(head, room, losses)
        return self.put(head, units), head, units, losses

    def open(self, data: bytes, langs: Sequence[str] | None = None) -> Source:
        stream = io.BytesIO(data)
        found = self.format.read(stream, name=self.where, langs=langs or self.langs, encoding="utf-8")
        assert isinstance(found, Source)
        return found

    def assert_round_trip(self, pairs: Sequence[Alignment]) -> None:
        data, head, units, _ = self.written(pairs)
        if not units:
            return  # what is said of a file without units differs; an error is tested below
        found = self.open(data)
        assert [bare(unit) for unit in found.units] == [bare(unit) for unit in units]
        told = replace(head, tool="")
        if self.langs is not None:
            told = replace(told, langs=tuple(self.langs))
        assert replace(found.head, tool="") == told

    def test_a_pair_comes_back(self) -> None:
        self.assert_round_trip([small()])

    def test_three_versions_come_back(self) -> None:
        if self.format.has is not None and self.format.has.several and self.langs is None:
            self.assert_round_trip(three_versions())

    def test_strange_texts_come_back_or_are_reported(self) -> None:
        one, two = document("a.txt", "ru", STRANGE), document("b.txt", "en", STRANGE[::-1])
        self.assert_round_trip([align(one, two, [bead([i], [i]) for i in range(len(STRANGE))])])

    @pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
    def test_a_strange_text_alone_comes_back(self, text: str) -> None:
        one, two = document("a.txt", "ru", [text, "Два."]), document("b.txt", "en", ["One.", text])
        self.assert_round_trip([align(one, two, [bead([0], [0]), bead([1], [1])])])

    @QUICK
    @given(alignments(TEXTS, size=5))
    def test_what_is_read_back_is_what_was_written_less_what_the_report_names(
        self, pairs: list[Alignment]
    ) -> None:
        self.assert_round_trip(pairs)

    @QUICK
    @given(alignments(TEXTS, versions=4, size=4))
    def test_any_four_versions_come_back(self, pairs: list[Alignment]) -> None:
        if self.format.has is not None and self.format.has.several and self.langs is None:
            self.assert_round_trip(pairs)

    @QUICK
    @given(alignments(TEXTS, size=4))
    def test_the_report_names_every_difference_and_nothing_else(self, pairs: list[Alignment]) -> None:
        _, _, units, losses = self.written(pairs)
        whole = [replace(u, confidences=tuple(_four(c) for c in u.confidences)) for u in units_of(pairs)]
        back = [replace(u, confidences=tuple(_four(c) for c in u.confidences)) for u in units]
        of_head = {"languages", "names", "signature", "versions"}
        changed = any(count for kind, count in losses.counts.items() if kind not in of_head)
        assert changed == ([bare(u) for u in back] != [bare(u) for u in whole])
        assert set(losses.counts) <= set(KINDS)
        assert len(losses.lines()) == sum(1 for count in losses.counts.values() if count)

    def test_long_texts_and_large_beads_come_back_or_are_reported(self) -> None:
        one = document("a", "ru", ["слово " * 20_000 + "конец.", *(f"Строка {i}." for i in range(300))])
        two = document("b", "en", [f"Line {i}." for i in range(301)])
        beads = [bead([0], [0]), bead(range(1, 301), range(1, 301))]
        self.assert_round_trip([align(one, two, beads)])

    def test_what_is_read_makes_an_alignment_that_the_project_takes(self) -> None:
        found = self.collected(self.written([small()])[0])
        (alignment,) = found.alignments
        sizes = len(alignment.source.segments), len(alignment.target.segments)
        assert not misplaced(alignment.beads, *sizes)
        assert all(0 <= b.confidence <= 1 for b in alignment.beads)
        assert alignment.source.name != alignment.target.name

    def collected(self, data: bytes) -> Bitext:
        return collect(self.open(data), name=self.where, format=self.name)

    @QUICK
    @given(alignments(TEXTS, size=5))
    def test_documents_that_are_read_hold_every_text_that_was_written(self, pairs: list[Alignment]) -> None:
        data, _, units, _ = self.written(pairs)
        if units:
            (alignment,) = self.collected(data).alignments
            for document_, k in ((alignment.source, 0), (alignment.target, 1)):
                assert sorted(document_.texts()) == sorted(t.strip() for u in units for t in u.sides[k])

    def test_a_signature_says_who_made_it(self) -> None:
        signature = str(self.collected(self.written([small()])[0]).alignments[0].signature)
        kept = self.format.has is not None and self.format.has.signature
        assert signature == str(small().signature) if kept else "model:import@" in signature

    def test_decisions_of_people_are_kept_where_the_format_has_a_place(self) -> None:
        whole = small()
        beads = (replace(whole.beads[0], state="confirmed"), replace(whole.beads[1], state="edited"))
        states = [u.state for u in self.open(self.written([replace(whole, beads=beads)])[0]).units]
        kept = self.format.has is not None and self.format.has.state
        assert states == (["confirmed", "edited"] if kept else ["proposed"] * 2)

    def test_the_same_alignment_is_the_same_file(self) -> None:
        assert self.written([small()])[0] == self.written([small()])[0]

    def test_a_language_that_is_not_there_is_an_error(self) -> None:
        data = self.written([small()])[0]
        if self.langs is None:
            with pytest.raises(UsageError, match="xx"):
                self.open(data, ["ru", "xx"])

    def test_the_languages_come_in_the_order_asked_for(self) -> None:
        data = self.written([small()])[0]
        if self.langs is None:
            found = self.open(data, ["en", "ru"])
            assert found.head.langs == ("en", "ru")
            assert next(found.units).sides[0] == ("An evening by the river",)

    def test_a_file_that_holds_nothing_is_an_error(self) -> None:
        for data in (b"", b"\n \n"):
            with pytest.raises(ConcordError, match=self.where.replace(".", r"\.")):
                self.collected(data)

    def test_broken_input_is_an_error_that_says_where(self) -> None:
        for data, words in self.broken:
            with pytest.raises(ConcordError) as caught:
                list(self.open(data).units)
            assert words in str(caught.value)
            assert self.where in str(caught.value)

    @QUICK
    @given(st.binary(max_size=60) | st.text(max_size=60).map(lambda s: s.encode("utf-8", "replace")))
    def test_whatever_the_file_holds_the_answer_is_units_or_an_error_that_names_it(self, data: bytes) -> None:
        self.assert_safe(data)

    @QUICK
    @given(st.data())
    def test_a_file_that_was_damaged_is_read_or_refused(self, drawn: st.DataObject) -> None:
        whole = self.written([small()])[0]
        at = drawn.draw(st.integers(0, len(whole) - 1))
        piece = drawn.draw(st.binary(max_size=3) | st.sampled_from([b'"', b"<", b"\t", b"\n", b"&x;", b"\0"]))
        self.assert_safe(whole[:at] + piece + whole[at + drawn.draw(st.integers(0, 5)) :])

    def assert_safe(self, data: bytes) -> None:
        error = None
        try:
            self.collected(data)
        except ConcordError as caught:
            error = caught
        assert error is None or self.where in str(error)

    @pytest.mark.parametrize("doctype", [LAUGHS, FETCHING])
    def test_xml_with_entities_is_refused(self, doctype: str) -> None:
        if self.xml is not None:
            before, after = self.xml
            for text in ("&a;", "plain"):
                with pytest.raises(ConcordError, match="entities"):
                    list(self.open((before + doctype + after.format(text)).encode()).units)

    def test_a_document_type_without_entities_is_not_fetched(self) -> None:
        if self.xml is not None:
            before, after = self.xml
            data = before + '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + after.format("plain")
            (unit,) = self.open(data.encode()).units
            assert unit.sides[0] == ("plain",)


def _four(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 4)
