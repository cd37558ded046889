"""Which blocks of a saved page are the article: its text, not the menus around it.

trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15/) says what the article's paragraphs are,
but drops short ones (an interviewer's "Why?"), and keeps no places. So its answer only finds the element that
holds the article; then every block in there is kept but what is clearly no part of it.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align.formats.html_blocks import HtmlBlock
from align.formats.html_tree import Element, Page

_SHARE = 0.9  # of what trafilatura found, by letters, that the article's element must hold
_PROSE = 60  # code points from which on a block can be a paragraph rather than a label
_TEASER = 300  # code points of text for each linked heading, below which the page is a list of teasers
_NO_ARTICLE_LINKS = 0.5  # share of linked text above which a page is a list of links
_MARKED_TAGS = frozenset(["nav", "aside", "footer", "form"])
# An element of these is too small to hold an article.
_TEXT_TAGS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"])
_ROLES = "navigation complementary contentinfo search banner menu dialog alertdialog"
_MARKED_ROLES = frozenset(_ROLES.split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_AROUND = """
    related recommend recommended recommendations share sharing shares social socials subscribe subscription
    newsletter promo banner banners comment comments disqus breadcrumb breadcrumbs tags cookie cookies consent gdpr
    sidebar menu advert adverts advertisement adv ads teaser teasers readmore readalso pagination paging popup
    modal navbar navigation toolbar rating likes outbrain taboola
"""
_LEADING = """
    lead lede lid subtitle subhead subheading subheadline description announce anons annotation standfirst
    summary dek deck intro excerpt perex teaser
"""
_MARKED_WORDS = frozenset(_AROUND.split())
_LEAD_WORDS = frozenset(_LEADING.split())
_SENTENCE = re.compile(r"[.!?…。！？؟۔][»”“\"’‘')\]]*(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """What trafilatura found: the article's lines, and what the page says about it ("" if it does not)."""

    lines: tuple[str, ...]
    title: str = ""
    date: str = ""


def is_simple(page: Page, blocks: Sequence[HtmlBlock]) -> bool:
    """Whether everything on the page is its text: a fragment, or a page without menus or lists of links."""
    if any(_is_marked(element) for element in page.root.elements()):
        return False
    links = sum(1 for block in blocks if block.link_density > 0.8)
    linked = sum(block.linked for block in blocks)
    return links <= max(2, len(blocks) // 10) and linked <= 0.3 * sum(len(block.text) for block in blocks)


def ask_trafilatura(source: str) -> tuple[Found, list[str]]:
    """The article as trafilatura sees it, and warnings. No network; takes 0.4 s to import."""
    for name in ("trafilatura", "htmldate"):  # what they log would land on stderr, between our own lines
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            source,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
            },  # no guess from the text
        )
    except Exception as error:  # any page may come, and this is only advice: go on without it, and say so
        failure = f"trafilatura failed on this page ({type(error).__name__}); its markup alone was used"
        return Found(()), [failure]
    if document is None:
        return Found(()), []
    values = document if isinstance(document, dict) else document.as_dict()
    text = values.get("text") or ""
    return Found(tuple(text.splitlines()), values.get("title") or "", values.get("date") or ""), []


def article(page: Page, blocks: Sequence[HtmlBlock], found: Found) -> list[HtmlBlock]:
    """The article's blocks in order, its title and lead included; empty if the page has none."""
    matched = _matched(blocks, found.lines)
    for container in (_container(blocks, matched), _declared_container(page)):
        if container is not None and (kept := _article_in(container, blocks, matched)):
            return [blocks[i] for i in [*_head(blocks, kept, matched, container), *kept]]
    return []


