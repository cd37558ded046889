"""What every glossary format keeps. A test class for a format inherits this and names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import ConcordError, OutputError, UsageError
from glossary.formats.carry import How, Made, Quote
from glossary.formats.losses import KINDS, Report, differences
from glossary.formats.registry import FORMATS, Format, export
from glossary.formats.toml import shared
from glossary.model import Comment, Concept, Entry, Link, Term
from glossary.review.layers import ACCEPTED
from glossary.review.valid import fold
from tests.glossary.entries_strategies import entries

QUICK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)
PAIR = How(source="en", target="ru")
STRANGE = (
    "=1+1", "#tag", "+7", "-x", "a|b", "a/b", "a;b,c", 'say "so"', "'", "<b>&amp;</b>", "]]>", "\\t",
    "\u200fאב\u200e",
    "\u202eabc\u202c", "e\u0301", "🇮🇷👩‍👩‍👧", "\ufeffx", "x\u00a0y", "漢字", "می\u200cخواهم", "_x000D_", "10",
    "1.5", "TRUE", "2024-01-02", "\ufffex\uffff", "\U0010ffff", "nan", "msgid", "{}", "[x](y)", "%s",
)  # fmt: skip
MILL = Entry(
    Concept(
        "k3f9a2xq",
        "place",
        (
            Term("mill", "en", status="preferred", lemma="mill", variants={"mills": 3}),
            Term("мельница", "ru", status="preferred", note="with a wheel"),
            Term("завод", "ru", status="forbidden"),
            Term("ветряк", "ru", status="deprecated", note="old"),
            Term("крупорушка", "ru", status="superseded"),
            Term("жернова", "ru", status="admitted", scope="client=Acme"),
            Term("moulin", "fr", status="preferred", case="as written"),
        ),
        "approved",
        definition="Where grain becomes flour.",
        note="Of wood.",
        links=(Link("narrower", "m4f9a2xq", proposed=False),),
    ),
    keys=("en:place:mill",),
    comments=(Comment("Ada", "2024-05-06T07:08:09.123Z", "ask the desk"),),
    decided=True,
)
NAME = Entry(
    Concept("n4f9a2xq", "other", (Term("Konkord", "en", status="preferred", translate=False),), "approved"),
    decided=True,
)
ANCHOR = Entry(
    Concept(
        "p4f9a2xq",
        "other",
        (
            Term("anchor of the test", "en", status="preferred"),
            Term("якорь проверки", "ru", status="preferred"),
        ),
        "approved",
    ),
    decided=True,
)


def apart(found: Sequence[Entry]) -> list[Entry]:
    """The entries without terms that an earlier one has, so that files without ids can tell them apart."""
    seen: set[str] = set()
    result = []
    for entry in found:
        terms = tuple(t for t in entry.concept.terms if fold(t.text) not in seen)
        seen |= {fold(t.text) for t in terms}
        if terms:
            result.append(replace(entry, concept=replace(entry.concept, terms=terms)))
    return result


def glossaries(size: int = 4) -> st.SearchStrategy[list[Entry]]:
    """A few entries in English, Russian and Persian, with any statuses and texts."""

    def in_languages(entry: Entry) -> Entry:
        terms = [replace(t, lang=("en", "ru", "ru", "fa")[n % 4]) for n, t in enumerate(entry.concept.terms)]
        folded: dict[tuple[str, str, str], Term] = {}
        for term in terms:
            folded.setdefault((term.lang, fold(term.text), term.scope), term)
        return shared(replace(entry, concept=replace(entry.concept, terms=tuple(folded.values()))))

    found = st.lists(entries().map(in_languages), min_size=1, max_size=size, unique_by=lambda e: e.concept.id)
    return found.map(apart).filter(bool)


def strange() -> list[Entry]:
    """Texts that formats have trouble with, each as a term, a note and a definition."""
    found = []
    for n, text in enumerate(STRANGE):
        terms = (
            Term(f"source {n} {text}", "en", status="preferred"),
            Term(text, "en", status="admitted"),
            Term(f"цель {text}", "ru", status="preferred", note=f"{text}\n\t{text}"),
        )
        concept = Concept(f"x{n:07}", "other", terms, "approved", definition=f" {text} \n", note=text)
        found.append(Entry(concept, decided=True))
    return found


class GlossaryFormatContract:
    """Inherit and set ``name``. ``binary``: the file is no text; ``whole``: it is one of Concord's own."""

    name: ClassVar[str]
    file: ClassVar[str] = "terms.txt"
    binary: ClassVar[bool] = False
    broken: ClassVar[Sequence[tuple[bytes, str]]] = ()

    @property
    def format(self) -> Format:
        return FORMATS[self.name]

    @property
    def how(self) -> How:
        return replace(PAIR, tabs=self.file.endswith((".tsv", ".txt")))

    def written(self, found: Sequence[Entry], how: How | None = None) -> tuple[bytes, Report]:
        report = Report(self.name)
        return b"".join(export(found, self.format, how or self.how, report)), report

    def carried(self, found: Sequence[Entry]) -> list[Entry]:
        return [back for entry in found for back in self.format.carry(entry, self.how)]

    def read(self, data: bytes) -> list[Entry]:
        return list(self.format.read(data, name=self.file, how=self.how).entries)

    def assert_round_trip(self, found: Sequence[Entry]) -> None:
        wanted = self.carried(found)
        if not wanted and self.format.has is not None:
            with pytest.raises(OutputError):
                self.written(found)
            return
        data, report = self.written(found)
        assert set(report.losses) <= set(self.format.cannot)
        if self.format.reader and wanted:
            assert sorted(self.read(data), key=_id) == sorted(wanted, key=_id)

    @QUICK
    @given(glossaries())
    def test_what_is_read_back_is_what_was_written_less_what_the_report_names(
        self, found: list[Entry]
    ) -> None:
        self.assert_round_trip(found)

    def test_a_concept_without_a_source_term_is_lost_for_that_reason_alone(self) -> None:
        whole = Concept("x0000001", "other", (Term("source", "en", status="preferred"),), "approved")
        for status in (None, "preferred"):
            half = Concept("x0000002", "other", (Term("цель", "ru", status=status),), "approved")
            self.assert_round_trip([Entry(whole, decided=True), Entry(half, decided=True)])

    def test_strange_texts_come_back_or_are_reported(self) -> None:
        self.assert_round_trip(strange())

    @pytest.mark.parametrize("entry", strange(), ids=lambda entry: entry.concept.definition.strip())
    def test_a_strange_text_at_the_beginning_of_the_file_comes_back(self, entry: Entry) -> None:
        term = replace(entry.concept.terms[1], status="preferred")
        self.assert_round_trip(
            [replace(entry, concept=replace(entry.concept, terms=(term, entry.concept.terms[2])))]
        )

    @QUICK
    @given(glossaries())
    def test_a_term_that_people_decided_against_never_comes_back_accepted(self, found: list[Entry]) -> None:
        if not self.format.reader:
            return
        data, _ = self.written([*found, ANCHOR])
        back = {
            (t.lang, t.text) for e in self.read(data) for t in e.concept.terms
            if t.status in (*ACCEPTED, None) and e.concept.state != "rejected"
        }  # fmt: skip
        terms = [t for e in found for t in e.concept.terms]
        good = {(t.lang, t.text) for t in terms if t.status in (*ACCEPTED, None)}
        bad = {(t.lang, t.text) for t in terms if t.status not in (*ACCEPTED, None)}
        assert not back & (bad - good)

    def test_a_refused_target_stands_nowhere_in_the_file_unless_the_format_can_refuse(self) -> None:
        refuses = self.name in ("po", "tbx", "weblate-tbx", "utx", "markdown") or self.format.has is None
        if not self.binary and not refuses:
            text = self.written([MILL])[0].decode("utf-8")
            assert "завод" not in text
            assert "ветряк" not in text
            assert "крупорушка" not in text
        assert self.read_statuses("завод") <= {"forbidden", "deprecated"}

    def read_statuses(self, text: str) -> set[str | None]:
        if not self.format.reader:
            return set()
        back = self.read(self.written([MILL])[0])
        return {t.status for e in back for t in e.concept.terms if t.text == text}

    @QUICK
    @given(glossaries(2))
    def test_the_report_names_every_difference_and_nothing_else(self, found: list[Entry]) -> None:
        report = Report(self.name)
        for entry in found:
            back = self.format.carry(entry, self.how)
            report.add(entry, back, self.format.has, self.how)
            kinds = set(differences(entry, back, self.format.has, self.how))
            assert bool(kinds) == (back != (shared(entry),))
        assert all(loss.count > 0 for loss in report.losses.values())
        assert len(report.lines()) == len(report.losses)

    def test_every_kind_of_loss_is_declared_and_explained(self) -> None:
        assert set(self.format.cannot) <= set(KINDS)

    def test_evidence_and_dates_are_written_or_reported(self) -> None:
        how = replace(
            self.how,
            evidence=lambda _: [Quote("a b.txt", "3", "en", "The mill\uffff stood.")],
            attested={MILL.concept.id},
            made={MILL.concept.id: Made("2024-05-06T07:08:09Z", "Ada", "2024-06-07T17:08:09Z", "Бо\ufffe")},
        )
        data, report = self.written([MILL], how)
        room = self.format.has
        if room is not None:
            assert ("evidence" in report.losses) == (not room.evidence)
            assert ("dates" in report.losses) == (not room.dates)
        if self.format.reader:
            assert self.read(data)

    def test_the_same_glossary_is_the_same_file(self) -> None:
        assert self.written([MILL, NAME])[0] == self.written([MILL, NAME])[0]

    def test_what_is_written_is_utf_8(self) -> None:
        if not self.binary:
            assert self.written([MILL])[0].decode("utf-8")

    def test_huge_values_come_back_or_are_reported(self) -> None:
        concept = MILL.concept
        terms = (
            replace(concept.terms[0], text="m" * 1000, note="n" * 20_000),
            replace(concept.terms[1], text="щ" * 1000, note="ж\n" * 9_000 + "ж", variants={"щ" * 900: 3}),
            *(Term(f"мельница {n}", "ru", status="admitted", note="й" * 2_000) for n in range(300)),
        )
        comments = tuple(Comment("Ada", "2024-05-06T07:08:09.123Z", "к" * 19_000) for _ in range(30))
        whole = replace(concept, terms=terms, definition="д" * 20_000, links=())
        self.assert_round_trip([replace(MILL, concept=whole, comments=comments)])

    def test_empty_and_blank_texts_come_back_or_are_reported(self) -> None:
        concept = replace(MILL.concept, definition="\n", note=" ", links=())
        terms = tuple(replace(t, note="\t\n ") for t in concept.terms)
        self.assert_round_trip([replace(MILL, concept=replace(concept, terms=terms))])

    def test_a_merged_concept_and_a_rejected_one_never_stand_as_approved(self) -> None:
        merged = replace(MILL, merged_into=NAME.concept.id, keys=())
        rejected = replace(MILL, concept=replace(MILL.concept, id="r4f9a2xq", state="rejected", links=()))
        other = replace(
            NAME,
            concept=replace(
                NAME.concept, terms=(replace(ANCHOR.concept.terms[0], text="x"), ANCHOR.concept.terms[1])
            ),
        )
        data, _ = self.written([merged, rejected, other])
        if self.format.reader:
            back = [e for e in self.read(data) if not e.merged_into and e.concept.state == "approved"]
            assert [e.concept.terms[0].text for e in back] == ["x"]

    def test_a_file_that_holds_nothing_is_an_error(self) -> None:
        if self.format.reader and self.name != "jsonl":
            for data in (b"", b"\n \n", b"," if self.file.endswith(".csv") else b"\n"):
                with pytest.raises(ConcordError, match=self.file.replace(".", r"\.")):
                    self.read(data)

    def test_broken_input_is_an_error_that_says_where(self) -> None:
        for data, word in self.broken:
            with pytest.raises(ConcordError) as caught:
                self.read(data)
            assert word in str(caught.value)
            assert self.file in str(caught.value)
            assert not isinstance(caught.value, UsageError)

    @QUICK
    @given(st.binary(max_size=60) | st.text(max_size=60).map(lambda s: s.encode("utf-8", "replace")))
    def test_whatever_the_file_holds_the_answer_is_entries_or_an_error_that_names_it(
        self, data: bytes
    ) -> None:
        self.assert_safe(data)

    @QUICK
    @given(st.data())
    def test_a_file_that_was_damaged_is_read_or_refused(self, drawn: st.DataObject) -> None:
        if not self.format.reader:
            return
        whole = self.written([MILL, NAME])[0]
        at = drawn.draw(st.integers(0, len(whole) - 1))
        piece = drawn.draw(st.binary(max_size=3) | st.sampled_from([b'"', b"<", b"\t", b"\n", b"&x;"]))
        self.assert_safe(whole[:at] + piece + whole[at + drawn.draw(st.integers(0, 5)) :])

    def assert_safe(self, data: bytes) -> None:
        error = None
        try:
            self.read(data)
        except ConcordError as caught:
            error = caught
        assert error is None or self.file in str(error)
        assert not isinstance(error, UsageError) or not self.format.reader


def _id(entry: Entry) -> str:
    return entry.concept.id
