"""PO both ways: what Concord writes it reads back whole, what others write comes out as it went in."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import ConcordError, EncodingError, FormatError, InputError
from glossary.formats.po import read, write
from glossary.formats.toml import shared
from glossary.model import Concept, Entry, Term
from tests.glossary.entries_strategies import blocks, entries, lines

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Language: en\\n"\n"X-Source-Language: ru\\n"\n\n'
)
MILL = Entry(
    Concept(
        "mill",
        "place",
        (
            Term("мельница", "ru", status="preferred"),
            Term("mill", "en", status="preferred", note="not a factory"),
            Term("windmill", "en", status="forbidden"),
            Term("Konkord", "en", translate=False),
        ),
        "approved",
        definition="Where grain becomes flour.",
    ),
    keys=("ru/place/мельница",),
    decided=True,
)


def bilingual(entry: Entry) -> Entry:
    """The entry with its terms turned into ru and en, source first, at least one of ru."""
    terms = [replace(t, lang="ru" if n % 2 == 0 else "en") for n, t in enumerate(entry.concept.terms)]
    terms.sort(key=lambda t: t.lang != "ru")
    return shared(replace(entry, concept=replace(entry.concept, terms=tuple(terms))))


def parsed(text: str, folder: Path) -> polib.POFile:
    """What polib itself reads."""
    path = folder / "x.po"
    path.write_text(text, "utf-8")
    return polib.pofile(str(path), wrapwidth=0)


def read_text(text: str) -> tuple[Entry, ...]:
    """The entries of a PO text."""
    return read(text.encode("utf-8", "surrogatepass"), name="x.po").entries


@given(st.lists(entries().map(bilingual), max_size=3, unique_by=lambda e: e.concept.id))
def test_what_is_written_is_read_back(found: list[Entry]) -> None:
    text, warnings = write(found, "ru", "en")
    assert warnings == ()
    assert sorted(read_text(text), key=lambda e: e.concept.id) == sorted(found, key=lambda e: e.concept.id)


@st.composite
def foreign_files(draw: st.DrawFn) -> polib.POFile:
    """A glossary as another program might write it."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": "en",
        "X-Source-Language": "ru",
        "X-Generator": "another program",
    }
    plain = lines.filter(lambda s: s.isprintable() and s == s.strip())
    words = st.from_regex(r"[a-z./_]{1,8}", fullmatch=True)
    comments = st.lists(plain, max_size=2).map("\n".join)
    for msgid in draw(st.lists(lines, max_size=3, unique_by=str.casefold)):
        translations = draw(st.lists(lines, max_size=2, unique_by=str.casefold))
        for n, msgstr in enumerate(translations or [""]):
            po.append(
                polib.POEntry(
                    msgid=msgid,
                    msgstr=msgstr,
                    msgctxt=f"c{n}" if n else draw(st.none() | plain.filter(lambda s: "/" not in s)),
                    flags=draw(
                        st.lists(
                            st.sampled_from(
                                ("terminology", "forbidden", "read-only", "c-format", "max-length:20")
                            ),
                            max_size=3,
                            unique=True,
                        )
                    ),
                    comment=draw(comments),
                    tcomment=draw(comments),
                    occurrences=draw(
                        st.lists(st.tuples(words, st.integers(1, 99).map(str) | st.just("")), max_size=2)
                    ),
                    previous_msgid=draw(st.none() | lines),
                )
            )
    return po


def content(po: polib.POFile) -> list[tuple[object, ...]]:
    """All that a PO file says, in no order of entries and flags."""
    names = ("msgctxt", "msgid", "msgstr", "comment", "tcomment", "occurrences", "previous_msgid", "obsolete")
    return sorted(
        ((*(getattr(e, n) for n in names), sorted(e.flags), e.msgid_plural, e.msgstr_plural) for e in po),
        key=repr,
    )


@given(foreign_files())
def test_another_programs_file_comes_out_as_it_went_in(po: polib.POFile) -> None:
    found = read(f"{po}\n".encode(), name="x.po")
    text, _ = write(found.entries, "ru", "en", header=found.header)
    with tempfile.TemporaryDirectory() as folder:
        again = parsed(text, Path(folder))
    assert content(again) == content(po)
    assert again.metadata["X-Generator"] == "another program"


def test_a_plural_an_obsolete_entry_and_a_fuzzy_one_come_out_as_they_went_in(tmp_path: Path) -> None:
    text = HEADER + (
        '#, fuzzy\nmsgid "цех"\nmsgstr "workshop"\n\n'
        'msgid "мельница"\nmsgid_plural "мельницы"\nmsgstr[0] "mill"\nmsgstr[1] "mills"\n\n'
        '# old\n#~ msgid "брод"\n#~ msgstr "ford"\n'
    )
    again, _ = write(read_text(text), "ru", "en")
    assert content(parsed(again, tmp_path)) == content(parsed(text, tmp_path))
    assert [e.concept.state for e in read_text(text)] == ["candidate", "approved", "rejected"]