def _article_in(container: Element, blocks: Sequence[HtmlBlock], matched: set[int]) -> list[int]:
    """What an element holds of the article; empty if that can be none."""
    inside = [i for i, block in enumerate(blocks) if _is_in(block.owner, container)]
    around = _around(blocks, inside, matched, container)
    kept = [i for i in inside if around.isdisjoint(blocks[i].owner.ancestors())]
    kept = _without_link_lists(blocks, kept, matched, container)
    if container.tag in ("body", "html", ""):  # menus and article side by side: only what lies in between
        kept = _between(blocks, kept, matched)
    kept = _without_loose_headings(blocks, _without_teasers(blocks, kept, matched))
    return kept if _is_prose([blocks[i] for i in kept]) else []


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _matched(blocks: Sequence[HtmlBlock], lines: Iterable[str]) -> set[int]:
    """The blocks of which trafilatura's text holds half the lines. Short lines only count as whole lines of it."""
    keys = [key for line in lines if (key := _key(line))]
    whole = set(keys)
    everything = "\n".join(keys)
    matched = set()
    for index, block in enumerate(blocks):
        own = [key for line in block.text.split("\n") if (key := _key(line))]
        found = sum(len(key) for key in own if key in whole or (len(key) >= 20 and key in everything))
        if found and 2 * found >= sum(map(len, own)):
            matched.add(index)
    return matched


def _container(blocks: Sequence[HtmlBlock], matched: set[int]) -> Element | None:
    """The smallest element that holds nearly all that matched; None if nothing did."""
    weights: dict[Element, int] = {}
    for index in matched:
        for element in blocks[index].owner.ancestors():
            weights[element] = weights.get(element, 0) + len(blocks[index].text)
    total = sum(len(blocks[index].text) for index in matched)
    if not total:
        return None
    holding = [element for element, weight in weights.items() if weight >= _SHARE * total]
    smallest = max(holding, key=lambda element: sum(1 for _ in element.ancestors()))
    while smallest.tag in _TEXT_TAGS and smallest.parent is not None:
        smallest = smallest.parent
    return smallest


def _declared_container(page: Page) -> Element | None:
    """What the page itself marks as its article, if exactly one element is marked so."""
    elements = list(page.root.elements())
    marked = (
        [element for element in elements if element.attributes.get("itemprop") == "articleBody"],
        [element for element in elements if element.tag == "article"],
        [element for element in elements if element.tag == "main"],
    )
    return next((found[0] for found in marked if len(found) == 1), None)


def _is_in(element: Element, container: Element) -> bool:
    return any(ancestor is container for ancestor in element.ancestors())


def _words(element: Element) -> set[str]:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    return {word.lower() for word in _WORDS.findall(names)}


def _is_marked(element: Element) -> bool:
    """Whether an element is of a kind that stands around an article."""
    if element.tag in _MARKED_TAGS or element.attributes.get("role", "").lower() in _MARKED_ROLES:
        return True
    return bool(element.attributes) and not _MARKED_WORDS.isdisjoint(_words(element))


def _around(
    blocks: Sequence[HtmlBlock], inside: Sequence[int], matched: set[int], container: Element
) -> set[Element]:
    """Elements in the container that say they are no part of the article, unless most of their text matched."""
    lengths: dict[Element, int] = {}
    weights: dict[Element, int] = {}
    for index in inside:
        for element in _up_to(blocks[index].owner, container):
            lengths[element] = lengths.get(element, 0) + len(blocks[index].text)
            weights[element] = weights.get(element, 0) + (len(blocks[index].text) if index in matched else 0)
    return {
        element
        for element, length in lengths.items()
        if 2 * weights[element] < length and _is_marked(element)
    }


def _up_to(element: Element, container: Element) -> Iterator[Element]:
    """The element and what is around it, as far as, and without, the container."""
    return itertools.takewhile(lambda ancestor: ancestor is not container, element.ancestors())


def _without_link_lists(
    blocks: Sequence[HtmlBlock], kept: Sequence[int], matched: set[int], container: Element
) -> list[int]:
    """Leave out lists of links and the lines that introduce them ("Read also:")."""
    total: dict[Element, int] = {}
    linked: dict[Element, int] = {}
    for index in kept:
        for element in _up_to(blocks[index].owner, container):
            total[element] = total.get(element, 0) + len(blocks[index].text)
            linked[element] = linked.get(element, 0) + blocks[index].linked
    result: list[int] = []
    for index in kept:
        block = blocks[index]
        dense = any(
            linked[element] > 0.8 * total[element] and element.tag != "p"
            for element in block.owner.ancestors()
            if element in total
        )
        alone = block.link_density > 0.8 and index not in matched and block.kind != "heading"
        if (dense and block.kind != "heading") or alone:
            while result and _introduces(blocks[result[-1]], matched=result[-1] in matched):
                result.pop()
        else:
            result.append(index)
    return result


