"""Segmentation rules of people's own: SRX 2.0, what it means, what is refused, no rule takes for ever."""

from __future__ import annotations

import hashlib
import re
from html import escape
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import FormatError, InputError, TooLargeError, UsageError
from align.model import Extract
from align.pipeline import align_versions, inputs, read_document
from align.segment import SEGMENTER, build_document
from align.segment import srx as srx_module
from align.segment.srx import Srx, parse
from align.segment.srx_patterns import UnsupportedError, translated

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT.parent / "shared/schemas/srx/srx20.xsd"
BREAK, KEEP = "yes", "no"
DEFAULT = [(BREAK, r"[.?!…]+", r"\s+\p{Lu}")]
Given = list[tuple[str, str, str]]


def srx(
    groups: dict[str, Given], maps: list[tuple[str, str]], *, cascade: str = "yes", version: str = "2.0"
) -> str:
    rules = "".join(
        f'<languagerule languagerulename="{name}">'
        + "".join(
            f'<rule break="{breaks}"><beforebreak>{escape(before)}</beforebreak>\n'
            f"<afterbreak>{escape(after)}</afterbreak></rule>"
            for breaks, before, after in found
        )
        + "</languagerule>"
        for name, found in groups.items()
    )
    mapped = "".join(f'<languagemap languagepattern="{p}" languagerulename="{n}"/>' for p, n in maps)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<srx xmlns="http://www.lisa.org/srx20" version="{version}">'
        f'<header segmentsubflows="yes" cascade="{cascade}"/><body><languagerules>{rules}</languagerules>'
        f"<maprules>{mapped}</maprules></body></srx>"
    )


def rules_of(*rules: tuple[str, str, str]) -> Srx:
    return parse(srx({"Own": list(rules)}, [(".*", "Own")]).encode(), name="own.srx")


def cut(rules: Srx, text: str, lang: str = "ru", body: int = 0) -> list[str]:
    return [text[start:end] for start, end in rules.sentences(text, 0, len(text), lang, body)]


def test_a_rule_breaks_where_both_of_its_sides_match() -> None:
    text = "Порт закрыт. Кран стоит… Кто там? да."
    assert cut(rules_of(*DEFAULT), text) == ["Порт закрыт.", "Кран стоит…", "Кто там? да."]


def test_the_first_rule_that_matches_decides() -> None:
    no = (KEEP, r"\bг\.", r"\s")
    text = "Ушёл в 1998 г. Он. Вернулся."
    assert cut(rules_of(no, *DEFAULT), text) == ["Ушёл в 1998 г. Он.", "Вернулся."]
    assert cut(rules_of(*DEFAULT, no), text) == ["Ушёл в 1998 г.", "Он.", "Вернулся."]


def test_a_side_that_is_empty_always_matches() -> None:
    assert cut(rules_of((BREAK, ";", "")), "а;б; в") == ["а;", "б;", "в"]


def test_a_long_look_back_finds_the_shorter_match_too() -> None:
    assert cut(rules_of((BREAK, r"a+", "b")), "aab ab") == ["aa", "b a", "b"]


def test_nothing_is_cut_before_the_body_of_a_turn() -> None:
    assert cut(rules_of(*DEFAULT), "Д. Иванов. Я здесь.", body=3) == ["Д. Иванов.", "Я здесь."]


GROUPS: dict[str, Given] = {"Russian": [(KEEP, r"ул\.", r"\s")], "Default": DEFAULT}
MAPS = [("[Rr][Uu].*", "Russian"), (".*", "Default")]
STREET = "Он жил на ул. Мира. Там."


def test_with_cascade_all_groups_that_fit_hold_in_their_order() -> None:
    rules = parse(srx(GROUPS, MAPS).encode(), name="a.srx")
    assert cut(rules, STREET, "ru-RU") == ["Он жил на ул. Мира.", "Там."]
    assert cut(rules, STREET, "uk") == ["Он жил на ул.", "Мира.", "Там."]


