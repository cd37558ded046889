"""Ladders, InterText, JSON and Moses: alignments whose files belong together, from disk and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import ConcordError, FormatError, InputError, UsageError
from align.formats.bitext import convert as conversion
from align.formats.bitext import ladders
from align.formats.bitext.carry import Losses
from align.formats.bitext.collect import Bitext, parse_signature
from align.formats.bitext.files import opened, read_bitext
from align.formats.several import parts, write_parts
from align.formats.write import write_file
from align.model import Alignment, Document
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import TEXTS

SIMPLE = st.sampled_from(["Да.", "Нет, не так.", "Yes & <no>.", "a\u2028b", "=1", "«Ёлка»"])
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(pairs: list[Alignment], format: str, path: Path) -> tuple[str, ...]:
    return write_parts(parts(pairs, format, str(path)))


def text_of(found: Document, path: Path) -> str:
    path.write_text("".join(f"{text}\n" for text in found.texts()), "utf-8")
    return str(path)


def shape(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(found.source, found.target) for found in alignment.beads]


@pytest.mark.parametrize("format", ["beads", "vecalign"])
def test_lines_of_ids_come_back_with_the_texts_beside_them(format: str, tmp_path: Path) -> None:
    alignment = small()
    put([alignment], format, tmp_path / f"x.{format}")
    texts = [text_of(alignment.source, tmp_path / "a.txt"), text_of(alignment.target, tmp_path / "b.txt")]
    (found,) = read_bitext([str(tmp_path / f"x.{format}"), *texts], langs=["ru", "en"]).alignments
    assert shape(found) == shape(alignment)
    assert [b.score for b in found.beads] == [b.score for b in alignment.beads]
    assert [b.moved for b in found.beads] == [b.moved for b in alignment.beads]
    assert found.source.texts() == alignment.source.texts()
    assert "model:import@" in str(found.signature)


def test_vecalign_has_a_cost_where_concord_has_a_score(tmp_path: Path) -> None:
    put([small()], "vecalign", tmp_path / "x.vecalign")
    assert (tmp_path / "x.vecalign").read_text().splitlines()[1] == "[1]:[2, 3]:-0.620000"


def test_a_rung_of_hunalign_is_where_a_bead_begins(tmp_path: Path) -> None:
    alignment = small()
    straight = replace(alignment, beads=(*alignment.beads[:5], bead([5], []), bead([], [1])))
    warnings = put([straight], "hunalign", tmp_path / "x.ladder")
    assert warnings == ()
    rungs = [line.split("\t")[:2] for line in (tmp_path / "x.ladder").read_text().splitlines()]
    assert rungs[0] == ["0", "0"]
    assert rungs[-1] == ["6", "6"]


def test_what_changed_its_place_is_reported_by_hunaligns_ladder(tmp_path: Path) -> None:
    (warning,) = put([small()], "hunalign", tmp_path / "x.ladder")
    assert warning == "hunalign: beads that changed their place stand as segments without a counterpart: 1"


@QUICK
@given(pairs=alignments(st.sampled_from(["Да.", "Нет."]), size=6))
def test_a_ladder_of_hunalign_comes_back_with_all_beads_in_order(
    pairs: list[Alignment], tmp_path: Path
) -> None:
    (alignment,) = pairs
    wanted = [(b.source, b.target) for b in ladders.in_order(alignment, Losses(""))]
    put(pairs, "hunalign", tmp_path / "x.ladder")
    if wanted:
        text = (tmp_path / "x.ladder").read_text()
        documents = (alignment.source, alignment.target)
        found = ladders.read(text, name="x.ladder", format="hunalign", documents=documents)
        assert shape(found) == wanted
        ids = [i for b in found.beads for i in b.source]
        assert ids == list(range(len(alignment.source.segments)))


def test_hunaligns_output_with_texts_needs_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "x.ladder"
    path.write_text("Раз.\tOne. ~~~ Uno.\t0.5\n\tExtra.\t-0.3\n", "utf-8")
    (found,) = read_bitext([str(path)], langs=["ru", "en"]).alignments
    assert shape(found) == [((0,), (0, 1)), ((), (2,))]
    assert [b.score for b in found.beads] == [0.5, -0.3]


def test_a_ladder_without_its_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.vecalign").write_text("[0]:[0]:0.1\n")
    with pytest.raises(UsageError, match="holds no text"):
        read_bitext([str(tmp_path / "x.vecalign")])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.ladder", "0\t0\t0.1\nx\n", "line 2: this is no rung"),
        ("x.ladder", "3\t0\t0.1\n2\t0\t0\n", "line 2: it goes back"),
        ("x.ladder", "0\t0\t0.1\n9\t2\t0\n", "segment 8, and a.txt has 2"),
        ("x.vecalign", "[0]:[0]\n[1]:[7]\n", "segment 7, and b.txt has 2"),
        ("x.vecalign", "[0]:[0]\nhello\n", "line 2"),
        ("x.ladder", "\n", "no rungs"),
    ],
)
def test_a_broken_ladder_says_where(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    texts = []
    for side in ("a.txt", "b.txt"):
        (tmp_path / side).write_text("One.\nTwo.\n")
        texts.append(str(tmp_path / side))
    with pytest.raises(ConcordError, match=message):
        read_bitext([str(tmp_path / name), *texts], langs=["en", "en"])


# InterText


@QUICK
@given(pairs=alignments(SIMPLE, size=5))
def test_what_intertext_is_given_comes_back(pairs: list[Alignment], tmp_path: Path) -> None:
    (alignment,) = pairs
    if not alignment.source.segments or not alignment.target.segments:
        return
    put(pairs, "intertext", tmp_path / "talk.intertext")
    (found,) = read_bitext([str(tmp_path / "talk.ru.en.xml")]).alignments
    assert shape(found) == shape(alignment)
    assert found.source.texts() == alignment.source.texts()
    assert found.target.texts() == alignment.target.texts()
    assert (found.source.lang, found.target.lang) == ("ru", "en")
    decided = [b.state in ("confirmed", "edited") for b in alignment.beads]
    assert [b.state == "confirmed" for b in found.beads] == decided


def test_the_three_files_of_intertext_are_named_by_their_languages(tmp_path: Path) -> None:
    put([small()], "intertext", tmp_path / "talk.intertext")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["talk.en.xml", "talk.ru.en.xml", "talk.ru.xml"]
    links = (tmp_path / "talk.ru.en.xml").read_text("utf-8")
    assert '<linkGrp toDoc="talk.en.xml" fromDoc="talk.ru.xml">' in links
    assert "<link type='2-1' xtargets='3:1 4:1;2:1' status='auto'/>" in links


def links(tmp_path: Path, inside: str, group: str = 'toDoc="b.xml" fromDoc="a.xml"') -> str:
    for name in ("a.xml", "b.xml"):
        sentences = "".join(f'<s id="s{n}">Text {n}.</s>' for n in (1, 2))
        (tmp_path / name).write_text(f"<text><body><p>{sentences}</p></body></text>")
    (tmp_path / "links.xml").write_text(f"<linkGrp {group}>\n{inside}</linkGrp>")
    return str(tmp_path / "links.xml")


def test_sentences_without_a_link_stand_alone(tmp_path: Path) -> None:
    path = links(tmp_path, '<link xtargets="s2;s1" status="man"/>')
    (found,) = read_bitext([path], langs=["en", "de"]).alignments
    assert shape(found) == [((0,), (1,)), ((1,), ()), ((), (0,))]
    assert found.beads[0].state == "confirmed"


@pytest.mark.parametrize(
    ("inside", "group", "message"),
    [
        ('<link xtargets="s9;s1"/>', 'toDoc="b.xml" fromDoc="a.xml"', "no sentence “s9” in b.xml"),
        ('<link xtargets="s1;s1"/><link xtargets="s2;s1"/>', 'toDoc="b.xml" fromDoc="a.xml"', "link 2"),
        ("", 'toDoc="b.xml"', "does not name its documents"),
        ("", 'toDoc="b.xml" fromDoc="missing.xml"', "no such file"),
        ("<link>", 'toDoc="b.xml" fromDoc="a.xml"', "line 2, column"),
    ],
)
def test_broken_links_say_where(inside: str, group: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConcordError, match=message):
        read_bitext([links(tmp_path, inside, group)])


def test_links_do_not_lead_out_of_their_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.xml").write_text('<text><s id="s1">Secret.</s></text>')
    path = links(inner, "", 'toDoc="b.xml" fromDoc="../secret.xml"')
    with pytest.raises(InputError, match="no such file"):
        read_bitext([path])


# JSON


@QUICK
@given(pairs=alignments(TEXTS, size=5))
def test_the_json_object_comes_back_whole(pairs: list[Alignment], tmp_path: Path) -> None:
    (alignment,) = pairs
    if not alignment.beads:
        return
    path = tmp_path / "x.json"
    put(pairs, "json", path)
    (found,) = read_bitext([str(path)]).alignments
    assert shape(found) == shape(alignment)
    assert found.source.texts() == alignment.source.texts()
    assert [b.state for b in found.beads] == [b.state for b in alignment.beads]
    assert [b.moved for b in found.beads] == [b.moved for b in alignment.beads]
    assert found.signature == alignment.signature
    assert found.source.name == alignment.source.name


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_several_versions_come_back_around_their_original(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{format}"
    pairs = three_versions()
    put(pairs, format, path)
    found = read_bitext([str(path)]).alignments
    assert [shape(one) for one in found] == [shape(one) for one in pairs]
    assert [d.lang for d in Bitext(found).documents] == ["ru", "en", "fa"]


# Moses


def test_moses_files_are_named_by_their_languages_and_read_by_the_same_name(tmp_path: Path) -> None:
    put([small()], "moses", tmp_path / "corpus.moses")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.en", "corpus.ru"]
    pair = [str(tmp_path / "corpus.ru"), str(tmp_path / "corpus.en")]
    by_name = read_bitext([str(tmp_path / "corpus.moses")], langs=["ru", "en"])
    assert read_bitext(pair).alignments[0].source.texts() == by_name.alignments[0].source.texts()


def test_a_file_of_moses_never_takes_the_place_of_an_input(tmp_path: Path) -> None:
    (tmp_path / "corpus.ru").write_text("Раз.\n")
    with pytest.raises(UsageError, match="overwritten"):
        write_parts(
            parts([small()], "moses", str(tmp_path / "corpus.moses")), kept=[str(tmp_path / "corpus.ru")]
        )
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.ru"]


def test_all_files_are_there_or_none(tmp_path: Path) -> None:
    (tmp_path / "corpus.en").mkdir()
    with pytest.raises(ConcordError):
        put([small()], "moses", tmp_path / "corpus.moses")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.en"]


# Conversions and signatures


@pytest.mark.parametrize("format", ["tmx", "xliff", "po", "xlsx", "parquet", "json"])
def test_a_conversion_there_and_back_loses_nothing_but_what_it_reports(format: str, tmp_path: Path) -> None:
    straight = small()
    straight = replace(straight, beads=tuple(b for b in straight.beads if b.source and b.target))
    first, second = tmp_path / "a.jsonl", tmp_path / f"b.{format}"
    write_file(first, lambda stream: _write(straight, stream))
    reports = []
    for source, read_as, target, write_as in (
        (first, "jsonl", second, format),
        (second, format, tmp_path / "c.jsonl", "jsonl"),
    ):
        with opened([str(source)], langs=["ru", "en"]) as (found, _):
            reports.append(conversion.convert(found, read_as, write_as, str(target), str(source)))
    before = [
        line.split('"source_text"')[1].split('"source_spans"')[0] for line in first.read_text().splitlines()
    ]
    after_lines = (tmp_path / "c.jsonl").read_text().splitlines()
    after = [line.split('"source_text"')[1].split('"source_spans"')[0] for line in after_lines]
    if reports[0].counts["joined"]:
        assert len(after) == len(before)
    else:
        assert after == before


def _write(alignment: Alignment, stream: object) -> None:
    from align.formats.write import write

    write([alignment], "jsonl", stream)  # type: ignore[arg-type]


def test_a_conversion_that_could_say_nothing_writes_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"source": "Раз.", "target": ""}\n')
    with (
        opened([str(tmp_path / "a.jsonl")]) as (found, _),
        pytest.raises(ConcordError, match="nothing to write"),
    ):
        conversion.convert(found, "jsonl", "tmx", str(tmp_path / "b.tmx"), "a.jsonl")
    assert not (tmp_path / "b.tmx").exists()


def test_a_signature_is_read_back_from_its_text() -> None:
    signature = small().signature
    assert parse_signature(str(signature)) == signature
    assert parse_signature("OmegaT 6") is None


def test_nobody_guesses_what_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_text("a\tb\n")
    with pytest.raises(UsageError, match="--from"):
        read_bitext([str(tmp_path / "x.dat")])
    assert read_bitext([str(tmp_path / "x.dat")], format="tsv").alignments[0].source.texts() == ["a"]


def test_broken_json_says_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"beads": [\n{]}')
    with pytest.raises(FormatError, match="line 2, column 2"):
        read_bitext([str(tmp_path / "x.json")])


def test_documents_of_two_texts_in_one_language_have_two_names(tmp_path: Path) -> None:
    one, two = document("first.txt", "en", ["One."]), document("second.txt", "en", ["1."])
    put([align(one, two, [bead([0], [0])])], "tmx", tmp_path / "x.tmx")
    names = [d.name for d in read_bitext([str(tmp_path / "x.tmx")]).documents]
    assert names == ["first.txt", "second.txt"]