def _introduces(block: HtmlBlock, *, matched: bool) -> bool:
    """Whether a line is only there for the list of links behind it: "Read also:", "More on this"."""
    if len(block.text) >= _PROSE:
        return False
    return block.text.endswith(":") or not (matched or _SENTENCE.search(block.text))


def _between(blocks: Sequence[HtmlBlock], kept: Sequence[int], matched: set[int]) -> list[int]:
    """From the first matched block, or the title above it, to the last."""
    inner = [index for index in kept if index in matched]
    if not inner:
        return list(kept)
    first, last = inner[0], inner[-1]
    titles = [index for index in kept if index < first and blocks[index].owner.tag == "h1"]
    first = titles[-1] if titles else first
    return [index for index in kept if first <= index <= last]


def _without_teasers(blocks: Sequence[HtmlBlock], kept: Sequence[int], matched: set[int]) -> list[int]:
    """Cut at the first heading, behind the last matched block, that is a link: other articles begin there."""
    last = max((i for i in kept if i in matched and blocks[i].link_density <= 0.8), default=-1)
    for number, index in enumerate(kept):
        if index > last >= 0 and blocks[index].kind == "heading" and blocks[index].link_density > 0.8:
            return list(kept[:number])
    return list(kept)


def _without_loose_headings(blocks: Sequence[HtmlBlock], kept: Sequence[int]) -> list[int]:
    """Leave out headings at the end: what they stood over is not part of the article."""
    end = len(kept)
    while end and blocks[kept[end - 1]].kind == "heading":
        end -= 1
    return list(kept[:end])


def _is_prose(blocks: Sequence[HtmlBlock]) -> bool:
    """Whether this can be an article at all: sentences, more text than links, not one teaser after another."""
    texts = [block for block in blocks if len(block.text) >= _PROSE and block.link_density < 0.5]
    if not any(_SENTENCE.search(block.text) for block in texts):
        return False
    if sum(block.linked for block in blocks) > _NO_ARTICLE_LINKS * sum(len(block.text) for block in blocks):
        return False
    teasers = sum(1 for block in blocks if block.kind == "heading" and block.link_density > 0.8)
    return teasers < 3 or sum(len(block.text) for block in texts) >= _TEASER * teasers


def _head(
    blocks: Sequence[HtmlBlock], kept: Sequence[int], matched: set[int], container: Element
) -> list[int]:
    """The title above the article's element, and the lead between them; empty if the title is inside."""
    if any(blocks[index].owner.tag == "h1" for index in kept):
        return []
    titles = [i for i, block in enumerate(blocks) if block.owner.tag == "h1" and i < kept[0]]
    titles = [
        i for i in titles if not any(e.tag in ("nav", "aside", "footer") for e in blocks[i].owner.ancestors())
    ]
    if not titles:
        return [
            i
            for i in sorted(matched)
            if i < kept[0] and not any(map(_is_marked, blocks[i].owner.ancestors()))
        ]
    common = next(e for e in blocks[titles[-1]].owner.ancestors() if _is_in(container, e))
    between = [i for i in range(titles[-1] + 1, kept[0]) if _is_in(blocks[i].owner, common)]
    return [titles[-1], *(i for i in between if _is_lead(blocks[i], common, matched=i in matched))]


def _is_lead(block: HtmlBlock, common: Element, *, matched: bool) -> bool:
    if block.link_density > 0.3:
        return False
    around = list(_up_to(block.owner, common))
    if any(not _LEAD_WORDS.isdisjoint(_words(element)) for element in around):
        return True
    if any(_is_marked(element) for element in around):
        return False
    return (
        matched
        or block.kind == "caption"
        or (len(block.text) >= _PROSE and bool(_SENTENCE.search(block.text)))
    )
