"""The standalone report, read as the HTML that it is. What a browser makes of it: tests/browser/test_report.py."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html

from align.formats.display import pieces
from glossary.formats.findings import Checked, Report
from glossary.formats.findings.page_findings import page_html
from glossary.model import Use
from tests.contracts.writers import STRANGE
from tests.glossary.formats.findings.samples import PAGE, USES, findings, in_text, many, report
from tests.glossary.formats.findings.writers import written


def parsed(shown: Report) -> html.HtmlElement:
    return html.document_fromstring(written(shown, "html"), parser=html.HTMLParser(huge_tree=True))


def texts(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(path)]


def finding(number: int) -> html.HtmlElement:
    (found,) = parsed(report()).cssselect(f"#f{number}")
    return found


def test_the_page_asks_for_nothing_from_outside() -> None:
    source = written(report(), "html")
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#|data:,)", source)
    assert not re.search(r"url\((?!#)|@import|<iframe|<object|https?:", source)


@pytest.mark.parametrize(("kind", "element"), [("style", "style"), ("script", "script")])
def test_its_policy_admits_its_own_style_and_script_alone(kind: str, element: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', written(report(), "html"))
    (own,) = re.findall(rf"<{element}>(.*?)</{element}>", written(report(), "html"), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"{kind}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_nothing_is_styled_or_scripted_in_place() -> None:
    tree = parsed(in_text(STRANGE))
    assert tree.xpath("//@style") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []


def test_every_id_is_there_once() -> None:
    ids = parsed(report()).xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


def test_every_link_leads_somewhere() -> None:
    tree = parsed(report())
    targets = {f"#{name}" for name in tree.xpath("//@id")}
    assert set(tree.xpath("//a/@href")) <= targets


def test_the_summary_says_how_many_of_what_in_which_text() -> None:
    tree = parsed(report())
    assert texts(tree, "h2")[0] == "7 findings in 14 sentences"
    assert texts(tree, ".stats div") == [
        "✖ errors3", "▲ warnings3", "● note1", "in the baseline, quiet2", "dismissed, quiet1",
    ]  # fmt: skip
    assert texts(tree, ".texts tbody tr")[1] == "talk.en.txtEnglish translation422–"


def test_rules_are_listed_with_their_counts() -> None:
    assert texts(parsed(report()), ".look li")[1] == "T007one name spelt in several ways2"


def test_rules_without_findings_are_counted_apart_from_those_that_had_nothing_to_look_at() -> None:
    shown = report()
    assert texts(parsed(replace(shown, findings=(), gaps=())), ".quiet") == ["5 other rules found nothing."]
    alone = replace(shown, findings=(), gaps=(), documents=(Checked("alone.txt", "en"),))
    assert texts(parsed(alone), ".quiet") == [
        "1 other rule found nothing.",
        "4 rules for a translation beside its original had nothing to look at.",
    ]


def test_it_says_what_could_not_be_checked() -> None:
    items = texts(parsed(report()), ".unchecked li")
    assert items[0] == "T007 there is no romanisation known for Chinese in talk.zh.txt, talk.fa.txt"


def test_the_original_stands_to_the_left_with_both_spots_marked() -> None:
    left, right = finding(5).cssselect(".side")
    assert texts(left, ".sentence") == ["Река поднялась на 12 метров."]
    assert texts(right, ".sentence") == ["The river rose by 21 meters."]
    assert [texts(side, "mark") for side in (left, right)] == [["12"], ["21"]]


def test_each_sentence_says_its_language_and_direction() -> None:
    found = finding(6).cssselect(".sentence")
    assert [(one.get("lang"), one.get("dir")) for one in found] == [("ru", "ltr"), ("fa", "rtl")]


def test_a_finding_shows_what_to_do_and_why() -> None:
    shown = finding(3)
    assert texts(shown, ".do") == [
        "Suggestion Write “Lorvik”, as the first mention does.", "Correction Lorvick → Lorvik",
    ]  # fmt: skip
    assert texts(shown, ".counts tbody tr") == ["1 ×Lorvikfirst 1:6BGN/PCGN", "1 ×Lorvickfirst 3:1"]
    assert texts(shown, ".match") == ["Recognised “Лорвик” as “Лорвик”: the same form in the original"]
    assert texts(shown, ".more li") == ["also spelt, 1:6Mira Lorvik came to Zelgrad in May."]


def test_severity_is_a_word_too() -> None:
    assert texts(finding(5), ".severity") == ["✖ error"]


def test_findings_of_a_rule_stand_under_it() -> None:
    (section,) = parsed(report()).cssselect("#rule-T007")
    assert [one.get("id") for one in section.cssselect("article")] == ["f3", "f7"]


def test_a_rules_page_is_folded_below_its_name() -> None:
    (section,) = parsed(report()).cssselect("#rule-A001")
    assert "What it finds" in texts(section, "details h4")


def test_a_rules_page_shows_markup_and_obeys_none() -> None:
    source = page_html(PAGE)
    assert "&lt;script&gt;" in source
    assert "<script" not in source
    assert 'href="javascript:' not in source


def test_a_place_between_two_signs_is_marked_by_a_wedge() -> None:
    one = findings()[0]
    gap = replace(one, spot=replace(one.spot, end=one.spot.start, text=""), evidence=())
    assert texts(parsed(Report((gap,))), "mark") == ["‸"]


def test_what_people_set_aside_is_folded_with_the_reason() -> None:
    (item,) = texts(parsed(report()), ".dismissed li")
    assert item.endswith("talk.en.txt, line 4. Dismissed by Ida, 2024-05-06: A quote, as spoken.")


def test_every_character_of_a_text_is_shown() -> None:
    shown = texts(parsed(in_text(STRANGE)), ".here .sentence")
    for sentence, text in zip(shown, STRANGE, strict=True):
        assert sentence == " ".join("".join(part + name for part, name in pieces(text)).split())


def test_without_findings_there_is_no_script_and_no_filter() -> None:
    tree = parsed(Report())
    assert tree.cssselect("script, form") == []
    assert "Nothing found" in texts(tree, "h2")[0]


def test_a_large_report_is_drawn_where_it_is_in_view() -> None:
    assert parsed(many(10_000)).body.get("class") == "many"
    assert parsed(report()).body.get("class") is None


def test_renderings_are_counted_over_all_texts() -> None:
    rows = parsed(report()).cssselect(".renderings")[0].cssselect("tbody tr")
    assert texts(rows[0], "td") == [
        "Ferrymen’s Union", "11 50 %", "2021-03-02 – 2022-05-20", "report.en.txt 7, talk.en.txt 4",
    ]  # fmt: skip
    assert texts(rows[0], "th bdi")[0] == "Союз паромщиков"


def test_a_rendering_that_differs_says_so_in_a_word() -> None:
    rows = parsed(report()).cssselect(".renderings")[0].cssselect("tbody tr")
    assert [bool(row.cssselect(".differs")) for row in rows[:2]] == [False, True]


def test_a_chart_has_a_title_a_description_and_its_numbers() -> None:
    (figure,) = parsed(report()).cssselect("figure")
    assert texts(figure, "svg > title") == ["Renderings of Союз паромщиков, 2021 to 2023"]
    assert "Ferrymen’s Union: 11" in texts(figure, "svg > desc")[0]
    assert texts(figure, ".numbers thead th")[:3] == ["year", "Ferrymen’s Union", "Boatmen’s Union"]
    assert texts(figure, ".numbers tbody tr")[0].startswith("202141")
    assert texts(figure, "figcaption") == ["Uses a year. 2 uses without a date left out."]


def test_without_dates_there_is_no_chart() -> None:
    undated = tuple(replace(use, date="") for use in USES)
    assert parsed(replace(report(), uses=undated)).cssselect("figure") == []


def test_dates_within_two_years_are_drawn_by_month() -> None:
    def use(rendering: str, date: str) -> Use:
        return replace(USES[0], rendering=rendering, date=date, count=1)

    shown = replace(report(), uses=(use("One", "2023-11-30"), use("Two", "2024-02-01")))
    (figure,) = parsed(shown).cssselect("figure")
    assert texts(figure, ".numbers tbody th") == ["2023-11", "2023-12", "2024-01", "2024-02"]


def test_many_renderings_share_the_last_pattern() -> None:
    uses = tuple(
        replace(USES[0], rendering=f"Name {'x' * n}", date=f"{2015 + n}-01-01", count=1) for n in range(8)
    )
    (figure,) = parsed(replace(report(), uses=uses)).cssselect("figure")
    assert texts(figure, ".key li")[-1] == "4 other renderings"