def test_without_cascade_only_the_first_group_that_fits_holds() -> None:
    rules = parse(srx(GROUPS, MAPS, cascade="no").encode(), name="a.srx")
    assert cut(rules, STREET, "ru") == [STREET]


@pytest.mark.parametrize("pattern", ["PT_BR", "pt-BR", "PT-BR"])
def test_a_language_fits_however_its_code_is_written(pattern: str) -> None:
    rules = parse(srx({"Own": DEFAULT}, [(pattern, "Own")]).encode(), name="a.srx")
    assert cut(rules, "Um. Dois.", "pt-BR") == ["Um.", "Dois."]


def test_a_language_without_rules_is_an_error_that_says_which() -> None:
    rules = parse(srx(GROUPS, MAPS[:1]).encode(), name="a.srx")
    with pytest.raises(UsageError, match=r"a\.srx: there are no rules for the language 'de'"):
        cut(rules, "Ja. Nein.", "de")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\x{43F}", "п"),
        (r"\u043f", "п"),
        (r"\U0000043f", "п"),
        (r"\x41", "A"),
        (r"\0101", "A"),
        (r"\e", "\x1b"),
        (r"\cA", "\x01"),
        (r"\Qa.b\E", "a.b"),
        (r"\Q*", "*"),
        (r"\h", "\u00a0"),
        (r"[\h.]", "\u202f"),
        (r"\H", "x"),
        (r"\v", "\u2028"),
        (r"\R", "\r\n"),
        (r"\p{Lu}\P{Lu}", "Аа"),
        (r"\p{IsCyrillic}", "ж"),
        (r"[\p{L}&&[^а]]", "б"),
        (r"[a-z&&[^b]]", "c"),
        (r"[[:alpha:]]", "б"),
        (r"[]]", "]"),
        (r"[a||b]", "|"),
        (r"[+--.]", "-"),
        (r"(?i)порт", "ПОРТ"),
        (r"(?iu)порт", "ПОРТ"),
        (r"(?u)п", "п"),
        (r"(?i:п)о", "По"),
        (r"(?<one>а)б", "аб"),
        (r"(?#note)а", "а"),
        (r"а{1,2}", "аа"),
        (r"а++б", "ааб"),
        (r"(?>а|аб)в", "ав"),
        (r"\s\.\$", " .$"),
        (r"а\z", "а"),
        (r"а\Z", "а"),
    ],
)
def test_a_pattern_of_icu_or_java_means_the_same(pattern: str, text: str) -> None:
    assert regex.compile(translated(pattern), regex.V1).fullmatch(text)


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        (r"\m", r"\\m"),
        (r"\K", r"\\K"),
        (r"(?x)a b", "flag 'x'"),
        (r"a{e<=1}", "brace"),
        ("{", "brace"),
        ("[a", "not closed"),
        (r"(?P<a>b)", "group"),
        ("a\\", "backslash"),
        (r"\uD800", "D800"),
        (r"[\R]", r"\\R in a set"),
    ],
)
def test_a_construct_that_would_mean_another_thing_is_refused(pattern: str, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        translated(pattern)


@pytest.mark.parametrize("pattern", [r"(a)\1", r"\p{javaUpperCase}", "(", r"\K", "a**"])
def test_an_error_in_a_pattern_names_file_rule_and_line(pattern: str) -> None:
    rules = rules_of((BREAK, r"\.", r"\s"), (KEEP, pattern, ""))
    with pytest.raises(FormatError, match=r"own\.srx: rule 2 of “Own”, line 3"):
        cut(rules, "Раз. Два.")


def test_rules_that_no_text_needs_may_have_errors() -> None:
    rules = parse(
        srx({"Bad": [(BREAK, "(", "")], "Good": DEFAULT}, [("xx", "Bad"), ("ru", "Good")]).encode(), name="a"
    )
    assert cut(rules, "Раз. Два.") == ["Раз.", "Два."]


def test_a_rule_that_would_take_for_ever_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srx_module, "PATIENCE", 0.1)
    rules = rules_of((BREAK, "", "(а|аа)+$"))
    with pytest.raises(FormatError, match=r"rule 1 of “Own”.*took longer than 0\.1 seconds"):
        cut(rules, "а" * 60 + "б")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<srx", r"a\.srx, line 1, column \d+: its XML is broken"),
        ("<tmx/>", "no SRX file"),
        (srx(GROUPS, MAPS, version="1.0"), r"its version is 1\.0; only SRX 2\.0"),
        (srx(GROUPS, []), "maps no language"),
        (srx(GROUPS, [("ru", "Absent")]), r"line \d+: there is no languagerule “Absent”"),
        (srx({"A": [("maybe", "a", "b")]}, [(".*", "A")]), r"line \d+: break is 'maybe'"),
        ('<!DOCTYPE srx [<!ENTITY a "b">]>' + srx(GROUPS, MAPS).split("\n", 1)[1], "declares entities"),
    ],
)
def test_a_file_that_is_no_srx_is_refused_with_its_place(data: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        parse(data.encode(), name="a.srx")


def test_a_file_with_too_much_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srx_module, "MAX_RULES", 1)
    with pytest.raises(TooLargeError, match="more than 1 rules"):
        parse(srx(GROUPS, MAPS).encode(), name="a.srx")
    monkeypatch.setattr(srx_module, "MAX_PATTERN", 3)
    with pytest.raises(TooLargeError, match="longer than 3"):
        parse(srx(GROUPS, MAPS).encode(), name="a.srx")


