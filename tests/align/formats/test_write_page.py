"""The standalone page, read as the HTML that it is. What a browser makes of it: tests/browser/test_page.py."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from lxml import html

from align.formats import page
from align.formats.display import pieces
from align.model import Alignment, Bead, Document
from tests.bitexts import align, bead, document, small, three_versions
from tests.contracts.writers import STRANGE, Cells, WriterContract


def source_of(pairs: Sequence[Alignment], *, only_doubtful: bool = False) -> str:
    out = io.StringIO()
    page.write(pairs, out, only_doubtful=only_doubtful)
    return out.getvalue()


def parsed(pairs: Sequence[Alignment]) -> html.HtmlElement:
    return html.document_fromstring(source_of(pairs), parser=html.HTMLParser(huge_tree=True))


def texts(element: html.HtmlElement, path: str) -> list[str]:
    return [found.text_content() for found in element.cssselect(path)]


def shown(text: str) -> str:
    return "".join(part + name for part, name in pieces(text))


class TestPage(WriterContract):
    format = "html"

    def cell(self, document: Document, side: Sequence[int]) -> str:
        return "\n".join(shown(document.segment_text(segment)) for segment in side) or "∅ nothing here"

    def read(self, output: str) -> list[Cells]:
        tree = html.document_fromstring(output, parser=html.HTMLParser(huge_tree=True))
        return [
            tuple("\n".join(texts(cell, "p")) for cell in row.cssselect("td.text"))
            for row in tree.cssselect("tbody tr")
        ]


def test_a_page_asks_for_nothing_from_outside() -> None:
    source = source_of([small()])
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#|data:,)", source)
    assert not re.search(r"url\(|@import|<script|<iframe|<object|https?:", source)


def test_its_own_policy_forbids_scripts_and_requests() -> None:
    (policy,) = parsed([small()]).cssselect("meta[http-equiv=Content-Security-Policy]")
    assert "default-src 'none'" in policy.get("content")


def test_text_cannot_become_markup() -> None:
    one = document("<img src=x>", "ru-<img>", ["<script>alert(1)</script>", '"><b onclick="x">'])
    two = document("b", "<img onclick='x'>", ["&lt;i&gt;", "$rows $title"])
    one = replace(one, metadata={"title": "<img>"}, warnings=("<img>",), sha256="<img>")
    tree = parsed([align(one, two, [bead([0], [0], 0.1), bead([1], [1], 0.1)])])
    assert not tree.cssselect("script, img, [onclick]")
    assert texts(tree, "td.text p") == [
        "<script>alert(1)</script>",
        "&lt;i&gt;",
        '"><b onclick="x">',
        "$rows $title",
    ]


def test_what_cannot_be_seen_is_named() -> None:
    one, two = document("a", "en", [STRANGE[3]]), document("b", "en", ["a\x1b[31m\x00"])
    tree = parsed([align(one, two, [bead([0], [0])])])
    assert texts(tree, ".ctl") == ["RLO", "PDF", "RLI", "PDI", "␛", "␀"]


def test_cells_have_language_and_direction() -> None:
    cells = parsed(three_versions()).cssselect("tbody tr:first-child .side")
    assert [(cell.get("lang"), cell.get("dir")) for cell in cells] == [
        ("ru", "ltr"),
        ("en", "ltr"),
        ("fa", "rtl"),
    ]


def test_an_unknown_language_leaves_the_direction_to_the_text() -> None:
    one, two = document("a", "", ["x"]), document("b", "en", ["y"])
    cell = parsed([align(one, two, [bead([0], [0])])]).cssselect("tbody .side")[0]
    assert (cell.get("lang"), cell.get("dir")) == ("und", "auto")


def test_rows_are_numbered_and_named_for_links() -> None:
    rows = parsed([small()]).cssselect("tbody tr")
    assert [row.get("id") for row in rows] == ["b1", "b2", "b3", "b4", "b5", "b6"]
    assert texts(parsed([small()]), "tbody th") == list("123456")


def test_headers_have_a_scope_and_the_table_a_caption() -> None:
    tree = parsed([small()])
    assert {cell.get("scope") for cell in tree.cssselect("thead th")} == {"col"}
    assert {cell.get("scope") for cell in tree.cssselect("tbody th")} == {"row"}
    assert texts(tree, "caption") == ["The texts side by side, a row for each bead: Russian, English"]


def test_every_row_shows_its_kind_and_confidence() -> None:
    assert texts(parsed([small()]), ".kind") == ["1–1", "1–2", "2–1", "0–1", "1–0", "1–1"]
    assert texts(parsed([small()]), ".conf") == ["0.99", "0.31", "0.83", "0.40", "0.60", "0.71"]


def test_doubtful_moved_and_missing_are_said_in_words() -> None:
    rows = parsed([small()]).cssselect("tbody tr")
    assert texts(rows[1], ".flag") == ["? doubtful↓"]
    assert texts(rows[3], ".flag") == ["↑? doubtful"]
    assert texts(rows[4], ".nothing") == ["∅ nothing here"]
    assert texts(rows[5], ".flag") == ["↷ moved from 2"]


@pytest.mark.parametrize(
    ("state", "words"), [("confirmed", "✓ confirmed"), ("edited", "✎ edited"), ("stale", "! text changed")]
)
def test_what_a_person_touched_is_said_in_words(state: str, words: str) -> None:
    alignment = small()
    touched = replace(alignment.beads[0], state=state)  # type: ignore[arg-type]
    row = parsed([replace(alignment, beads=(touched, *alignment.beads[1:]))]).cssselect("#b1")[0]
    assert words in texts(row, ".flag")[0]


def test_a_stale_bead_is_among_those_to_look_at() -> None:
    alignment = small()
    stale = replace(alignment.beads[0], state="stale")
    tree = parsed([replace(alignment, beads=(stale, *alignment.beads[1:]))])
    assert texts(tree, ".look .n") == ["1", "2", "4"]


def test_the_summary_links_to_every_bead_to_look_at() -> None:
    tree = parsed([small()])
    assert texts(tree, "#look") == ["2 of 6 beads want a second look"]
    assert [link.get("href") for link in tree.cssselect(".look a")] == ["#b2", "#b4"]


def test_a_long_list_folds() -> None:
    n = 30
    one, two = document("a", "ru", ["Раз."] * n), document("b", "en", ["One."] * n)
    tree = parsed([align(one, two, [bead([i], [i], 0.1) for i in range(n)])])
    assert texts(tree, "summary") == ["22 more"]
    assert len(tree.cssselect(".look a")) == n


def test_the_summary_counts() -> None:
    tree = parsed([small()])
    assert dict(zip(texts(tree, ".stats dt"), texts(tree, ".stats dd"), strict=True)) == {
        "one to one": "2",
        "joined or split": "2",
        "only in the Russian": "1",
        "only in the English": "1",
        "moved": "1",
    }


def test_without_doubt_there_is_no_list_and_no_filter() -> None:
    tree = parsed([replace(small(), doubtful_below=0.0)])
    assert texts(tree, "#look") == ["Nothing here asks for a second look: 6 beads"]
    assert not tree.cssselect(".look, #only")


def test_only_doubtful_opens_the_page_filtered() -> None:
    assert 'id="only" autocomplete="off" checked>' in source_of([small()], only_doubtful=True)
    assert "checked>" not in source_of([small()])


def test_headings_questions_and_captions_are_told_apart() -> None:
    tree = parsed([small()])
    assert texts(tree, "p.heading") == ["Вечер у реки", "An evening by the river"]
    assert texts(tree, "p.question") == ["– Когда вы вернулись?", "– When?", "Did you come back?"]
    assert texts(tree, "p.caption") == ["Фото автора", "Photo: the author"]


def test_a_speakers_name_stands_out() -> None:
    one = document("a", "en", ["Anna: Yes."], ["turn"])
    one = replace(one, blocks=(replace(one.blocks[0], speaker="Anna"),))
    tree = parsed([align(one, document("b", "ru", ["Да."]), [bead([0], [0])])])
    assert texts(tree, "b.speaker") == ["Anna"]
    assert texts(tree, "td.pivot p") == ["Anna: Yes."]


def test_titles_of_documents_stand_above_their_file_names() -> None:
    one = replace(small().source, metadata={"title": "Разговор о реке"})
    tree = parsed([replace(small(), source=one)])
    assert texts(tree, "h1 bdi") == ["Разговор о реке", "talk.txt"]
    assert "разговор.txt" in texts(tree, "footer")[0]


def test_warnings_are_shown() -> None:
    alignment = replace(small(), warnings=("a < b",))
    source = replace(alignment.source, warnings=("read as KOI8-R",))
    assert texts(parsed([replace(alignment, source=source)]), ".warnings li") == [
        "a < b",
        "разговор.txt: read as KOI8-R",
    ]


def test_the_signature_and_the_hashes_stand_at_the_foot() -> None:
    foot = texts(parsed([small()]), "footer")[0]
    assert str(small().signature) in foot
    assert "ab" * 32 in foot


def test_each_mark_of_the_plot_links_to_its_bead() -> None:
    links = parsed([small()]).cssselect("figure svg a")
    assert sorted(link.get("href") for link in links) == ["#b1", "#b2", "#b3", "#b4", "#b5", "#b6"]
    assert {link.get("tabindex") for link in links} == {"-1"}


def test_the_plot_of_a_long_text_stays_small() -> None:
    n = 2500
    one, two = document("a", "ru", ["Раз."] * n), document("b", "en", ["One."] * n)
    tree = parsed([align(one, two, [bead([i], [i], 0.1 if i % 500 == 0 else 1) for i in range(n)])])
    assert len(tree.cssselect("figure svg a")) == 5


def test_every_version_has_its_plot() -> None:
    assert len(parsed(three_versions()).cssselect("figure")) == 2


def test_marks_lie_inside_the_frame() -> None:
    tree = parsed([small()])
    (frame,) = tree.cssselect(".frame")
    for mark in tree.cssselect("svg a rect"):
        assert 0 <= float(mark.get("x")) <= float(frame.get("width"))
        assert 0 <= float(mark.get("y")) <= float(frame.get("height"))


def test_every_link_inside_the_page_has_its_target() -> None:
    tree = parsed(three_versions())
    names = {element.get("id") for element in tree.cssselect("[id]")}
    assert {link.get("href")[1:] for link in tree.cssselect("a")} <= names


def test_no_id_occurs_twice() -> None:
    names = [element.get("id") for element in parsed([small()]).cssselect("[id]")]
    assert len(names) == len(set(names))


def test_two_editions_in_one_language_are_a_pair_like_any_other() -> None:
    one, two = document("1.txt", "en", ["One."]), document("2.txt", "en", ["1."])
    tree = parsed([align(one, two, [Bead((0,), (0,), 1, 0.9)])])
    assert texts(tree, "thead .file") == ["1.txt", "2.txt"]