def test_decided_terms_stand_where_other_programs_look_for_them(tmp_path: Path) -> None:
    po = parsed(write([MILL], "ru", "en", places={"mill": [("a b.ru.txt", "3")]})[0], tmp_path)
    found = {e.msgstr: e for e in po}
    assert [e.msgid for e in po] == ["мельница"] * 3
    assert found["mill"].tcomment == "not a factory"
    assert found["mill"].occurrences == [("a%20b.ru.txt", "3")]
    assert found["windmill"].flags == ["terminology", "forbidden"]
    assert found["Konkord"].flags == ["terminology", "read-only", "fuzzy"]


def test_references_that_concord_wrote_are_evidence_and_not_kept() -> None:
    text, _ = write([MILL], "ru", "en", places={"mill": [("a.ru.txt", "3")]})
    assert read_text(text) == (MILL,)


def test_several_targets_of_one_source_are_terms_of_one_concept() -> None:
    text = HEADER + 'msgid "цех"\nmsgstr "guild"\n\nmsgctxt "2"\nmsgid "цех"\nmsgstr "shop"\n'
    (entry,) = read_text(text)
    assert [(t.text, t.status) for t in entry.concept.terms] == [
        ("цех", "preferred"),
        ("guild", "preferred"),
        ("shop", "admitted"),
    ]


def test_what_somebody_changed_in_the_file_holds() -> None:
    text, _ = write([MILL], "ru", "en")
    changed = text.replace('msgstr "mill"', 'msgstr "watermill"').replace("# not a factory", "# with a wheel")
    changed = changed.replace("#, terminology, forbidden", "#, terminology")
    (entry,) = read_text(changed)
    terms = {t.text: t for t in entry.concept.terms}
    assert terms["watermill"].note == "with a wheel"
    assert terms["windmill"].status == "admitted"
    assert entry.concept.definition == MILL.concept.definition


def test_a_translation_that_was_emptied_is_a_term_that_was_dropped() -> None:
    text = write([MILL], "ru", "en")[0].replace('msgstr "windmill"', 'msgstr ""')
    (entry,) = read_text(text)
    assert "windmill" not in {t.text for t in entry.concept.terms}


def test_a_concept_without_a_source_term_is_left_out_and_reported() -> None:
    _, (warning,) = write([MILL], "de", "en")
    assert "mill" in warning


def test_the_languages_can_be_given_where_the_header_lacks_them() -> None:
    text = 'msgid "цех"\nmsgstr "guild"\n'.encode()
    with pytest.raises(FormatError, match="--source-lang"):
        read(text, name="x.po")
    (entry,) = read(text, name="x.po", source_lang="ru", target_lang="en").entries
    assert [t.lang for t in entry.concept.terms] == ["ru", "en"]


def test_a_file_in_the_encoding_that_its_header_names_is_read() -> None:
    text = HEADER.replace("UTF-8", "windows-1251") + 'msgid "цех"\nmsgstr "guild"\n'
    (entry,) = read(text.encode("cp1251"), name="x.po").entries
    assert entry.concept.terms[0].text == "цех"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no PO file"),
        ("hello", "no PO file"),
        (HEADER + 'msgid "a\nmsgstr "b"\n', "broken PO"),
        (HEADER + 'msgid "a"b"\nmsgstr "b"\n', "line 7"),
        (HEADER + 'msgid "a"\nmsgstr "b"\nrubbish\n', "line 9"),
        (HEADER + '#. concord {"id": 1}\nmsgid "a"\nmsgstr "b"\n', "concord"),
        (HEADER + '#. concord {broken\nmsgid "a"\nmsgstr "b"\n', "concord"),
        (HEADER + '#. concord {"id":"x","n":0,"concept":{"kind":"elf"}}\nmsgid "a"\nmsgstr "b"\n', "elf"),
        (HEADER + f'msgid "a"\nmsgstr "{"x" * 10_000}"\n', "10,000"),
        (HEADER + '#, forbidden\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "2"\nmsgid "a"\nmsgstr "B"\n', "both"),
        (HEADER + 'msgid " "\nmsgstr "b"\n', "empty msgid"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, word: str) -> None:
    with pytest.raises(ConcordError, match=word) as caught:
        read_text(text)
    assert "x.po" in str(caught.value)


def test_bytes_that_are_not_in_the_encoding_are_refused() -> None:
    with pytest.raises(EncodingError, match=r"UTF-8\."):
        read(b'msgid "\xff"\nmsgstr ""\n', name="x.po")


@given(st.binary(max_size=80) | blocks.map(lambda s: (HEADER + s).encode()))
def test_whatever_the_file_holds_the_answer_is_an_error_that_names_it(data: bytes) -> None:
    error = None
    try:
        read(data, name="x.po")
    except InputError as caught:
        error = caught
    assert error is None or "x.po" in str(error)