@pytest.mark.skipif(not SCHEMA.exists(), reason="the public schemas are not beside this repository")
def test_the_files_of_these_tests_are_what_the_schema_of_srx_describes() -> None:
    text = SCHEMA.read_text("utf-8").replace(
        "http://www.w3.org/2001/xml.xsd", str(SCHEMA.parents[1] / "tbx-core/xml.xsd")
    )
    schema = etree.XMLSchema(etree.fromstring(text.encode()))
    schema.assertValid(etree.fromstring(srx(GROUPS, MAPS).encode()))


def test_a_document_is_cut_by_the_rules_and_says_so() -> None:
    rules = rules_of((BREAK, ";", ""))
    document = build_document(
        Extract("Раз; два. Три.\n\nЧетыре; пять", "txt"), name="a", lang="ru", srx=rules
    )
    assert document.texts() == ["Раз;", "два. Три.", "Четыре;", "пять"]
    assert document.metadata["segmenter"] == rules.signature


@given(st.text(st.sampled_from("аБ. !\n\u00a0«»"), max_size=60))
def test_segments_cover_all_but_white_space_in_their_order(text: str) -> None:
    spans = list(rules_of(*DEFAULT).sentences(text, 0, len(text), "ru"))
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)
    assert [*(at for span in spans for at in span)] == sorted(at for span in spans for at in span)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


def test_an_alignment_is_signed_with_the_hash_of_the_rules(tmp_path: Path) -> None:
    file = tmp_path / "own.srx"
    file.write_text(srx({"Own": DEFAULT}, [(".*", "Own")]), "utf-8")
    for name, text in (
        ("a.ru.txt", "Порт закрыт. Кран стоит."),
        ("a.en.txt", "The port is closed. The crane stands."),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    paths = [str(tmp_path / "a.ru.txt"), str(tmp_path / "a.en.txt")]
    given = inputs(paths, langs=("ru", "en"), encodings=(None, None), srx=file)
    (alignment,) = align_versions([read_document(one) for one in given])
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    assert alignment.signature.segmenter == f"srx-2.0@{digest}+{SEGMENTER}"


def test_rules_and_one_segment_a_line_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="--srx and --segmented"):
        inputs(["a"], langs=(None,), encodings=(None,), segmented=True, srx=Path("own.srx"))


def test_rules_that_are_not_there_are_one_clear_error() -> None:
    with pytest.raises(InputError, match=re.escape("нет.srx: cannot be read")):
        inputs(["a"], langs=(None,), encodings=(None,), srx=Path("нет.srx"))
